"""Spread: against the engine asked one way at a time, and where a large gain erodes the credit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.analysis.pairing import pairing
from calculator.analysis.spread import MOST_PARTS, spread
from calculator.analysis.what_if import with_extra_gain
from calculator.scenario import Sale

# The phase-out of 2026 makes a large paired gain erode the credit.
ERODING = parse_scenario(
    {
        "schema_version": 1,
        "opening": {"minimum_tax_credit": 136_159, "amt_capital_loss": {"long_term": 400_000}},
        "assumptions": {"discount_rate": 0.03},
        "years": [{"year": year, "wages": 200_000} for year in range(2026, 2032)],
        "holdings": [
            {"id": "h1", "acquired": "2016-05-09", "shares": 1000, "basis": 40, "price": 240}
        ],
    }
)
GAIN = 150_000


@pytest.mark.parametrize("long_term", [True, False])
@pytest.mark.parametrize("parts", [1, 2, 3, 6])
def test_a_way_is_what_the_engine_says_of_its_parts(parts: int, long_term: bool) -> None:
    by_hand = ERODING
    for year in range(2026, 2026 + parts):
        by_hand = with_extra_gain(by_hand, year, GAIN / parts, long_term=long_term)
    there, without = evaluate(by_hand), evaluate(ERODING)

    way = spread(ERODING, 2026, GAIN, long_term=long_term).ways[parts - 1]

    assert way.years == tuple(range(2026, 2026 + parts))
    assert way.part == GAIN / parts
    assert way.credit_used == pytest.approx(
        there.totals.credit_used - without.totals.credit_used, abs=0.01
    )
    assert way.credit_eroded == pytest.approx(
        sum(year.credit_eroded for year in there.years)
        - sum(year.credit_eroded for year in without.years),
        abs=0.01,
    )
    assert way.federal_tax == pytest.approx(
        there.totals.federal_tax - without.totals.federal_tax, abs=0.01
    )
    assert way.net_cost == pytest.approx(
        there.totals.present_value - without.totals.present_value, abs=0.01
    )
    assert way.credit_left == pytest.approx(there.totals.credit_left, abs=0.01)


def test_in_one_year_it_is_the_paired_gain() -> None:
    found = pairing(ERODING, 2027, upto=GAIN, points=2)

    way = spread(ERODING, 2027, GAIN).ways[0]

    assert way.years == (2027,)
    assert way.net_cost == pytest.approx(found.net_cost[-1], abs=0.01)
    assert way.credit_left == pytest.approx(found.credit_left[-1], abs=0.01)


def test_spreading_avoids_the_erosion_of_one_large_year() -> None:
    found = spread(ERODING, 2026, 400_000)

    assert found.ways[0].credit_eroded > 1_000
    assert found.best.credit_eroded == pytest.approx(0.0, abs=0.01)
    assert len(found.best.years) > 1
    assert found.best.net_cost == min(way.net_cost for way in found.ways)


def test_the_fewest_years_win_where_spreading_changes_nothing() -> None:
    no_tax = replace(ERODING, years=tuple(replace(y, wages=0.0) for y in ERODING.years))

    assert len(spread(no_tax, 2026, 100).best.years) == 1


def test_shares_of_a_holding_are_sold_on_the_last_day_of_each_year() -> None:
    sales = tuple(
        Sale(id=f"s{year}", source="h1", date=date(year, 12, 31), shares=250, price=240)
        for year in (2028, 2029)
    )
    sold = evaluate(replace(ERODING, sales=sales))

    way = spread(ERODING, 2028, 100_000, holding="h1").ways[1]

    assert way.federal_tax == pytest.approx(
        sold.totals.federal_tax - evaluate(ERODING).totals.federal_tax, abs=0.01
    )


def test_there_is_at_most_one_part_a_year_to_the_end() -> None:
    assert len(spread(ERODING, 2026, GAIN).ways) == 6
    assert len(spread(ERODING, 2030, GAIN).ways) == 2
    assert len(spread(ERODING, 2026, GAIN, parts=3).ways) == 3


@pytest.mark.parametrize(
    "asked",
    [
        {"gain": 0.0},
        {"gain": -1.0},
        {"gain": float("nan")},
        {"gain": float("inf")},
        {"year": 2019},
        {"parts": 0},
        {"parts": MOST_PARTS + 1},
        {"holding": "h1", "gain": 200_001.0},
        {"holding": "nothing"},
    ],
)
def test_a_question_without_an_answer_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(InvalidScenario):
        spread(ERODING, **({"year": 2026, "gain": GAIN} | asked))


def test_the_answer_is_plain_values() -> None:
    plain = spread(ERODING, 2026, GAIN, parts=2).to_dict()

    assert plain["gain"] == GAIN
    assert [way["years"] for way in plain["ways"]] == [[2026], [2026, 2027]]
    assert plain["best"] in (1, 2)
