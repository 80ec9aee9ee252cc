"""How the log of a firm names the proposals that its events are about, and finds them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from amtweb.audit.objects import KINDS, Found, Kind
from amtweb.proposals.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

MOST_FOUND = 50
"""Proposals that one search is for."""


def register() -> None:
    """Makes the kind known."""
    KINDS["proposal"] = Kind("a proposal", _proposals, _proposals_called)


def about(proposal: Proposal, number: int | None = None) -> str:
    """A proposal, or an issue of it, as an event says what it is about."""
    issue = "" if number is None else f" issue {number}"
    return f"proposal {proposal.public_id}{issue} for client {proposal.client.public_id}"


def _proposals(log: str, names: Collection[str]) -> Mapping[str, Found]:
    found = _of(log).filter(public_id__in=names).only("public_id", "title")
    return {
        each.public_id: Found(each.title, reverse("proposals:proposal", args=[each.public_id]))
        for each in found
    }


def _proposals_called(log: str, word: str) -> Iterable[str]:
    found = _of(log).filter(title__icontains=word)
    return found.order_by().values_list("public_id", flat=True)[:MOST_FOUND]


def _of(log: str) -> QuerySet[Proposal]:
    return Proposal.objects.filter(client__firm__public_id=log, client__closed_at=None)
