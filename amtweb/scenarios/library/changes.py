"""What can be done with several scenarios of the list at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from amtweb.firms.access import note_all, require
from amtweb.firms.permissions import Act
from amtweb.scenarios.models import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from amtweb.firms.models import Member
    from amtweb.scenarios.models import ScenarioQuerySet
    from amtweb.scenarios.visitors import Visitor

    Doing = Callable[[Visitor, ScenarioQuerySet], None]


THERE = Q(deleted_at=None)
CURRENT = THERE & Q(archived_at=None)
ARCHIVED = Q(archived_at__isnull=False)
DELETED = Q(deleted_at__isnull=False)
_ADDRESS = re.compile("[A-Za-z0-9_-]{1,32}")


class Change(NamedTuple):
    """A change that a button makes."""

    act: Doing
    did: str
    concerns: Q
    """Those that it is not done to already."""
    event: str
    """What it is in the log of a firm."""
    undo: str = ""
    """The change that takes it back."""
    forgets_typed: bool = False
    """Whether what is typed in an open editor, and not in the draft, goes too."""
    allowed_by: Act = Act.CHANGE
    """What a role in a firm must include."""


class Changed(NamedTuple):
    """What was changed, as far as it was the visitor's."""

    change: Change
    public_ids: tuple[str, ...]
    title: str
    """Of the first, to name it."""


def archive(_: Visitor, chosen: ScenarioQuerySet) -> None:
    chosen.filter(CURRENT).update(archived_at=timezone.now())


def unarchive(_: Visitor, chosen: ScenarioQuerySet) -> None:
    chosen.update(archived_at=None)


def delete(_: Visitor, chosen: ScenarioQuerySet) -> None:
    """Out of sight everywhere and at once; ``retention`` says until when it can be had back."""
    chosen.filter(THERE).update(deleted_at=timezone.now())


def restore(visitor: Visitor, chosen: ScenarioQuerySet) -> None:
    """Raises:
    FullLibraryError: Others have taken their place; all of them stay deleted.
    """
    deleted = chosen.filter(DELETED)
    with transaction.atomic():
        Scenario.objects.reserve(visitor, deleted.count())
        deleted.update(deleted_at=None)


def erase(_: Visitor, chosen: ScenarioQuerySet) -> None:
    """Only what was deleted before; nothing brings it back."""
    chosen.filter(DELETED).delete()


CHANGES: Final = {
    "archive": Change(archive, "Archived", CURRENT, "scenario_archived", undo="unarchive"),
    "unarchive": Change(unarchive, "Unarchived", ARCHIVED, "scenario_unarchived", undo="archive"),
    "delete": Change(
        *(delete, "Deleted", THERE, "scenario_deleted"),
        undo="restore",
        forgets_typed=True,
        allowed_by=Act.DELETE,
    ),
    "restore": Change(restore, "Put back", DELETED, "scenario_put_back"),
    "erase": Change(
        *(erase, "Deleted for good", DELETED, "scenario_erased"),
        forgets_typed=True,
        allowed_by=Act.DELETE,
    ),
}


def change(visitor: Visitor, name: str, public_ids: Collection[str]) -> Changed:
    """Makes a change to those of the scenarios that are the visitor's; others are as if missing.

    To do again what is done already is no mistake: a button may be pressed twice.
    """
    wanted = CHANGES[name]
    # No database takes every character in a text, and an address has few.
    addresses = [public_id for public_id in public_ids if _ADDRESS.fullmatch(public_id)]
    chosen = Scenario.objects.of(visitor).filter(public_id__in=addresses)
    found = dict(chosen.order_by("pk").values_list("public_id", "title"))
    if found and visitor.member is not None:
        _change_at_work(visitor, visitor.member, wanted, chosen)
    elif found:
        wanted.act(visitor, chosen)
    title = next(iter(found.values()), "") or "Untitled scenario"
    return Changed(wanted, tuple(found), title)


def _change_at_work(
    visitor: Visitor, member: Member, wanted: Change, chosen: ScenarioQuerySet
) -> None:
    """The change, if the member's role includes it; the firm's log says to which it was made."""
    require(member, wanted.allowed_by)
    with transaction.atomic():
        held = chosen.filter(wanted.concerns).select_for_update()
        changed = list(held.values_list("public_id", flat=True))
        wanted.act(visitor, chosen)
        note_all(member, [(wanted.event, f"scenario {public_id}") for public_id in changed])
