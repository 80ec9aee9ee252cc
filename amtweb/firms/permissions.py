"""What each role in a firm may do: the one place that says so."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from amtweb.firms.models import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.firms.models import Member


class Act(Enum):
    """Something that is done in a firm; the value says it in words that follow "may not"."""

    SEE = "see clients"
    CHANGE = "change clients and their scenarios"
    EXPORT = "take files away"
    SHARE = "share, publish or propose"
    DELETE = "delete clients and scenarios"
    INVITE_CLIENTS = "invite clients"
    IMPORT_A_BOOK = "import a book of clients"
    RUN_ACROSS_THE_BOOK = "compute the whole book anew"
    MANAGE = "manage the firm and its members"
    READ_THE_LOG = "read the log of the firm"


_READS = frozenset({Act.SEE})
_PREPARES = _READS | {Act.CHANGE}
_ADVISES = _PREPARES | {
    *(
        Act.EXPORT,
        Act.SHARE,
        Act.DELETE,
        Act.INVITE_CLIENTS,
        Act.IMPORT_A_BOOK,
        Act.RUN_ACROSS_THE_BOOK,
    )
}

MAY: Final[Mapping[str, frozenset[Act]]] = {
    Role.READ_ONLY: _READS,
    Role.ASSISTANT: _PREPARES,
    Role.ADVISOR: _ADVISES,
    Role.ADMIN: frozenset(Act),
}


def may(member: Member, act: Act) -> bool:
    """Whether the member's role includes it."""
    return act in MAY[member.role]


def who_may(act: Act) -> list[Role]:
    """The roles that include it, to look for."""
    return [role for role in Role if act in MAY[role]]


def roles_that_may(act: Act) -> list[str]:
    """The roles that include it, in the words of the page."""
    return [role.label for role in who_may(act)]
