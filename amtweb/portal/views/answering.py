"""What the firm answers to figures that a client proposes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import MAY, Act
from amtweb.portal import suggestions
from amtweb.portal.forms import DeclineForm
from amtweb.portal.models import Publication, State, Suggestion
from amtweb.portal.reading import client_of
from amtweb.scenarios.differences import differences, gathered
from amtweb.scenarios.models import NewerDraftError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Client, Member

CHANGED = "Nothing was taken over: the scenario was changed since this page was shown. Look again."
ANSWERED = "This was answered meanwhile."


@in_firm("GET", "HEAD", act=Act.SEE)
def suggestion(
    request: HttpRequest, member: Member, public_id: str, suggestion: str
) -> HttpResponse:
    """What a client proposes, field by field."""
    client = client_of(member, public_id)
    found = _suggestion(client, suggestion)
    if request.method == "GET":
        note(member, "figures_read", f"figures {suggestion}")
    return _page(request, member, client, found)


@in_firm("POST", act=Act.CHANGE)
def answer(request: HttpRequest, member: Member, public_id: str, suggestion: str) -> HttpResponse:
    """Takes the figures over, keeps them beside, or says no."""
    client = client_of(member, public_id)
    found = _suggestion(client, suggestion)
    scenario = found.edition.publication.scenario
    op = request.POST.get("op", "")
    form = DeclineForm(request.POST)
    try:
        if op == "take":
            version = request.POST.get("draft_version", "")
            seen = int(version) if version.isascii() and version[:18].isdigit() else -1
            suggestions.take_over(member, found, scenario, seen)
            return redirect("portal:suggestion", client.public_id, suggestion)
        if op == "beside":
            return redirect(suggestions.keep_beside(member, found, scenario))
        if op == "decline":
            if not form.is_valid():
                status = HTTPStatus.UNPROCESSABLE_ENTITY
                return _page(request, member, client, found, status, form=form)
            suggestions.decline(member, found, form.cleaned_data["reason"])
            messages.success(request, "Answered: the client is told.")
    except (NewerDraftError, suggestions.AnsweredError) as refusal:
        trouble = CHANGED if isinstance(refusal, NewerDraftError) else ANSWERED
        again = _suggestion(client, suggestion)
        return _page(request, member, client, again, HTTPStatus.CONFLICT, trouble=trouble)
    return redirect(client)


def _suggestion(client: Client, public_id: str) -> Suggestion:
    standing = Publication.objects.standing().filter(client=client)
    found = Suggestion.objects.select_related(
        "edition__revision", "edition__publication__scenario", "link__person", "link__user"
    )
    return get_object_or_404(found, edition__publication__in=standing, public_id=public_id)


def _page(
    request: HttpRequest,
    member: Member,
    client: Client,
    found: Suggestion,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    scenario = found.edition.publication.scenario
    moved = suggestions.has_moved(found, scenario)
    context = {
        "client": client,
        "suggestion": found,
        "scenario": scenario,
        "proposed": suggestions.proposed(found.edition, found.document),
        "is_open": found.state == State.OPEN,
        "moved": moved,
        "form": DeclineForm(),
        "may": {act.name.lower() for act in MAY[member.role]},
    } | context
    if moved:
        ours = differences(found.edition.revision.document, scenario.draft)
        context["ours"] = gathered(ours)
    return render(request, "portal/suggestion.html", context, status=status)
