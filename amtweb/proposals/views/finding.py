"""Finds what an address of the firm's names; of another firm's there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404

from amtweb.firms.permissions import MAY
from amtweb.proposals.models import Issue, Proposal

if TYPE_CHECKING:
    from amtweb.firms.models import Member


def proposal_of(member: Member, public_id: str) -> Proposal:
    """The firm's proposal of that address."""
    found = Proposal.objects.of(member).select_related("client__firm")
    return get_object_or_404(found, public_id=public_id)


def issue_of(member: Member, public_id: str, number: int) -> Issue:
    """An issue of a proposal of the firm's."""
    found = Issue.objects.of(member).select_related("proposal__client__firm", "logo")
    return get_object_or_404(found, proposal__public_id=public_id, number=number)


def may(member: Member) -> dict[str, Any]:
    """What the page offers: nothing that the role would be refused."""
    return {"member": member, "may": {act.name.lower() for act in MAY[member.role]}}
