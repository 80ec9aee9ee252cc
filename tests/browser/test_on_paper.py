"""What comes out of the printer can be handed to somebody."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from playwright.sync_api import Page
from pypdf import PdfReader

PAGES = (
    "/planner/",
    "/compare/?with=bench&with=example:eso-primer-6",
    "/worksheets/2026/",
    "/report/",
    "/learn/erosion/",
    "/law/2026/",
    "/coverage/",
)
LETTER = {"width": 720, "height": 960}

# What can only be pressed or typed into, or leads about the site; and what is white on white.
NOT_FOR_PAPER = """() => {
    const seen = (element) => element.checkVisibility({ visibilityProperty: true })
        && element.getBoundingClientRect().width > 1;
    const controls = "button:not(.term, .year-button, .series-switch), select,"
        + " input:not(#title), textarea, summary, nav, .site-header";
    const ink = (element) => getComputedStyle(element).color.match(/\\d+/g).map(Number);
    return [
        ...[...document.querySelectorAll(controls)].filter(seen)
            .map((element) => element.outerHTML.slice(0, 90)),
        ...[...document.querySelectorAll("h1, p, td, th, li")].filter(seen)
            .filter((element) => ink(element).slice(0, 3).every((part) => part > 150))
            .map((element) => `too light: ${element.outerHTML.slice(0, 90)}`),
    ];
}"""


def test_a_printed_page_has_no_controls_and_is_dark_on_white(page: Page) -> None:
    page.set_viewport_size(LETTER)
    faults = {}
    for address in PAGES:
        page.emulate_media(color_scheme="dark", media="screen")
        page.goto(address)
        page.emulate_media(media="print")
        if found := page.evaluate(NOT_FOR_PAPER):
            faults[address] = found[:5]

    assert not faults, "\n".join(f"{place}: {found}" for place, found in faults.items())


def test_the_printed_planner_has_its_title_the_day_and_every_year(page: Page) -> None:
    page.goto("/planner/")
    page.get_by_label("Title").fill("For the advisor")
    of_all_years = page.locator(".tiles dd").last.inner_text()
    sheets = PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages
    words = [sheet.extract_text() for sheet in sheets]
    table = next(text for text in words if "Every year" in text)
    today = datetime.now(UTC).date()

    assert "For the advisor" in words[0]
    assert f"{today:%B} {today.day}, {today.year}" in words[0]
    assert "not tax advice" in words[0]
    for year in range(2026, 2036):
        assert str(year) in table
    assert of_all_years in table  # the last column, which does not fit upright
    assert len(sheets) < 8
