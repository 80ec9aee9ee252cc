"""Verification and coverage as visitors use them: searched, followed, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from calculator.verification import verify
from tests.browser.bench import Bench
from tests.browser.test_accessibility import DESKTOP, PHONE, SIDEWAYS_SCROLL, SMALL_TARGETS

PAGES = ["/verification/", "/coverage/"]


def test_a_published_example_is_found_by_keyboard_and_opened_as_a_scenario(page: Page) -> None:
    page.goto("/verification/")
    page.get_by_label("Find").focus()
    page.keyboard.type("palahnuk 2k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(f"1 of {verify().count()} figures.")
    expect(page.get_by_role("row", name="Form 6251 line 2k")).to_contain_text("agrees")

    page.get_by_role("link", name="ISO shares at an AMT loss beside other losses").click()

    bench = Bench(page)
    bench.wait_for_charts()
    expect(bench.input("title")).to_have_value("ISO shares at an AMT loss beside other losses")
    bench.type("years[0].wages", "500,000")
    expect(page).to_have_url(re.compile(r"/$"))
    page.reload()
    expect(bench.input("years[0].wages")).to_have_value("500,000")
    expect(bench.input("title")).to_have_value("ISO shares at an AMT loss beside other losses")


def test_what_goes_wrong_elsewhere_leads_to_the_figure(page: Page) -> None:
    page.goto("/verification/")
    page.get_by_role("link", name="Where others go wrong").click()
    elsewhere = page.get_by_role("region", name="Where others go wrong")
    elsewhere.get_by_role("link", name="Separate return, 2019").click()

    expect(page.locator("#zacks-separate")).to_be_in_viewport()


def test_what_is_not_modelled_leads_to_the_field_for_it(page: Page) -> None:
    page.goto("/coverage/")
    page.get_by_role("link", name="Other exclusion items").click()

    expect(Bench(page).input("years[0].other_amt_exclusion_items")).to_be_in_viewport()


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_are_for_everyone_at_any_size(
    page: Page, address: str, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    page.goto(address)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        assert accessibility_faults(page) == []
        assert page.evaluate(SIDEWAYS_SCROLL) <= 0
        assert page.evaluate(SMALL_TARGETS) == []


def test_searching_needs_no_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/verification/")
    page.get_by_label("Source", exact=True).select_option("court")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_role("heading", level=2)).to_have_text(["Courts"])
    context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_term_is_explained_in_place_by_keyboard_and_nothing_moves(
    page: Page, viewport: dict[str, int]
) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto("/learn/erosion/")
    term = page.get_by_role("button", name="exclusion items")
    note = page.get_by_role("dialog", name="Exclusion items")
    term.focus()
    before = term.bounding_box()

    page.keyboard.press("Enter")
    expect(note).to_be_focused()
    expect(note).to_contain_text("Form 8801, line 2")
    expect(note).to_be_in_viewport(ratio=1)
    assert term.bounding_box() == before

    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(term).to_be_focused()
