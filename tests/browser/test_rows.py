"""Years, grants, exercises, holdings and sales: added, copied and removed."""

from __future__ import annotations

import re
from json import dumps

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import Bench

KINDS = ("grants", "exercises", "holdings", "sales")
FIRST_FIELD = {"grants": "label", "exercises": "grant", "holdings": "label", "sales": "from"}


@pytest.fixture
def bench(page: Page) -> Bench:
    return Bench(page).open()


@pytest.mark.parametrize("kind", KINDS[::2])
def test_a_new_row_gets_the_focus_and_is_no_mistake(bench: Bench, kind: str) -> None:
    before, figures = rows(bench, kind), bench.year_table.inner_text()
    bench.press(f"add:{kind}")

    assert rows(bench, kind) == before + 1
    assert bench.focused() == f"{kind}[{before}].{FIRST_FIELD[kind]}"
    expect(bench.page.locator("#inputs .mistake")).to_have_count(0)
    expect(bench.summary).to_be_empty()
    expect(bench.status).to_contain_text(f"without {kind[:-1].capitalize()} {before + 1}")
    expect(bench.results).not_to_have_class(re.compile(r"\bstale\b"))
    assert bench.year_table.inner_text() == figures


@pytest.mark.parametrize("kind", KINDS[1::2])
def test_a_row_once_added_can_be_removed_again(bench: Bench, kind: str) -> None:
    before = rows(bench, kind)
    bench.press(f"add:{kind}")
    bench.press(f"remove:{kind}:{before}")

    assert rows(bench, kind) == before
    last = f"{kind}[{before - 1}].{FIRST_FIELD[kind]}" if before else f"add:{kind}"
    assert bench.focused() == last
    expect(bench.status).to_contain_text("Up to date.")


def test_a_copy_holds_what_the_row_holds_and_gets_the_focus(bench: Bench) -> None:
    first = values(bench, "grants", 0)
    bench.press("copy:grants:0")

    assert rows(bench, "grants") == 2
    assert values(bench, "grants", 1) == first
    assert bench.focused() == "grants[1].label"


def test_a_copied_sale_counts(bench: Bench) -> None:
    third = values(bench, "sales", 2)
    tax = bench.amounts("federal_tax")
    bench.press("copy:sales:2")

    assert values(bench, "sales", 3) == third
    assert bench.focused() == "sales[3].from"
    assert bench.amounts("federal_tax") != tax


