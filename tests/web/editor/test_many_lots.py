"""A scenario with very many lots is still a page that a browser can take."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string

from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.inputs import editor


def document(count: int) -> dict[str, Any]:
    exercises = [
        {"id": f"e{i}", "grant": "g", "date": "2024-02-01", "shares": 10, "fair_market_value": 9}
        for i in range(count)
    ]
    sales = [
        {"from": f"e{i}", "date": "2026-02-01", "shares": 5, "price": 20} for i in range(count)
    ]
    grant = {"id": "g", "kind": "iso", "date": "2020-01-01", "strike": 1, "shares": 100_000}
    return {
        "schema_version": 1,
        "years": [{"year": 2024}, {"year": 2025}, {"year": 2026}],
        "grants": [grant],
        "exercises": exercises,
        "sales": sales,
    }


def rendered(count: int) -> str:
    shown = editor(typed.from_document(document(count)), {})
    return render_to_string("scenarios/editor/_inputs.html", {"editor": shown})


def test_a_few_lots_stand_at_every_sale() -> None:
    page = rendered(20)

    assert page.count('<option value="e7"') == 20
    assert "<datalist" not in page


def test_very_many_lots_stand_once_and_at_their_own_sale() -> None:
    page = rendered(400)

    assert page.count('<option value="e7"') == 2
    assert page.count('<option value="e7" selected>') == 1
    assert page.count('<datalist id="lots-from">') == 1


@pytest.mark.parametrize("count", [100, 200, 500])
def test_the_page_grows_with_the_lots_and_not_with_their_square(count: int) -> None:
    assert len(rendered(count)) < 60_000 + 5_000 * count + 110 * 100 * 100


def test_a_lot_that_is_gone_says_so_among_very_many() -> None:
    tree = typed.from_document(document(400))
    tree["sales"][3]["from"] = "nothing"

    (sales,) = (kind for kind in editor(tree, {}).events if kind.name == "sales")
    sale = sales.events[3]

    assert sale.inputs[0].choices == (("nothing", "Gone: choose another"),)
    assert sale.inputs[0].chosen_from == "lots-from"
