"""Returns under the law that never was: the act of 2017 expired, from 2026 on.

Amounts of 2026: brackets single to 12,150, 49,400, 119,650 and 249,650, joint to 24,300, 98,800,
199,400 and 303,900 at 10, 15, 25, 28 and then 33%; exemption 5,300 a person; both limits from
340,600 and 408,700; AMT exemption 70,700 and 110,000, phased out at 25% from 157,200 and 209,600,
28% over 244,500.
"""

from __future__ import annotations

import pytest

from tests.calculator.builders import a_year, an_iso_exercise, result_of, year_of, years_from

JOINT = "married_filing_jointly"
SUNSET = {"law": {"path": "sunset"}}


def test_years_before_2026_are_as_they_were() -> None:
    facts = {"wages": 300_000, "itemized": {"state_and_local_taxes": 30_000}}
    scenario = years_from(2024, facts, facts)

    assert result_of(scenario | SUNSET) == result_of(scenario)


def test_regular_tax_of_2026() -> None:
    itemized = {"state_and_local_taxes": 30_000, "mortgage_interest": 15_000}

    year = year_of(a_year(2026, wages=200_000, itemized=itemized) | SUNSET)

    # 149,700 taxable: 1,215 at 10%, 5,587.50 at 15%, 17,562.50 at 25%, 8,414 at 28%.
    assert year["law"] == "counterfactual"
    assert year["deduction"]["amount"] == 45_000
    assert year["taxable_income"] == 149_700
    assert year["regular_tax"] == pytest.approx(32_779)


def test_tentative_minimum_tax_of_2026() -> None:
    itemized = {"state_and_local_taxes": 30_000, "mortgage_interest": 15_000}

    year = year_of(a_year(2026, wages=200_000, itemized=itemized) | SUNSET)

    # AMTI 185,000 is 27,800 over the start: 63,750 of the exemption are left, 26% of 121,250.
    assert year["amt_exemption"] == pytest.approx(63_750)
    assert year["tentative_minimum_tax"] == pytest.approx(31_525)


def test_an_exercise_of_2026_with_both_limits() -> None:
    scenario = a_year(
        2026,
        wages=500_000,
        itemized={"state_and_local_taxes": 60_000, "mortgage_interest": 25_000},
    )
    scenario["household"] = {"filing_status": JOINT, "dependents": 1}

    year = year_of(scenario | SUNSET | an_iso_exercise(shares=10_000, strike=1, value=31))

    # 91,300 over the start: 2,739 off the deductions, 37 steps of 2% off the 15,900 of exemptions.
    assert year["deduction"]["amount"] == pytest.approx(82_261)
    assert year["taxable_income"] == pytest.approx(500_000 - 82_261 - 4_134)
    # 2,430, 11,175, 25,150, 29,260 and 33% of 109,705.
    assert year["regular_tax"] == pytest.approx(104_217.65)
    # AMTI 775,000 without exemption: 63,570 and 28% of 530,500.
    assert year["amt"] == pytest.approx(212_110 - 104_217.65)
    # Without the spread 475,000, 431,350 over the exemption: 63,570 and 28% of 186,850.
    assert year["exclusion_items_tax"] == pytest.approx(115_888 - 104_217.65)
    assert year["credit_generated"] == pytest.approx(96_222)


def test_what_came_with_the_act_or_after_it_is_gone() -> None:
    scenario = a_year(
        2026,
        wages=60_000,
        qualified_business_income_deduction=10_000,
        itemized={"charitable_gifts": 1_000},
    )
    scenario["household"] |= {"people_65_or_over": 1, "aged_or_blind_boxes": 1}

    year = year_of(scenario | SUNSET)

    # 8,300 and 2,050, and one exemption; no senior deduction, no gift, no business income.
    assert year["deduction"]["amount"] == 10_350
    assert year["taxable_income"] == 60_000 - 10_350 - 5_300


def test_itemized_gifts_have_no_floor_and_are_capped_at_half_of_income() -> None:
    small = a_year(2026, wages=100_000, deduction="itemized", itemized={"charitable_gifts": 400})
    large = a_year(2026, wages=100_000, itemized={"charitable_gifts": 70_000})

    assert year_of(small | SUNSET)["deduction"]["amount"] == 400
    assert year_of(large | SUNSET)["deduction"]["amount"] == pytest.approx(50_000)


def test_later_years_grow_by_the_indexing_rate() -> None:
    scenario = years_from(2027, {"wages": 200_000}, {"wages": 200_000})

    constant = result_of(scenario | {"law": {"path": "sunset", "indexing_rate": 0}})["years"]
    growing = result_of(scenario | SUNSET)["years"]

    assert constant[0]["regular_tax"] == constant[1]["regular_tax"]
    assert growing[0] == constant[0]
    assert growing[1]["regular_tax"] < constant[1]["regular_tax"]
