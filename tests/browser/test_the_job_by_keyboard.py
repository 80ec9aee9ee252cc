"""The main job without a mouse: change a number, watch the credit, save, share, copy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.bench import FIGURES, Bench

WAGES = "years[0].wages"
SCENARIO_ADDRESS = re.compile(r"/scenarios/[^/]+/$")


@pytest.fixture
def theirs(new_context: Callable[..., BrowserContext]) -> Bench:
    """Another person, who has nothing of ours but what we send."""
    return Bench(new_context().new_page())


@pytest.mark.plotly
def test_the_whole_job_by_keyboard_alone(page: Page, theirs: Bench) -> None:
    mine = Bench(page).open()

    edited = change_the_first_wages(mine)
    save(mine)
    assert figures_of(mine) == edited
    expect(mine.input(WAGES)).to_have_value("450,000")

    link = share(mine)
    theirs.open(link)
    assert figures_of(theirs) == edited
    expect(theirs.input(WAGES)).to_be_disabled()
    expect(
        theirs.page.get_by_role("button", name=re.compile(r"\b(Save|Add|Remove)\b"))
    ).to_have_count(0)

    copy(theirs)
    assert figures_of(theirs) == edited
    type_by_keyboard(theirs, WAGES, "90000")
    assert figures_of(theirs) != edited

    mine.open(link)
    assert figures_of(mine) == edited


def change_the_first_wages(bench: Bench) -> object:
    """Types over them, sees the credit redrawn, and returns the new figures."""
    headline, credit = bench.headline.inner_text(), bench.drawn("credit")
    type_by_keyboard(bench, WAGES, "450,000")
    assert bench.headline.inner_text() != headline
    assert bench.drawn("credit") != credit
    return figures_of(bench)


def type_by_keyboard(bench: Bench, path: str, text: str) -> None:
    bench.tab_to(bench.input(path))
    with bench.answer():
        bench.page.keyboard.type(text)


def save(bench: Bench) -> None:
    """Reaches the button by Tab and lands on the scenario's own address."""
    bench.tab_to(bench.page.get_by_role("button", name="Save"), backwards=True)
    bench.page.keyboard.press("Enter")
    bench.page.wait_for_url(SCENARIO_ADDRESS)
    bench.wait_for_charts()


def share(bench: Bench) -> str:
    """The address of a new link."""
    page = bench.page
    bench.tab_to(page.get_by_role("button", name="Share", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Share this scenario")).to_be_visible()
    bench.tab_to(page.locator("summary").filter(has_text="Options"))
    page.keyboard.press("Enter")
    bench.tab_to(page.get_by_label("may copy"))
    page.keyboard.press("Space")
    bench.tab_to(page.get_by_role("button", name="Make a link"), backwards=True)
    page.keyboard.press("Enter")
    address = page.get_by_label("Address of the new link")
    expect(address).to_be_focused()
    return address.input_value()


def copy(bench: Bench) -> None:
    shared = bench.page.url
    bench.tab_to(bench.page.get_by_role("link", name="Make a copy"))
    bench.page.keyboard.press("Enter")
    expect(bench.page.get_by_role("button", name="Copy")).to_be_focused()
    bench.page.keyboard.press("Enter")
    bench.page.wait_for_url(lambda url: not url.startswith(shared))
    bench.wait_for_charts()


def figures_of(bench: Bench) -> object:
    charts = [bench.drawn(figure) for figure in FIGURES]
    return bench.headline.inner_text(), bench.year_table.inner_text(), charts
