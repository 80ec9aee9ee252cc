"""Gives a proposal to a client: what is shown is computed once more, kept, and never changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from amtweb.proposals.content import NotComputedError, content_of, documents_of
from amtweb.proposals.drafts import FEWEST, MOST, UnfitError, pinned
from amtweb.proposals.logos import current_logo
from amtweb.proposals.models import Issue, NewerDraftError, Proposal, canonical, digest_of

if TYPE_CHECKING:
    from amtweb.firms.models import Member

given = Signal()
"""Sent with the ``issue``, in the transaction that makes it."""
OF_THE_DAY = ("number", "day")
"""What of a content says when it was given, and not what."""


def give(proposal: Proposal, member: Member, *, version: int) -> tuple[Issue, bool]:
    """The next issue, and whether it was made now: what says the same as the newest is that one.

    Raises:
        NewerDraftError: The draft is another than was seen.
        UnfitError: It cannot be given as it is.
    """
    with transaction.atomic():
        # One at a time, so that two clicks cannot make two issues.
        locked = Proposal.objects.select_for_update(of=("self",)).select_related("client__firm")
        found = locked.get(pk=proposal.pk)
        if found.draft_version != version:
            raise NewerDraftError
        return _given(found, member)


def _given(found: Proposal, member: Member) -> tuple[Issue, bool]:
    _refuse_unfit(found)
    newest = found.issues.first()
    now, logo = timezone.now(), current_logo(found.client.firm)
    pins = pinned(found.draft, found.client)
    number = newest.number + 1 if newest else 1
    try:
        content = content_of(found.draft, pins, found.client, logo=logo, number=number, at=now)
    except NotComputedError as refusal:
        raise UnfitError(str(refusal)) from None
    shown = canonical(content)
    # Read back, so that both are what a text can hold.
    if newest is not None and _said(newest.shown) == _said(shown):
        _mark(found)
        return newest, False
    issue = Issue.objects.create(
        proposal=found,
        number=number,
        title=content["title"],
        shown=shown,
        digest=digest_of(shown),
        draft=found.draft,
        documents=documents_of(pins),
        logo=logo,
        engine_version=content["engine"],
        law_version=content["law"],
        issued_at=now,
        issued_by=member,
    )
    _mark(found)
    given.send(Issue, issue=issue)
    return issue, True


def _mark(found: Proposal) -> None:
    Proposal.objects.filter(pk=found.pk).update(issued_digest=found.draft_digest)


def _refuse_unfit(found: Proposal) -> None:
    if not FEWEST <= len(found.draft["alternatives"]) <= MOST:
        raise UnfitError(f"A client is given {FEWEST} to {MOST} scenarios side by side.")
    if found.client.archived_at is not None:
        raise UnfitError("The client is archived: take the client out of the archive first.")


def _said(shown: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(shown)
    return {name: part for name, part in content.items() if name not in OF_THE_DAY}
