"""A figure is clicked and its line is there: seen, marked, and one can go back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.bench import Bench

WIDTHS = pytest.mark.parametrize("width", [1440, 390])
SIDEWAYS_SCROLL = "() => document.documentElement.scrollWidth > innerWidth"
IS_MARKED = """(line) => {
    const cells = [line, ...line.querySelectorAll("th, td")];
    return cells.some((cell) => getComputedStyle(cell).backgroundColor !== "rgba(0, 0, 0, 0)");
}"""
IS_COVERED = """(line) => {
    const box = line.getBoundingClientRect();
    const seen = document.elementFromPoint(box.left + box.width / 2, box.top + 12);
    return !line.contains(seen);
}"""
LOSS = "/examples/astra-price-falls-standard/"


def is_shown_and_marked(line: Locator) -> None:
    expect(line).to_be_in_viewport(ratio=0.9)
    expect(line.and_(line.page.locator(":target"))).to_have_count(1)
    assert line.evaluate(IS_MARKED)
    assert not line.evaluate(IS_COVERED)


@pytest.fixture
def at(new_context: Callable[..., BrowserContext]) -> Callable[[int], Page]:
    """A window of this width."""

    def opened(width: int) -> Page:
        return new_context(viewport={"width": width, "height": 800}).new_page()

    return opened


@WIDTHS
def test_a_figure_of_the_year_table_is_clicked_to_its_line_and_back(
    at: Callable[[int], Page], width: int
) -> None:
    bench = Bench(at(width)).open()
    figure = bench.year_table.get_by_role(
        "link", name=re.compile(r"^AMT 2026, \$115,148: to Form 6251 line 11$")
    )
    figure.click()

    line = bench.page.locator("#form_6251-11")
    is_shown_and_marked(line)
    expect(line.locator("td.amount")).to_have_text("115,148.00")
    assert not bench.page.evaluate(SIDEWAYS_SCROLL)

    bench.page.go_back()
    expect(figure).to_be_in_viewport()
    expect(figure).to_be_focused()


def test_back_from_a_line_a_table_beside_a_chart_is_open_at_the_same_year(page: Page) -> None:
    bench = Bench(page).open()
    bench.year_table.get_by_role("button", name="2028").click()
    chart = page.locator("#figure-credit")
    chart.get_by_text("Table").click()
    used = chart.get_by_role("link", name=re.compile("^AMT credit used 2028"))
    used.click()
    is_shown_and_marked(page.locator("#form_8801-25"))

    page.go_back()

    expect(used).to_be_focused()
    expect(used).to_be_in_viewport()
    expect(page.locator("#year-shown")).to_have_text("2028")


@WIDTHS
def test_from_line_to_line_down_to_the_input(at: Callable[[int], Page], width: int) -> None:
    page = at(width)
    page.goto(f"{LOSS}worksheets/2026/#amt_schedule_d-14")
    is_shown_and_marked(page.locator("#amt_schedule_d-14"))

    page.locator("#amt_schedule_d-14 .origins a").click()
    page.wait_for_url("**/2025/#amt_capital_loss_carryover-13")
    is_shown_and_marked(page.locator("#amt_capital_loss_carryover-13"))

    page.goto(f"{LOSS}worksheets/2025/#amt_schedule_d-8b")
    page.locator("#amt_schedule_d-8b .origins a", has_text="Sale of").click()
    page.wait_for_url("**/#sales-0")
    expect(page.locator("#sales-0")).to_be_in_viewport()

    page.go_back()
    is_shown_and_marked(page.locator("#amt_schedule_d-8b"))


@WIDTHS
def test_an_input_that_is_folded_away_is_unfolded(at: Callable[[int], Page], width: int) -> None:
    page = at(width)
    page.goto("/worksheets/2027/#form_6251-2g")

    page.locator("#form_6251-2g .origins a").click()

    field = page.locator("#years-1-private_activity_bond_interest")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()


def test_a_tile_follows_the_selected_year_with_its_link(page: Page) -> None:
    bench = Bench(page).open()
    bench.year_table.get_by_role("button", name="2028").click()

    tile = page.locator('.tiles [data-follows="credit_used"]')
    expect(tile.get_by_role("link", name=re.compile("^AMT credit used 2028, "))).to_be_visible()
    lines = page.get_by_role("link", name="Every line of 2028")
    expect(lines).to_have_attribute("href", re.compile(r"^/worksheets/2028/\?shown="))
    tile.get_by_role("link").click()
    is_shown_and_marked(page.locator("#form_8801-25"))


def test_after_an_edit_the_figures_lead_to_lines_that_show_them(page: Page) -> None:
    bench = Bench(page).open("/examples/erosion/")
    bench.type("years[0].wages", "345,678")
    shown = bench.amount("adjusted_gross_income", 2024)

    bench.year_table.locator('[data-key="adjusted_gross_income"] a').first.click()

    page.wait_for_url("**/worksheets/2024/**")
    assert "/examples/" not in page.url
    expect(page.locator("#form_1040-11 td.amount")).to_have_text(f"{shown.removeprefix('$')}.00")
    expect(page.locator(".changed")).to_have_count(0)


def test_links_look_like_numbers_until_they_are_meant(page: Page) -> None:
    bench = Bench(page).open()
    link = bench.year_table.locator('[data-key="amt"] a').first
    looks = "(link) => { const s = getComputedStyle(link); return [s.color, s.textDecorationLine] }"
    plain = bench.year_table.locator('[data-key="amt"] th').first.evaluate(
        "(h) => getComputedStyle(h).color"
    )

    assert link.evaluate(looks) == [plain, "none"]
    link.hover()
    assert link.evaluate(looks)[1] == "underline"
    page.mouse.move(0, 0)
    bench.tab_to(link)
    assert link.evaluate(looks)[1] == "underline"


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    bench = Bench(page).open()
    bench.tab_to(bench.year_table.locator('[data-key="amt"] a').first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/worksheets/2026/**")
    is_shown_and_marked(page.locator("#form_6251-11"))

    # Tab goes on from the line: to what it is made of, past the words that explain themselves.
    bench.tab_to(page.locator("#form_6251-11 .origins a").first, within=3)
    page.keyboard.press("Enter")
    is_shown_and_marked(page.locator("#form_6251-9"))
    page.go_back()
    is_shown_and_marked(page.locator("#form_6251-11"))


def test_the_menu_of_forms_stays_at_hand_on_a_phone(at: Callable[[int], Page]) -> None:
    page = at(390)
    page.goto(f"{LOSS}worksheets/2025/#form_6251-2k")

    page.get_by_text("Forms", exact=True).click()
    page.get_by_role("link", name="AMT Schedule D", exact=True).click()

    expect(page.get_by_role("heading", name="Schedule D as refigured for AMT")).to_be_in_viewport()
    expect(page.locator(".forms-bar .menu")).not_to_have_attribute("open", "")
    page.get_by_role("link", name="2026, the year after").click()
    expect(page.get_by_role("heading", name="2026, line by line")).to_be_visible()


def test_the_list_of_forms_stays_beside_them_on_a_desk(at: Callable[[int], Page]) -> None:
    page = at(1440)
    page.goto(f"{LOSS}worksheets/2025/#form_8960-17")

    expect(page.get_by_role("navigation", name="Forms of 2025")).to_be_in_viewport(ratio=1)
    expect(page.locator(".forms-bar")).to_be_hidden()


def test_lines_that_are_zero_can_be_hidden_but_not_one_that_is_asked_for(page: Page) -> None:
    page.goto(f"{LOSS}worksheets/2026/#form_1040-1z")
    page.get_by_label("Hide lines that are zero").check()

    expect(page.locator("#form_1040-2b")).to_be_hidden()
    expect(page.locator("#form_1040-9")).to_be_visible()
    page.locator("#form_1040-9 .origins a", has_text="line 2b").click()
    is_shown_and_marked(page.locator("#form_1040-2b"))


def test_on_paper_a_form_begins_a_page_and_amt_versions_are_marked(page: Page) -> None:
    page.goto(f"{LOSS}worksheets/2025/?only=amt_schedule_d&only=amt_capital_loss_carryover")
    page.emulate_media(media="print")

    forms = page.locator(".form")
    expect(forms).to_have_count(2)
    assert forms.first.evaluate("(form) => getComputedStyle(form).breakAfter") == "page"
    for place in range(2):
        expect(forms.nth(place).get_by_text("AMT version")).to_be_visible()
        expect(forms.nth(place).locator(".on-paper")).to_have_text(
            re.compile(r"10,000 options.*, 2025$")
        )
    for gone in (
        ".site-header",
        ".worksheets-head",
        ".forms-index",
        ".forms-bar",
        ".uses >> nth=0",
    ):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator("#amt_schedule_d-sold + .sold-scroller")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_the_page_is_accessible(
    new_context: Callable[..., BrowserContext],
    accessibility_faults: Callable[[Page], list[str]],
    width: int,
    scheme: str,
) -> None:
    context = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{LOSS}worksheets/2025/#amt_schedule_d-8b")

    assert accessibility_faults(page) == []
    assert not page.evaluate(SIDEWAYS_SCROLL)


def test_the_links_of_the_year_table_can_be_passed_over(page: Page) -> None:
    bench = Bench(page).open()
    bench.tab_to(page.get_by_role("link", name="Past the table"))

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator(".site-footer a").first).to_be_focused()
