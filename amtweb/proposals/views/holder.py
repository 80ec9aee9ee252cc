"""What the holder of a link to an issue gets: the page, its PDF, the logo on it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from amtweb.audit.log import Actor, record
from amtweb.audit.models import Event
from amtweb.firms.access import AN_HOUR
from amtweb.firms.workspace import member_of
from amtweb.proposals.log_objects import about
from amtweb.proposals.models import IssueLink
from amtweb.proposals.page import Parts, logo_answer, pdf_answer, proposal_page_of
from amtweb.sharing.link_forms import acts_for_nobody, secret_of
from amtweb.sharing.opening import behind

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger("amtweb.security")

MOST_AN_HOUR = 30
"""Openings of an issue by its links that a firm's log tells of; the links count every one."""


class Opened(NamedTuple):
    """A live link, and the token that opened it."""

    link: IssueLink
    token: str


def _opened(token: str) -> Opened | None:
    found = IssueLink.objects.opened_by(token)
    link = found.select_related("issue__proposal__client__firm", "issue__logo").first()
    return None if link is None else Opened(link, token)


@require_safe
@behind(_opened)
def shared(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The issue behind a link."""
    place = [opened.token]
    parts = Parts(
        reverse("proposals:shared_logo", args=place), reverse("proposals:shared_pdf", args=place)
    )
    context = {"token": opened.token, "secret": secret_of(opened.token)}
    return proposal_page_of(request, opened.link.issue, parts, "proposals/shared.html", **context)


@acts_for_nobody
@require_POST
@behind(_opened)
def note_opening(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Counts that somebody looked, as the page itself tells; the firm's own looks do not count."""
    issue = opened.link.issue
    firm = issue.proposal.client.firm
    member = member_of(request)
    if member is None or member.firm_id != firm.pk:
        opened.link.note_opening(timezone.now().date())
        what = about(issue.proposal, issue.number)
        if not _is_a_flood(firm.public_id, what):
            record(firm.public_id, Actor(None), "proposal_opened", what)
        log.info("proposal_link_opened link=%d", opened.link.pk)
    return HttpResponse(status=204)


def _is_a_flood(log: str, what: str) -> bool:
    """Whether the log has enough openings of the hour: nobody can ever shorten it again."""
    since = timezone.now() - AN_HOUR
    opened = Event.objects.filter(log=log, about=what, act="proposal_opened", at__gt=since)
    return opened.filter(who=None).count() >= MOST_AN_HOUR


@require_safe
@behind(_opened)
def pdf(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The issue as a file."""
    page = reverse("proposals:shared", args=[opened.token])
    return pdf_answer(request, opened.link.issue, page)


@require_safe
@behind(_opened)
def logo(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The logo that stood on it."""
    return logo_answer(opened.link.issue.logo)
