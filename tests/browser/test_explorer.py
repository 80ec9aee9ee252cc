"""A newcomer finds how many options to exercise before AMT, by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

FEWEST_CLICKS = 1
"""The link on the first page; the rest is typing."""


@pytest.mark.parametrize("width", [390, 1440])
def test_a_newcomer_finds_the_answer(
    page: Page, accessibility_faults: Callable[[Page], list[str]], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/")
    page.evaluate("sessionStorage.clicks = 0")
    page.evaluate("document.addEventListener('click', () => sessionStorage.clicks++)")
    page.locator("main").get_by_role("link", name="How many options").first.click()
    assert page.evaluate("Number(sessionStorage.clicks)") == FEWEST_CLICKS
    page.get_by_label("Wages").focus()
    page.keyboard.type("200k")
    page.get_by_label("Options you can exercise").first.focus()
    page.keyboard.type("20,000")
    # 36,734 of tax on 183,900; 26% of 109,900 is 28,574; 8,160 / 26% / 10.50.
    expect(page.locator("#sentence")).to_contain_text("You can exercise 2,989 of 20,000 options")
    expect(page.get_by_label("Options you can exercise").first).to_be_focused()
    expect(page.locator("#plan-cheapest")).to_be_visible()
    assert "grant1_options=20" in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(page) == []


def test_the_slider_and_the_number_go_together(page: Page) -> None:
    page.goto("/explorer/")
    slider, number = page.get_by_role("slider"), page.get_by_role("textbox", name="Exercise this")
    slider.focus()
    page.keyboard.press("End")
    expect(number).to_have_value("10,000")
    # 105,000 of spread less 32,923.08, at 26%.
    expect(page.locator('[data-at="amt"]')).to_have_text("$18,740")
    number.fill("4,135")
    page.keyboard.press("Tab")
    expect(slider).to_have_value("4135")
    expect(page.locator('[data-at="amt"]')).to_have_text("$2,729")
    assert "exercise=4%2C135" in page.url
    expect(page.get_by_role("button", name="Plan with 4,135 in")).to_be_visible()
    page.reload()
    expect(number).to_have_value("4,135")


def test_the_search_can_be_stopped(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/cheapest/**", hold)
    with page.expect_request("**/cheapest/**"):
        page.goto("/explorer/")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.")).to_be_visible()
    page.unroute("**/cheapest/**")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#plan-cheapest")).to_be_visible()


def test_a_plan_is_applied_and_taken_back(page: Page) -> None:
    page.goto("/explorer/")
    page.get_by_role("button", name="Apply this plan: Exercise all 10,000 in").click()
    expect(page.locator("#applied")).to_contain_text("”: exercise 10,000 in")
    expect(page.locator("#headline")).to_contain_text("$18,740")
    page.locator("#applied").get_by_role("button", name="Undo").click()
    expect(page.locator("#applied")).to_contain_text("Undone. Redo")
    expect(page.locator("#applied > .applied")).to_be_focused()
    expect(page.locator("#headline")).not_to_contain_text("$18,740")
