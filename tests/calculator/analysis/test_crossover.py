"""Crossover: published figures, figures by hand, and brute force over the engine."""

from __future__ import annotations

import numpy as np
import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.analysis.crossover import crossover, shares_before_amt


def document(**changes):
    return {
        "schema_version": 1,
        "years": [{"year": 2021, "wages": 150_000}],
        "grants": [
            {"id": "g1", "kind": "iso", "date": "2019-01-02", "shares": 100_000, "strike": 1}
        ],
        "exercises": [
            {
                "id": "e1",
                "grant": "g1",
                "date": "2021-03-01",
                "shares": 10,
                "fair_market_value": 2,
            }
        ],
    } | changes


def of_shares(base, shares):
    exercise = base["exercises"][0] | {"shares": float(shares)}
    result = evaluate(parse_scenario(base | {"exercises": [exercise], "sales": []}))
    return result.years[-1]


def test_it_reproduces_the_published_spread_without_amt():
    # taxandlife.com, 2021 single, income 150,000: 27,009 / 26% - 150,000 + 73,600 = 27,480.77.
    found = crossover(parse_scenario(document()), "e1")

    assert found.bargain_element == pytest.approx(27_009 / 0.26 - 150_000 + 73_600, abs=0.01)
    assert found.shares == pytest.approx(27_480.77, abs=0.01)


def test_whole_shares_before_amt_are_those_of_the_published_spread():
    exercise = document()["exercises"][0]
    many = parse_scenario(document(exercises=[exercise | {"shares": 50_000.0}]))

    assert shares_before_amt(many, "e1") == 27_480
    assert shares_before_amt(parse_scenario(document()), "e1") == 10


def test_a_budget_of_amt_buys_further_shares():
    # 10,000 of AMT at 26% is 38,461.54 of spread beyond the crossover.
    found = crossover(parse_scenario(document()), "e1", budget=10_000)

    assert found.shares_for_budget == pytest.approx(found.shares + 10_000 / 0.26, abs=0.01)


def test_too_few_granted_shares_never_reach_it():
    few = document(
        grants=[{"id": "g1", "kind": "iso", "date": "2019-01-02", "shares": 27_480, "strike": 1}]
    )

    found = crossover(parse_scenario(few), "e1", budget=1_000)

    assert (found.shares, found.bargain_element, found.shares_for_budget) == (None, None, None)


def test_the_credit_in_use_shrinks_before_amt_starts():
    # 2021: regular tax 27,009 less TMT 19,864 leaves 7,145 of room; 5,000 of credit leaves 2,145
    # unused, which 2,145 / 26% of spread fills.
    with_credit = document(opening={"minimum_tax_credit": 5_000})

    found = crossover(parse_scenario(with_credit), "e1")

    assert found.shares_before_credit_shrinks == pytest.approx(2_145 / 0.26, abs=0.01)
    assert found.shares_before_credit_shrinks < found.shares


def test_sales_of_the_lot_are_left_out():
    sold = document(
        sales=[{"id": "s1", "from": "e1", "date": "2021-09-01", "shares": 10, "price": 2}]
    )

    assert crossover(parse_scenario(sold), "e1").shares == pytest.approx(27_480.77, abs=0.01)


@pytest.mark.parametrize(
    "household",
    [
        {"wages": 90_000, "long_term_gain": 60_000},
        {"wages": 480_000},
        {"wages": 240_000, "itemized": {"state_and_local_taxes": 30_000, "other": 25_000}},
    ],
    ids=["gains", "phase-out", "itemizing"],
)
def test_a_fine_grid_agrees(household):
    base = document(years=[{"year": 2026} | household])
    base["exercises"][0] |= {"date": "2026-03-01", "fair_market_value": 5}

    found = crossover(parse_scenario(base), "e1", budget=25_000)

    assert of_shares(base, found.shares - 1).amt <= 0.001
    assert of_shares(base, found.shares + 1).amt > 0
    assert of_shares(base, found.shares_for_budget).amt == pytest.approx(25_000, abs=0.01)
    grid = np.linspace(0, found.shares, 200)
    assert max(float(of_shares(base, shares).amt) for shares in grid[:-1]) <= 0.001


def test_it_refuses_an_exercise_that_is_not_there():
    with pytest.raises(InvalidScenario):
        crossover(parse_scenario(document()), "e7")


def test_it_refuses_an_exercise_before_the_first_year():
    earlier = document(years=[{"year": 2023, "wages": 150_000}])

    with pytest.raises(InvalidScenario):
        crossover(parse_scenario(earlier), "e1")


def test_the_range_of_income_ends_where_another_bracket_begins():
    # 2021, single: 22% gives way to 24% at 86,375 of taxable income and to 32% at 164,925; with
    # the standard deduction of 12,550 that is wages of 98,925 and of 177,475.
    found = crossover(parse_scenario(document()), "e1").income_range

    assert found.wages_from == pytest.approx(98_925, abs=0.01)
    assert found.wages_to == pytest.approx(177_475, abs=0.01)
    # 24 cents of regular tax a dollar, of which 26 cents of tentative tax leave the shares.
    slope = (found.shares_to - found.shares_from) / (found.wages_to - found.wages_from)
    assert slope == pytest.approx(0.24 / 0.26 - 1, abs=1e-6)


def test_without_a_crossover_there_is_no_range_of_income():
    few = document(
        grants=[{"id": "g1", "kind": "iso", "date": "2019-01-02", "shares": 100, "strike": 1}]
    )

    assert crossover(parse_scenario(few), "e1").income_range is None
