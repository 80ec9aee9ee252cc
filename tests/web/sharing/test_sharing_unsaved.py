"""From figures that nobody saved to a link, in the planner itself."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from amtweb.scenarios.models import Scenario
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAGES = "years[0].wages"


def test_share_saves_what_is_typed_and_asks_for_whom() -> None:
    visitor = Visitor()

    page = visitor.edit("/planner/", op="share", **{WAGES: "123,456"})

    saved = Scenario.objects.get()
    assert page["Location"] == f"{saved.get_absolute_url()}links/?saved"
    assert saved.draft["years"][0]["wages"] == 123_456
    asked = visitor.client.get(page["Location"]).content.decode()
    assert "Saved as" in asked
    assert "Make a link" in asked
    assert "until 30 days after you last changed something here. A link ends with it" in asked


def test_share_of_what_is_saved_takes_along_what_was_typed_last() -> None:
    visitor = Visitor()
    saved = visitor.saved()

    page = visitor.edit(saved.get_absolute_url(), op="share", **{WAGES: "123,456"})

    saved.refresh_from_db()
    assert page["Location"] == f"{saved.get_absolute_url()}links/"
    assert saved.draft["years"][0]["wages"] == 123_456
    assert saved.revisions.count() == 1


@pytest.mark.parametrize("place", ["/planner/", "saved"])
def test_what_cannot_be_computed_is_corrected_first(place: str) -> None:
    visitor = Visitor()
    address = visitor.saved().get_absolute_url() if place == "saved" else place

    page = visitor.edit(address, op="share", **{WAGES: "lots"})

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "thing to correct" in page.content.decode()
    assert Scenario.objects.count() == (place == "saved")


def test_a_saved_scenario_says_that_links_to_it_are_open() -> None:
    visitor = Visitor()
    address = visitor.saved().get_absolute_url()
    assert "link open" not in visitor.client.get(address).content.decode()

    visitor.client.post(f"{address}links/make/", {"label": "Anna"})

    (share,) = (
        b for b in visitor.page(address).all("button") if b.attributes.get("value") == "share"
    )
    assert share.text == "Share · 1 link open"
