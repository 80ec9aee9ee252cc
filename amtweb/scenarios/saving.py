"""Makes scenarios and revisions of what stands in an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from amtweb.firms.access import note_within_the_hour
from amtweb.scenarios.edits import place_in_order
from amtweb.scenarios.library.making import make_scenario
from amtweb.scenarios.models import LONGEST_NOTE, Revision, Scenario, digest_of
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.visitors import visitor_of, visitor_who_makes

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Client
    from amtweb.htmx import HtmxHttpRequest

Document = dict[str, Any]


def new_scenario(
    request: HttpRequest,
    document: Document,
    headline: Document,
    note: str = "",
    client: Client | None = None,
) -> Scenario:
    """A scenario of the visitor's with a first revision; the same if the request comes again."""
    visitor = visitor_who_makes(request)
    page, _ = place_in_order(request.POST)

    return once(
        visitor,
        key_of(page, "new scenario", [digest_of(document), client and client.public_id]),
        make=lambda: make_scenario(visitor, document, headline, note_of(note), client),
        name=lambda scenario: scenario.public_id,
        find=lambda name: Scenario.objects.editable_by(visitor).filter(public_id=name).first(),
    )


def new_revision(
    request: HttpRequest, scenario: Scenario, document: Document, headline: Document, note: str
) -> Revision:
    """A revision by the visitor, with what they say about it."""
    visitor = visitor_of(request)
    with transaction.atomic():
        made = scenario.make_revision(document, headline, note_of(note), author_id=visitor.user_id)
        if visitor.member is not None:
            about = f"scenario {scenario.public_id} revision {made.number}"
            note_within_the_hour(visitor.member, "scenario_saved", about)
    return made


def note_of(text: str) -> str:
    """A note on one line, without what no page can show."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST_NOTE]


def go_to(request: HtmxHttpRequest, scenario: Scenario) -> HttpResponse:
    """The browser goes on at the scenario."""
    return _go_on(request, scenario.get_absolute_url())


def go_to_share(
    request: HtmxHttpRequest, scenario: Scenario, *, was_saved: bool = False
) -> HttpResponse:
    """The browser goes on where links to the scenario are made.

    Args:
        request: From the editor.
        scenario: What is to be shared.
        was_saved: Whether it has got its address only now, which the page then says.
    """
    address = reverse("sharing:links", args=[scenario.public_id])
    return _go_on(request, f"{address}?saved" if was_saved else address)


def _go_on(request: HtmxHttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
