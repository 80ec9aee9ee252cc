"""The two cases beside the paired one: the loss alone, and as if it were not capped."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.analysis.law_comparison import with_changes
from calculator.analysis.pairing import pairing
from calculator.analysis.what_if import with_extra_gain
from calculator.law.changed import LawChange
from calculator.scenario import Scenario
from tests.calculator.builders import years_from


def flat_rates() -> Scenario:
    """Wages of 500,000, a credit of 150,000 and an AMT loss of 200,000 at the primer's rates."""
    opening = {"minimum_tax_credit": 150_000, "amt_capital_loss": {"long_term": 200_000}}
    law = {"path": "flat"}
    return parse_scenario(years_from(2026, {"wages": 500_000}, opening=opening, law=law))


def current_law() -> Scenario:
    opening = {"minimum_tax_credit": 150_000, "amt_capital_loss": {"long_term": 400_000}}
    facts = {"wages": 380_000, "qualified_dividends": 6_000}
    return parse_scenario(years_from(2025, *[facts] * 4, opening=opening))


def test_the_three_cases_at_flat_rates() -> None:
    found = pairing(flat_rates(), 2026, points=2, upto=200_000)

    # Regular tax 185,000.  Tentative tax: 28% of 500,000, or of 300,000 if all the loss counts.
    assert found.alone.credit_used == pytest.approx(45_000)
    assert found.alone.credit_left == pytest.approx(105_000)
    assert found.alone.amt_loss_left == pytest.approx(200_000)
    assert found.uncapped.credit_used[0] == pytest.approx(101_000)
    assert found.uncapped.credit_left[0] == pytest.approx(49_000)
    # A gain of the size of the loss adds 40,000 of regular tax and leaves no loss to cap.
    assert found.credit_used[1] == pytest.approx(85_000)
    assert found.uncapped.credit_used[1] == pytest.approx(85_000)


def test_alone_is_the_curve_without_a_gain() -> None:
    scenario = current_law()
    found, result = pairing(scenario, 2026, points=11), evaluate(scenario)

    assert found.alone.credit_used == pytest.approx(found.credit_used[0])
    assert found.alone.credit_eroded == pytest.approx(found.credit_eroded[0])
    assert found.alone.amt_loss_left == pytest.approx(found.amt_loss_left[0])
    assert found.alone.credit_left == pytest.approx(found.credit_left[0])
    assert found.alone.federal_tax == result.years[1].federal_tax


def test_alone_has_no_gain_even_if_it_would_be_realized_later() -> None:
    found = pairing(current_law(), 2026, otherwise=2027, points=3)

    assert found.alone.credit_left == evaluate(current_law()).totals.credit_left


def test_uncapped_counts_the_whole_loss_from_the_year_of_the_gain_on() -> None:
    scenario = current_law()
    found = pairing(scenario, 2026, points=5, upto=500_000)
    law_of = with_changes([LawChange("gains.amt_loss_limit", inf, from_year=2026)])

    for place, gain in enumerate(found.gain):
        result = evaluate(with_extra_gain(scenario, 2026, float(gain)), law_of=law_of)
        assert result.years[0].federal_tax == evaluate(scenario).years[0].federal_tax
        assert found.uncapped.credit_used[place] == pytest.approx(result.years[1].credit_used)
        assert found.uncapped.credit_left[place] == pytest.approx(result.totals.credit_left)


def test_a_loss_that_gains_absorb_is_not_capped_anyway() -> None:
    found = pairing(current_law(), 2026, points=60, upto=600_000)
    absorbed = found.gain >= 400_000

    assert absorbed.any()
    assert found.uncapped.credit_used[absorbed] == pytest.approx(found.credit_used[absorbed])
    assert (found.uncapped.credit_used >= found.credit_used - 1e-6).all()


def test_both_cases_are_printed() -> None:
    answer = pairing(flat_rates(), 2026, points=2, upto=200_000).to_dict()

    assert np.shape(answer["uncapped"]["credit_left"]) == (2,)
    assert answer["alone"]["credit_used"] == pytest.approx(45_000)
