"""What a member does about the accounts of a client: invites, publishes, unlinks."""

from __future__ import annotations

import io
import json
import re
import zipfile
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import MAY, Act
from amtweb.portal import invitations
from amtweb.portal.documents import changes_for_client
from amtweb.portal.forms import InvitationForm, PublishForm
from amtweb.portal.models import ClientInvitation, Link, Publication
from amtweb.portal.publishing import publish, withdraw
from amtweb.portal.reading import client_of
from amtweb.portal.unlinking import (
    CLOSED_FOR,
    is_last,
    may_be_wrong_person,
    newest_edition,
    turn_away,
    unlink,
)
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.headline import headline
from amtweb.scenarios.models import NewerDraftError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.firms.models import Client, Member
    from amtweb.portal.reading import Reading
    from amtweb.scenarios.models import Scenario

LONGEST_FILE_NAME = 60
WRONG_PERSON = "wrong-person"
TOO_MANY = f"You have invited {invitations.MOST_A_DAY} clients today."
NOT_SENT = "The mail could not be sent; the invitation stands."


@in_firm("GET", "HEAD", "POST", act=Act.INVITE_CLIENTS)
def invite(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Asks somebody of the household to sign in."""
    client = client_of(member, public_id)
    form = InvitationForm(request.POST or None, client=client)
    if request.method != "POST" or not form.is_valid():
        return _invite_page(request, client, form)
    open_ones = ClientInvitation.objects.filter(
        ClientInvitation.that_are_open(timezone.now()),
        client=client,
        email__iexact=form.cleaned_data["email"],
    )
    if open_ones.exists():
        return redirect(client)
    made = form.save(commit=False)
    made.client, made.invited_by = client, member
    try:
        with transaction.atomic():
            invitations.invite(made)
            note(member, "client_invited", f"client {public_id}")
    except invitations.TooManyInvitationsError:
        form.add_error(None, TOO_MANY)
        return _invite_page(request, client, form)
    if not invitations.send(made):
        return _invite_page(request, client, InvitationForm(client=client), trouble=NOT_SENT)
    messages.success(request, f"Invited {made.email}.")
    return redirect(client)


@in_firm("POST", act=Act.INVITE_CLIENTS)
def withdraw_invitation(
    request: HttpRequest, member: Member, public_id: str, invitation: str
) -> HttpResponse:
    """Takes an invitation back."""
    client = client_of(member, public_id)
    found = get_object_or_404(ClientInvitation, client=client, public_id=invitation)
    with transaction.atomic():
        unused = ClientInvitation.that_are_unused(timezone.now())
        given = ClientInvitation.objects.filter(unused, pk=found.pk)
        if given.update(revoked_at=timezone.now()):
            note(member, "client_invitation_withdrawn", f"client {public_id}")
            messages.success(request, f"The invitation of {found.email} is withdrawn.")
    return redirect(client)


@in_firm("GET", "HEAD", "POST", act=Act.SHARE)
def publish_scenario(
    request: HttpRequest, member: Member, public_id: str, scenario: str
) -> HttpResponse:
    """Shows what would be published and what changes by it, and publishes it."""
    client = client_of(member, public_id)
    found = get_object_or_404(client.scenarios.filter(deleted_at=None), public_id=scenario)
    form = PublishForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _publish_page(request, client, found, form)
    version = request.POST.get("draft_version", "")
    try:
        seen = int(version) if version.isascii() and version[:18].isdigit() else -1
        publish(member, client, found, form.cleaned_data["words"], seen)
    except NewerDraftError:
        found.refresh_from_db()
        trouble = "Not published: the scenario was changed since this page was shown. Look again."
        response = _publish_page(request, client, found, form, trouble=trouble)
        response.status_code = HTTPStatus.CONFLICT
        return response
    messages.success(request, f"Published: the household reads “{found}” as it stands now.")
    return redirect(client)


def withdraw_publication(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Takes it back from the household."""
    assert reading.member is not None  # noqa: S101  (a member's route)
    withdraw(reading.member, reading.publication)
    said = f"Withdrawn: the household no longer reads “{reading.publication}”."
    messages.success(request, said)
    return redirect(reading.publication.client)


@in_firm("GET", "HEAD", "POST", act=Act.DELETE)
def unlink_person(request: HttpRequest, member: Member, public_id: str, link: str) -> HttpResponse:
    """Says who keeps what, and ends the link of a person."""
    client = client_of(member, public_id)
    links = Link.objects.live().select_related("person", "user", "client__firm")
    found = get_object_or_404(links, client=client, public_id=link)
    wrong_person = request.POST.get("op") == WRONG_PERSON
    if request.method == "POST" and not wrong_person:
        closed = unlink(found, by=member)
        messages.success(request, f"{found.name} is no longer linked.")
        return redirect("firms:clients") if closed else redirect(client)
    if wrong_person and turn_away(found, member):
        return redirect(client)
    context = {
        "client": client,
        "link": found,
        "last": is_last(found),
        "firm": client.firm,
        "closed_for": CLOSED_FOR,
        "may_be_wrong_person": may_be_wrong_person(found),
        "may": _may(member),
    }
    # Meanwhile they made something, or it was too long ago: the page says what there is instead.
    status = HTTPStatus.CONFLICT if wrong_person else HTTPStatus.OK
    return render(request, "portal/unlink_by_firm.html", context, status=status)


@in_firm("GET", "HEAD", act=Act.EXPORT)
def scenarios_of_client(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """All scenarios of a client as they stand, each to be imported again."""
    client = client_of(member, public_id)
    note(member, "client_exported", f"client {public_id}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for number, scenario in enumerate(client.scenarios.filter(deleted_at=None), start=1):
            words = re.sub(r"\W+", "-", scenario.title).strip("-")[:LONGEST_FILE_NAME]
            document = json.dumps(scenario.draft, indent=2, ensure_ascii=False, allow_nan=False)
            file.writestr(f"{number:03}-{words or 'scenario'}.json", f"{document}\n")
    return HttpResponse(
        packed.getvalue(),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="amtweb-client-scenarios.zip"'},
    )


def _invite_page(
    request: HttpRequest, client: Client, form: InvitationForm, **context: Any
) -> HttpResponse:
    refused = form.errors or context
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    context |= {"client": client, "form": form}
    return render(request, "portal/invite.html", context, status=status)


def _publish_page(
    request: HttpRequest,
    client: Client,
    scenario: Scenario,
    form: PublishForm,
    **context: Any,
) -> HttpResponse:
    result = result_of(scenario.draft)
    published = Publication.objects.standing().filter(client=client, scenario=scenario).first()
    context |= {
        "client": client,
        "scenario": scenario,
        "form": form,
        "headline": headline(result, result.years[0]),
        "linked": Link.objects.live().filter(client=client).exists(),
    }
    if published is not None:
        newest = newest_edition(published)
        context |= {
            "publication": published,
            "newest": newest,
            "changes": changes_for_client(newest.revision.document, scenario.draft),
        }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "portal/publish.html", context, status=status)


def _may(member: Member) -> set[str]:
    return {act.name.lower() for act in MAY[member.role]}
