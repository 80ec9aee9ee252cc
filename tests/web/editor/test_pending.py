from __future__ import annotations

from typing import Any

import pytest

from amtweb.scenarios.bench import work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.pending import complete_rows
from amtweb.scenarios.editor.rows import KINDS, change_rows
from amtweb.scenarios.gallery import example

GOOD: dict[str, Any] = example("slices").document
COMPLETE_HOLDING = {"id": "h9", "acquired": "2020-01-01", "shares": "5", "basis": "1"}
ISO = {
    "granted": "2019-01-01",
    "exercised": "2020-01-01",
    "strike": "1",
    "fair_market_value": "2",
}


def tree_of(document: dict[str, Any] = GOOD) -> typed.Tree:
    return typed.from_document(document)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_just_added_is_left_out_and_the_rest_is_computed(kind: str) -> None:
    tree = change_rows(tree_of(), f"add:{kind}").tree

    bench = work(tree, GOOD)

    without = work(tree_of(), GOOD)
    assert bench.mistakes == ()
    assert bench.result is not None
    assert without.result is not None
    assert bench.result.to_dict() == without.result.to_dict()
    assert bench.pending == (f"{kind.removesuffix('s').capitalize()} {len(tree[kind])}",)
    assert bench.tree == tree


def test_what_refers_to_a_pending_row_is_left_out_with_it() -> None:
    tree = change_rows(tree_of(), "add:grants").tree
    grant = tree["grants"][-1]["id"]
    complete = {"date": "2025-06-01", "shares": "1", "fair_market_value": "1"}
    tree["exercises"] = [*tree["exercises"], {"id": "e9", "grant": grant} | complete]
    sale = {"id": "s9", "from": "e9", "date": "2025-07-01", "shares": "1", "price": "1"}
    tree["sales"] = [*tree["sales"], sale]

    counted = complete_rows(tree, GOOD)

    places = [len(tree[kind]) for kind in ("grants", "exercises", "sales")]
    assert counted.pending == (
        f"Grant {places[0]}",
        f"Exercise {places[1]}",
        f"Sale {places[2]}",
    )
    assert counted.tree["sales"] == tree["sales"][:-1]


def test_a_row_that_counted_before_and_lost_a_field_is_a_mistake() -> None:
    tree = tree_of()
    tree["sales"][0]["shares"] = " "

    bench = work(tree, GOOD)

    assert bench.result is None
    assert [(m.path, m.place) for m in bench.mistakes] == [("sales[0].shares", "Sale 1, Shares")]
    assert bench.mistakes[0].message == "Enter a number of shares, such as 1,000."


def test_a_begun_row_with_everything_but_one_field_waits_for_it() -> None:
    tree = change_rows(tree_of(), "copy:sales:0").tree
    tree["sales"][1]["price"] = ""

    assert work(tree, GOOD).pending == ("Sale 2",)


def test_a_problem_stands_beside_its_row_on_the_page() -> None:
    tree = change_rows(tree_of(), "add:sales").tree
    tree["sales"].insert(0, tree["sales"].pop())
    tree["sales"][2]["price"] = "much"

    bench = work(tree, GOOD)

    assert bench.pending == ("Sale 1",)
    assert [(m.path, m.place) for m in bench.mistakes] == [("sales[2].price", "Sale 3, Price")]


@pytest.mark.parametrize(
    "path", ["years[3].wages", "title", "", "sales", "law.flat.amt_rate", "years"]
)
def test_a_path_outside_the_rows_stays_as_it_is(path: str) -> None:
    assert complete_rows(tree_of(), GOOD).path_on_page(path) == path


@pytest.mark.parametrize(
    ("change", "is_pending"),
    [
        pytest.param({}, False, id="with a basis"),
        pytest.param({"basis": ""}, True, id="without a basis"),
        pytest.param({"basis": "  "}, True, id="with blanks for a basis"),
        pytest.param({"basis": "", "iso": ISO}, False, id="from an ISO"),
        pytest.param({"basis": "", "iso": ISO | {"strike": ""}}, True, id="from part of an ISO"),
        pytest.param({"iso": ISO | {"strike": " "}}, True, id="with a basis and part of an ISO"),
        pytest.param({"iso": dict.fromkeys(ISO, "")}, False, id="with a blank ISO"),
        pytest.param({"id": ""}, True, id="without an id"),
    ],
)
def test_a_holding_needs_a_basis_or_a_whole_iso(change: dict[str, Any], is_pending: bool) -> None:
    tree = tree_of() | {"holdings": [COMPLETE_HOLDING | change]}

    bench = work(tree, GOOD)

    assert bench.pending == (("Holding 1",) if is_pending else ())
    assert bench.mistakes == ()


def test_nothing_is_pending_in_an_editor_without_rows() -> None:
    counted = complete_rows({"years": [{"year": "2026"}]}, {})

    assert counted.pending == ()
    assert counted.tree == {"years": [{"year": "2026"}]}
