"""A year is closed with the figures of the filed return; the next year is a scenario of its own."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest

from amtweb.scenarios.models import Scenario
from calculator import evaluate, parse_scenario
from calculator.analysis.roll_forward import roll_forward
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def address(scenario: Scenario) -> str:
    return f"{scenario.get_absolute_url()}close-year/"


def close(visitor: Visitor, path: str, op: str = "make", **changes: str) -> Any:
    fields = visitor.page(path).fields("close-year")
    return visitor.client.post(path, fields | changes | {"op": op})


def newest() -> Scenario:
    return Scenario.objects.latest("pk")


def test_the_form_is_filled_in_with_the_models_figures(visitor: Visitor) -> None:
    scenario = visitor.saved()
    first = evaluate(parse_scenario(scenario.draft)).years[0]

    fields = visitor.page(address(scenario)).fields("close-year")

    assert fields["amt"] == f"{first.amt:,.0f}"
    assert fields["credit_carryforward"] == "0"
    assert fields["adjusted_gross_income"] == f"{first.adjusted_gross_income:,.0f}"


def test_confirming_the_models_figures_carries_them_exactly(visitor: Visitor) -> None:
    scenario = visitor.saved()

    response = close(visitor, address(scenario))

    made = newest()
    assert response["Location"] == made.get_absolute_url()
    assert made.pk != scenario.pk
    expected = roll_forward(scenario.draft)
    assert made.draft | {"title": ""} == expected | {"title": ""}
    assert made.title == f"{scenario.title} (from {expected['years'][0]['year']})"


def test_the_new_scenario_says_where_it_came_from(visitor: Visitor) -> None:
    scenario = visitor.saved()

    close(visitor, address(scenario))

    (revision,) = newest().revisions.all()
    first = scenario.draft["years"][0]["year"]
    assert revision.note.startswith(f"{first} closed with the figures of the filed return")
    assert scenario.title in revision.note


def test_filed_figures_become_the_opening_balances(visitor: Visitor) -> None:
    scenario = visitor.saved()

    close(
        visitor,
        address(scenario),
        credit_carryforward="10,000",
        amt="5k",
        exclusion_items_tax="1,000",
        amt_capital_loss_long_term="$7,500",
        adjusted_gross_income="(12)",
    )

    opening = newest().draft["opening"]
    assert opening["minimum_tax_credit"] == 14_000
    assert opening["amt_capital_loss"]["long_term"] == 7_500
    assert opening["prior_year_adjusted_gross_income"] == -12


def test_the_differences_are_shown_before_anything_is_made(visitor: Visitor) -> None:
    scenario = visitor.saved()
    fields = visitor.page(address(scenario)).fields("close-year")
    filed = int(fields["amt"].replace(",", "")) + 321

    response = close(visitor, address(scenario), op="compare", amt=f"{filed:,}")

    assert response.status_code == HTTPStatus.OK
    text = response.content.decode()
    assert "+$321" in text
    assert f'value="{filed:,}"' in text
    assert Scenario.objects.count() == 1


def test_all_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(
    visitor: Visitor,
) -> None:
    scenario = visitor.saved()

    response = close(visitor, address(scenario), amt="lots", tax="-5", credit_carryforward="777")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    text = response.content.decode()
    for typed in ("lots", "-5", "777"):
        assert f'value="{typed}"' in text
    assert 'id="id_amt-mistake"' in text
    assert 'aria-describedby="id_tax-mistake"' in text
    assert 'id="id_credit_carryforward-mistake"' not in text
    assert Scenario.objects.count() == 1


def test_the_old_scenario_is_archived_only_if_asked(visitor: Visitor) -> None:
    scenario = visitor.saved()

    close(visitor, address(scenario))
    scenario.refresh_from_db()
    assert scenario.archived_at is None

    close(visitor, address(scenario), archive="on")
    scenario.refresh_from_db()
    assert scenario.archived_at is not None


def test_a_scenario_that_ends_with_the_year_says_what_to_do(visitor: Visitor) -> None:
    scenario = visitor.saved()
    one = scenario.draft | {"years": scenario.draft["years"][:1], "sales": [], "exercises": []}
    Scenario.objects.filter(pk=scenario.pk).update(draft=one)

    text = visitor.client.get(address(scenario)).content.decode()
    response = visitor.client.post(address(scenario), {"op": "make"})

    year = one["years"][0]["year"]
    assert f"The scenario ends with {year}" in text
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f"add {year + 1} before you close {year}" in response.content.decode()


def test_the_working_copy_is_closed_without_saving_anything(visitor: Visitor) -> None:
    first = int(visitor.fields()["years[0].year"])

    response = close(visitor, "/close-year/", credit_carryforward="4,321", amt="0")

    assert response["Location"] == "/planner/"
    fields = visitor.fields()
    assert fields["years[0].year"] == str(first + 1)
    assert fields["opening.minimum_tax_credit"] == "4,321"
    assert Scenario.objects.count() == 0


def test_a_title_as_long_as_it_may_be_stays_so(visitor: Visitor) -> None:
    scenario = visitor.saved(title="T" * 120)

    close(visitor, address(scenario))

    assert len(newest().title) == 120
    assert newest().title.endswith(")")
    assert len(newest().revisions.get().note) <= 200


def test_the_scenario_page_leads_here(visitor: Visitor) -> None:
    scenario = visitor.saved()

    assert address(scenario) in visitor.client.get(scenario.get_absolute_url()).content.decode()
    assert "/close-year/" in visitor.client.get("/planner/").content.decode()


def test_what_is_refused_today_is_corrected_on_its_own_page_first(visitor: Visitor) -> None:
    scenario = visitor.saved()
    refused = {"schema_version": 1, "years": [{"year": 1990}, {"year": 1991}]}
    Scenario.objects.filter(pk=scenario.pk).update(draft=refused)

    assert visitor.client.get(address(scenario))["Location"] == scenario.get_absolute_url()


def test_a_full_library_takes_no_further_scenario_and_says_so(visitor: Visitor) -> None:
    scenario = visitor.saved()
    for number in range(5):
        response = close(visitor, address(scenario), amt=str(number))

    assert Scenario.objects.count() < 6
    assert "up to 3 saved scenarios, and you have as many" in response.content.decode()
