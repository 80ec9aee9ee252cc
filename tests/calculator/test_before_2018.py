"""Returns under the law before the Tax Cuts and Jobs Act, filled in by hand on the forms of 2017.

Tax Rate Schedules of 2017: X (single) 5,226.25 on 37,950 and 25% above; Y-1 (joint) 52,222.50 on
233,350 and 33% above.  Exemptions of 4,050 and itemized deductions are phased out from 261,500,
jointly 313,800.  AMT: exemption 54,300, jointly 84,500, phased out from 120,700 and 160,900;
28% over 187,800.
"""

from __future__ import annotations

import pytest

from tests.calculator.builders import a_year, an_iso_exercise, year_of

JOINT = "married_filing_jointly"
SEPARATE = "married_filing_separately"
FAMILY_OF_FOUR = {"filing_status": JOINT, "dependents": 2}
DEDUCTIONS = {
    "state_and_local_taxes": 40_000,
    "mortgage_interest": 20_000,
    "charitable_gifts": 10_000,
    "other": 5_000,
}


def exemptions_of(document):
    return year_of(document)["forms"]["form_1040"]["13c"]


def test_taxable_income_is_after_the_personal_exemption() -> None:
    year = year_of(a_year(2017, wages=100_000))

    # Line 41 is 93,650, line 43 is 89,600: 5,226.25 and a quarter of 51,650.
    assert year["law"] == "published"
    assert year["deduction"] == {"kind": "standard", "amount": 6_350}
    assert year["taxable_income"] == 89_600
    assert year["regular_tax"] == pytest.approx(18_138.75)


def test_the_amt_allows_neither_standard_deduction_nor_exemption() -> None:
    year = year_of(a_year(2017, wages=100_000))

    # 26% of 45,700.
    assert year["amti"] == pytest.approx(100_000)
    assert year["tentative_minimum_tax"] == pytest.approx(11_882)


@pytest.mark.parametrize(
    ("income", "left"),
    [
        (261_500, 4_050),
        (261_501, 3_969),
        (264_000, 3_969),
        (264_000.01, 3_888),
        (384_000, 81),
        (384_000.01, 0),
        (1_000_000, 0),
    ],
)
def test_each_2500_of_income_or_part_of_it_takes_2_percent_off_the_exemption(
    income: float, left: float
) -> None:
    assert exemptions_of(a_year(2017, wages=income)) == pytest.approx(left)


@pytest.mark.parametrize(("income", "left"), [(158_150, 3_969), (158_150.01, 3_888)])
def test_on_a_separate_return_it_is_each_1250(income: float, left: float) -> None:
    assert exemptions_of(a_year(2017, SEPARATE, wages=income)) == pytest.approx(left)


@pytest.mark.parametrize(
    ("status", "people"),
    [
        ("single", 4),
        (SEPARATE, 4),
        (JOINT, 5),
        ("head_of_household", 4),
        ("qualifying_surviving_spouse", 4),
    ],
)
def test_filers_and_dependents_have_an_exemption_each(status: str, people: int) -> None:
    document = a_year(2017, wages=100_000)
    document["household"] = {"filing_status": status, "dependents": 3}

    assert exemptions_of(document) == 4_050 * people


def test_rounding_of_a_sum_makes_no_step() -> None:
    income = {"wages": 263_999.2, "interest": 0.4, "other_income": 0.4}
    assert sum(income.values()) > 264_000

    assert exemptions_of(a_year(2017, **income)) == pytest.approx(3_969)


def test_itemized_deductions_are_cut_by_3_percent_of_income_over_the_start() -> None:
    year = year_of(a_year(2017, wages=400_000, itemized=DEDUCTIONS) | {"household": FAMILY_OF_FOUR})

    # 86,200 over the start: 2,586 of the 75,000, and 35 steps of 2% off the exemptions of 16,200.
    # Line 43 is 322,726: 52,222.50 and 33% of 89,376.
    assert year["deduction"]["amount"] == pytest.approx(72_414)
    assert year["forms"]["form_1040"]["13c"] == pytest.approx(4_860)
    assert year["taxable_income"] == pytest.approx(322_726)
    assert year["regular_tax"] == pytest.approx(81_716.58)


