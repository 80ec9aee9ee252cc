"""What the page tells a person to look at although it computes it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from amtweb.scenarios.bench import work
from amtweb.scenarios.editor import typed
from tests.web.visitors import Visitor

HOLDING = {"acquired": "2020-01-02", "shares": 100, "basis": 50}
SALE = {"id": "s1", "from": "h1", "date": "2026-03-10", "shares": 100, "price": 20}


def document(bought_again: str) -> dict[str, Any]:
    """Shares sold at a loss, and others of the same company bought some day."""
    return {
        "schema_version": 1,
        "years": [{"year": 2026}],
        "holdings": [
            {**HOLDING, "id": "h1", "stock": "Acme"},
            {**HOLDING, "id": "h2", "stock": "Acme", "acquired": bought_again},
        ],
        "sales": [SALE],
    }


def told(of: dict[str, Any]) -> list[tuple[str, str]]:
    bench = work(typed.from_document(of), of)
    assert not bench.mistakes
    return [(caution.place, caution.input_id) for caution in bench.cautions]


@pytest.mark.parametrize("bought_again", ["2026-02-08", "2026-03-10", "2026-04-09"])
def test_a_wash_sale_is_told_where_it_can_be_said(bought_again: str) -> None:
    """IRC 1091(a): within 30 days before or after the sale."""
    ((place, input_id),) = told(document(bought_again))

    assert place.startswith("Sale 1")
    assert input_id


@pytest.mark.parametrize("bought_again", ["2026-02-07", "2026-04-10"])
def test_beyond_thirty_days_there_is_nothing_to_look_at(bought_again: str) -> None:
    assert told(document(bought_again)) == []


@pytest.mark.django_db
def test_it_stands_on_the_page_and_leads_to_the_input() -> None:
    visitor = Visitor()
    response = visitor.client.post("/import/", {"pasted": json.dumps(document("2026-03-20"))})
    page = visitor.page(response["Location"])

    (link,) = (e for e in page.find("cautions").elements if e.tag == "a")
    assert page.find(link.attributes["href"].removeprefix("#"))


def test_very_many_sales_and_lots_are_looked_through_in_no_time() -> None:
    many = document("2026-03-20")
    many["holdings"] = [
        {**HOLDING, "id": f"h{i}", "stock": "Acme", "acquired": "2026-03-09"} for i in range(500)
    ]
    many["sales"] = [{**SALE, "id": f"s{i}", "from": f"h{i}"} for i in range(500)]
    start = time.process_time()

    told(many)

    assert time.process_time() - start < 10


@pytest.mark.django_db
def test_it_goes_as_soon_as_the_loss_is_said_not_to_be_recognized() -> None:
    visitor = Visitor()
    visitor.client.post("/import/", {"pasted": json.dumps(document("2026-03-20"))})
    assert "wash sale" in visitor.page().find("cautions").text

    answer = visitor.edit(htmx=True, **{"sales[0].loss_recognized": "false"}).content.decode()

    assert 'id="cautions"' in answer
    assert "wash sale, as it seems" not in answer
