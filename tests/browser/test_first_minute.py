"""The first minute: a slider changes the answer, and a few figures lead to the planner."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

GAINS = "Other gains taken in 2028"
A_PHONE = {"width": 390, "height": 844}


def test_a_slider_changes_the_answer_and_the_planner_takes_it_over(page: Page) -> None:
    page.goto("/")
    headline = page.locator("#example-headline")
    picture = page.locator("#example-picture .picture")
    before = picture.inner_html()
    page.locator(".chart-example summary").click()
    slider = page.get_by_role("slider", name=GAINS)

    slider.press("Home")

    expect(headline).not_to_contain_text("Pairing")
    expect(page.get_by_role("textbox", name=GAINS)).to_have_value("0")
    slider.press("ArrowRight")
    expect(headline).to_contain_text("Pairing $5,000 of other gains")
    assert picture.inner_html() != before
    expect(page.locator("#table-example")).to_be_visible()
    expect(slider).to_be_focused()
    expect(page).to_have_url(re.compile("gain=5%2C000"))

    box = page.get_by_role("textbox", name="Value of a share that day")
    box.fill("$30.00")
    expect(headline).to_contain_text("You pay $123,548 of AMT")
    expect(page.get_by_role("slider", name="Value of a share that day")).to_have_value("30")
    page.get_by_role("button", name="Open this in the planner").click()

    expect(page.locator('[name="exercises[0].fair_market_value"]')).to_have_value("30")
    expect(page.locator('[name="years[2].long_term_gain"]')).to_have_value("5,000")


def test_on_a_phone_three_ways_are_within_two_screens_and_lead_to_a_result(page: Page) -> None:
    page.set_viewport_size(A_PHONE)
    page.goto("/")
    box = page.get_by_role("link", name="I am an advisor").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 2 * A_PHONE["height"]

    page.get_by_role("link", name="I exercised ISOs").click()
    for label, text in (
        ("Wages a year", "200k"),
        ("Exercised on", "2026-02-10"),
        ("Options exercised", "15,000"),
        ("Strike price", "$2"),
        ("Value of a share that day", "22"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Show the result").click()

    expect(page.locator("#headline")).to_be_in_viewport()
    expect(page.locator("#headline")).to_contain_text("$73,148")
    page.get_by_role("link", name="the same wages every year").click()
    expect(page.locator('[name="years[1].wages"]')).to_be_focused()


def test_without_scripts_a_button_computes(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    expect(page.get_by_role("slider")).to_have_count(0)
    page.get_by_role("textbox", name=GAINS).fill("60,000")

    page.get_by_role("button", name="Compute").click()

    expect(page.locator("#example-headline")).to_contain_text("Pairing $60,000")
    expect(page.get_by_role("textbox", name=GAINS)).to_have_value("60,000")
    page.get_by_role("button", name="Open this in the planner").click()
    expect(page.locator('[name="years[2].long_term_gain"]')).to_have_value("60,000")
