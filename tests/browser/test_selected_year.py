"""One year is selected, and it is the same everywhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import FIGURES, Bench

FIRST, OTHER, LAST = 2026, 2031, 2035


@pytest.fixture
def bench(page: Page) -> Bench:
    return Bench(page).open()


@pytest.mark.plotly
def test_at_first_it_is_the_year_with_the_most_amt(bench: Bench) -> None:
    is_selected_everywhere(bench, FIRST)


@pytest.mark.plotly
def test_arrow_keys_on_the_stepper_select_the_next_year(bench: Bench) -> None:
    bench.tab_to(bench.page.get_by_label("Year 2026"))
    bench.page.keyboard.press("ArrowRight")
    is_selected_everywhere(bench, FIRST + 1)
    bench.page.keyboard.press("End")
    is_selected_everywhere(bench, LAST)


@pytest.mark.plotly
@pytest.mark.parametrize("figure", FIGURES[::2])
def test_a_click_in_a_chart_selects_the_year_there(bench: Bench, figure: str) -> None:
    if not bench.drawn(figure):
        bench.type("opening.amt_capital_loss.long_term", "50,000")
    plot = bench.page.locator(f"#plot-{figure}")
    plot.scroll_into_view_if_needed()
    box = bench.page.locator(f'#figure-{figure} .band[data-year="{OTHER}"]').bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    bench.page.mouse.move(x - 3, y)
    bench.page.mouse.move(x, y)
    bench.page.mouse.down()
    bench.page.mouse.up()

    is_selected_everywhere(bench, OTHER)


@pytest.mark.plotly
def test_a_click_on_a_row_of_a_chart_s_table_selects_its_year(bench: Bench) -> None:
    figure = bench.page.locator("#figure-taxes")
    figure.locator("summary").click()
    figure.locator(f'tr[data-year="{OTHER}"] th').click()

    is_selected_everywhere(bench, OTHER)


@pytest.mark.plotly
def test_the_head_of_the_year_table_selects_by_click_and_by_key(bench: Bench) -> None:
    head = bench.year_table.get_by_role("button", name=str(OTHER))
    head.click()
    is_selected_everywhere(bench, OTHER)
    expect(head).to_have_attribute("aria-pressed", "true")

    bench.tab_to(bench.year_table.get_by_role("button", name=str(LAST)))
    bench.page.keyboard.press("Enter")
    is_selected_everywhere(bench, LAST)


@pytest.mark.plotly
def test_it_outlives_an_edit(bench: Bench) -> None:
    bench.year_table.get_by_role("button", name=str(OTHER)).click()
    bench.type("years[0].wages", "300000")
    is_selected_everywhere(bench, OTHER)


@pytest.mark.plotly
def test_it_outlives_a_change_of_rows(bench: Bench) -> None:
    bench.year_table.get_by_role("button", name=str(OTHER)).click()
    bench.press("add:sales")
    is_selected_everywhere(bench, OTHER)


@pytest.mark.plotly
def test_when_its_year_is_removed_it_is_the_nearest_that_there_is(bench: Bench) -> None:
    bench.year_table.get_by_role("button", name=str(LAST)).click()
    bench.press("remove:years")
    is_selected_everywhere(bench, LAST - 1)


def test_the_keyboard_stays_on_the_stepper_through_an_edit(bench: Bench) -> None:
    stepper = bench.page.locator("#year-stepper")
    with bench.answer():
        bench.input("years[0].wages").fill("300000")
        stepper.focus()

    expect(stepper).to_be_focused()


@pytest.mark.plotly
def test_on_a_shared_page_a_year_can_be_selected_too(bench: Bench) -> None:
    page = bench.page
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("button", name="Make a link").click()
    bench.open(page.get_by_label("Address of the new link").input_value())
    bench.year_table.get_by_role("button", name=str(OTHER)).click()

    is_selected_everywhere(bench, OTHER)


def is_selected_everywhere(bench: Bench, year: int) -> None:
    page = bench.page
    expect(page.locator("#year-stepper")).to_have_value(str(year))
    expect(page.locator("#year-shown")).to_have_text(str(year))
    for figure in FIGURES:
        place = page.locator(f"#figure-{figure}")
        expect(place.locator("tr[aria-current]")).to_have_count(1)
        expect(place.locator("tr[aria-current]")).to_have_attribute("data-year", str(year))
        if bench.drawn(figure):
            expect(place.locator(".band.selected")).to_have_count(1)
            expect(place.locator(".band.selected")).to_have_attribute("data-year", str(year))
        readout = place.locator("tr[aria-current]").get_attribute("data-readout") or ""
        expect(place.locator(".chart-readout")).to_have_text(readout)
    columns = bench.year_table.locator(".selected").evaluate_all(
        "(cells) => [...new Set(cells.map(({ dataset }) => Number(dataset.year)))]"
    )
    assert columns == [year]
    tiles = page.locator(".tiles [data-follows]")
    for tile in tiles.all():
        expect(tile.locator("dt")).to_have_text(re.compile(rf"{year}$"))
        row = tile.get_attribute("data-follows") or ""
        expect(tile.locator("dd")).to_have_text(bench.amount(row, year))
