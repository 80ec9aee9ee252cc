"""The site with JavaScript turned off: the same job, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import FIGURES, Bench


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "java_script_enabled": False}


@pytest.fixture
def bench(page: Page) -> Bench:
    page.goto("/planner/")
    return Bench(page)


def compute(bench: Bench) -> None:
    bench.page.locator("#bench").get_by_role("button", name="Compute").last.click()


def unfold(bench: Bench, fold: str) -> None:
    bench.page.locator(f"{fold} > summary").click()


def test_years_are_filled_right(bench: Bench) -> None:
    unfold(bench, "#fill-right")
    bench.input("fill_amount").fill("$0.1m")
    bench.input("fill_growth").fill("10")
    bench.button("fill_right").click()

    expect(bench.input("years[2].wages")).to_have_value("121,000")


def test_the_landing_page_shows_every_chart_and_its_table(bench: Bench) -> None:
    for figure in FIGURES:
        place = bench.page.locator(f"#figure-{figure}")
        if not place.locator("svg.picture.empty").count():
            expect(place.locator("svg.picture")).to_be_visible()
        place.locator("summary").click()
        expect(place.locator("tbody tr")).to_have_count(10)
        expect(place.locator("tbody tr").first).to_be_visible()
    expect(bench.page.locator("#picture-credit .bar").first).to_be_visible()
    expect(bench.year_table.locator('[data-key="amt"] td')).to_have_count(10)


def test_editing_and_computing_changes_the_figures(bench: Bench) -> None:
    credit = bench.page.locator("#picture-credit").inner_html()
    bench.input("years[0].wages").fill("300,000")
    compute(bench)

    assert bench.amount("adjusted_gross_income", 2026) == "$300,000"
    assert bench.page.locator("#picture-credit").inner_html() != credit
    expect(bench.input("years[0].wages")).to_have_value("300,000")


def test_enter_in_a_field_computes(bench: Bench) -> None:
    bench.input("years[0].wages").fill("300,000")
    bench.input("years[0].wages").press("Enter")

    expect(bench.year_table.locator('[data-key="adjusted_gross_income"] td').first).to_have_text(
        "$300,000"
    )
    expect(bench.page.get_by_role("button", name="Save", exact=True)).to_be_visible()


def test_rows_can_be_added_copied_and_removed(bench: Bench) -> None:
    bench.button("add:sales").click()
    expect(bench.input("sales[3].price")).to_have_value("")
    unfold(bench, "#sales-0 .row")
    bench.button("copy:sales:0").click()
    expect(bench.input("sales[1].price")).to_have_value("25")
    unfold(bench, "#sales-0 .row")
    bench.button("remove:sales:0").click()
    expect(bench.input("sales[4].price")).to_have_count(0)
    unfold(bench, "#more-years")
    bench.button("add:years").click()
    expect(bench.page.get_by_label("Wages 2036")).to_have_value("200,000")
    expect(bench.page.locator("#inputs .mistake")).to_have_count(0)


def test_a_mistake_stands_beside_its_field_and_in_the_summary(
    bench: Bench, expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*422")
    table = bench.year_table.inner_text()
    field = bench.input("years[0].wages")
    field.fill("a lot")
    compute(bench)

    expect(field).to_have_value("a lot")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(bench.page.locator("#years-0-wages-mistake")).to_contain_text("Enter an amount")
    expect(bench.summary.get_by_role("link")).to_contain_text("Wages 2026")
    expect(bench.status).to_contain_text("Out of date")
    assert bench.year_table.inner_text() == table
    assert bench.page.title().startswith("Error: ")

    bench.summary.get_by_role("link").click()
    expect(field).to_be_in_viewport()
    field.fill("250,000")
    compute(bench)
    expect(bench.summary).to_be_empty()


def test_saving_sharing_and_copying(bench: Bench) -> None:
    page = bench.page
    bench.input("years[0].wages").fill("300,000")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/scenarios/*/")
    table = bench.year_table.inner_text()
    assert bench.amount("adjusted_gross_income", 2026) == "$300,000"

    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_text("Options: ").click()
    page.get_by_label("may copy").check()
    page.get_by_role("button", name="Make a link").click()
    page.goto(page.get_by_label("Address of the new link").input_value())
    assert bench.year_table.inner_text() == table
    expect(bench.input("years[0].wages")).to_be_disabled()

    page.get_by_role("link", name="Make a copy").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(bench.input("years[0].wages")).to_have_value("300,000")
    expect(bench.input("years[0].wages")).to_be_enabled()


def test_a_year_can_be_selected(bench: Bench) -> None:
    stepper = bench.page.locator("#year-stepper")
    stepper.focus()
    stepper.press("End")
    bench.page.get_by_role("button", name="Show").click()

    expect(bench.page.locator("#year-shown")).to_have_text("2035")
    expect(bench.page.locator("#readout-credit")).to_contain_text("2035")
