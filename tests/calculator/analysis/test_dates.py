"""The days that matter for options and shares."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.analysis.dates import dates
from tests.calculator.builders import Document, years_from


def found(**events: Any) -> dict[tuple[str, str], list[str]]:
    days: dict[tuple[str, str], list[str]] = {}
    for day in dates(parse_scenario(years_from(2025, {}, {}, **events))):
        days.setdefault((day.of, day.kind), []).append(day.date.isoformat())
    return days


def grant(**more: Any) -> Document:
    return {"id": "g", "kind": "iso", "date": "2024-02-29", "shares": 100, "strike": 1} | more


def exercise(**more: Any) -> Document:
    made = {"id": "e", "grant": "g", "date": "2025-06-01", "shares": 100}
    return made | {"fair_market_value": 5} | more


def test_the_days_of_a_plain_lot() -> None:
    days = found(grants=[grant(expires="2034-02-28")], exercises=[exercise()])

    assert days == {
        ("g", "granted"): ["2024-02-29"],
        ("g", "expires"): ["2034-02-28"],
        ("e", "exercised"): ["2025-06-01"],
        ("e", "same_year_until"): ["2025-12-31"],
        ("e", "long_term_from"): ["2026-06-02"],
        # Two years from the grant of 29 February end on 28 February 2026: one year is later.
        ("e", "qualifying_from"): ["2026-06-02"],
        ("2025", "tax_due"): ["2026-04-15"],
    }


def test_two_years_from_the_grant_may_be_later() -> None:
    days = found(grants=[grant(date="2025-03-01")], exercises=[exercise()])

    assert days[("e", "qualifying_from")] == ["2027-03-02"]


def test_after_leaving_there_is_a_last_day_as_an_iso() -> None:
    days = found(grants=[grant(employment_ended="2025-11-30")], exercises=[exercise()])

    assert days[("g", "employment_ended")] == ["2025-11-30"]
    assert days[("g", "last_day_as_iso")] == ["2026-02-28"]


def test_tranches_have_amt_holding_periods_of_their_own() -> None:
    days = found(
        grants=[grant(early_exercise=True, employment_ended="2026-12-31")],
        vestings=[
            {"id": f"v{year}", "grant": "g", "date": f"{year}-08-08", "shares": 40}
            | {"fair_market_value": 9}
            for year in (2025, 2026)
        ]
        + [{"id": "v2027", "grant": "g", "date": "2027-08-08", "shares": 20}],
        exercises=[exercise()],
    )

    assert days[("e", "amt_long_term_from")] == ["2026-08-09", "2027-08-09"]
    assert days[("e", "long_term_from")] == ["2026-06-02"]
    # The last tranche is lost.
    assert ("v2027", "vests") not in days


@pytest.mark.parametrize("later", [0, 1])
def test_the_day_on_which_shares_qualify_is_the_first_that_does(later: int) -> None:
    day = f"2026-06-{1 + later:02}"
    sale = {"id": "s", "from": "e", "date": day, "shares": 1, "price": 9}
    document = years_from(2025, {}, {}, grants=[grant()], exercises=[exercise()], sales=[sale])

    (sold,) = evaluate(parse_scenario(document)).years[1].equity.sales

    assert (sold.disposition == "qualifying") == bool(later)
    assert sold.long_term == bool(later)


def test_holdings_sales_and_splits_have_their_days() -> None:
    days = found(
        grants=[grant()],
        holdings=[{"id": "h", "acquired": "2024-05-05", "shares": 1, "basis": 1}],
        sales=[{"id": "s", "from": "h", "date": "2025-05-06", "shares": 1, "price": 1}],
        splits=[{"id": "x", "date": "2025-07-07", "ratio": 2}],
    )

    assert days[("h", "acquired")] == ["2024-05-05"]
    assert days[("h", "long_term_from")] == ["2025-05-06"]
    assert days[("s", "sold")] == ["2025-05-06"]
    assert days[("x", "split")] == ["2025-07-07"]


def test_an_iso_without_an_end_ends_ten_years_after_its_grant_at_the_latest() -> None:
    """IRC 422(b)(3); a term from 29 February ends on 28 February."""
    assert found(grants=[grant()])[("g", "expires_at_latest")] == ["2034-02-28"]
    assert ("g", "expires_at_latest") not in found(grants=[grant(kind="nso")])


def test_an_election_may_be_filed_for_thirty_days_where_shares_wait_to_vest() -> None:
    """IRC 83(b)(2)."""
    early = {"grants": [grant(early_exercise=True)], "exercises": [exercise()]}
    waits = {"id": "v", "grant": "g", "date": "2026-08-08", "shares": 100, "fair_market_value": 9}

    assert found(**early, vestings=[waits])[("e", "elect_until")] == ["2025-07-01"]
    assert ("e", "elect_until") not in found(**early)


def test_amt_is_avoided_until_the_end_of_the_year_that_counts_the_spread() -> None:
    waits = {"id": "v", "grant": "g", "date": "2026-08-08", "shares": 100, "fair_market_value": 9}
    early = {"grants": [grant(early_exercise=True)], "vestings": [waits]}
    elected = exercise(section_83b_election=True)

    assert found(**early, exercises=[exercise()])[("e", "same_year_until")] == ["2026-12-31"]
    assert found(**early, exercises=[elected])[("e", "same_year_until")] == ["2025-12-31"]


def test_a_wash_sale_has_thirty_days_on_either_side() -> None:
    def sold(price: float) -> dict[tuple[str, str], list[str]]:
        return found(
            grants=[grant()],
            exercises=[exercise(shares=50), exercise(id="new", date="2026-08-20", shares=50)],
            sales=[{"id": "s", "from": "e", "date": "2026-08-01", "shares": 50, "price": price}],
        )

    loss = sold(0.5)
    assert loss[("s", "wash_sale_from")] == ["2026-07-02"]
    assert loss[("s", "wash_sale_until")] == ["2026-08-31"]
    assert ("s", "wash_sale_from") not in sold(7)


def test_worthless_shares_are_gone_on_the_last_day_of_the_year() -> None:
    days = found(
        holdings=[{"id": "h", "acquired": "2020-05-05", "shares": 1, "basis": 1}],
        sales=[
            {"id": "s", "from": "h", "date": "2025-03-06", "shares": 1, "price": 0}
            | {"kind": "worthless"}
        ],
    )

    assert days[("s", "sold")] == ["2025-12-31"]


def test_a_nonstatutory_lot_has_nothing_to_qualify_for() -> None:
    days = found(grants=[grant(kind="nso")], exercises=[exercise()])

    assert not {kind for _, kind in days} & {"qualifying_from", "same_year_until"}


def test_in_a_batch_days_are_those_of_any_of_its_scenarios() -> None:
    shares = np.array([40.0, 100.0])
    days = found(grants=[grant()], exercises=[exercise(shares=shares)])

    assert days[("e", "qualifying_from")] == ["2026-06-02"]
