"""Closing a year and finding the credit: by keyboard, on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}


def find(page: Page) -> None:
    page.goto("/find-my-credit/")
    page.get_by_label("The first year in which").select_option("2019")
    page.get_by_label("The latest return").select_option("2024")
    with page.expect_navigation():
        page.get_by_role("button", name="Say where to look").click()


def test_a_year_is_closed_by_keyboard(page: Page) -> None:
    page.goto("/planner/")
    page.get_by_role("link", name="Close 2026 with the filed return").focus()
    page.keyboard.press("Enter")
    amt = page.get_by_label("AMT", exact=True)
    amt.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("100,000")
    page.get_by_role("button", name="Show the differences").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="AMT Form 6251")).to_contain_text("−$15,148")
    page.get_by_role("button", name="Make the scenario of 2027").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#headline")).to_contain_text("2027")
    expect(page.locator('[name="opening.minimum_tax_credit"]')).to_have_value("100,000")


@pytest.mark.parametrize("expected_complaints", [["422"]], ids=["422"])
def test_mistakes_stand_beside_their_fields(page: Page) -> None:
    page.goto("/close-year/")
    page.get_by_label("Federal tax").fill("a lot")
    page.get_by_role("button", name="Make the scenario").click()

    field = page.get_by_label("Federal tax")
    expect(field).to_have_value("a lot")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Enter an amount, such as 12,500 or 1.2m.")


def test_what_is_found_opens_a_scenario(page: Page) -> None:
    find(page)
    expect(page.get_by_role("row", name="2019–2024")).to_contain_text("Form 8801, line 26")
    page.get_by_label("Credit carried forward").fill("12,345")
    page.get_by_role("button", name="Start a scenario in 2025").click()

    expect(page.locator('[name="opening.minimum_tax_credit"]')).to_have_value("12,345")


@pytest.mark.parametrize("expected_complaints", [["422"]], ids=["422"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_the_pages_are_accessible(
    page: Page, accessibility_faults: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    find(page)
    assert accessibility_faults(page) == []
    page.get_by_label("AMT of that year").fill("x")
    with page.expect_navigation():
        page.get_by_role("button", name="Start a scenario in 2025").click()
    assert accessibility_faults(page) == []
    page.goto("/close-year/")
    with page.expect_navigation():
        page.get_by_role("button", name="Show the differences").click()
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("address", ["/close-year/", "/find-my-credit/"])
def test_nothing_is_wider_than_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto(address)
    if "find" in address:
        find(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
