"""The exercises, vestings and sales behind an amount add up to it."""

from __future__ import annotations

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.worksheet.events import events_behind, in_shares, known_amounts
from tests.calculator.builders import Document, an_iso_exercise, years_from
from tests.calculator.households import household, structure

WAITING = {
    "vestings": [
        {"id": "v1", "grant": "g1", "date": "2026-01-05", "shares": 300},
        {"id": "v2", "grant": "g1", "date": "2027-03-01", "shares": 700, "fair_market_value": 40},
    ],
    "sales": [
        {"id": "s1", "from": "e1", "date": "2026-02-01", "shares": 100, "price": 12},
        {"id": "s2", "from": "e1", "date": "2027-03-05", "shares": 500, "price": 35},
        {"id": "s3", "from": "e1", "date": "2028-03-05", "shares": 100, "price": 3},
    ],
    "splits": [{"id": "x1", "date": "2027-12-01", "ratio": 3}],
}


def an_early_exercise(*, limited: bool, elected: bool) -> Document:
    """Shares that wait to vest; under the $100,000 limit a part of each is nonstatutory."""
    document = years_from(2026, {}, {}, {}, **an_iso_exercise(shares=1_000), **WAITING)
    document["grants"][0] |= {"early_exercise": True, "fair_market_value": 300 if limited else 1}
    document["exercises"][0]["section_83b_election"] = elected
    return document


DOCUMENTS = [
    *(
        household(np.random.default_rng(seed), structure("single", 2025, ("larger",) * 3))
        for seed in range(20)
    ),
    *(
        an_early_exercise(limited=limited, elected=elected)
        for limited in (False, True)
        for elected in (False, True)
    ),
]


@pytest.mark.parametrize("amount", sorted(known_amounts()))
def test_the_events_of_a_year_add_up_to_its_amount(amount: str) -> None:
    found = 0
    for document in DOCUMENTS:
        scenario = parse_scenario(document)
        for year in evaluate(scenario).years:
            events = list(events_behind(amount, scenario, year.year, year.equity))
            found += len(events)

            assert sum(event.amount for event in events) == pytest.approx(
                getattr(year.equity, amount), abs=0.001
            )
            assert all(event.amount for event in events)
            assert len({event.path for event in events}) == len(events)
    assert found


@pytest.mark.parametrize(
    ("count", "words"),
    [(1.0, "1 share"), (1_000.0, "1,000 shares"), (0.5, "0.5 shares"), (10.0, "10 shares")],
)
def test_shares_in_words(count: float, words: str) -> None:
    assert in_shares(count) == words
