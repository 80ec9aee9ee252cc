"""Gives a scenario of a firm to another of its clients."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import transaction
from django.dispatch import Signal
from django.shortcuts import redirect, render

from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import Act
from amtweb.scenarios.for_whom import GoneClientError, held_client, posted_client
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.views.saved import own_scenario

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Client, Member


moved = Signal()
"""Sent with the ``scenario`` and the ``member``, in the transaction that moves it."""


@in_firm("GET", "HEAD", "POST", act=Act.CHANGE)
def move(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Asks for whom it is, and makes it so; a copy for somebody else is another button there."""
    scenario, gone = own_scenario(request, public_id), None
    if request.method == "POST":
        try:
            _move(member, scenario, posted_client(request))
        except GoneClientError as error:
            gone = str(error)
        else:
            return redirect(scenario)
    context = {"scenario": scenario, "gone": gone, "tab": secrets.token_urlsafe(12)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if gone else HTTPStatus.OK
    return render(request, "scenarios/move.html", context, status=status)


def _move(member: Member, scenario: Scenario, client: Client | None) -> None:
    """Raises:
    GoneClientError: The client was deleted at this moment.
    """
    with transaction.atomic():
        held = client and held_client(member, client)
        # Only where it is elsewhere: pressed twice, it is moved and told of once.
        others = Scenario.objects.filter(pk=scenario.pk).exclude(client=held)
        if others.update(client=held):
            to = f"client {held.public_id}" if held else "no client"
            note(member, "scenario_moved", f"scenario {scenario.public_id} to {to}")
            moved.send(Scenario, scenario=scenario, member=member)