def test_a_copy_of_what_cannot_be_done_twice_says_so_and_gets_the_focus(
    bench: Bench, expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*422")
    bench.press("copy:exercises:0")

    assert bench.focused() == "exercises[1].grant"
    expect(bench.summary.get_by_role("link")).to_be_visible()


def test_after_removing_a_row_the_focus_is_on_the_next(bench: Bench) -> None:
    second = values(bench, "sales", 1)
    bench.press("remove:sales:0")

    assert rows(bench, "sales") == 2
    assert values(bench, "sales", 0) == second
    assert bench.focused() == "sales[0].from"


def test_after_removing_the_only_row_the_focus_is_on_the_button_that_adds(bench: Bench) -> None:
    for _ in range(3):
        bench.press("remove:sales:0")

    assert bench.focused() == "add:sales"
    expect(bench.page.get_by_text("Nothing is sold yet.")).to_be_visible()
    expect(bench.status).to_contain_text("Up to date.")


def test_a_sale_counts_once_it_is_filled_in(bench: Bench) -> None:
    bench.press("add:sales")
    tax = bench.amounts("federal_tax")
    for field, text in (("date", "2030-05-05"), ("shares", "1,000")):
        bench.type(f"sales[3].{field}", text)
        assert bench.amounts("federal_tax") == tax
    bench.type("sales[3].price", "100")

    assert bench.amounts("federal_tax") != tax
    expect(bench.status).to_have_text("Up to date.")


def test_what_is_typed_elsewhere_outlives_a_change_of_rows(bench: Bench) -> None:
    bench.input("years[1].wages").fill("765,432")
    bench.press("add:sales")

    expect(bench.input("years[1].wages")).to_have_value("765,432")
    assert bench.amount("adjusted_gross_income", 2027) == "$765,432"


def test_a_later_year_is_a_copy_of_the_last(bench: Bench) -> None:
    bench.press("add:years")

    expect(bench.page.get_by_label("Wages 2036")).to_be_focused()
    expect(bench.page.get_by_label("Wages 2036")).to_have_value("200,000")
    assert bench.amount("adjusted_gross_income", 2036) == "$200,000"


def test_an_earlier_year_comes_before_the_first(bench: Bench) -> None:
    bench.press("earlier:years")

    expect(bench.page.get_by_label("Wages 2025")).to_be_focused()
    assert bench.amount("adjusted_gross_income", 2025) == "$200,000"
    assert bench.amount("amt", 2026) == "$115,148"


def test_the_last_year_can_go(bench: Bench) -> None:
    bench.press("remove:years")

    expect(bench.page.get_by_label("Wages 2035")).to_have_count(0)
    expect(bench.page.get_by_label("Wages 2034")).to_be_focused()
    assert len(bench.amounts("amt")) == 9


def test_a_row_is_added_by_keyboard_alone(bench: Bench) -> None:
    bench.tab_to(bench.button("add:grants"))
    with bench.answer():
        bench.page.keyboard.press("Enter")
    with bench.answer():
        bench.page.keyboard.type("Grant of 2027")

    expect(bench.input("grants[1].label")).to_have_value("Grant of 2027")


def test_enter_in_a_field_computes_and_changes_no_rows(bench: Bench) -> None:
    before = {kind: rows(bench, kind) for kind in KINDS}
    field = bench.input("years[0].wages")
    field.fill("222,222")
    with bench.answer():
        field.press("Enter")

    assert {kind: rows(bench, kind) for kind in KINDS} == before
    assert bench.amount("adjusted_gross_income", 2026) == "$222,222"
    expect(field).to_be_focused()


def test_a_renamed_grant_is_called_so_where_it_can_be_chosen(bench: Bench) -> None:
    bench.type("grants[0].label", "The first <grant>")

    chosen = bench.input("exercises[0].grant").locator("option:checked")
    expect(chosen).to_contain_text("The first <grant>")
    expect(bench.input("sales[0].from").locator("option:checked")).to_contain_text(
        "The first <grant>"
    )


def rows(bench: Bench, kind: str) -> int:
    return bench.page.locator(f'#inputs [name^="{kind}["][name$="].id"]').count()


def values(bench: Bench, kind: str, number: int) -> list[str]:
    """What stands in the fields of a row."""
    fields = bench.page.locator(f'.event :is(input, select)[name^="{kind}[{number}]."]')
    texts: list[str] = fields.evaluate_all(
        "(fields) => fields.filter(({ type }) => type !== 'hidden').map(({ value }) => value)"
    )
    return texts


def test_among_very_many_lots_another_one_can_be_chosen(bench: Bench) -> None:
    """They are listed once, and come into a row when it is about to be used."""
    exercises = [
        {"id": f"e{i}", "grant": "g", "date": "2024-02-01", "shares": 10, "fair_market_value": 9}
        for i in range(120)
    ]
    sales = [
        {"id": f"s{i}", "from": f"e{i}", "date": "2026-02-01", "shares": 5, "price": 20}
        for i in range(120)
    ]
    grant = {"id": "g", "kind": "iso", "date": "2020-01-01", "strike": 1, "shares": 9000}
    document = {
        "schema_version": 1,
        "years": [{"year": year} for year in (2024, 2025, 2026)],
        "grants": [grant],
        "exercises": exercises,
        "sales": sales,
    }
    bench.page.goto("/import/")
    file = {"name": "a.json", "mimeType": "application/json", "buffer": dumps(document).encode()}
    bench.page.set_input_files("input[type=file]", files=[file])
    bench.page.get_by_role("button", name="Import").click()
    lot = bench.input("sales[3].from")
    expect(lot.locator("option")).to_have_count(1)
    bench.unfold()

    lot.focus()
    expect(lot.locator("option")).to_have_count(120)
    assert lot.input_value() == "e3"
    with bench.answer():
        lot.select_option("e7")
    expect(bench.page.locator("#inputs .mistake")).to_have_count(0)
    bench.page.reload()

    assert bench.input("sales[3].from").input_value() == "e7"
