"""Sooner: by hand for a credit without an AMT loss, and each way against the engine."""

from __future__ import annotations

import pytest

from calculator import evaluate, parse_scenario
from calculator.analysis.credit_sooner import (
    ISO_SHARES,
    LONG_TERM,
    LOOKED_AT,
    ORDINARY,
    STEP,
    Way,
    ways_sooner,
)
from calculator.analysis.pairing import pairing
from calculator.analysis.what_if import with_extra_gain
from calculator.scenario import Scenario
from tests.calculator.builders import years_from


def credit_alone() -> Scenario:
    """Single, wages of 200,000 and a credit of 60,000 from 2026 on."""
    opening = {"minimum_tax_credit": 60_000}
    return parse_scenario(years_from(2026, *[{"wages": 200_000}] * 10, opening=opening))


def ways() -> dict[str, Way]:
    return {way.kind: way for way in ways_sooner(credit_alone(), 2026)}


def test_long_term_gains_are_taxed_alike_by_both_and_free_nothing() -> None:
    # 15% in both systems; 3.8% of it above 200,000, which no credit pays.
    way = ways()[LONG_TERM]
    before, after = way.effect.before, way.effect.after

    assert (way.amount, way.effect.is_sooner) == (LOOKED_AT, False)
    assert after.credit_used == pytest.approx(before.credit_used)
    assert after.federal_tax - before.federal_tax == pytest.approx(15_000 + 3_800)


def test_shares_sold_at_their_amt_basis_free_all_the_regular_tax_of_their_gain() -> None:
    # No AMT gain, and a regular one of 15%.  Of the 6,614 of credit that 2032 would use, 40,000
    # frees only 6,000; 50,000 frees 7,500.
    way = ways()[ISO_SHARES]
    before, after = way.effect.before, way.effect.after

    assert (way.amount, before.back_in, after.back_in) == (50_000, 2032, 2031)
    assert after.credit_used - before.credit_used == pytest.approx(7_500)
    assert after.federal_tax - before.federal_tax == pytest.approx(7_500 + 1_900)


def test_ordinary_income_is_the_least_amount_tried_that_is_sooner() -> None:
    way, scenario = ways()[ORDINARY], credit_alone()

    def back(amount: float) -> float:
        changed = with_extra_gain(scenario, 2026, amount, long_term=False)
        return float(evaluate(changed).totals.first_year_without_credit)

    assert way.effect.after.back_in == back(way.amount) == 2031
    assert back(way.amount - STEP) == 2032


def test_the_marks_can_be_points_of_the_curve() -> None:
    # The article's loss of 200,000 less 3,000: 15% of the gain that it absorbs comes back, exactly.
    opening = {"minimum_tax_credit": 90_000, "amt_capital_loss": {"long_term": 200_000}}
    scenario = parse_scenario(years_from(2025, {"wages": 200_000}, opening=opening))
    found = pairing(scenario, 2025, points=7, also=(12_345.0,))

    place = found.gain.tolist().index(197_000)
    assert 12_345.0 in found.gain
    assert found.credit_used[place] - found.credit_used[0] == pytest.approx(29_550)
    assert found.amt_loss_left[place] == 0
