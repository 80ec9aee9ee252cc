"""What the client was given: made, read by the firm, taken away as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse

from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import Act
from amtweb.proposals import issuing
from amtweb.proposals.drafts import UnfitError
from amtweb.proposals.log_objects import about
from amtweb.proposals.models import NewerDraftError
from amtweb.proposals.page import Parts, logo_answer, pdf_answer, proposal_page_of
from amtweb.proposals.views.drafts import draft_page
from amtweb.proposals.views.finding import issue_of, may, proposal_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member

SEEN_BEFORE = (
    "The proposal was changed since you looked at it. Look at it again, then give it to the client."
)


@in_firm("POST", act=Act.SHARE)
def give(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Makes the next issue of the draft that was seen."""
    found = proposal_of(member, public_id)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else 0
    try:
        with transaction.atomic():
            issue, is_new = issuing.give(found, member, version=version)
            if is_new:
                note(member, "proposal_issued", about(found, issue.number))
    except NewerDraftError:
        return draft_page(request, member, found, trouble=SEEN_BEFORE)
    except UnfitError as refusal:
        return draft_page(request, member, found, trouble=str(refusal))
    return redirect("proposals:issue", public_id, issue.number)


@in_firm("GET", "HEAD", act=Act.SEE)
def issue(request: HttpRequest, member: Member, public_id: str, number: int) -> HttpResponse:
    """An issue as the client sees it."""
    found = issue_of(member, public_id, number)
    note(member, "proposal_seen", about(found.proposal, number))
    place = [public_id, number]
    context = may(member) | {"links": found.links.live().count()}
    parts = Parts(
        reverse("proposals:logo_of_issue", args=place),
        reverse("proposals:pdf", args=place) if "export" in context["may"] else "",
    )
    return proposal_page_of(request, found, parts, "proposals/issue.html", **context)


@in_firm("GET", "HEAD", act=Act.EXPORT)
def pdf(request: HttpRequest, member: Member, public_id: str, number: int) -> HttpResponse:
    """An issue as a file."""
    found = issue_of(member, public_id, number)
    note(member, "proposal_exported", about(found.proposal, number))
    return pdf_answer(request, found, reverse("proposals:issue", args=[public_id, number]))


@in_firm("GET", "HEAD", act=Act.SEE)
def logo(request: HttpRequest, member: Member, public_id: str, number: int) -> HttpResponse:
    """The logo that stood on it."""
    return logo_answer(issue_of(member, public_id, number).logo)
