"""Sharing as two people live it: one makes a link, the other looks, tries and leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink, digest_of
from tests.browser.bench import Bench

EXAMPLE = "/examples/way-back/"
OPTIONS = "Options: "


@pytest.fixture
def theirs(new_context: Callable[..., BrowserContext]) -> Page:
    """The page of another person, who has nothing of ours but what we send."""
    return new_context().new_page()


def shared_by(page: Page, *settled: str) -> str:
    """The address of a link to an example, made with these options."""
    Bench(page).open(EXAMPLE)
    page.get_by_role("button", name="Share", exact=True).click()
    if settled:
        page.get_by_text(OPTIONS).click()
    for option in settled:
        page.get_by_label(option).check()
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("Address of the new link").input_value()


def link_at(address: str) -> ShareLink:
    return ShareLink.objects.get(token_digest=digest_of(address.split("/")[-2]))


def stored() -> list[Any]:
    """What could have been changed, without the count of openings."""
    unused = {"times_opened": 0, "last_opened_on": None}
    links = [row | unused for row in ShareLink.objects.order_by("pk").values()]
    return [*Scenario.objects.order_by("pk").values(), *links]


def opened(page: Page, address: str) -> Bench:
    """The bench of a reader, once the page has told that it is seen."""
    with page.expect_response(lambda response: response.url.endswith("/opened/")):
        page.goto(address)
    return Bench(page)


def move(page: Page, lever: str, key: str, times: int = 1) -> None:
    """Moves a slider by keyboard until the answer to the last move is there."""
    slider = page.locator(f'[data-slides="{lever}"]')
    slider.focus()
    for _ in range(times):
        page.keyboard.press(key)
    expect(page.locator(f"#{lever.replace('lever', 'lever-note')}")).not_to_be_empty()
    page.wait_for_load_state("networkidle")


def test_a_link_is_made_in_one_press_and_its_address_can_be_copied(page: Page) -> None:
    address = shared_by(page)

    field = page.get_by_label("Address of the new link")
    expect(field).to_be_focused()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == address


@pytest.mark.plotly
def test_dragging_a_slider_changes_the_charts_and_saves_nothing(page: Page, theirs: Page) -> None:
    bench = opened(theirs, shared_by(page))
    bench.wait_for_charts()
    before, drawn, figures = stored(), bench.drawn("credit"), bench.year_table.inner_text()
    slider = theirs.locator('[data-slides="lever-2"]')
    place = slider.bounding_box()
    assert place is not None

    theirs.mouse.move(place["x"] + place["width"] * 0.25, place["y"] + place["height"] / 2)
    theirs.mouse.down()
    theirs.mouse.move(place["x"] + place["width"] * 0.9, place["y"] + place["height"] / 2, steps=12)
    theirs.mouse.up()
    expect(theirs.locator("#tried")).to_contain_text("With 1 change of yours")
    theirs.wait_for_load_state("networkidle")
    bench.wait_for_charts()

    assert bench.drawn("credit") != drawn
    assert bench.year_table.inner_text() != figures
    expect(theirs.locator("#lever-2")).to_have_value("2034")
    expect(theirs.locator("#lever-note-2")).to_have_text("Shared: 2028")
    assert stored() == before
    assert theirs.context.cookies() == []
    assert theirs.url.count("?") == 0


@pytest.mark.plotly
def test_the_way_back_is_to_what_was_shared(page: Page, theirs: Page) -> None:
    bench = opened(theirs, shared_by(page))
    bench.wait_for_charts()
    drawn, figures = bench.drawn("credit"), bench.year_table.inner_text()
    move(theirs, "lever-1", "ArrowRight", 5)
    bench.wait_for_charts()
    assert bench.year_table.inner_text() != figures

    theirs.locator("#what-if").get_by_role("link", name="Back to as shared").click()
    expect(theirs.locator("#tried")).to_be_empty()
    bench.wait_for_charts()

    assert bench.drawn("credit") == drawn
    assert bench.year_table.inner_text() == figures
    expect(theirs.locator("#lever-1")).to_have_value("25")


def test_a_box_and_its_slider_say_the_same(page: Page, theirs: Page) -> None:
    opened(theirs, shared_by(page))
    slider, box = theirs.locator('[data-slides="lever-1"]'), theirs.locator("#lever-1")

    box.fill("40")
    expect(slider).to_have_value("40")
    expect(theirs.locator("#lever-note-1")).to_have_text("Shared: $25")
    move(theirs, "lever-1", "ArrowLeft")
    expect(box).to_have_value("39")


def test_what_cannot_be_is_said_beside_the_box(
    page: Page, theirs: Page, expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*422")
    bench = opened(theirs, shared_by(page))
    bench.wait_for_charts()
    figures = bench.year_table.inner_text()

    theirs.locator("#lever-1").fill("lots")
    expect(theirs.locator("#lever-note-1")).to_contain_text("Enter a price per share")
    expect(theirs.locator("#lever-1")).to_have_attribute("aria-invalid", "true")
    assert "stale" in (bench.results.get_attribute("class") or "")
    assert bench.year_table.inner_text() == figures

    theirs.locator("#lever-1").fill("30")
    expect(theirs.locator("#lever-note-1")).to_have_text("Shared: $25")
    expect(theirs.locator("#lever-1")).not_to_have_attribute("aria-invalid", "true")
    assert "stale" not in (bench.results.get_attribute("class") or "")


def test_the_selected_year_stays_while_values_are_tried(page: Page, theirs: Page) -> None:
    bench = opened(theirs, shared_by(page))
    bench.wait_for_charts()
    bench.year_table.get_by_role("button", name="2030").click()
    move(theirs, "lever-1", "ArrowRight")

    expect(theirs.locator("#year-stepper")).to_have_value("2030")
    expect(bench.year_table.get_by_role("button", name="2030")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(bench.headline.locator(".of-year").first).to_have_text("2030")


def test_a_link_that_died_meanwhile_is_told(
    page: Page, theirs: Page, expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*404")
    address = shared_by(page)
    opened(theirs, address)
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("Links that no longer work")).to_be_visible()

    theirs.locator("#lever-1").fill("30")

    expect(theirs.locator("#what-if-problems")).to_have_text("This link no longer works.")


def test_the_owner_sees_that_a_link_was_opened_and_not_by_themselves(
    page: Page, theirs: Page
) -> None:
    address = shared_by(page)
    links = page.url
    opened(page, address)
    opened(theirs, address)
    opened(theirs, address)
    page.goto(links.removesuffix("make/"))

    today = timezone.now().date()
    last = f"{today:%B} {today.day}, {today.year}"
    expect(page.locator(".links li")).to_contain_text(f"Opened 2 times, last on {last}")
    assert link_at(address).last_opened_on == today


def test_a_page_fetched_without_being_seen_is_not_counted(page: Page, theirs: Page) -> None:
    address = shared_by(page)
    for method in ("get", "head"):
        for _ in range(3):
            getattr(theirs.request, method)(address, headers={"Sec-Purpose": "prefetch"})

    assert link_at(address).times_opened == 0


@pytest.mark.plotly
def test_without_amounts_the_page_works_and_has_no_dollar(page: Page, theirs: Page) -> None:
    bench = opened(theirs, shared_by(page, "sees no amounts", "sees no names"))
    theirs.locator("#figure-credit").hover()
    theirs.wait_for_function("() => document.querySelector('#figure-credit.drawn')")

    assert "$" not in theirs.content()
    drawn = bench.drawn("credit")
    assert max(y for ys in drawn.values() for y in ys if y is not None) == 100
    theirs.locator("#plot-credit").hover()
    expect(theirs.locator("#plot-credit .hoverlayer")).to_contain_text("%")
    bench.year_table.get_by_role("button", name="2030").click()
    expect(bench.headline.locator(".of-year").first).to_have_text("2030")
    expect(theirs.locator("#what-if")).to_have_count(0)


def test_a_shared_page_keeps_nothing_in_the_browser(page: Page, theirs: Page) -> None:
    opened(theirs, shared_by(page))
    move(theirs, "lever-1", "ArrowRight")

    kept: dict[str, Any] = theirs.evaluate(
        """async () => ({
            local: Object.keys(localStorage),
            session: Object.keys(sessionStorage),
            databases: (await indexedDB.databases()).length,
            caches: (await caches.keys()).length,
            cookies: document.cookie,
        })"""
    )
    assert set(kept.pop("session")) <= {"htmx-current-path-for-history"}
    assert kept == {"local": [], "databases": 0, "caches": 0, "cookies": ""}


def test_no_address_that_the_page_asks_for_has_an_amount(page: Page, theirs: Page) -> None:
    address = shared_by(page)
    asked: list[str] = []
    theirs.on("request", lambda request: asked.append(request.url))
    opened(theirs, address)
    theirs.locator("#lever-1").fill("34567")
    expect(theirs.locator("#lever-note-1")).not_to_be_empty()

    assert not [url for url in asked if "34567" in url or "?" in url]


def test_without_scripts_values_can_be_tried_too(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    theirs = new_context(java_script_enabled=False).new_page()
    theirs.goto(shared_by(page))
    before = theirs.locator("#year-table").inner_text()

    theirs.locator("#lever-1").fill("60")
    theirs.get_by_role("button", name="Compute").click()

    expect(theirs.locator("#lever-1")).to_have_value("60")
    expect(theirs.locator("#tried")).to_contain_text("With 1 change of yours")
    assert theirs.locator("#year-table").inner_text() != before
    theirs.locator("#what-if").get_by_role("link", name="Back to as shared").click()
    assert theirs.locator("#year-table").inner_text() == before
    assert theirs.context.cookies() == []


def test_on_a_phone_the_headline_stays_in_sight_while_values_are_tried(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    theirs = new_context(viewport={"width": 390, "height": 844}).new_page()
    opened(theirs, shared_by(page))
    theirs.locator(".sides").get_by_text("What if").click()

    move(theirs, "lever-1", "ArrowRight", 3)

    expect(theirs.locator("#headline")).to_be_in_viewport()
    expect(theirs.locator("#lever-1")).to_be_in_viewport()
    wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not theirs.evaluate(wide)


def test_a_link_for_a_day_says_so(page: Page) -> None:
    address = shared_by(page, "1 day")

    left = link_at(address).expires_at - timezone.now()
    assert timedelta(hours=23) < left <= timedelta(days=1)
