"""What a short form begins goes on in the planner, and what stands there is not lost."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest

from amtweb.scenarios.models import Scenario
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

ASKED = {"shares": "12,000", "value": "30.5", "price": "9", "gain": "60k"}
TITLE = "An exercise, a fall, and a paired gain"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def take(visitor: Visitor, **more: str) -> Any:
    return visitor.client.post("/start/example/", ASKED | more)


def test_the_planner_has_exactly_these_figures(visitor: Visitor) -> None:
    response = take(visitor)

    assert response["Location"] == "/planner/"
    fields = visitor.fields()
    assert fields["title"] == TITLE
    assert fields["exercises[0].shares"] == fields["sales[0].shares"] == "12,000"
    assert fields["exercises[0].fair_market_value"] == "30.5"
    assert fields["sales[0].price"] == "9"
    assert fields["years[2].year"] == "2028"
    assert fields["years[2].long_term_gain"] == "60,000"


def test_what_nobody_changed_is_not_asked_about(visitor: Visitor) -> None:
    take(visitor)

    assert take(visitor, gain="0")["Location"] == "/planner/"
    assert "years[2].long_term_gain" in visitor.fields()
    assert visitor.fields()["years[2].long_term_gain"] == ""


def test_work_of_ones_own_stays_until_it_is_said_what_becomes_of_it(visitor: Visitor) -> None:
    visitor.edit(title="<b>Mine</b>")

    response = take(visitor)

    assert response.status_code == HTTPStatus.CONFLICT
    asked = Page(response.content)
    assert "<b>Mine</b>" in asked.find("main").text
    assert asked.buttons("instead") == ["save", "replace"]
    assert visitor.fields()["title"] == "<b>Mine</b>"


def test_it_can_be_saved_first(visitor: Visitor) -> None:
    visitor.edit(title="Mine")

    response = take(visitor, instead="save")

    assert response["Location"] == "/planner/"
    assert Scenario.objects.get().title == "Mine"
    assert visitor.fields()["title"] == TITLE


def test_in_its_place_it_can_be_undone(visitor: Visitor) -> None:
    visitor.edit(title="Mine", **{"years[0].wages": "123,456"})

    take(visitor, instead="replace")
    visitor.edit(op="undo")

    assert Scenario.objects.count() == 0
    assert visitor.fields()["title"] == "Mine"
    assert visitor.fields()["years[0].wages"] == "123,456"


def test_where_there_is_no_room_nothing_is_lost(visitor: Visitor) -> None:
    for number in range(3):
        visitor.saved(title=f"Saved {number}")
    visitor.edit(title="Mine")

    response = take(visitor, instead="save")

    assert response.status_code == HTTPStatus.CONFLICT
    assert visitor.fields()["title"] == "Mine"


def test_what_cannot_be_computed_any_more_is_not_offered_to_be_saved(visitor: Visitor) -> None:
    visitor.edit(title="Mine")
    session = visitor.client.session
    session["working_document"] = {"schema_version": 1, "title": "Mine", "years": []}
    session.save()

    response = take(visitor, instead="save")

    assert response.status_code == HTTPStatus.CONFLICT
    assert Page(response.content).buttons("instead") == ["replace"]
    assert take(visitor, instead="replace")["Location"] == "/planner/"


def test_who_comes_back_is_led_on(visitor: Visitor) -> None:
    assert "Continue with" not in visitor.page("/").find("main").text
    visitor.edit(title="Mine & more")

    assert "Continue with Mine & more" in visitor.page("/").find("main").text
