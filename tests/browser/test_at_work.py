"""Members of a firm before its pages: what each role is offered, and the end of a membership."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.bench import Bench
from tests.browser.test_accessibility import DESKTOP, PHONE, SIDEWAYS_SCROLL, SMALL_TARGETS
from tests.web.firms.cast import Cast, Colleague, cast

Faults = Callable[[Page], list[str]]
PLACES = ("/book/", "/clients/", "/firm/", "/firm/log/", "/firm/import/", "/workspaces/")


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return cast()


@pytest.fixture
def sits_down(
    new_context: Callable[..., BrowserContext], base_url: str
) -> Callable[[Colleague], Page]:
    """A browser in which the colleague is at work."""

    def page_of(colleague: Colleague) -> Page:
        context = new_context()
        session = colleague.client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
        return context.new_page()

    return page_of


def test_an_advisor_takes_on_a_client_and_begins_a_scenario(
    people: Cast, sits_down: Callable[[Colleague], Page], accessibility_faults: Faults
) -> None:
    page = sits_down(people.advisor)
    page.goto("/book/")
    page.get_by_role("link", name="New client").click()
    page.get_by_label("Name of the household").fill("Okafor & Lund")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Okafor & Lund")
    assert accessibility_faults(page) == []

    page.get_by_role("link", name="New scenario").click()
    bench = Bench(page)
    bench.type("title", "First look")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/scenarios/*/")
    page.goto("/book/?q=okafor")

    row = page.get_by_role("row", name="Okafor & Lund")
    expect(row).to_be_visible()
    expect(page.get_by_text("Not computed yet")).to_have_count(0)


def test_an_assistant_prepares_and_is_offered_nothing_more(
    people: Cast, sits_down: Callable[[Colleague], Page]
) -> None:
    page = sits_down(people.assistant)
    page.goto(f"/clients/{people.household.public_id}/")

    expect(page.get_by_role("link", name="New scenario")).to_be_visible()
    for refused in ("Delete", "Invite", "Publish", "Give to the client"):
        expect(page.get_by_role("button", name=refused)).to_have_count(0)
    page.goto("/firm/")
    expect(page.get_by_role("button", name="Invite")).to_have_count(0)
    expect(page.get_by_role("link", name="Log")).to_have_count(0)


@pytest.mark.parametrize("expected_complaints", [["40[34]"]], ids=["refused"])
def test_an_advisor_who_is_out_is_out_of_every_open_page(
    people: Cast, sits_down: Callable[[Colleague], Page]
) -> None:
    page = sits_down(people.advisor)
    bench = Bench(page).open(people.scenario.get_absolute_url())
    draft = dict(people.scenario.draft)
    people.advisor.member.delete()

    bench.input("years[0].wages").fill("123,456")
    bench.input("years[0].wages").blur()
    expect(page.get_by_role("status").first).to_contain_text("not")

    people.scenario.refresh_from_db()
    assert people.scenario.draft == draft
    for place in (
        "/book/",
        people.scenario.get_absolute_url(),
        people.household.get_absolute_url(),
    ):
        response = page.goto(place)
        assert response is not None
        assert response.status == 404
        expect(page.get_by_text("Canary")).to_have_count(0)


def test_the_places_of_a_firm_are_for_everyone_at_any_size(
    people: Cast, sits_down: Callable[[Colleague], Page], accessibility_faults: Faults
) -> None:
    page = sits_down(people.admin)
    places = (*PLACES, people.household.get_absolute_url())
    faults = {}
    for size, brightness in ((DESKTOP, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="dark" if brightness == "dark" else "light")
        for place in places:
            page.goto(place)
            found = accessibility_faults(page)
            if size is PHONE:
                found += (
                    [str(page.evaluate(SIDEWAYS_SCROLL))] if page.evaluate(SIDEWAYS_SCROLL) else []
                )
                found += page.evaluate(SMALL_TARGETS)
            faults[f"{place} {brightness}"] = found

    assert {place: found for place, found in faults.items() if found} == {}
