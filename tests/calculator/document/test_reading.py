"""A valid document becomes a scenario: with defaults, and with every amount a float."""

from __future__ import annotations

import dataclasses
import datetime
from collections import OrderedDict
from typing import Any

import pytest

from calculator.document import parse_scenario
from calculator.errors import InvalidScenario
from calculator.scenario import Household, LawChoice, Opening, Scenario, YearFacts
from tests.calculator.document.hostile import SOUND, changed


def of_years(*years: dict[str, Any], **more: Any) -> Scenario:
    return parse_scenario({"schema_version": 1, "years": [*years], **more})


def refused(document: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidScenario) as caught:
        parse_scenario(document)
    return [problem.path for problem in caught.value.problems]


def test_valid_documents_are_read(valid_document: dict[str, Any]) -> None:
    scenario = parse_scenario(valid_document)

    assert [facts.year for facts in scenario.years] == [y["year"] for y in valid_document["years"]]
    assert scenario.batch_shape == ()


def test_what_is_left_out_has_its_default() -> None:
    scenario = of_years({"year": 2026})

    assert (scenario.title, scenario.notes, scenario.sales) == ("", "", ())
    assert scenario.law == LawChoice()
    assert scenario.household == Household()
    assert dataclasses.astuple(scenario.opening) == dataclasses.astuple(Opening())
    assert dataclasses.astuple(scenario.years[0]) == dataclasses.astuple(YearFacts(year=2026))


def test_every_amount_is_a_float() -> None:
    scenario = of_years({"year": 2026, "wages": 5, "amt_foreign_tax_credit": 3})
    facts = scenario.years[0]

    assert (type(facts.wages), type(facts.amt_foreign_tax_credit)) == (float, float)
    assert type(facts.interest) is float


def test_a_whole_number_may_be_written_with_a_point() -> None:
    facts = of_years({"year": 2026.0, "household": {"dependents": 2.0}}).years[0]

    assert (facts.year, facts.household.dependents) == (2026, 2)
    assert (type(facts.year), type(facts.household.dependents)) == (int, int)


def test_the_source_of_a_sale_is_from_in_the_document() -> None:
    assert parse_scenario(SOUND).sales[0].source == "e1"


def test_dates_become_dates() -> None:
    assert parse_scenario(SOUND).grants[0].date == datetime.date(2022, 1, 15)


def test_an_exercise_of_iso_held_from_before_needs_no_basis() -> None:
    holding = parse_scenario(SOUND).holdings[1]

    assert holding.iso
    assert (holding.basis, holding.iso.strike) == (None, 2.0)


def test_a_year_overrides_fields_of_the_household_one_by_one() -> None:
    scenario = of_years(
        {"year": 2026},
        {"year": 2027, "household": {"filing_status": "married_filing_jointly"}},
        {"year": 2028, "household": {"dependents": 0}},
        household={"dependents": 3},
    )

    assert [facts.household for facts in scenario.years] == [
        Household(dependents=3),
        Household(dependents=3, filing_status="married_filing_jointly"),
        Household(),
    ]


def test_the_household_may_stand_after_the_years() -> None:
    document = {
        "years": [{"year": 2026, "household": {"dependents": 1}}],
        "household": {"filing_status": "head_of_household"},
        "schema_version": 1,
    }

    expected = Household(filing_status="head_of_household", dependents=1)
    assert parse_scenario(document).years[0].household == expected


def test_one_document_does_not_leave_its_household_to_the_next() -> None:
    of_years({"year": 2026}, household={"dependents": 3})

    assert of_years({"year": 2026}).years[0].household == Household()


def test_any_mapping_and_tuples_serve() -> None:
    document = OrderedDict(SOUND, years=tuple(OrderedDict(y) for y in SOUND["years"]))

    assert len(parse_scenario(document).years) == 3


def test_reading_leaves_the_document_as_it_was() -> None:
    before = changed({})
    parse_scenario(SOUND)

    assert before == SOUND


