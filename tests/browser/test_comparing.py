"""Comparing scenarios in the browser: with scripts and without, by keyboard, on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route

pytestmark = pytest.mark.django_db(transaction=True)

WAY = "example:way-back"
TWO = f"/compare/?with={WAY}&with={WAY}~law.path=sunset"
THREE = f"{TWO}&with={WAY}~years.*.wages=x1.1~sales.*.price=x0.75"
FOUR = f"{THREE}&with=example:slices"
PHONE = {"width": 390, "height": 844}
TALL_ENOUGH_TO_SCROLL = 300


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.fixture
def loads(page: Page) -> list[str]:
    """Every page that is loaded as a whole."""
    loaded: list[str] = []
    page.on("load", lambda shown: loaded.append(shown.url))
    return loaded


def scrolled(page: Page) -> int:
    return int(page.evaluate("() => Math.round(window.scrollY)"))


def test_another_baseline_comes_in_place_and_the_page_does_not_jump(
    page: Page, loads: list[str]
) -> None:
    page.goto(THREE)
    page.mouse.wheel(0, TALL_ENOUGH_TO_SCROLL)
    page.wait_for_function("() => window.scrollY > 0")
    before = scrolled(page)
    first = page.locator(".in-short .findings").inner_text()

    page.locator("#baseline-B").click()

    expect(page.locator(".chip.baseline .badge")).to_have_text("B")
    expect(page.locator("#baseline-B")).to_be_focused()
    expect(page.locator(".in-short .findings")).not_to_have_text(first)
    assert query(page)["base"] == ["B"]
    assert abs(scrolled(page) - before) <= 60
    assert len(loads) == 1

    page.go_back()
    expect(page.locator(".chip.baseline .badge")).to_have_text("A")
    expect(page.locator(".in-short .findings")).to_have_text(re.compile("B pays"))


def test_one_year_is_selected_everywhere_and_explained(page: Page, loads: list[str]) -> None:
    page.goto(THREE)
    explained = page.locator("#of-year h3").first

    page.locator('#figure-compared-credit .band[data-year="2031"]').click()

    expect(explained).to_have_text("2031: B instead of A")
    assert query(page)["year"] == ["2031"]
    for figure in ("credit", "tax", "amt", "loss"):
        readout = page.locator(f"#readout-compared-{figure}")
        expect(readout).to_have_text(re.compile("^2031: "))
    expect(page.locator("#compared-year")).to_have_value("2031")
    expect(page.locator(".compared-years tbody.selected th").first).to_have_text("2031")

    page.locator("#compared-year").focus()
    page.keyboard.press("ArrowRight")

    expect(explained).to_have_text("2032: B instead of A")
    expect(page.locator("#compared-year")).to_be_focused()
    assert len(loads) == 1
    back = page.locator(".chip-name > a").first
    expect(back).to_have_attribute("href", re.compile(r"/examples/way-back/\?year=2032$"))

    page.locator("#baseline-C").click()
    expect(page.locator(".chip.baseline .badge")).to_have_text("C")
    expect(explained).to_have_text("2032: A instead of C")
    page.locator('#figure-compared-tax .band[data-year="2028"]').click()
    expect(explained).to_have_text("2028: A instead of C")


def test_a_variant_is_added_moved_and_removed(page: Page) -> None:
    page.goto(f"/compare/?with={WAY}")
    page.get_by_label("with", exact=True).select_option("years.wages")
    page.get_by_label("changed to").fill("+10%")
    page.get_by_label("changed to").press("Enter")

    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator(".chip").nth(1)).to_contain_text("Wages +10% every year")
    expect(page.locator(".in-short .findings")).to_contain_text("B pays")
    expect(page.locator("#comparison-said")).to_have_text(re.compile("^B pays"))

    page.locator("#earlier-B").click()
    expect(page.locator(".chip").first).to_contain_text("Wages +10% every year")
    expect(page.locator(".chip.baseline .badge")).to_have_text("B")

    page.get_by_role("link", name="Remove A").click()
    expect(page.locator(".chip")).to_have_count(1)
    assert query(page)["with"] == [WAY]


def test_a_mistake_in_the_form_is_beside_the_field_which_keeps_the_focus(
    page: Page, expected_complaints: list[str]
) -> None:
    expected_complaints.append("422")
    page.goto(TWO)
    page.locator("#variant summary").click()
    page.get_by_label("changed to").fill("lots")
    page.get_by_label("changed to").press("Enter")

    expect(page.locator("#variant-to_error")).to_contain_text("enter an amount")
    expect(page.locator("#variant-to")).to_be_focused()
    expect(page.locator("#variant-to")).to_have_value("lots")


def test_quick_variants_stop_at_four(page: Page) -> None:
    page.goto(TWO)
    for count in (3, 4):
        if not page.locator("#variant").evaluate("(fold) => fold.open"):
            page.locator("#variant summary").click()
        page.locator(".offer").first.click()
        expect(page.locator(".chip")).to_have_count(count)
    expect(page.locator(".offer")).to_have_count(0)
    expect(page.get_by_text("Four are compared")).to_be_visible()


def test_the_bench_can_be_compared_without_saving(page: Page) -> None:
    page.goto("/planner/")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator('[name="title"]').fill("Mine")
    page.locator("#year-stepper").press("ArrowRight")
    year = page.locator("#year-shown").inner_text()
    page.get_by_role("link", name="Compare").click()
    expect(page.locator(".chip")).to_contain_text("Mine")
    page.locator(".offer").first.click()
    expect(page.locator("#compared-year")).to_have_value(year)
    expect(page.locator(".in-short .findings")).to_contain_text("B pays")


def test_without_scripts_everything_is_a_page_away(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(TWO)
    for figure in ("credit", "tax", "amt"):
        expect(page.locator(f"#figure-compared-{figure} svg.picture")).to_be_visible()

    page.locator("#baseline-B").click()
    expect(page.locator(".chip.baseline .badge")).to_have_text("B")
    page.locator("#compared-year").fill("2030")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#of-year h3").first).to_have_text("2030: A instead of B")
    expect(page.locator(".chip.baseline .badge")).to_have_text("B")
    page.locator("#variant summary").click()
    page.get_by_label("with", exact=True).select_option("sales.*.price")
    page.get_by_label("changed to").fill("12.50")
    page.get_by_role("button", name="Add variant").click()
    expect(page.locator(".chip").nth(2)).to_contain_text("All sales: price $12.50")


@pytest.mark.parametrize(
    ("address", "scheme"),
    [("/compare/", "light"), (FOUR, "dark")],
)
def test_axe_finds_nothing(
    new_context: Callable[..., BrowserContext],
    accessibility_faults: Callable[[Page], list[str]],
    address: str,
    scheme: str,
) -> None:
    page = new_context(color_scheme=scheme).new_page()
    page.goto(address)
    page.evaluate("() => document.querySelectorAll('details').forEach((fold) => fold.open = true)")

    assert accessibility_faults(page) == []


def test_a_phone_shows_all_without_scrolling_sideways(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto(FOUR)
    page.locator("#variant-of, #comparison").first.wait_for()

    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.evaluate(
        "() => [...document.querySelectorAll('.chip-acts a, .offer, #other-rows')]"
        ".map((e) => [e.textContent, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"
    )
    assert small == []


def test_paper_shows_the_tables_whole(page: Page) -> None:
    page.goto(FOUR)
    page.emulate_media(media="print")

    expect(page.locator(".adding")).to_have_count(0)
    expect(page.locator("#other-rows")).to_be_hidden()
    assert page.locator(".chips").evaluate("(e) => getComputedStyle(e).position") == "static"
    expect(page.locator(".compared-years tbody").last).to_be_visible()


def test_a_year_that_is_overtaken_by_another_baseline_is_passed_over(page: Page) -> None:
    page.goto(THREE)
    slow: list[Route] = []

    def hold(route: Route) -> None:
        slow.append(route)

    page.route(re.compile("^(?!.*base=B).*year=2033$"), hold)
    page.locator('#figure-compared-credit .band[data-year="2033"]').click()
    page.wait_for_timeout(400)
    page.locator("#baseline-B").click()
    expect(page.locator("#of-year h3").first).to_have_text("2033: A instead of B")
    for route in slow:
        route.continue_()
    page.wait_for_timeout(400)

    assert slow
    expect(page.locator("#of-year h3").first).to_have_text("2033: A instead of B")
    assert query(page)["base"] == ["B"]
