"""Makes scenarios: every one that is kept comes from here, within what the visitor may keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from amtweb.firms.access import note as note_event
from amtweb.firms.access import require
from amtweb.firms.permissions import Act
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.for_whom import held_client
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import Revision, Scenario, digest_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amtweb.firms.models import Client
    from amtweb.scenarios.models import Document
    from amtweb.scenarios.visitors import Visitor

LONGEST_TITLE = 120
_COPY = re.compile(r" \(copy(?: [0-9]+)?\)$")


def make_scenario(
    visitor: Visitor,
    document: Document,
    headline: Document,
    note: str = "",
    client: Client | None = None,
) -> Scenario:
    """A scenario of the visitor's, or of the firm they work in, with its first revision.

    Raises:
        FullLibraryError: The visitor keeps as many as they may.
        GoneClientError: The firm has no such client any more.
    """
    with transaction.atomic():
        if visitor.member is not None:
            require(visitor.member, Act.CHANGE)
            client = client and held_client(visitor.member, client)
        Scenario.objects.reserve(visitor)
        made = Scenario.objects.create(
            owner_id=visitor.user_id if visitor.member is None else None,
            visitor=visitor.digest,
            firm=visitor.member.firm if visitor.member else None,
            client=client,
            title=document.get("title", ""),
            draft=document,
        )
        made.make_revision(document, headline, note, author_id=visitor.user_id)
        if visitor.member is not None:
            of = f" for client {client.public_id}" if client else ""
            note_event(visitor.member, "scenario_made", f"scenario {made.public_id}{of}")
    return made


class Begun(NamedTuple):
    """A scenario that is to be made for a client."""

    client: Client
    document: Document
    headline: Document


def make_scenarios(visitor: Visitor, begun: Sequence[Begun], note: str) -> list[Scenario]:
    """Many scenarios of the firm that the visitor works in, each with its first revision.

    Raises:
        FullLibraryError: The firm keeps too many to take them all; none is made.
    """
    member = visitor.member
    assert member is not None  # noqa: S101  (only a firm has clients)
    with transaction.atomic():
        require(member, Act.CHANGE)
        Scenario.objects.reserve(visitor, len(begun))
        made = Scenario.objects.bulk_create(
            Scenario(
                firm=member.firm,
                client=each.client,
                title=each.document.get("title", ""),
                draft=each.document,
                words=words_of(each.document),
                draft_digest=digest_of(each.document),
            )
            for each in begun
        )
        Revision.objects.bulk_create(
            scenario.first_revision(each.headline, note, author_id=visitor.user_id)
            for scenario, each in zip(made, begun, strict=True)
        )
    return made


def duplicate(visitor: Visitor, original: Scenario, client: Client | None) -> Scenario:
    """A scenario of its own that begins as the draft of another, with no history."""
    title = _title_of_copy(visitor, str(original))
    document = entitled(original.draft, title)
    figures = figures_of(result_of(document))
    return make_scenario(visitor, document, figures, client=client)


def hand_over(user_id: int, document: Document, headline: Document, note: str) -> Scenario:
    """A scenario of the user's that was not theirs, whatever else they keep; once.

    What somebody is left with is not to be lost because their list is full.
    """
    with transaction.atomic():
        theirs = Scenario.objects.filter(owner_id=user_id, deleted_at=None)
        same = theirs.filter(draft_digest=digest_of(document)).first()
        if same is not None:
            return same
        made = Scenario.objects.create(
            owner_id=user_id, title=document.get("title", ""), draft=document
        )
        made.make_revision(document, headline, note)
    return made


def entitled(document: Document, title: str) -> dict[str, Any]:
    """The document under another title; without one there is no such field."""
    untitled = {name: value for name, value in document.items() if name != "title"}
    return untitled | ({"title": title} if title else {})


def _title_of_copy(visitor: Visitor, title: str) -> str:
    """``Plan (copy)``, or ``Plan (copy 2)`` and so on if there is one."""
    base = _COPY.sub("", title)[: LONGEST_TITLE - len(" (copy 0000)")].rstrip()
    begun = Scenario.objects.editable_by(visitor).filter(title__startswith=base)
    taken = set(begun.values_list("title", flat=True))
    names = (f"{base} (copy{f' {n}' if n > 1 else ''})" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
