"""Proposals that somebody of a household was given: the newest issue of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from amtweb.audit.log import AS_CLIENT, Actor, record
from amtweb.firms.workspace import user_of
from amtweb.portal.models import Link
from amtweb.portal.reading import as_client
from amtweb.proposals.log_objects import about
from amtweb.proposals.models import Issue
from amtweb.proposals.page import Parts, logo_answer, pdf_answer, proposal_page_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@as_client("GET", "HEAD")
def proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    """The proposal as it was given last."""
    issue = _issue(request, public_id)
    _note(request, issue, "proposal_opened")
    parts = Parts(
        reverse("portal:proposal_logo", args=[public_id]),
        reverse("portal:proposal_pdf", args=[public_id]),
    )
    context = {"back_to": reverse("portal:home"), "back_words": "Your advisor"}
    return proposal_page_of(request, issue, parts, **context)


@as_client("GET", "HEAD")
def pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as a file."""
    issue = _issue(request, public_id)
    _note(request, issue, "proposal_exported")
    return pdf_answer(request, issue, reverse("portal:proposal", args=[public_id]))


@as_client("GET", "HEAD")
def logo(request: HttpRequest, public_id: str) -> HttpResponse:
    """The logo that stands on it."""
    return logo_answer(_issue(request, public_id).logo)


def _issue(request: HttpRequest, public_id: str) -> Issue:
    """What the person's household was given; to anyone else there is none."""
    households = Link.objects.live().filter(user=user_of(request)).values("client")
    given = Issue.objects.newest().filter(proposal__client__in=households)
    return get_object_or_404(given, proposal__public_id=public_id)


def _note(request: HttpRequest, issue: Issue, act: str) -> None:
    firm = issue.proposal.client.firm
    actor = Actor(user_of(request).pk, AS_CLIENT)
    record(firm.public_id, actor, act, about(issue.proposal, issue.number))
