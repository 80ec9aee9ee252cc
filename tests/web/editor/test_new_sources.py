"""A sale or an exercise that is given another source."""

from __future__ import annotations

from typing import Any

import pytest

from amtweb.scenarios.editor.lot_words import own_choices
from amtweb.scenarios.editor.new_rows import new_sale, with_new_sources

TREE: dict[str, Any] = {
    "years": [{"year": str(year)} for year in range(2020, 2060)],
    "grants": [
        {"id": "g1", "kind": "iso", "date": "2020-01-02", "shares": "15,000", "strike": "1"},
        {"id": "g2", "kind": "iso", "date": "2022-01-02", "shares": "8,000", "strike": "1"},
    ],
    "exercises": [
        {"id": "e1", "grant": "g1", "date": "2021-03-01", "shares": "15,000"},
        {"id": "e2", "grant": "g2", "date": "2045-03-01", "shares": "8,000"},
    ],
}


def moved(sale: dict[str, str]) -> dict[str, str]:
    before = TREE | {"sales": [sale]}
    after = with_new_sources(before, TREE | {"sales": [sale | {"from": "e2"}]})
    (row,) = after["sales"]
    return dict(row)


def test_what_came_from_the_old_source_comes_from_the_new_one() -> None:
    sale = {"id": "s1", "price": "40"} | new_sale(TREE, "e1")
    assert sale["shares"] == "15,000"

    assert moved(sale) == {
        "id": "s1",
        "price": "40",
        "from": "e2",
        "shares": "8,000",
        "date": "2046-03-02",
    }


@pytest.mark.parametrize("typed", [{"shares": "500"}, {"date": "2050-01-01"}])
def test_what_a_person_typed_stays(typed: dict[str, str]) -> None:
    sale = {"id": "s1"} | new_sale(TREE, "e1") | typed

    assert typed.items() <= moved(sale).items()


def test_to_a_row_itself_what_it_takes_is_not_gone() -> None:
    tree = TREE | {"sales": [{"id": "s1", "from": "e1", "shares": "5,000"}]}

    lot, words = own_choices(tree)["sales[0].from"]
    assert lot == "e1"
    assert words.endswith("(15,000 of 15,000 left)")
