"""Every event of a lot: nothing is lost on the way from its beginning to its last sale."""

from __future__ import annotations

import copy
from collections import defaultdict
from datetime import date

import numpy as np
import pytest

from calculator import InvalidScenario, parse_scenario
from calculator.analysis.lot_ledger import LotEvent, LotLedger, lot_ledgers
from tests.calculator.analysis.test_tax_software import ASH
from tests.calculator.builders import Document, result_of
from tests.calculator.households import household, structure
from tests.calculator.test_vesting import early_exercise


def ledger_of(document: Document, source: str = "e1") -> LotLedger:
    (found,) = (each for each in lot_ledgers(parse_scenario(document)) if each.source == source)
    return found


def told(ledger: LotLedger, kind: str) -> list[LotEvent]:
    return [event for event in ledger.events if event.kind == kind]


def test_one_exercise_and_many_sales_are_one_lot() -> None:
    # Ash: 200 shares at 100, worth 1,000; two sales of 100.
    ledger = ledger_of(ASH)

    kinds = [event.kind for event in ledger.events]
    left = [event.left for event in ledger.events]
    adjustment = [event.amt_adjustment for event in ledger.events]
    assert kinds == ["granted", "exercised", "sold", "qualifies", "sold"]
    assert left == [0, 200, 100, 100, 0]
    assert adjustment == [0, 180_000, 90_000, 90_000, 0]
    first, second = told(ledger, "sold")
    assert (first.income, first.gain, first.amt_gain) == (65_000, 0, -25_000)
    assert (second.income, second.gain, second.amt_gain) == (None, 50_000, -40_000)
    assert told(ledger, "qualifies")[0].date == date(2023, 3, 14)


def test_a_split_changes_shares_and_no_sum() -> None:
    document = copy.deepcopy(ASH)
    document["splits"] = [{"id": "x1", "date": "2023-02-01", "ratio": 10}]
    document["sales"][1] |= {"shares": 1_000, "price": 60}

    ledger = ledger_of(document)

    (split,) = told(ledger, "split")
    before, after = told(ledger, "sold")
    assert (before.left, split.left, after.left) == (100, 1_000, 0)
    assert (split.basis, split.amt_basis) == (10_000, 100_000)
    assert (after.shares, after.gain, after.amt_gain) == (1_000, 50_000, -40_000)


def test_shares_sold_in_the_year_of_exercise_leave_line_2i() -> None:
    document = copy.deepcopy(ASH)
    document["sales"][0] |= {"date": "2022-06-01", "price": 1_200}

    ledger = ledger_of(document)

    (exercised,) = told(ledger, "exercised")
    first = told(ledger, "sold")[0]
    assert exercised.line_2i == 180_000
    assert (first.line_2i, first.income, first.gain, first.amt_gain) == (
        -90_000,
        90_000,
        20_000,
        20_000,
    )
    assert first.amt_adjustment == 90_000


def test_what_has_not_vested_has_not_counted() -> None:
    ledger = ledger_of(early_exercise())

    (exercised,) = told(ledger, "exercised")
    vested = told(ledger, "vested")
    assert exercised.amt_adjustment == (exercised.line_2i or 0.0)
    running = exercised.amt_adjustment
    for event in vested:
        running = running + (event.line_2i or 0.0)
        assert event.amt_adjustment == pytest.approx(running)
    assert running > 0


def test_with_an_election_all_counts_at_once() -> None:
    # 4,000 shares at 1, worth 3 at exercise.
    (exercised,) = told(ledger_of(early_exercise(elected=True)), "exercised")

    assert exercised.line_2i == 8_000
    assert exercised.amt_adjustment == 8_000


def test_shares_that_never_vest_go_back() -> None:
    ledger = ledger_of(early_exercise(employment_ended="2025-06-30"))

    returned = told(ledger, "returned")
    assert returned
    kept = 4_000 - sum(float(event.shares or 0) for event in returned)
    assert ledger.events[-1].left == kept
    assert ledger.total("gain") == 0


def test_a_holding_with_two_bases_is_a_lot() -> None:
    document = copy.deepcopy(ASH)
    document["holdings"] = [
        {"id": "h1", "acquired": "2015-06-01", "shares": 10, "basis": 5, "amt_basis": 9}
    ]

    ledger = ledger_of(document, "h1")

    assert [event.kind for event in ledger.events] == ["acquired", "long_term"]
    assert ledger.events[-1].amt_adjustment == 40


def test_a_batch_is_refused() -> None:
    document = copy.deepcopy(ASH)
    document["sales"][0]["price"] = np.array([1.0, 2.0])

    with pytest.raises(InvalidScenario):
        lot_ledgers(parse_scenario(document))


RANDOM = [
    household(
        np.random.default_rng(seed), structure("single", 2025, ("larger", "standard", "itemized"))
    )
    for seed in range(12)
]
WITH_SPLIT = [
    each | {"splits": [{"id": "x", "date": "2026-06-15", "ratio": 3.0}]} for each in RANDOM
]
VESTING = [early_exercise(), early_exercise(elected=True), early_exercise(kind="nso")]


@pytest.mark.parametrize("document", [*RANDOM, *WITH_SPLIT, *VESTING])
def test_the_events_of_a_year_add_up_to_its_equity_compensation(document: Document) -> None:
    sums: dict[tuple[int, str], float] = defaultdict(float)
    for ledger in lot_ledgers(parse_scenario(document)):
        for event in ledger.events:
            for name in ("income", "line_2i", "gain", "amt_gain"):
                sums[event.date.year, name] += float(getattr(event, name) or 0.0)

    for year in result_of(document)["years"]:
        equity, number = year["equity"], year["year"]
        assert sums[number, "income"] == pytest.approx(equity["wages"], abs=1e-6)
        assert sums[number, "line_2i"] == pytest.approx(equity["bargain_element"], abs=1e-6)
        for name, prefix in (("gain", ""), ("amt_gain", "amt_")):
            gains = equity[f"{prefix}short_term_gain"] + equity[f"{prefix}long_term_gain"]
            assert sums[number, name] == pytest.approx(gains, abs=1e-6)


@pytest.mark.parametrize("document", [*RANDOM, *VESTING])
def test_what_is_left_is_never_below_nothing_and_ends_where_sales_do(document: Document) -> None:
    for ledger in lot_ledgers(parse_scenario(document)):
        assert all(event.left >= 0 for event in ledger.events)
        brought = next(e for e in ledger.events if e.kind in ("exercised", "acquired")).shares
        gone = sum(
            float(e.shares or 0)
            for e in ledger.events
            if e.kind in ("sold", "worthless", "returned")
        )
        assert ledger.events[-1].left == pytest.approx(float(brought or 0) - gone, abs=1e-6)


def test_over_its_life_a_lot_earns_what_it_brings_in_either_system() -> None:
    # Proceeds of 75,000 and 60,000 less 20,000 paid.
    ledger = ledger_of(ASH)

    assert ledger.total("income") + ledger.total("gain") == 115_000
    assert ledger.total("line_2i") + ledger.total("amt_gain") == 115_000
