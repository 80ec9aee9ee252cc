"""The short forms: few answers make a whole scenario, computed by the law."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.utils import timezone

from amtweb.scenarios.models import Scenario
from calculator import evaluate, parse_scenario
from tests.web.reading import Page
from tests.web.visitors import Visitor
from tests.web.welcome.test_landing import amt_of_2026

pytestmark = pytest.mark.django_db

EXERCISED = "/start/exercised/"
CREDIT = "/start/credit/"
EXERCISE = {
    "filing_status": "single",
    "wages": "$200,000",
    "exercised_on": "2026-02-10",
    "shares": "15k",
    "strike": "2.00",
    "value": "22",
}
NEXT = timezone.now().year + 2
SALE = {"held": "sold", "sold_on": "2026-10-01", "sold_price": "30"}
RETURN = {
    "filing_status": "single",
    "wages": "200k",
    "last_return": "2025",
    "credit": "50,000",
}


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def begun(visitor: Visitor, path: str, answers: dict[str, str]) -> dict[str, str]:
    """What the planner holds after these answers."""
    response = visitor.client.post(path, answers)
    assert response.status_code == HTTPStatus.FOUND, response.content.decode()
    assert response["Location"] == "/planner/"
    return visitor.fields()


def document(visitor: Visitor) -> dict[str, Any]:
    found: dict[str, Any] = visitor.client.session["working_document"]
    return found


def mistakes(visitor: Visitor, path: str, answers: dict[str, str]) -> dict[str, str]:
    """By field, what is said; and what was typed is still there."""
    response = visitor.client.post(path, answers)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    read = Page(response.content)
    kept = read.fields("start")
    for name, text in answers.items():
        if name not in ("held", "sell_in", "gain_in", "filing_status", "last_return"):
            assert kept[name] == text
    assert "working_document" not in visitor.client.session
    return {
        name: read.find(f"id_{name}-mistake").text
        for name in kept
        if f"id_{name}-mistake" in read.ids
    }


def test_an_exercise_brings_the_amt_of_the_law(visitor: Visitor) -> None:
    fields = begun(visitor, EXERCISED, EXERCISE)

    assert fields["title"] == "ISO exercise of 2026"
    assert fields["household.filing_status"] == "single"
    assert fields["years[0].year"] == "2026"
    assert {text for name, text in fields.items() if name.endswith(".wages")} == {"200,000"}
    assert fields["grants[0].strike"] == "2"
    assert fields["grants[0].date"] == "2024-02-10"
    assert fields["exercises[0].shares"] == fields["grants[0].shares"] == "15,000"
    result = evaluate(parse_scenario(document(visitor)))
    assert float(result.years[0].amt) == pytest.approx(amt_of_2026(300_000), abs=0.5)


def test_the_planner_says_what_was_assumed_and_where(visitor: Visitor) -> None:
    begun(visitor, EXERCISED, EXERCISE)

    page = visitor.page()
    (line,) = (e for e in page.elements if e.attributes.get("class") == "assumed")
    leads_to = [e.attributes["href"][1:] for e in line.elements if e.tag == "a"]
    assert "the same wages every year" in line.text
    assert "options granted on Feb 10, 2024" in line.text
    assert "no sale" in line.text
    assert set(leads_to) <= set(page.ids)
    assert 'class="assumed"' not in visitor.client.get("/examples/way-back/").content.decode()

    answer = Page(visitor.edit(htmx=True, **{"grants[0].date": "2024-03-01"}).content)
    assert "options granted" not in answer.find("assumed").text
    assert "the same wages every year" in answer.find("assumed").text


def test_the_line_of_assumptions_goes_with_the_scenario_it_is_about(visitor: Visitor) -> None:
    begun(visitor, EXERCISED, EXERCISE)

    visitor.edit(title="Another")

    assert 'class="assumed"' not in visitor.client.get("/planner/").content.decode()


def test_a_planned_sale_below_the_value_leaves_an_amt_loss_to_pair(visitor: Visitor) -> None:
    """15,000 shares that fall from 22 to 8 are an AMT loss of 210,000; 3,000 count a year, and
    a gain of 100,000 takes up as much of it.
    """
    plan = {"sell_in": str(NEXT), "price": "8", "gain": "100,000"}

    fields = begun(visitor, EXERCISED, EXERCISE | plan)

    assert fields["sales[0].date"] == f"{NEXT}-12-31"
    assert fields[f"years[{NEXT - 2026}].long_term_gain"] == "100,000"
    year = evaluate(parse_scenario(document(visitor))).years[NEXT - 2026]
    left = float(year.amt_capital_loss_carryforward.long_term)
    assert left == pytest.approx(210_000 - 100_000 - 3_000)


def test_a_sale_in_the_year_of_exercise_is_wages_and_no_amt(visitor: Visitor) -> None:
    """A disqualifying disposition in the same year: the gain is ordinary income in both systems."""
    begun(visitor, EXERCISED, EXERCISE | SALE)

    year = evaluate(parse_scenario(document(visitor))).years[0]
    assert float(year.amt) == 0
    assert float(year.equity.wages) == pytest.approx(15_000 * 20)


def test_what_was_sold_and_what_is_planned_are_two_sales(visitor: Visitor) -> None:
    answers = SALE | {"sold_shares": "4,000", "sell_in": str(NEXT)}

    fields = begun(visitor, EXERCISED, EXERCISE | answers)

    assert [fields[f"sales[{place}].shares"] for place in (0, 1)] == ["4,000", "11,000"]
    assert [fields[f"sales[{place}].price"] for place in (0, 1)] == ["30", "22"]


def test_a_credit_comes_back_as_far_as_regular_tax_is_the_higher(visitor: Visitor) -> None:
    """2026, single, wages of 200,000: regular tax 36,734, less 26% of 200,000 over 90,100."""
    answers = RETURN | {"amt": "12,000", "exclusion": "2,000", "amt_loss": "40k", "loss": "5k"}

    fields = begun(visitor, CREDIT, answers)

    assert fields["years[0].year"] == "2026"
    assert fields["opening.minimum_tax_credit"] == "60,000"
    assert fields["opening.amt_capital_loss.long_term"] == "40,000"
    assert fields["opening.capital_loss.long_term"] == "5,000"
    begun(visitor, CREDIT, RETURN)
    first = evaluate(parse_scenario(document(visitor))).years[0]
    assert float(first.credit_used) == pytest.approx(36_734 - 0.26 * (200_000 - 90_100))


def test_shares_held_are_a_holding_with_two_bases(visitor: Visitor) -> None:
    """Sold at 10, with bases of 2 and 25: a gain of 8 a share, and for AMT a loss of 15."""
    held = {"shares": "1,000", "basis": "2", "amt_basis": "25", "price": "10"}

    begun(visitor, CREDIT, RETURN | held | {"sell_in": str(NEXT), "gain": "20k"})

    year = evaluate(parse_scenario(document(visitor))).years[NEXT - 2026]
    assert float(year.equity.long_term_gain) == pytest.approx(8_000)
    assert float(year.equity.amt_long_term_gain) == pytest.approx(-15_000)


def test_all_mistakes_are_told_at_once_beside_their_fields(visitor: Visitor) -> None:
    answers = {
        "filing_status": "single",
        "wages": "lots",
        "exercised_on": "2011-05-05",
        "shares": "-3",
        "strike": "",
        "value": "1,00",
        "gain": "1" * 41,
        "granted_on": "2026-02-31",
        "held": "sold",
        "sold_on": "yesterday",
        "sold_price": "",
    }

    told = mistakes(visitor, EXERCISED, answers)

    assert told.keys() == answers.keys() - {"filing_status", "held"}
    assert "not modelled" in told["exercised_on"]


@pytest.mark.parametrize(
    ("path", "right", "wrong", "field"),
    [
        (EXERCISED, EXERCISE, {"held": "sold"}, "sold_on"),
        (EXERCISED, EXERCISE, SALE | {"sold_on": "2025-12-31"}, "sold_on"),
        (EXERCISED, EXERCISE, {"exercised_on": "2099-01-01"}, "exercised_on"),
        (EXERCISED, EXERCISE, {"exercised_on": "yesterday"}, "exercised_on"),
        (EXERCISED, EXERCISE, {"granted_on": "2026-02-11"}, "granted_on"),
        (EXERCISED, EXERCISE, {"filing_status": "alone"}, "filing_status"),
        (EXERCISED, EXERCISE, {"sell_in": "1066"}, "sell_in"),
        (EXERCISED, EXERCISE, {"shares": "1e9"}, "shares"),
        (EXERCISED, EXERCISE, {"value": "\N{FULLWIDTH DIGIT ONE}"}, "value"),
        (CREDIT, RETURN, {"credit": ""}, "credit"),
        (CREDIT, RETURN, {"amt": "1", "exclusion": "2"}, "exclusion"),
        (CREDIT, RETURN, {"shares": "10"}, "amt_basis"),
        (CREDIT, RETURN, {"sell_in": str(NEXT)}, "price"),
        (CREDIT, RETURN, {"last_return": "1999"}, "last_return"),
        (CREDIT, RETURN, {"amt_loss": "<script>"}, "amt_loss"),
    ],
)
def test_an_answer_that_cannot_be_is_told_beside_its_field(
    visitor: Visitor, path: str, right: dict[str, str], wrong: dict[str, str], field: str
) -> None:
    assert field in mistakes(visitor, path, right | wrong)


def test_nothing_left_to_sell_is_told(visitor: Visitor) -> None:
    sold = SALE | {"sell_in": str(NEXT)}

    assert "nothing is left" in mistakes(visitor, EXERCISED, EXERCISE | sold)["sell_in"]
    more = {"sold_shares": "20,000"}
    assert "more than" in mistakes(visitor, EXERCISED, EXERCISE | sold | more)["sold_shares"]


def test_what_is_hidden_counts_for_nothing(visitor: Visitor) -> None:
    """Somebody who typed a sale, and then says that they hold the shares."""
    begun(visitor, EXERCISED, EXERCISE | {"held": "held", "sold_on": "junk", "sold_price": "30"})

    assert document(visitor)["sales"] == []


@pytest.mark.parametrize("path", [EXERCISED, CREDIT])
def test_work_in_the_planner_is_asked_about_before_it_is_replaced(
    visitor: Visitor, path: str
) -> None:
    answers = EXERCISE if path == EXERCISED else RETURN
    visitor.edit(title="Mine")
    asked = visitor.page(path)

    refused = visitor.client.post(path, answers)

    assert "You are working on Mine" in " ".join(asked.find("start").text.split())
    assert refused.status_code == HTTPStatus.CONFLICT
    assert Page(refused.content).fields("start")["wages"] == answers["wages"]
    assert visitor.fields()["title"] == "Mine"
    begun(visitor, path, answers | {"instead": "save"})
    assert Scenario.objects.get().title == "Mine"


def test_an_exercise_on_the_last_of_february_and_one_to_come(visitor: Visitor) -> None:
    fields = begun(visitor, EXERCISED, EXERCISE | {"exercised_on": "2024-02-29"})
    assert fields["grants[0].date"] == "2022-02-28"
    assert fields["years[0].year"] == "2024"

    fields = begun(visitor, EXERCISED, EXERCISE | {"exercised_on": f"{NEXT}-03-01"})
    assert fields["years[0].year"] == str(NEXT - 2)