def test_notes_may_have_lines_and_tabs() -> None:
    assert of_years({"year": 2026}, notes="a\r\n\tb").notes == "a\r\n\tb"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("years.0.wages", 1e12),
        ("years.0.other_income", -1e12),
        ("assumptions.discount_rate", -0.5),
        ("assumptions.discount_rate", 1),
        ("title", "x" * 120),
        ("notes", "x" * 10_000),
        ("grants.0.label", "\u202eRTL\u200b"),
        ("grants.0.date", "1970-01-01"),
        ("sales.0.price", 0),
        ("sales.0.price", -0.0),
        ("household.aged_or_blind_boxes", 4),
        ("years.2.year", 2028),
        ("exercises.0.date", "2022-01-15"),
        ("holdings.1.iso.exercised", "2025-12-31"),
        ("holdings.1.iso.exercised", "2020-06-01"),
        ("sales.0.date", "2026-03-01"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_lies_on_the_bound_is_allowed(path: str, value: object) -> None:
    assert parse_scenario(changed({path: value})).years


def test_sixty_years_and_five_hundred_sales_are_allowed() -> None:
    sales = [
        {"id": f"s{i}", "from": "e1", "date": "2026-11-02", "shares": 60 / 500, "price": 8}
        for i in range(500)
    ]
    years = [{"year": 2001 + i} for i in range(60)]
    scenario = parse_scenario(
        changed({"law.path": "flat", "years": years, "sales": sales, "holdings": []})
    )

    assert (len(scenario.years), len(scenario.sales)) == (60, 500)


def sold_in_parts(*parts: float) -> dict[str, Any]:
    sales = [
        {"id": f"s{i}", "from": "e1", "date": "2026-11-02", "shares": shares, "price": 8}
        for i, shares in enumerate(parts)
    ]
    document: dict[str, Any] = changed(
        {"grants.0.shares": 101, "exercises.0.shares": 60.4, "sales": sales}
    )
    return document


def test_parts_of_shares_may_add_up_to_all_of_them() -> None:
    parts = (60.1 / 3, 60.1 / 3, 60.1 / 3, 0.1, 0.2)

    assert sum(parts) > 60.4
    assert len(parse_scenario(sold_in_parts(*parts)).sales) == 5


def test_a_millionth_of_a_share_too_many_is_an_oversale() -> None:
    parts = (60.1 / 3, 60.1 / 3, 60.1 / 3, 0.1, 0.200001)

    assert refused(sold_in_parts(*parts)) == ["sales[4].shares"]


def test_an_oversale_is_blamed_on_the_sale_that_comes_last_in_time() -> None:
    sales = [
        {"id": "late", "from": "e1", "date": "2028-01-03", "shares": 30, "price": 8},
        {"id": "early", "from": "e1", "date": "2026-04-01", "shares": 31, "price": 8},
    ]

    assert refused(changed({"sales": sales})) == ["sales[0].shares"]


def test_a_year_that_cannot_be_read_does_not_move_the_others() -> None:
    document = changed({"years.0.year": "2026", "sales.0.date": "2025-11-02"})

    assert refused(document) == ["years[0].year", "sales[0].date", "sales[0].date"]


def test_special_gains_may_exceed_a_gain_that_is_a_loss() -> None:
    loss = {"year": 2026, "long_term_gain": -5, "unrecaptured_section_1250_gain": 10}

    assert of_years(loss).years


def test_special_gains_may_be_all_of_the_gain() -> None:
    gain = {"unrecaptured_section_1250_gain": 0.1, "collectibles_gain": 0.2}

    assert of_years({"year": 2026, "long_term_gain": 0.3, **gain}).years


def test_two_people_of_65_are_said_once_for_the_household() -> None:
    document = {
        "schema_version": 1,
        "household": {"people_65_or_over": 2},
        "years": [{"year": 2026}, {"year": 2027}, {"year": 2028}],
    }

    assert refused(document) == ["household.people_65_or_over"]


def test_two_people_of_65_may_file_jointly_in_every_year() -> None:
    joint = {"filing_status": "married_filing_jointly"}

    assert of_years({"year": 2026, "household": joint}, household={"people_65_or_over": 2}).years


def test_a_rate_that_may_not_be_negative_says_so_without_a_minus_sign() -> None:
    with pytest.raises(InvalidScenario) as raised:
        parse_scenario(
            {
                "schema_version": 1,
                "years": [{"year": 2026}],
                "assumptions": {"credit_value": -0.1},
            }
        )

    (problem,) = raised.value.problems
    assert problem.message == "Enter a fraction from 0 to 1: 26% is 0.26."
