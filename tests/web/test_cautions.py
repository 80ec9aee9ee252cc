"""What the page tells a person to look at although it computes it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from amtweb.scenarios.bench import work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.uncounted import by_exercise
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


def exercised(day: str, **more: Any) -> dict[str, Any]:
    grant = {"id": "g1", "kind": "iso", "date": "2020-06-01", "shares": 8000, "strike": 2}
    exercise = {"id": "e1", "grant": "g1", "date": day, "shares": 8000, "fair_market_value": 20}
    return {
        "schema_version": 1,
        "household": {"filing_status": "single"},
        "years": [{"year": 2026, "wages": 100_000}, {"year": 2027, "wages": 100_000}],
        "grants": [grant],
        "exercises": [exercise],
        **more,
    }


UNCOUNTED = "Your exercise of 2024 is before 2026, the first year here"


@pytest.mark.django_db
def test_amt_of_an_exercise_before_the_first_year_is_said_and_its_years_added_in_one_step() -> None:
    """Without the year no AMT is computed, and the headline would say that none is due."""
    visitor = Visitor()
    visitor.client.post("/import/", {"pasted": json.dumps(exercised("2024-03-15"))})
    page = visitor.page()
    assert UNCOUNTED in page.find("headline").text
    assert UNCOUNTED in page.find("exercises-0-uncounted").text
    assert page.find("exercises-0-adds").text == "Add 2024 and 2025"

    answer = visitor.edit(htmx=True, op="reach:exercises:0").content.decode()

    assert UNCOUNTED not in answer
    years = [value for name, value in visitor.fields().items() if name.endswith("].year")]
    assert years == ["2024", "2025", "2026", "2027"]
    assert "AMT costs" in visitor.page().find("headline").text
    visitor.edit(htmx=True, op="undo")
    assert UNCOUNTED in visitor.page().find("headline").text


@pytest.mark.django_db
@pytest.mark.parametrize("credit", ["0", "12,000"])
def test_who_enters_the_credit_it_left_is_not_asked_again(credit: str) -> None:
    visitor = Visitor()
    visitor.client.post("/import/", {"pasted": json.dumps(exercised("2024-03-15"))})

    answer = visitor.edit(htmx=True, **{"opening.minimum_tax_credit": credit}).content.decode()

    assert UNCOUNTED not in answer
    assert UNCOUNTED not in visitor.page().find("headline").text


def test_where_no_year_can_be_added_it_is_said_without_an_offer() -> None:
    """Federal law before 2017 is not modelled."""
    of = exercised("2012-03-15", grants=[{**exercised("")["grants"][0], "date": "2010-06-01"}])

    bench = work(typed.from_document(of), of)

    (one,) = by_exercise(bench).values()
    assert "of 2012 is before 2026" in one.message
    assert not one.adds


def test_options_whose_income_is_no_amt_need_no_year() -> None:
    nonstatutory = {**exercised("")["grants"][0], "kind": "nso"}
    assert told(exercised("2024-03-15", grants=[nonstatutory])) == []
    assert told(exercised("2026-03-15")) == []
