"""Sums over the years, in the flat model, where they can be made in one's head."""

from __future__ import annotations

from typing import Any

import pytest

from tests.calculator.builders import Document, an_iso_exercise, result_of, years_from

FLAT = {"path": "flat", "flat": {"ordinary_rate": 0.30, "amt_rate": 0.28}}
# Of 100,000 of wages, 30,000 are regular tax and 28,000 tentative minimum tax.
WAGES = {"wages": 100_000}


def flat_years(*facts: Document, credit: float = 0, **other: Any) -> Document:
    opening = {"minimum_tax_credit": credit}
    return years_from(2025, *facts, law=FLAT, opening=opening, **other)


def totals_of(document: Document) -> dict[str, Any]:
    return dict(result_of(document)["totals"])


def test_totals_are_the_sums_of_the_years() -> None:
    totals = totals_of(flat_years(WAGES, WAGES, WAGES, credit=5_000))

    assert totals["regular_tax"] == pytest.approx(90_000)
    assert totals["credit_used"] == pytest.approx(2_000 + 2_000 + 1_000)
    assert totals["federal_tax"] == pytest.approx(28_000 + 28_000 + 29_000)
    assert totals["state_tax"] == 0
    assert totals["credit_left"] == pytest.approx(0)


def test_present_value_does_not_discount_the_first_year() -> None:
    scenario = flat_years(WAGES, WAGES, WAGES, credit=5_000)

    totals = totals_of(scenario | {"assumptions": {"discount_rate": 0.10}})

    # 28,000, 28,000 / 1.1 and 29,000 / 1.21.
    assert totals["present_value"] == pytest.approx(28_000 + 25_454.545455 + 23_966.942149)


def test_present_value_without_discounting_is_the_sum() -> None:
    totals = totals_of(flat_years(WAGES, WAGES))

    assert totals["present_value"] == totals["federal_tax"] == pytest.approx(60_000)


def test_a_negative_discount_rate_weighs_later_years_more() -> None:
    scenario = flat_years(WAGES, WAGES)

    totals = totals_of(scenario | {"assumptions": {"discount_rate": -0.5}})

    assert totals["present_value"] == pytest.approx(30_000 + 60_000)


def test_amt_and_surtaxes_are_summed_apart() -> None:
    facts = {"wages": 300_000, "interest": 10_000}

    totals = totals_of(years_from(2025, facts, facts))

    # Over 200,000: 10,000 of interest at 3.8%, and 100,000 of wages at 0.9%, in both years.
    assert totals["net_investment_income_tax"] == pytest.approx(2 * 380)
    assert totals["additional_medicare_tax"] == pytest.approx(2 * 900)
    assert totals["amt"] == 0


def test_federal_tax_is_regular_tax_less_credits_with_amt_and_surtaxes() -> None:
    facts = {
        "wages": 300_000,
        "interest": 10_000,
        "foreign_tax_credit": 500,
        "other_nonrefundable_credits": 2_000,
    }
    scenario = years_from(2026, facts, facts, **an_iso_exercise(value=41))

    for year in result_of(scenario)["years"]:
        assert year["federal_tax"] == pytest.approx(
            year["regular_tax"]
            - 2_500
            - year["credit_used"]
            + year["amt"]
            + year["net_investment_income_tax"]
            + year["additional_medicare_tax"]
        )


def test_the_year_of_the_last_credit_is_the_first_without() -> None:
    totals = totals_of(flat_years(WAGES, WAGES, WAGES, WAGES, credit=5_000))

    assert totals["first_year_without_credit"] == 2027
    assert type(totals["first_year_without_credit"]) is int


def test_a_credit_carried_in_may_be_gone_after_the_first_year() -> None:
    totals = totals_of(flat_years(WAGES, WAGES, credit=1_500))

    assert totals["first_year_without_credit"] == 2025


def test_no_year_is_without_a_credit_that_never_was() -> None:
    totals = totals_of(flat_years(WAGES, WAGES))

    assert totals["first_year_without_credit"] is None


def test_no_year_is_without_a_credit_that_is_still_left() -> None:
    totals = totals_of(flat_years(WAGES, WAGES, credit=100_000))

    assert totals["first_year_without_credit"] is None
    assert totals["credit_left"] == pytest.approx(96_000)


def test_the_first_of_two_recoveries_counts() -> None:
    scenario = flat_years(
        WAGES,
        WAGES,
        WAGES,
        WAGES,
        credit=1_500,
        **an_iso_exercise(year=2026, shares=1_000, value=11),
    )

    result = result_of(scenario)

    # 2026: 2,800 of AMT on the spread of 10,000 use up the room of 2,000 first.
    assert [year["credit_balance"] for year in result["years"]] == pytest.approx([0, 800, 0, 0])
    assert result["totals"]["first_year_without_credit"] == 2025


def test_credit_generated_in_the_last_year_is_left() -> None:
    scenario = flat_years(WAGES, **an_iso_exercise(year=2025, shares=1_000, value=11))

    assert totals_of(scenario)["credit_left"] == pytest.approx(800)


def test_eroded_credit_is_summed() -> None:
    facts = {"wages": 200_000}
    sale = {"id": "s1", "from": "e1", "date": "2026-03-09", "shares": 50_000, "price": 12}
    exercise = an_iso_exercise(year=2024, shares=50_000, strike=2, value=12)

    totals = totals_of(years_from(2024, facts, facts, facts, facts, **exercise, sales=[sale]))

    assert totals["credit_eroded"] == pytest.approx(15_266)


def test_the_credit_left_is_worth_what_the_person_says_at_the_end() -> None:
    # Half of it, two years after the first, at 10%: divided by 1.1 twice.
    scenario = flat_years(WAGES, WAGES, WAGES, credit=100_000)
    left = totals_of(scenario)["credit_left"]

    totals = totals_of(scenario | {"assumptions": {"discount_rate": 0.10, "credit_value": 0.5}})

    assert totals["value_of_credit_left"] == pytest.approx(left * 0.5 / 1.21)
    assert totals_of(scenario)["value_of_credit_left"] == 0
