"""Joint or separate: by keyboard, on a phone, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.bench import Bench

PHONE = {"width": 390, "height": 844}
PAIR = "/joint-or-separate/?yours=example:way-back&spouse=nobody"
DIVIDE = "/joint-or-separate/divide/?of=example:way-back"


def faults_unfolded(page: Page, accessibility_faults: Callable[[Page], list[str]]) -> list[str]:
    """What axe finds once nothing is folded away."""
    page.evaluate("() => document.querySelectorAll('details').forEach((fold) => fold.open = true)")
    return accessibility_faults(page)


def test_two_are_chosen_and_compared_by_keyboard(page: Page) -> None:
    page.goto("/joint-or-separate/")
    page.get_by_label("Yours").focus()
    page.get_by_label("Yours").select_option("example:way-back")
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".couple-headline")).to_contain_text("Separate returns cost $")
    expect(page.get_by_label("Your spouse’s")).to_have_value("nobody")
    page.locator('#figure-couple-amt .band[data-year="2028"]').click()
    expect(page.locator("#readout-couple-federal-tax")).to_contain_text("2028: joint $")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download as CSV").click()
    assert taken.value.suggested_filename == "amtweb-joint-or-separate.csv"


def test_the_joint_return_is_opened(page: Page) -> None:
    page.goto(PAIR)
    page.get_by_role("button", name="Make the joint return a scenario").click()

    expect(page).to_have_url(re.compile("/scenarios/"))
    expect(page.locator('[name="household.filing_status"]')).to_have_value("married_filing_jointly")


def test_one_is_divided_in_two_without_scripts(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(DIVIDE)
    page.get_by_label("Wages").fill("55.5")
    page.locator("#divide select").first.select_option("spouse")
    page.get_by_role("button", name="Compare joint with separate").click()
    expect(page.locator(".couple-headline")).to_be_visible()
    expect(page.get_by_label("Wages")).to_have_value("55.5")
    expect(page.locator("#figure-couple-credit-balance svg.picture")).to_be_visible()
    page.get_by_role("button", name="Make two scenarios").click()

    expect(page).to_have_url(re.compile(r"\?yours=[\w-]+&spouse=[\w-]+$"))
    expect(page.locator(".couple-headline")).to_be_visible()


@pytest.mark.parametrize("expected_complaints", [["422"]], ids=["422"])
def test_a_mistake_stands_beside_its_field_and_nothing_is_lost(page: Page) -> None:
    page.goto(DIVIDE)
    page.get_by_label("Wages").fill("160")
    page.locator("#divide select").first.select_option("spouse")
    page.get_by_role("button", name="Make two scenarios").click()

    wages = page.get_by_label("Wages")
    expect(wages).to_have_value("160")
    expect(wages).to_have_attribute("aria-invalid", "true")
    expect(wages).to_have_accessible_description("Enter a percentage from 0 to 100.")
    expect(page.locator("#divide select").first).to_have_value("spouse")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_the_pages_are_accessible_and_no_wider_than_the_screen(
    page: Page, accessibility_faults: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for address in ("/joint-or-separate/", PAIR, DIVIDE):
        page.goto(address)
        assert faults_unfolded(page, accessibility_faults) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Compare joint with separate").click()
    expect(page.locator(".couple-headline")).to_be_visible()
    assert faults_unfolded(page, accessibility_faults) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_editor_asks_who_is_married_which_return_costs_less(page: Page) -> None:
    page.goto("/planner/")
    bench = Bench(page)
    link = page.get_by_role("link", name="joint or separate returns")
    status = bench.input("household.filing_status")
    status.select_option("single")
    expect(link).to_be_hidden()
    status.select_option("married_filing_jointly")
    expect(link).to_be_visible()
    link.click()

    expect(page.get_by_role("heading", name="Joint or separate")).to_be_visible()
