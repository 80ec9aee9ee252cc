"""The firm's page of links to an issue: making, seeing and revoking them."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import Act
from amtweb.proposals.forms import IssueLinkForm
from amtweb.proposals.log_objects import about
from amtweb.proposals.models import Issue, IssueLink
from amtweb.proposals.views.finding import issue_of, may
from amtweb.sharing.forms import DAYS
from amtweb.sharing.models import MOST_LINKS, REMEMBERED, SEED_BYTES, digest_of, token_from

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member

LONGEST_SEED = 64
FULL = f"This issue has {MOST_LINKS} open links, as many as it may have. Revoke one first."
CLOSED = "The client is archived: no link would open. Take the client out of the archive first."

log = logging.getLogger("amtweb.security")


class TooManyLinksError(Exception):
    """The issue has as many live links as it may have."""


@in_firm("GET", "HEAD", act=Act.SEE)
def links(request: HttpRequest, member: Member, public_id: str, number: int) -> HttpResponse:
    """The links of an issue, with how often each was opened."""
    return _page(request, member, issue_of(member, public_id, number), _form())


@in_firm("POST", act=Act.SHARE)
def make(request: HttpRequest, member: Member, public_id: str, number: int) -> HttpResponse:
    """A link as settled; its address is shown this once."""
    found = issue_of(member, public_id, number)
    form = _form(request.POST)
    if not form.is_valid():
        return _page(request, member, found, form)
    if found.proposal.client.archived_at is not None:
        return _page(request, member, found, form, trouble=CLOSED)
    seed = request.POST.get("seed", "")[:LONGEST_SEED]
    try:
        link, token = _made(member, found, seed, form)
    except TooManyLinksError:
        return _page(request, member, found, form, trouble=FULL)
    # The same form may come again after its link was revoked.
    is_live = IssueLink.objects.live().filter(pk=link.pk).exists()
    address = reverse("proposals:shared", args=[token]) if is_live else ""
    address = request.build_absolute_uri(address) if address else ""
    return _page(request, member, found, _form(), made=link, address=address)


@in_firm("POST", act=Act.SHARE)
def revoke(
    request: HttpRequest, member: Member, public_id: str, number: int, fingerprint: str
) -> HttpResponse:
    """From the next request on the link is dead."""
    found = issue_of(member, public_id, number)
    link = get_object_or_404(found.links, token_digest=fingerprint)
    with transaction.atomic():
        if IssueLink.objects.filter(pk=link.pk).revoke():
            note(member, "proposal_link_revoked", about(found.proposal, number))
            messages.success(request, "Revoked: whoever opens the link now finds nothing.")
    log.info("proposal_link_revoked link=%d", link.pk)
    return redirect("proposals:links", public_id, number)


def _form(posted: Any = None) -> IssueLinkForm:
    return IssueLinkForm(posted)


def _made(member: Member, issue: Issue, seed: str, form: IssueLinkForm) -> tuple[IssueLink, str]:
    """A link and its token, which is known only now; the same seed is the same link again."""
    shown = f"{issue.proposal.public_id} {issue.number}"
    token = token_from(shown, seed or secrets.token_urlsafe(SEED_BYTES), form.cleaned_data)
    with transaction.atomic():
        # One at a time, so that none slips past the count.
        Issue.objects.select_for_update().only("pk").get(pk=issue.pk)
        made = issue.links.filter(token_digest=digest_of(token)).first()
        if made is not None:
            return made, token
        if issue.links.live().count() >= MOST_LINKS:
            raise TooManyLinksError
        link = issue.links.create(
            maker=member,
            label=form.cleaned_data["label"],
            token_digest=digest_of(token),
            expires_at=form.expires_at,
        )
        note(member, "proposal_link_made", about(issue.proposal, issue.number))
    log.info("proposal_link_made link=%d", link.pk)
    return link, token


def _page(
    request: HttpRequest, member: Member, issue: Issue, form: IssueLinkForm, **context: Any
) -> HttpResponse:
    live = issue.links.live()
    recently = timezone.now() - REMEMBERED
    dead = issue.links.exclude(pk__in=live.values("pk")).exclude(revoked_at__lt=recently)
    refused = form.errors or context.get("trouble")
    context |= may(member) | {
        "issue": issue,
        "proposal": issue.proposal,
        "form": form,
        "links": live,
        "dead_links": dead.exclude(expires_at__lt=recently)[:MOST_LINKS],
        "days": DAYS,
        "seed": secrets.token_urlsafe(SEED_BYTES),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "proposals/links.html", context, status=status)
