"""The events of lots on every screen, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import Bench

LOTS = "/examples/way-back/lots/"
PHONE = 800
HIDDEN_AT_THE_SIDE = """() => [...document.querySelectorAll(".lot-scroller")]
  .some((each) => each.scrollWidth > each.clientWidth)"""
SIDEWAYS_SCROLL = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("width", [1440, 320])
def test_it_fits_every_screen_and_axe_finds_no_fault(
    page: Page, width: int, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(LOTS)

    assert not page.evaluate(SIDEWAYS_SCROLL)
    if width < PHONE:
        assert not page.evaluate(HIDDEN_AT_THE_SIDE)
    assert accessibility_faults(page) == []


def test_a_sale_of_the_results_leads_to_its_row(page: Page) -> None:
    bench = Bench(page).open("/examples/way-back/")
    link = bench.page.get_by_role("link", name=re.compile("its lot.*sold on Mar 15, 2028"))

    link.click()

    page.wait_for_url("**/lots/#sales-0")
    expect(page.locator("#sales-0")).to_be_in_viewport()
    expect(page.locator("#sales-0")).to_contain_text("$117,500")


def test_after_an_edit_of_an_example_the_way_leads_to_what_was_edited(page: Page) -> None:
    bench = Bench(page).open("/examples/way-back/")
    bench.type("sales[0].price", "26")

    page.get_by_role("link", name="Every event of each lot").click()

    page.wait_for_url("**/lots/")
    assert "/examples/" not in page.url
    expect(page.locator("#sales-0")).to_contain_text("Sold at $26")


def test_on_paper_the_whole_table_is_there(page: Page) -> None:
    page.goto(LOTS)
    page.emulate_media(media="print")

    expect(page.get_by_role("columnheader", name="AMT basis")).to_be_visible()
    expect(page.get_by_role("link", name="Forms, line by line")).to_be_hidden()
