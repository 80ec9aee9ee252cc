"""What a new scenario for a household begins with: what its last one says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from amtweb.firms.access import note_look
from amtweb.scenarios.for_whom import said_client
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.visitors import visitor_of
from calculator import InvalidScenario, parse_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

LIKE: Final = "like:"
"""Begins the name, in the form of a page, of a beginning that is taken from a scenario."""
_OF_ITS_OWN: Final = ("title", "notes")
_PLANS: Final = ("exercises", "sales")


def last_of_client(request: HttpRequest) -> Scenario | None:
    """The scenario changed last of the client that the address names; None for who has none."""
    visitor, client = visitor_of(request), said_client(request.GET)
    if visitor.member is None or not client:
        return None
    of_client = Scenario.objects.editable_by(visitor).filter(client__public_id=client)
    found: Scenario | None = of_client.filter(archived_at=None).order_by("-changed_at").first()
    if found is not None:
        note_look(request, visitor.member, f"scenario {found.public_id}")
    return found


def named(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """What the page began with whose form has this name; None if that is no more to be had."""
    public_id = name.removeprefix(LIKE)
    own = Scenario.objects.editable_by(visitor_of(request))
    found = own.filter(public_id=public_id).first()
    return like(found.draft) if found else None


def like(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same people, grants and carryovers, without the title and what is planned from today on.

    What would not hold together without its plans keeps them.
    """
    today = timezone.now().date().isoformat()
    kept = {name: value for name, value in document.items() if name not in _OF_ITS_OWN}
    past = {
        name: [event for event in kept[name] if event["date"] < today]
        for name in _PLANS
        if name in kept
    }
    without = kept | past
    try:
        parse_scenario(without)
    except InvalidScenario:
        return kept
    return without
