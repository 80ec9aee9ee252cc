"""Blocks of a spreadsheet pasted into rows."""

from __future__ import annotations

from typing import Any

import pytest

from amtweb.scenarios.bench import work
from amtweb.scenarios.editor.inputs import editor
from amtweb.scenarios.editor.pasting_rows import paste_rows
from amtweb.scenarios.edits import UNFIT

TREE: dict[str, Any] = {
    "years": [{"year": "2026"}, {"year": "2027"}],
    "grants": [{"id": "g1", "kind": "iso"}],
}
WITH_LOT = TREE | {
    "grants": [{"id": "g1", "kind": "iso", "date": "2024-01-01", "strike": "1.5", "shares": "900"}],
    "exercises": [
        {
            "id": "e1",
            "grant": "g1",
            "date": "2026-02-03",
            "shares": "900",
            "fair_market_value": "9",
        }
    ],
    "sales": [{"id": "s1", "from": "e1"}],
}


def pasted(tree: dict[str, Any], at: str, *rows: str) -> tuple[dict[str, Any], str]:
    change = paste_rows(tree, {"pasted_at": at, "pasted": "\n".join(rows) + "\n"})
    assert change.focus == at
    return change.tree, change.said


def test_a_block_fills_the_fields_across_and_adds_rows() -> None:
    tree, said = pasted(
        TREE,
        "grants[0].label",
        "Astra\tISO\t1/15/2023\t10,000\t$1.50",
        "Borea\tNSO\tMar 3, 2024\t2k\t4",
        "Cirrus\t\t2025-06-30\t500\t0.1",
    )

    fields = ("id", "label", "kind", "date", "shares", "strike")
    assert [tuple(row[field] for field in fields) for row in tree["grants"]] == [
        ("g1", "Astra", "iso", "2023-01-15", "10,000", "1.5"),
        ("g2", "Borea", "nso", "2024-03-03", "2,000", "4"),
        ("g3", "Cirrus", "iso", "2025-06-30", "500", "0.1"),
    ]
    assert said == "Pasted 3 grants, 2 of them new."
    assert TREE["grants"] == [{"id": "g1", "kind": "iso"}]
    assert work(tree, {}).mistakes == ()


@pytest.mark.parametrize("lot", ["e1", "ISO of Jan 1, 2024 at $1.50, exercised Feb 3, 2026"])
def test_sales_name_their_lot_or_have_that_of_the_first(lot: str) -> None:
    whole, _ = pasted(WITH_LOT, "sales[0].from", f"{lot}\t2/4/2027\t100\t12")
    later, said = pasted(WITH_LOT, "sales[0].date", "2/4/2027\t100\t12", "3/4/2027\t50\t13")

    first = {"id": "s1", "from": "e1", "date": "2027-02-04", "shares": "100", "price": "12"}
    second = {"id": "s2", "from": "e1", "date": "2027-03-04", "shares": "50", "price": "13"}
    assert whole["sales"] == [first]
    assert later["sales"] == [first, second]
    assert said == "Pasted 2 sales, 1 of them new."


def test_headings_say_which_columns_there_are() -> None:
    tree, said = pasted(TREE, "grants[0].label", "Shares\tStrike\tName", "9\t2\tAstra")

    assert tree["grants"] == [
        {"id": "g1", "kind": "iso", "label": "Astra", "shares": "9", "strike": "2"}
    ]
    assert said == "Pasted 1 grant."


def test_what_cannot_be_read_stands_in_its_field_with_a_sentence() -> None:
    tree, _ = pasted(TREE, "grants[0].label", "Astra\tRSU\t13/40/2023\tmany\t1,5")

    bench = work(tree, {})
    assert set(bench.errors) == {f"grants[0].{key}" for key in ("kind", "date", "shares", "strike")}
    (row,) = next(
        kind for kind in editor(tree, bench.errors).events if kind.name == "grants"
    ).events
    shown = {each.name.partition(".")[2]: each for each in row.inputs}
    assert shown["kind"].choices[0] == ("RSU", "“RSU”: choose one")
    assert (shown["date"].value, shown["date"].is_unread_day) == ("13/40/2023", True)
    assert shown["strike"].value == "1,5"


def test_cells_without_a_field_are_told() -> None:
    tree, said = pasted(TREE, "grants[0].shares", "9\t2\tAstra\tx")

    assert tree["grants"] == [{"id": "g1", "kind": "iso", "shares": "9", "strike": "2"}]
    assert said == ("Pasted 1 grant. There is no field after Strike for “Astra”, “x”: left out.")


@pytest.mark.parametrize(
    "at", ["grants[1].label", "grants[0].nothing", "grants[0]", "years[0].wages"]
)
def test_where_there_is_no_field_nothing_is_pasted(at: str) -> None:
    with pytest.raises(UNFIT):
        pasted(TREE, at, "a\tb")
