"""Every printed line says how it is made, what it comes from, and by which rule."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from calculator import InvalidScenario, ScenarioResult, evaluate, parse_scenario
from calculator.scenario import FILING_STATUSES, Scenario
from calculator.worksheet import Origin, WorksheetLine, dispositions, feeds, worksheets
from tests.calculator.builders import Document, a_year, an_iso_exercise, years_from
from tests.calculator.households import household, structure

WHY_NONE = ("there is none this year", "ot modelled")


def evaluated(document: Document) -> tuple[Scenario, ScenarioResult]:
    scenario = parse_scenario(document)
    return scenario, evaluate(scenario)


def line_of(document: Document, year: int, form: str, number: str) -> WorksheetLine:
    sheets = {sheet.form: sheet for sheet in worksheets(*evaluated(document), year)}
    return next(line for line in sheets[form].lines if line.number == number)


def paths(line: WorksheetLine) -> list[str]:
    return [origin.path for origin in line.origins]


def lines_in(line: WorksheetLine) -> list[tuple[int, str, str]]:
    return [(each.year, each.form, each.line) for each in line.origins if each.kind == "line"]


def with_everything(status: str, first: int, law: str) -> Document:
    common = structure(status, first, ("larger", "itemized", "standard"), seniors=1)
    document = household(np.random.default_rng(6251), common)
    return document | {"law": {"path": law}}


@pytest.mark.parametrize(("first", "law"), [(2025, "current"), (2025, "sunset"), (2025, "flat")])
@pytest.mark.parametrize("status", FILING_STATUSES)
def test_every_line_has_words_origins_and_a_citation(status: str, first: int, law: str) -> None:
    scenario, result = evaluated(with_everything(status, first, law))
    for year in result.years:
        for sheet in worksheets(scenario, result, year.year):
            for line in sheet.lines:
                named = (year.year, sheet.form, line.number, line.words)
                assert line.words, named
                assert line.citation, named
                assert line.origins or line.words.endswith(WHY_NONE), named


def test_a_sum_names_its_lines_once_and_in_order() -> None:
    line = line_of(a_year(2025, wages=300_000), 2025, "form_6251", "4")

    assert line.words == "Sum of lines 1b, 2a, 2b, 2g, 2i, 2k and 3"
    assert [of for _, _, of in lines_in(line)] == ["1b", "2a", "2b", "2g", "2i", "2k", "3"]


def test_an_input_leads_to_its_place_in_the_document() -> None:
    document = years_from(2025, {}, {"state_tax_refund": 900})
    line = line_of(document, 2026, "form_6251", "2b")

    assert line.origins == (
        Origin("input", "State tax refund", 2026, "", "", "years[1].state_tax_refund", 900.0),
    )
    assert line.amount == -900


def test_a_household_leads_to_where_it_is_entered() -> None:
    document = years_from(2025, {}, {"household": {"aged_or_blind_boxes": 1}})

    assert "household.aged_or_blind_boxes" in paths(line_of(document, 2025, "form_1040", "12"))
    assert "years[1].household.aged_or_blind_boxes" in paths(
        line_of(document, 2026, "form_1040", "12")
    )


def test_a_parameter_leads_to_its_name_in_the_law_with_its_amount() -> None:
    document = a_year(2026, wages=800_000)
    lines = [line_of(document, 2026, "exemption_worksheet", number) for number in ("1", "3", "5")]
    origins = [each for line in lines for each in line.origins]
    parameters = {each.path: each.amount for each in origins if each.kind == "parameter"}

    assert parameters == {
        "amt.exemption": 90_100,
        "amt.phaseout_rate": 0.5,
        "amt.phaseout_start": 500_000,
    }


def test_the_bargain_element_leads_to_its_exercise_and_to_the_sale_in_its_year() -> None:
    sale = {"id": "s1", "from": "e1", "date": "2026-11-02", "shares": 4_000, "price": 30}
    document = years_from(2026, {"wages": 100_000}, **an_iso_exercise(), sales=[sale])
    document["grants"][0]["label"] = "Grant A"
    line = line_of(document, 2026, "form_6251", "2i")

    assert [(each.label, each.path, each.amount) for each in line.origins] == [
        ("Exercise of 10,000 shares on Jan 15, 2026 (Grant A)", "exercises[0]", 200_000),
        ("Sale of 4,000 shares on Nov 2, 2026 (Grant A)", "sales[0]", -80_000),
    ]
    assert line.amount == 120_000


def test_shares_that_wait_to_vest_lead_to_their_vesting() -> None:
    document = years_from(2026, {}, {}, **an_iso_exercise(shares=1_000))
    document["grants"][0]["early_exercise"] = True
    vesting = {"id": "v1", "grant": "g1", "date": "2027-03-01", "shares": 1_000}
    document["vestings"] = [vesting | {"fair_market_value": 41}]
    line = line_of(document, 2027, "form_6251", "2i")

    assert [(each.label, each.path, each.amount) for each in line.origins] == [
        ("Vesting on Mar 1, 2027 of shares bought on Jan 15, 2026 (g1)", "vestings[0]", 40_000)
    ]


def test_an_amount_of_shares_that_there_are_none_of_says_so() -> None:
    line = line_of(a_year(2025), 2025, "form_6251", "2i")

    assert line.origins == ()
    assert line.words.endswith(": there is none this year")


def test_form_8801_leads_to_the_year_before() -> None:
    document = years_from(2026, {"wages": 100_000}, {"wages": 100_000}, **an_iso_exercise())

    assert lines_in(line_of(document, 2027, "form_8801", "16")) == [(2026, "form_6251", "11")]
    assert line_of(document, 2027, "form_8801", "16").words == "Form 6251 line 11 of 2026"
    exemption = line_of(document, 2027, "form_8801", "5").origins[0]
    assert (exemption.year, exemption.path) == (2026, "amt.exemption")


def test_the_first_year_begins_with_what_is_carried_in() -> None:
    document = years_from(2026, {}, opening={"minimum_tax_credit": 5_000})

    assert paths(line_of(document, 2026, "form_8801", "19")) == ["opening.minimum_tax_credit"]
    assert line_of(document, 2026, "form_8801", "21").words == "Line 19, not below zero"
    assert paths(line_of(document, 2026, "amt_schedule_d", "6")) == [
        "opening.amt_capital_loss.short_term"
    ]


def test_a_skipped_line_says_why_and_leads_to_the_lines_that_decide_it() -> None:
    line = line_of(a_year(2026, long_term_gain=200_000), 2026, "form_6251", "34")

    assert line.words == "Skipped: lines 12 and 32 are the same"
    assert lines_in(line) == [(2026, "form_6251", "12"), (2026, "form_6251", "32")]


def test_line_8_is_blank_where_regular_tax_is_not_less() -> None:
    line = line_of(a_year(2026, wages=200_000, foreign_tax_credit=100), 2026, "form_6251", "8")

    assert line.amount == 0
    assert line.words == "Left blank: line 10 is not less than line 7"


def test_the_flat_model_leads_to_its_rates_in_the_document() -> None:
    document = a_year(2026, wages=200_000, long_term_gain=10_000) | {"law": {"path": "flat"}}
    line = line_of(document, 2026, "form_6251", "34")

    assert "law.flat.long_term_gain_rate" in paths(line)
    assert line.words == "Line 33 × 20%"
    assert paths(line_of(document, 2026, "form_6251", "5")) == ["law.path"]


def test_rates_stay_as_they_are_on_a_filed_return() -> None:
    document = a_year(2026, wages=300_000.4) | {"method": {"figures": "as_filed"}}
    line = line_of(document, 2026, "form_8959", "7")

    assert line.amount == 900
    assert line.words == "Line 6 × 0.9%"
    (rate,) = [each for each in line.origins if each.kind == "parameter"]
    assert type(rate.amount) is float
    assert rate.amount == 0.009


def test_an_input_is_rounded_as_it_is_filed() -> None:
    document = a_year(2026, wages=300_000.4) | {"method": {"figures": "as_filed"}}

    assert line_of(document, 2026, "form_8959", "4").origins[0].amount == 300_000


def test_a_parameter_that_is_in_force_or_not_is_no_amount() -> None:
    document = a_year(2017, wages=100_000)
    (origin,) = line_of(document, 2017, "form_1040", "13a").origins

    assert (origin.path, origin.amount) == ("business_income_deduction.in_force", None)


def test_a_rule_that_the_year_does_not_have_is_no_infinite_amount() -> None:
    document = a_year(2019, deduction="itemized", itemized={"state_and_local_taxes": 20_000})
    amounts = {
        each.path: each.amount for each in line_of(document, 2019, "schedule_a", "5e").origins
    }

    assert amounts["state_and_local_taxes.cap"] == 10_000
    assert amounts["state_and_local_taxes.phasedown_start"] is None


def test_the_reversal_of_section_68_can_be_switched_off() -> None:
    facts = {"deduction": "itemized", "itemized": {"mortgage_interest": 100_000}}
    document = a_year(2026, wages=2_000_000, **facts)
    reversed_ = line_of(document, 2026, "form_6251", "3")
    off = line_of(document | {"method": {"section_68_reversal": False}}, 2026, "form_6251", "3")

    assert reversed_.amount == pytest.approx(-100_000 * 2 / 37)
    assert (2026, "schedule_a", "17") in lines_in(reversed_)
    assert off.amount == 0
    assert lines_in(off) == []


def test_line_28_to_the_letter_leads_to_the_amt_schedule() -> None:
    document = years_from(2025, {"wages": 300_000, "long_term_gain": 50_000}, {})
    letter = document | {"method": {"form_8801_line_28": "form"}}

    assert (2025, "amt_schedule_d", "15") in lines_in(line_of(letter, 2026, "form_8801", "28"))
    assert lines_in(line_of(document, 2026, "form_8801", "28")) == [
        (2025, "qualified_dividends_worksheet", "4")
    ]


def test_feeds_are_the_other_direction_of_origins() -> None:
    scenario, result = evaluated(with_everything("single", 2025, "current"))
    of_each = {
        year.year: {
            (sheet.form, line.number): line
            for sheet in worksheets(scenario, result, year.year)
            for line in sheet.lines
        }
        for year in result.years
    }
    for form, number in (("form_6251", "11"), ("form_1040", "11"), ("schedule_d", "16")):
        for year, next_year in pairwise(of_each):
            users = {
                (of, *key)
                for of in (year, next_year)
                for key, line in of_each[of].items()
                if (year, form, number) in lines_in(line)
            }
            found = feeds(scenario, result, year, form, number)

            assert {(each.year, each.form, each.line) for each in found} == users
            assert users


def test_the_amt_of_a_year_goes_to_schedule_2_and_to_form_8801_of_the_next() -> None:
    scenario, result = evaluated(years_from(2026, {}, {}, **an_iso_exercise()))
    this_year, next_year = feeds(scenario, result, 2026, "form_6251", "11")

    assert (this_year.year, this_year.label) == (2026, "Schedule 2 line 2")
    assert (next_year.year, next_year.form, next_year.line, next_year.label) == (
        2027,
        "form_8801",
        "16",
        "Form 8801 line 16",
    )


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_year_that_the_scenario_does_not_have_is_refused(year: int) -> None:
    scenario, result = evaluated(a_year(2026))

    for ask in (worksheets, dispositions):
        with pytest.raises(InvalidScenario, match=str(year)):
            ask(scenario, result, year)
