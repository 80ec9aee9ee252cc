"""Errors found in published calculators, answers and notices, each shut out here by name.

Expected figures are worked out by hand from the forms.
"""

from __future__ import annotations

from typing import Any

import pytest

from calculator.law import law_for
from calculator.scenario import LawChoice
from tests.calculator.builders import a_year, an_iso_exercise, result_of, year_of, years_from


def published(year: int, status: str) -> Any:
    return law_for(year, status, LawChoice())


def sold_iso(price: float, *, wages: float = 100_000, **facts: Any) -> dict[str, Any]:
    """1,000 shares at 10, worth 110 at exercise in 2020, sold in 2025."""
    iso = {"granted": "2018-01-01", "exercised": "2020-02-02", "strike": 10}
    held = {"id": "h", "acquired": "2020-02-02", "shares": 1_000}
    sale = {"id": "s", "from": "h", "date": "2025-06-01", "shares": 1_000, "price": price}
    return years_from(
        2025,
        {"wages": wages, **facts},
        {"wages": wages},
        holdings=[held | {"iso": iso | {"fair_market_value": 110}}],
        sales=[sale],
    )


def test_amti_that_leaves_out_the_standard_deduction_that_was_taken() -> None:
    part_i = year_of(a_year(2025, wages=100_000))["forms"]["form_6251"]

    assert (part_i["1b"], part_i["2a"], part_i["4"]) == (84_250, 15_750, 100_000)


def test_amti_that_takes_the_standard_deduction_off_for_good() -> None:
    with_it = year_of(a_year(2025, wages=100_000, deduction="standard"))
    without = year_of(a_year(2025, wages=100_000, deduction="itemized"))

    assert with_it["amti"] == without["amti"] == 100_000


def test_amti_from_taxable_income_after_its_floor_at_zero() -> None:
    # AGI of 5,000 and a spread of 200,000: AMTI 205,000, not 215,750.
    year = year_of(years_from(2026, {"wages": 5_000}, **an_iso_exercise()))

    assert year["taxable_income"] == 0
    assert year["amti"] == 205_000


def test_part_iii_left_out_where_taxable_income_is_zero() -> None:
    # 200,000 of spread and 10,000 of dividends: 210,000 less 90,100; dividends at 0%.
    year = year_of(years_from(2026, {"qualified_dividends": 10_000}, **an_iso_exercise()))

    assert year["forms"]["form_6251"]["12"] == 119_900
    assert year["tentative_minimum_tax"] == pytest.approx(0.26 * 109_900)


def test_a_credit_that_never_meets_the_amt_basis_of_the_sale() -> None:
    year, _ = result_of(sold_iso(110))["years"]

    # The gain of 100,000 is none for AMT: line 2k takes it off.
    assert year["forms"]["form_6251"]["2k"] == -100_000


def test_long_term_gain_at_26_and_28_percent_in_the_amt() -> None:
    # 300,000 of gain alone: 300,000 − 88,100 = 211,900; 0% to 48,350, the rest at 15%.
    year = year_of(a_year(2025, long_term_gain=300_000))

    assert year["tentative_minimum_tax"] == pytest.approx(0.15 * (211_900 - 48_350))


def test_a_tcja_sunset_in_2026() -> None:
    law = published(2026, "single")

    assert law.brackets.rates[-1] == 0.37
    assert law.exemptions.amount == 0
    assert law.amt.exemption == 90_100


def test_brackets_frozen_at_the_first_year() -> None:
    first, *_, last = result_of(years_from(2026, *[{"wages": 90_000}] * 6))["years"]

    assert last["regular_tax"] < first["regular_tax"]


def test_a_credit_limit_that_forgets_the_other_credits() -> None:
    # 2024, single, wages of 300,000, a foreign tax credit of 300.  Regular tax on 285,400 is
    # 55,678.75 + 35% of 41,675; tentative minimum tax 26% of 214,300, less 300.
    facts = {"wages": 300_000, "foreign_tax_credit": 300, "amt_foreign_tax_credit": 0}
    document = years_from(2024, facts, opening={"minimum_tax_credit": 50_000})

    assert year_of(document)["credit_limit"] == pytest.approx(14_246.75)


def test_the_phase_out_of_an_earlier_year() -> None:
    starts = [published(year, "single").amt.phaseout_start for year in (2024, 2025, 2026)]
    joint = [
        published(year, "married_filing_jointly").amt.phaseout_start for year in (2024, 2025, 2026)
    ]

    assert starts == [609_350, 626_350, 500_000]
    assert joint == [1_218_700, 1_252_700, 1_000_000]


def test_a_phase_out_of_25_percent_for_good() -> None:
    # 2026: AMTI of 600,000 is 100,000 over; half of it comes off the exemption.
    year = year_of(a_year(2026, wages=600_000))

    assert year["amt_exemption"] == 40_100


