"""Copying amounts into a tax program: by button, by selecting, without scripts, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SHEET = "/examples/way-back/worksheets/2028/tax-software/"
SIDEWAYS_SCROLL = "() => document.documentElement.scrollWidth > innerWidth"


def test_a_button_copies_the_plain_amount_and_says_so(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(SHEET)

    page.get_by_role("button", name="Copy 125,000: (d) Proceeds").click()

    expect(page.get_by_role("status")).to_have_text("Copied 125000")
    assert page.evaluate("() => navigator.clipboard.readText()") == "125000"


def test_where_copying_is_not_allowed_the_amount_is_selected(page: Page) -> None:
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))"
    )
    page.goto(SHEET)

    page.get_by_role("button", name="Copy 125,000: (d) Proceeds").click()

    expect(page.get_by_role("status")).to_contain_text("press Ctrl+C")
    assert page.evaluate("() => getSelection().toString()") == "125,000"


@pytest.mark.parametrize("width", [1440, 320])
def test_it_fits_every_screen_and_axe_finds_no_fault(
    page: Page, width: int, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(SHEET)

    assert not page.evaluate(SIDEWAYS_SCROLL)
    assert accessibility_faults(page) == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_amounts_are_selected_at_once(page: Page) -> None:
    page.goto(SHEET)

    expect(page.get_by_role("button", name="Copy 125,000")).to_be_hidden()
    amount = page.locator(".copyable", has_text="107,500")
    expect(amount).to_have_css("user-select", "all")


def test_on_paper_there_are_no_buttons(page: Page) -> None:
    page.goto(SHEET)
    page.emulate_media(media="print")

    expect(page.locator("[data-copy-text]").first).to_be_hidden()
    expect(page.get_by_role("cell", name="AMT cost or other basis")).to_be_visible()
