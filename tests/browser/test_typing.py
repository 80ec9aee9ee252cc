"""Typing into the bench."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.bench import Bench


def test_typing_while_an_answer_arrives_loses_no_keystroke(page: Page) -> None:
    bench = Bench(page).open()
    field = bench.input("years[0].wages")
    field.fill("")
    field.focus()
    text = "123456789012"
    for key in text:
        page.keyboard.type(key)
        # About the time of the debounce: every answer meets the next keystroke.
        page.wait_for_timeout(270)

    expect(field).to_have_value(text)
    expect(field).to_be_focused()


def test_an_amount_may_be_typed_as_people_write_it(page: Page) -> None:
    bench = Bench(page).open()
    bench.type("years[0].wages", "250000")
    plain = bench.year_table.inner_text()
    for text in ("$250,000", " 250 000 ", "250k", "0.25m"):
        bench.type("years[0].wages", text)
        assert bench.year_table.inner_text() == plain, text
