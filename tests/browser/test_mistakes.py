"""What the page does with text that it cannot compute."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.bench import Bench

IN_A_FOLD = "years[1].itemized.mortgage_interest"


@pytest.fixture
def expected_complaints() -> list[str]:
    """Chromium puts every answer of this kind on the console."""
    return ["console error: .*422"]


def test_a_mistake_stands_beside_its_field_and_in_the_summary(page: Page) -> None:
    bench = Bench(page).open()
    bench.type("years[0].wages", "a lot")

    expect(mistake_of(bench, "years[0].wages")).to_have_text(
        "Enter an amount, such as 12,500 or 1.2m."
    )
    expect(bench.summary.get_by_role("heading")).to_have_text("1 thing to correct")
    expect(bench.summary.get_by_role("link")).to_have_text(
        "Wages 2026: Enter an amount, such as 12,500 or 1.2m."
    )


def test_the_field_keeps_the_focus_and_what_was_typed(page: Page) -> None:
    bench = Bench(page).open()
    field = bench.input("years[0].wages")
    field.select_text()
    with bench.answer():
        page.keyboard.type("12,x")
    page.keyboard.type("yz")

    expect(field).to_be_focused()
    expect(field).to_have_value("12,xyz")


@pytest.mark.plotly
def test_the_old_figures_stay_and_are_marked_out_of_date(page: Page) -> None:
    bench = Bench(page).open()
    headline, table = bench.headline.inner_text(), bench.year_table.inner_text()
    credit, title = bench.drawn("credit"), page.title()
    bench.type("years[0].wages", "a lot")

    assert bench.headline.inner_text() == headline
    assert bench.year_table.inner_text() == table
    assert bench.drawn("credit") == credit
    expect(bench.results).to_have_class(re.compile(r"\bstale\b"))
    expect(bench.status).to_contain_text("Out of date")
    expect(page).to_have_title(f"Error: {title}")


def test_correcting_a_mistake_takes_away_every_sign_of_it(page: Page) -> None:
    bench = Bench(page).open()
    headline, title = bench.headline.inner_text(), page.title()
    bench.type("years[0].wages", "a lot")
    bench.type("years[0].wages", "300000")

    field = bench.input("years[0].wages")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#inputs .mistake")).to_have_count(0)
    expect(bench.summary).to_be_empty()
    expect(bench.results).not_to_have_class(re.compile(r"\bstale\b"))
    expect(bench.status).to_have_text("Up to date.")
    expect(page).to_have_title(title)
    assert bench.headline.inner_text() != headline


def test_a_link_of_the_summary_leads_to_a_field_that_is_folded_up(page: Page) -> None:
    bench = Bench(page).open()
    fold = page.locator("#inputs details", has=page.locator(f'[name="{IN_A_FOLD}"]'))
    fold.locator("summary").click()
    bench.type(IN_A_FOLD, "?")
    fold.locator("summary").click()
    expect(bench.input(IN_A_FOLD)).to_be_hidden()

    bench.tab_to(bench.summary.get_by_role("link"), backwards=True)
    page.keyboard.press("Enter")

    expect(bench.input(IN_A_FOLD)).to_be_visible()
    expect(bench.input(IN_A_FOLD)).to_be_focused()
    expect(bench.input(IN_A_FOLD)).to_be_in_viewport()


def test_on_a_phone_the_headline_says_it_is_out_of_date_and_leads_to_the_field(page: Page) -> None:
    """Nothing moves under the finger: no list is put above the fields."""
    page.set_viewport_size({"width": 390, "height": 844})
    bench = Bench(page).open()
    page.get_by_text("Inputs", exact=True).click()
    price = bench.input("sales[0].price")
    price.click()
    before = price.bounding_box()
    assert before
    bench.type("sales[0].price", "?")
    link = page.get_by_role("link", name="Out of date: 1 thing to correct")
    expect(link).to_be_in_viewport()
    after = price.bounding_box()
    assert after
    assert abs(after["y"] - before["y"]) < 1
    expect(page.locator("#save-state")).to_have_text("Kept as typed")

    page.get_by_text("Results", exact=True).click()
    link.click()

    expect(price).to_be_focused()
    expect(price).to_be_in_viewport()


def test_all_mistakes_are_named_at_once(page: Page) -> None:
    bench = Bench(page).open()
    bench.type("years[2].wages", "?")
    bench.type("sales[1].shares", "9,000,000")
    bench.type("exercises[0].date", "")

    expect(bench.summary.get_by_role("heading")).to_have_text(re.compile(r"[23] things to correct"))
    for path in ("years[2].wages", "exercises[0].date"):
        expect(mistake_of(bench, path)).to_be_visible()


def test_a_mistake_that_was_there_before_the_page_is_said_the_same_way(page: Page) -> None:
    bench = Bench(page).open()
    bench.type("years[0].wages", "a lot")
    page.reload()
    bench.wait_for_charts()

    expect(bench.input("years[0].wages")).to_have_value("a lot")
    expect(mistake_of(bench, "years[0].wages")).to_contain_text("Enter an amount")
    expect(bench.summary.get_by_role("link")).to_contain_text("Wages 2026")
    expect(bench.results).to_have_class(re.compile(r"\bstale\b"))
    expect(page).to_have_title(re.compile("^Error: "))


def test_saving_a_mistake_saves_nothing_and_says_why(page: Page) -> None:
    bench = Bench(page).open()
    bench.type("years[0].wages", "a lot")
    with bench.answer():
        page.get_by_role("button", name="Save").click()

    expect(mistake_of(bench, "years[0].wages")).to_be_visible()
    expect(page).to_have_url(re.compile("/$"))
    page.goto("/scenarios/")
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()


def mistake_of(bench: Bench, path: str) -> Locator:
    """The words that an invalid field is described by."""
    field = bench.input(path)
    expect(field).to_have_attribute("aria-invalid", "true")
    described_by = field.get_attribute("aria-describedby") or ""
    return bench.page.locator(f"#{described_by.split()[-1]}")
