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


def test_what_is_exercised_or_sold_by_then_needs_no_attention():
    grant = GRANT | {"expires": "2026-07-30"}
    bought = {"id": "e1", "grant": "g1", "date": "2025-06-01", "fair_market_value": 9}
    sold = {"id": "s1", "from": "e1", "date": "2026-05-20", "price": 9}

    def days(shares, of_them_sold):
        exercises = [bought | {"shares": shares}]
        sales = [sold | {"shares": of_them_sold}] if of_them_sold else []
        seen = attention(
            scenario_of(grants=[grant], exercises=exercises, sales=sales), date(2026, 5, 1)
        )
        return [(day.kind, day.of) for day in seen.days]

    # The first qualifying day is long after two years from the grant: it is long-term then, too.
    assert days(600, 0) == [("qualifying_from", "e1"), ("expires", "g1")]
    assert days(600, 599) == [("qualifying_from", "e1"), ("expires", "g1")]
    assert days(600, 600) == [("expires", "g1")]
    assert days(1_000, 1_000) == []


def test_what_a_split_made_of_a_grant_counts_in_the_new_shares():
    grant = GRANT | {"stock": "X"}
    split = {"id": "x", "stock": "X", "date": "2025-01-02", "ratio": 10}
    exercise = {"id": "e1", "grant": "g1", "date": "2024-06-01", "shares": 400}
    exercise |= {"fair_market_value": 2}

    seen = attention(
        scenario_of(grants=[grant], exercises=[exercise], splits=[split]), date(2026, 5, 1)
    )

    assert seen.options_left == 6_000


def test_every_year_tells_its_amt_and_every_day_ahead_can_be_asked_for():
    exercise = {"id": "e1", "grant": "g1", "date": "2026-02-02", "shares": 1_000}
    scenario = scenario_of(
        years=[SINGLE_2026, {"year": 2027, "wages": 200_000}],
        grants=[GRANT],
        exercises=[exercise | {"fair_market_value": 101}],
    )

    seen = attention(scenario, date(2026, 5, 1), days_ahead=None)

    result = evaluate(scenario)
    assert seen.amt_by_year == ((2026, float(result.years[0].amt)), (2027, 0.0))
    assert [(day.kind, day.date) for day in seen.days] == [
        ("same_year_until", date(2026, 12, 31)),
        ("qualifying_from", date(2027, 2, 3)),
    ]


@pytest.mark.parametrize("wages", [0, 60_000, 200_000, 380_000, 1_500_000])
@pytest.mark.parametrize("gain", [0, 90_000])
def test_the_room_is_all_that_there_is_and_no_more(wages, gain):
    facts = SINGLE_2026 | {"wages": wages, "long_term_gain": gain}
    room = attention(scenario_of(years=[facts]), date(2026, 5, 1)).room_before_amt

    def amt(more):
        tried = facts | {"other_amt_deferral_items": more}
        return evaluate(scenario_of(years=[tried])).years[0].amt

    assert amt(room) == pytest.approx(0, abs=1e-5)
    assert amt(room + 1) > 0.1


def test_outside_of_the_years_the_nearest_counts():
    seen = attention(scenario_of(opening={"minimum_tax_credit": 9_000}), date(2031, 1, 1))

    result = evaluate(scenario_of(opening={"minimum_tax_credit": 9_000}))
    assert seen.year == 2026
    assert seen.credit_balance == result.years[0].credit_balance
