"""What somebody of a household sees and does: what is published, own copies, figures to propose."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from amtweb.firms.workspace import user_of
from amtweb.portal import invitations, suggestions
from amtweb.portal.documents import from_client
from amtweb.portal.forms import SuggestionForm
from amtweb.portal.models import Copy, Edition, Link, Publication, Suggestion
from amtweb.portal.reading import as_client, link_of
from amtweb.portal.unlinking import CLOSED_FOR, can_come_back, is_last, link_again, unlink
from amtweb.proposals.models import Issue
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.library.making import make_scenario
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.visitors import Visitor

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.portal.reading import Reading


@as_client("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    """What is published for the person, by each of their firms."""
    user = user_of(request)
    links = Link.objects.filter(user=user).select_related("client__firm", "person", "user")
    live = [each for each in links if each.ended_at is None and each.client.closed_at is None]
    editions = Edition.objects.select_related("revision").defer("revision__document")
    published = (
        Publication.objects.published()
        .filter(client__in=[each.client_id for each in live])
        .prefetch_related(Prefetch("editions", editions.order_by("-number")))
    )
    copies = Copy.objects.filter(
        scenario__owner=user, scenario__deleted_at=None, edition__publication__in=published
    ).select_related("scenario", "edition__publication")
    given = Issue.objects.newest().filter(proposal__client__in=[each.client_id for each in live])
    given = given.defer("shown", "draft", "documents", "logo__data")
    sent = Suggestion.objects.filter(link__in=live).select_related("edition__publication")
    context = {
        "links": [
            (
                each,
                [p for p in published if p.client_id == each.client_id],
                [p for p in given if p.proposal.client_id == each.client_id],
            )
            for each in live
        ],
        "ended": [each for each in links if can_come_back(each)],
        "closed_for": CLOSED_FOR,
        "invitations": invitations.invitations_to(user),
        "copies": copies.defer("scenario__draft", "scenario__words"),
        "suggestions": sent.defer("document")[:50],
    }
    return render(request, "portal/home.html", context)


@as_client("POST")
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes up an invitation to an address that the person has confirmed."""
    user = user_of(request)
    invitation = get_object_or_404(invitations.addressed_to(user), public_id=public_id)
    invitations.accept(invitation, user)
    linked = Link.objects.live().filter(user=user, client=invitation.client_id)
    # A second press finds it accepted.
    if not linked.exists():
        raise Http404
    return redirect("portal:home")


def copy(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Makes a scenario of the person's own, to be edited as any other."""
    visitor = Visitor(user_of(request).pk, "")
    page = request.POST.get("tab", "")[:64]

    def make() -> Scenario:
        figures = figures_of(result_of(reading.document))
        made = make_scenario(visitor, reading.document, figures)
        Copy.objects.create(scenario=made, edition=reading.edition)
        return made

    made = once(
        visitor,
        key_of(page, f"copy {reading.publication.public_id}", reading.edition.number),
        make=make,
        name=lambda scenario: scenario.public_id,
        find=lambda name: Scenario.objects.editable_by(visitor).filter(public_id=name).first(),
    )
    return redirect(made)


@as_client("GET", "HEAD", "POST")
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Shows what a copy changes, and sends it to the firm."""
    user = user_of(request)
    published = Publication.objects.published()
    copies = Copy.objects.select_related(
        "scenario", "edition__revision", "edition__publication__client__firm"
    )
    found = get_object_or_404(
        copies,
        scenario__public_id=public_id,
        scenario__owner=user,
        scenario__deleted_at=None,
        edition__publication__in=published,
    )
    links = Link.objects.live().select_related("client__firm")
    link = get_object_or_404(links, user=user, client=found.edition.publication.client)
    form = SuggestionForm(request.POST or None)
    proposed = suggestions.proposed(found.edition, from_client(found.scenario.draft))
    if request.method == "POST" and form.is_valid() and proposed.changes:
        page = request.POST.get("tab", "")[:64]
        suggestions.propose(link, found, form.cleaned_data["message"], page)
        return redirect("portal:home")
    newest = found.edition.publication.editions.order_by("-number").first()
    context: dict[str, Any] = {
        "copy": found,
        "firm": link.client.firm,
        "form": form,
        "proposed": proposed,
        "is_of_newest": newest == found.edition,
        "tab": secrets.token_urlsafe(12),
    }
    refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "portal/propose.html", context, status=status)


@as_client("GET", "HEAD", "POST")
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Says who keeps what, and ends the person's link with a firm."""
    link = link_of(request, public_id)
    if request.method == "POST":
        unlink(link)
        return redirect("portal:home")
    context = {
        "link": link,
        "firm": link.client.firm,
        "last": is_last(link),
        "closed_for": CLOSED_FOR,
    }
    return render(request, "portal/leave.html", context)


@as_client("POST")
def come_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes back that the household left the firm."""
    # Too late, or done already: the page says how it stands.
    link_again(link_of(request, public_id, live=False))
    return redirect("portal:home")