def test_the_amt_reverses_the_cut_and_owes_nothing_back_for_exclusion_items() -> None:
    year = year_of(a_year(2017, wages=400_000, itemized=DEDUCTIONS) | {"household": FAMILY_OF_FOUR})

    # Form 6251 of 2017: 327,586 on line 1, 40,000 on line 3, -2,586 on line 6.  The exemption is
    # 33,475: 331,525 are taxed, 48,828 at 26% and 40,243 at 28%, less the regular tax.
    assert year["forms"]["form_6251"]["1b"] == pytest.approx(327_586)
    assert year["forms"]["form_6251"]["3"] == pytest.approx(-2_586)
    assert year["amti"] == pytest.approx(365_000)
    assert year["amt"] == pytest.approx(7_354.42)
    assert year["exclusion_items_tax"] == pytest.approx(7_354.42)
    assert year["credit_generated"] == 0


def test_only_the_bargain_element_earns_credit() -> None:
    scenario = a_year(2017, wages=400_000, itemized=DEDUCTIONS) | {"household": FAMILY_OF_FOUR}

    year = year_of(scenario | an_iso_exercise(year=2017, shares=10_000, strike=1, value=11))

    # AMTI 465,000, exemption 8,475: 456,525 are taxed, 48,828 at 26% and 75,243 at 28%.
    assert year["amt"] == pytest.approx(124_071 - 81_716.58)
    assert year["credit_generated"] == pytest.approx(35_000)


def test_no_more_than_80_percent_is_cut_of_what_the_limit_covers() -> None:
    itemized = {"mortgage_interest": 10_000, "other": 20_000}

    year = year_of(a_year(2017, wages=1_000_000, itemized=itemized))

    # 3% of 738,500 is 22,155, but 80% of the mortgage interest is 8,000.
    assert year["deduction"] == {"kind": "itemized", "amount": pytest.approx(22_000)}


def test_all_state_and_local_taxes_are_deducted() -> None:
    itemized = {"state_and_local_taxes": 90_000}

    year = year_of(a_year(2017, wages=200_000, itemized=itemized))

    assert year["deduction"]["amount"] == 90_000
    assert year["amti"] == pytest.approx(200_000)


def test_gifts_up_to_half_of_income_are_deducted() -> None:
    year = year_of(a_year(2017, wages=100_000, itemized={"charitable_gifts": 70_000}))

    assert year["deduction"]["amount"] == pytest.approx(50_000)


def test_unrecaptured_gain_is_taxed_at_25_percent_above_the_15_percent_bracket() -> None:
    gain = {"long_term_gain": 50_000, "unrecaptured_section_1250_gain": 50_000}

    year = year_of(a_year(2017, wages=60_000, **gain))

    # 49,600 ordinary: 5,226.25 and a quarter of 11,650; 12,500 on the gain.
    assert year["regular_tax"] == pytest.approx(8_138.75 + 12_500)


@pytest.mark.parametrize(
    ("income", "amti"), [(249_450, 249_450), (300_000, 312_637.50), (500_000, 542_250)]
)
def test_income_of_a_separate_return_is_increased_once_its_exemption_is_gone(
    income: float, amti: float
) -> None:
    assert year_of(a_year(2017, SEPARATE, wages=income))["amti"] == pytest.approx(amti)


def test_a_loss_is_absorbed_by_income_before_the_exemption() -> None:
    year = year_of(a_year(2017, wages=8_000, long_term_gain=-10_000))

    # Capital Loss Carryover Worksheet, line 1: line 41 of Form 1040, 5,000 less 6,350.
    assert year["forms"]["capital_loss_carryover"]["1"] == pytest.approx(-1_350)
    assert year["capital_loss_carryforward"]["long_term"] == pytest.approx(8_350)


def test_exemptions_are_gone_in_2018() -> None:
    document = a_year(2018, wages=100_000)
    document["household"]["dependents"] = 3

    assert exemptions_of(document) == 0
    assert year_of(document)["taxable_income"] == 88_000
