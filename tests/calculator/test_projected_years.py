"""Returns of projected years, filled in by hand.

The figures of 2027 are those estimated until the table is published: single, brackets to 12,775,
51,975, 109,000 and 208,100, standard deduction 16,600, exemption 92,900 phased out at 50% from
515,650, 28% from 252,200; joint, brackets to 25,550 and 103,950, 15% on gains from 102,000,
standard deduction 33,200, exemption 144,600.
"""

from __future__ import annotations

import pytest

from tests.calculator.builders import a_year, an_iso_exercise, result_of, year_of, years_from


def test_regular_tax_of_2027() -> None:
    year = year_of(a_year(2027, wages=200_000))

    # Taxable income 183,400: 1,277.50 at 10%, 4,704 at 12%, 12,545.50 at 22%, 17,856 at 24%.
    assert year["law"] == "projected"
    assert year["taxable_income"] == pytest.approx(183_400)
    assert year["regular_tax"] == pytest.approx(36_383.00)


def test_amt_of_an_exercise_in_2027() -> None:
    scenario = a_year(2027, wages=200_000) | an_iso_exercise(
        year=2027, shares=10_000, strike=1, value=31
    )

    year = year_of(scenario)

    # 407,100 over the exemption: 65,572 at 26% and 43,372 at 28%, less the regular tax.
    assert year["amti"] == pytest.approx(500_000)
    assert year["tentative_minimum_tax"] == pytest.approx(108_944.00)
    assert year["amt"] == pytest.approx(72_561.00)
    assert year["credit_generated"] == pytest.approx(72_561.00)


def test_exemption_phases_out_in_2027_at_half_a_dollar_a_dollar() -> None:
    scenario = a_year(2027, wages=200_000) | an_iso_exercise(
        year=2027, shares=1, strike=0, value=415_650
    )

    year = year_of(scenario)

    # AMTI is 100,000 over the start: 42,900 of the exemption are left.  572,750 are taxed,
    # 65,572 at 26% and 89,754 at 28%.
    assert year["amt_exemption"] == pytest.approx(42_900)
    assert year["tentative_minimum_tax"] == pytest.approx(155_326.00)


def test_credit_used_in_2027_is_the_gap_between_the_two_taxes() -> None:
    scenario = a_year(2027, wages=200_000) | {"opening": {"minimum_tax_credit": 50_000}}

    year = year_of(scenario)

    # 36,383.00 less 26% of 107,100.
    assert year["tentative_minimum_tax"] == pytest.approx(27_846.00)
    assert year["credit_used"] == pytest.approx(8_537.00)
    assert year["credit_balance"] == pytest.approx(41_463.00)


def test_gains_of_2027_fill_the_room_that_regular_income_leaves() -> None:
    year = year_of(a_year(2027, "married_filing_jointly", wages=133_200, long_term_gain=100_000))

    # Regular: 11,489 on 100,000 of ordinary income; 2,000 of the gain at 0%, 98,000 at 15%.
    # AMT: 88,600 over the exemption, all of it gain; 2,000 at 0%, 86,600 at 15%.
    assert year["regular_tax"] == pytest.approx(26_189.00)
    assert year["tentative_minimum_tax"] == pytest.approx(12_990.00)
    assert year["credit_limit"] == pytest.approx(13_199.00)


def test_an_exercise_of_2026_comes_back_in_2027() -> None:
    scenario = years_from(2026, {"wages": 200_000}, {"wages": 200_000}, **an_iso_exercise(value=31))

    first, second = result_of(scenario)["years"]

    # 2026: 500,000 less 90,100 is 409,900; 63,570 at 26% on 244,500 and 46,312 at 28%, less
    # the regular tax on 183,900: 1,240, 4,560, 12,166 and 18,768.
    assert first["law"] == "published"
    assert first["amt"] == pytest.approx(63_570 + 46_312 - 36_734)
    assert second["credit_available"] == pytest.approx(73_148.00)
    assert second["credit_used"] == pytest.approx(8_537.00)


def test_deductible_taxes_fall_back_to_10_000_in_2030() -> None:
    itemized = {"state_and_local_taxes": 60_000, "mortgage_interest": 30_000}
    facts = {"wages": 300_000, "itemized": itemized}

    years = result_of(years_from(2029, facts, facts))["years"]

    assert [year["deduction"]["amount"] for year in years] == [71_624, 40_000]


def test_the_senior_deduction_ends_after_2028() -> None:
    people = {"people_65_or_over": 1, "aged_or_blind_boxes": 1}
    scenario = years_from(2028, {"wages": 60_000}, {"wages": 60_000})
    scenario["household"] |= people

    years = result_of(scenario)["years"]

    assert [year["forms"]["form_1040"]["13"] for year in years] == [6_000, 0]


def test_a_higher_indexing_rate_widens_the_brackets_from_2028_on() -> None:
    scenario = years_from(2027, {"wages": 200_000}, {"wages": 200_000})
    low = result_of(scenario)["years"]
    high = result_of(scenario | {"law": {"indexing_rate": 0.05}})["years"]

    assert high[0] == low[0]
    assert high[1]["regular_tax"] < low[1]["regular_tax"]


def test_without_indexing_2028_is_taxed_like_2027() -> None:
    scenario = years_from(2027, {"wages": 200_000}, {"wages": 200_000})

    first, second = result_of(scenario | {"law": {"indexing_rate": 0}})["years"]

    assert second["regular_tax"] == first["regular_tax"]
    assert second["tentative_minimum_tax"] == first["tentative_minimum_tax"]
