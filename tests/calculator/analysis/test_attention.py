from __future__ import annotations

from datetime import date

import pytest

from calculator import evaluate, parse_scenario
from calculator.analysis.attention import attention

SINGLE_2026 = {"year": 2026, "wages": 200_000}
GRANT = {"id": "g1", "kind": "iso", "date": "2024-03-01", "shares": 1_000, "strike": 1}


def scenario_of(**changes):
    return parse_scenario({"schema_version": 1, "years": [SINGLE_2026]} | changes)


def test_room_is_what_brings_tentative_minimum_tax_up_to_regular_tax():
    # 2026 single: 36,734 of regular tax is 26% of 141,284.62; AMTI of 200,000 less 90,100 leaves
    # 109,900, so that 31,384.62 of bargain element fit.
    seen = attention(scenario_of(), date(2026, 5, 1))

    assert seen.room_before_amt == pytest.approx(36_734 / 0.26 - (200_000 - 90_100), abs=0.01)


def test_there_is_no_room_where_there_is_amt():
    exercise = {"id": "e1", "grant": "g1", "date": "2026-02-02", "shares": 1_000}
    seen = attention(
        scenario_of(grants=[GRANT], exercises=[exercise | {"fair_market_value": 101}]),
        date(2026, 5, 1),
    )

    assert seen.room_before_amt is None
    assert seen.amt > 0
    assert seen.options_left == 0


def test_a_loss_beyond_its_yearly_limit_can_be_paired():
    loss = {"amt_capital_loss": {"long_term": 50_000}}

    assert attention(scenario_of(opening=loss), date(2026, 5, 1)).loss_to_pair == 47_000


def test_days_are_those_of_the_next_three_months():
    holding = {"id": "h1", "acquired": "2025-06-01", "shares": 10, "basis": 1}
    grant = GRANT | {"expires": "2026-07-30"}

    seen = attention(scenario_of(grants=[grant], holdings=[holding]), date(2026, 5, 1))

    assert [(d.kind, d.of, d.date) for d in seen.days] == [
        ("long_term_from", "h1", date(2026, 6, 2)),
        ("expires", "g1", date(2026, 7, 30)),
    ]
    assert seen.options_left == 1_000


def test_outside_of_the_years_the_nearest_counts():
    seen = attention(scenario_of(opening={"minimum_tax_credit": 9_000}), date(2031, 1, 1))

    result = evaluate(scenario_of(opening={"minimum_tax_credit": 9_000}))
    assert seen.year == 2026
    assert seen.credit_balance == result.years[0].credit_balance