def test_the_28_percent_break_of_an_earlier_year() -> None:
    breaks = [published(year, "single").amt.rate_break for year in (2024, 2025, 2026)]

    assert breaks == [232_600, 239_100, 244_500]


def test_state_taxes_taken_for_a_deferral_item() -> None:
    # 2017: 200,000 of state tax is added back and causes AMT, of which nothing becomes credit.
    itemized = {"state_and_local_taxes": 200_000}
    year = year_of(a_year(2017, wages=400_000, itemized=itemized))

    assert year["amt"] > 0
    assert year["exclusion_items_tax"] == year["amt"]
    assert year["credit_generated"] == 0


def test_credit_created_where_tentative_minimum_tax_is_below_regular_tax() -> None:
    year = year_of(a_year(2025, wages=300_000))

    assert year["tentative_minimum_tax"] < year["regular_tax"]
    assert year["amt"] == year["credit_generated"] == 0


def test_tax_on_exclusion_items_without_the_regular_tax_taken_off() -> None:
    first, second = result_of(years_from(2025, {"wages": 300_000}, {}))["years"]
    form = second["forms"]["form_8801"]

    assert form["13"] > 0
    assert form["15"] == 0
    assert first["exclusion_items_tax"] == 0


def test_part_iii_of_form_8801_on_the_wrong_lines() -> None:
    # 100,000 of wages and 50,000 of gain: line 27 is line 10, 28 the gain, 43 regular income on
    # line 42 and the room on line 41; 45 at 15%.
    first, second = result_of(years_from(2025, {"wages": 100_000, "long_term_gain": 50_000}, {}))[
        "years"
    ]
    form = second["forms"]["form_8801"]

    assert form["27"] == form["10"] == 150_000 - 88_100
    assert form["28"] == 50_000
    assert form["35"] == form["42"] == 84_250
    assert form["45"] == 50_000
    assert form["46"] == 7_500
    assert first["forms"]["form_6251"]["30"] == 50_000


def test_lines_23_and_27_of_part_iii_from_amt_income() -> None:
    # Regular ordinary income of 84,250 leaves no room at 0%, although AMT leaves some.
    part_iii = year_of(a_year(2025, wages=100_000, long_term_gain=50_000))["forms"]["form_6251"]

    assert part_iii["17"] == 11_900
    assert (part_iii["20"], part_iii["21"], part_iii["23"]) == (84_250, 0, 0)
    assert part_iii["27"] == 84_250


def test_qualified_dividends_counted_twice() -> None:
    year = year_of(a_year(2025, wages=100_000, qualified_dividends=10_000))

    assert year["adjusted_gross_income"] == 110_000
    assert year["forms"]["form_6251"]["13"] == 10_000


def test_where_the_20_percent_rate_begins() -> None:
    ceilings = {
        status: published(2025, status).gains.middle_rate_ceiling
        for status in ("single", "married_filing_jointly", "married_filing_separately")
    }

    assert ceilings == {
        "single": 533_400,
        "married_filing_jointly": 600_050,
        "married_filing_separately": 300_000,
    }


def test_separate_returns_without_the_increase_of_line_4() -> None:
    # Form 6251 instructions (2025): 920,350 becomes 925,350.
    year = year_of(a_year(2025, "married_filing_separately", wages=920_350))

    assert year["amti"] == 925_350


def test_the_regular_schedule_d_in_a_recomputed_form_6251() -> None:
    year, _ = result_of(sold_iso(60))["years"]

    # Regular gain of 50,000; an AMT loss of 50,000, of which 3,000 count.
    assert year["forms"]["schedule_d"]["16"] == 50_000
    assert year["forms"]["amt_schedule_d"]["16"] == -50_000
    assert year["forms"]["form_6251"]["2k"] == -53_000


def test_a_regular_basis_set_to_the_value_at_exercise() -> None:
    year, _ = result_of(sold_iso(150))["years"]

    assert year["equity"]["long_term_gain"] == 140_000
    assert year["equity"]["amt_long_term_gain"] == 40_000


def test_an_amt_loss_that_offsets_gains_alone() -> None:
    year, after = result_of(sold_iso(60, long_term_gain=20_000))["years"]

    # 50,000 of AMT loss meets 20,000 of gain; 3,000 more come off, 27,000 are carried over.
    assert year["forms"]["amt_schedule_d"]["21"] == -3_000
    assert year["amt_capital_loss_carryforward"]["long_term"] == 27_000
    assert after["amt_capital_loss_carryforward"]["long_term"] == 24_000


def test_line_2k_capped_at_3_000() -> None:
    """It is the difference of two limited figures, and has no limit of its own."""
    year, _ = result_of(sold_iso(60))["years"]

    assert year["forms"]["form_6251"]["2k"] == -53_000
