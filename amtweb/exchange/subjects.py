"""What can be taken away: what is on the bench, an example, a saved scenario, one of its revisions.

Every subject has the same files below its own address, so that their pages link them relatively.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from amtweb.scenarios.gallery import example
from amtweb.scenarios.views.saved import own_scenario
from amtweb.scenarios.working_copy import working_copy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest

UNTITLED = "Untitled scenario"
DAY = "F j, Y"


class Subject(NamedTuple):
    """A scenario as somebody takes it away."""

    document: dict[str, Any]
    page: str
    """Where it is looked at; the addresses of its files go on from there."""
    state: str
    """Which of its states it is, in words: ``Revision 3, saved on November 4, 2026``."""
    about: str = ""
    """What it is in the log of a firm; empty for what is everybody's."""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.document.get("title", "") or UNTITLED


def of_the_bench(request: HttpRequest) -> Subject:
    """What the visitor works on, as last computed; needs no saving."""
    document = working_copy(request).document
    state = f"As entered here on {_today()}"
    return Subject(document, reverse("scenarios:workbench"), state, "the bench")


def of_an_example(request: HttpRequest, slug: str) -> Subject:
    """A worked example as it is offered."""
    try:
        chosen = example(slug)
    except KeyError:
        raise Http404 from None
    page = reverse("scenarios:example", args=[slug])
    return Subject(chosen.document, page, f"Worked example, as of {_today()}")


def of_a_scenario(request: HttpRequest, public_id: str) -> Subject:
    """The draft of a scenario of the visitor's own."""
    scenario = own_scenario(request, public_id)
    page, about = scenario.get_absolute_url(), f"scenario {public_id}"
    return Subject(scenario.draft, page, f"Draft as of {_today()}", about)


def of_a_revision(request: HttpRequest, public_id: str, number: int) -> Subject:
    """A revision of a scenario of the visitor's own."""
    scenario = own_scenario(request, public_id)
    revision = get_object_or_404(scenario.revisions, number=number)
    state = f"Revision {number}, saved on {day(revision.created_at)}"
    page, about = scenario.get_absolute_url(), f"scenario {public_id} revision {number}"
    return Subject(revision.document, page, state, about)


def day(moment: datetime) -> str:
    """The day of a moment in words."""
    return date_format(moment, DAY)


def _today() -> str:
    return day(timezone.now())


PLACES: tuple[tuple[str, str, Callable[..., Subject]], ...] = (
    ("", "_bench", of_the_bench),
    ("examples/<slug:slug>/", "_example", of_an_example),
    ("scenarios/<slug:public_id>/", "", of_a_scenario),
    ("scenarios/<slug:public_id>/revisions/<int:number>/", "_revision", of_a_revision),
)
"""Where the addresses of each kind of subject begin, how their names end, and how it is found."""
