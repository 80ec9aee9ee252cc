"""What each exercise and sale counts as, and the rule that is named for it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.analysis.determinations import Part, determinations
from tests.calculator.builders import Document, years_from


def parts(**events: Any) -> dict[str, tuple[Part, ...]]:
    scenario = parse_scenario(years_from(2025, {}, {}, {}, **events))
    return {each.id: each.parts for each in determinations(scenario)}


def only(of: str, **events: Any) -> Part:
    (part,) = parts(**events)[of]
    return part


def citations(part: Part) -> str:
    return "; ".join(reason.citation for reason in part.why)


def grant(**more: Any) -> Document:
    return {"id": "g", "kind": "iso", "date": "2024-01-05", "shares": 1000, "strike": 10} | more


def exercise(**more: Any) -> Document:
    made = {"id": "e", "grant": "g", "date": "2025-06-01", "shares": 1000}
    return made | {"fair_market_value": 50} | more


def sale(**more: Any) -> Document:
    return {"id": "s", "from": "e", "date": "2026-07-01", "shares": 100, "price": 60} | more


def vesting(name: str, date: str, shares: float) -> Document:
    made = {"id": name, "grant": "g", "date": date, "shares": shares}
    return made | {"fair_market_value": 70}


def test_an_iso_exercise_counts_for_amt_alone() -> None:
    part = only("e", grants=[grant()], exercises=[exercise()])

    assert (part.outcome, part.shares, part.spread) == ("iso", 1000, 40_000)
    assert "56(b)(3)" in citations(part)


def test_a_nonstatutory_exercise_is_wages() -> None:
    part = only("e", grants=[grant(kind="nso")], exercises=[exercise()])

    assert (part.outcome, part.spread) == ("nso", 40_000)
    assert "83(a)" in citations(part)


@pytest.mark.parametrize(
    ("day", "outcome", "citation"),
    [("2025-06-10", "iso", "422(a)(2)"), ("2025-06-11", "nso", "422(a)(2)")],
)
def test_three_months_after_leaving_an_exercise_is_nonstatutory(
    day: str, outcome: str, citation: str
) -> None:
    left = grant(employment_ended="2025-03-10")

    part = only("e", grants=[left], exercises=[exercise(date=day)])

    assert part.outcome == outcome
    assert citation in citations(part)
    assert "2025-06-10" in " ".join(reason.words for reason in part.why)


def test_after_disability_it_is_a_year() -> None:
    left = grant(employment_ended="2024-03-10", employment_ended_by="disability")

    part = only("e", grants=[left], exercises=[exercise()])

    assert part.outcome == "nso"
    assert "422(c)(6)" in citations(part)


def test_the_limit_says_how_many_options_are_beyond_it_and_why() -> None:
    """150,000 of stock becomes exercisable in 2025, of which 100,000 may: two thirds."""
    iso, nso = parts(
        grants=[grant(shares=15_000)],
        vestings=[vesting("v", "2025-02-01", 15_000)],
        exercises=[exercise(shares=1500)],
    )["e"]

    assert (iso.outcome, nso.outcome) == ("iso", "nso")
    assert iso.shares == pytest.approx(1000)
    assert nso.shares == pytest.approx(500)
    words = " ".join(reason.words for reason in nso.why)
    assert "$150,000" in words
    assert "$100,000" in words
    assert "5,000 of 15,000 options" in words
    assert "422(d)" in citations(iso)
    assert "422(d)" in citations(nso)


def test_what_earlier_grants_leave_of_the_limit_is_said() -> None:
    part = parts(
        grants=[grant(id="first", date="2023-01-05", shares=7000), grant(shares=5000)],
        vestings=[
            vesting("v1", "2025-02-01", 7000) | {"grant": "first"},
            vesting("v2", "2025-03-01", 5000),
        ],
        exercises=[exercise(shares=500)],
    )["e"][1]

    words = " ".join(reason.words for reason in part.why)
    assert "earlier grants leave $30,000: 2,000 of 5,000 options" in words


def test_shares_that_wait_to_vest_count_then_unless_it_is_elected_otherwise() -> None:
    early = {
        "grants": [grant(early_exercise=True)],
        "vestings": [vesting("v1", "2026-01-01", 600), vesting("v2", "2027-01-01", 400)],
    }

    waiting = only("e", **early, exercises=[exercise()])
    elected = only("e", **early, exercises=[exercise(section_83b_election=True)])

    assert [day.isoformat() for day in waiting.counted] == ["2026-01-01", "2027-01-01"]
    assert waiting.spread == 60_000
    assert "IRC 83(a)" in citations(waiting)
    assert [day.isoformat() for day in elected.counted] == ["2025-06-01"]
    assert elected.spread == 40_000
    assert "IRC 83(b)" in citations(elected)


def test_shares_that_never_vest_go_back() -> None:
    vested, lost = parts(
        grants=[grant(early_exercise=True, employment_ended="2026-06-30")],
        vestings=[vesting("v1", "2026-01-01", 600), vesting("v2", "2027-01-01", 400)],
        exercises=[exercise()],
    )["e"]

    assert (vested.outcome, vested.shares) == ("iso", 600)
    assert (lost.outcome, lost.shares, lost.spread) == ("forfeited", 400, 0)


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        ("2025-12-31", "disqualifying_same_year"),
        ("2026-06-01", "disqualifying"),
        ("2026-06-02", "qualifying"),
    ],
)
def test_a_sale_is_what_the_result_says_that_it_is(day: str, outcome: str) -> None:
    events = {"grants": [grant()], "exercises": [exercise()], "sales": [sale(date=day)]}
    result = evaluate(parse_scenario(years_from(2025, {}, {}, {}, **events)))
    (sold,) = [each for year in result.years for each in year.equity.sales]

    part = only("s", **events)

    assert part.outcome == sold.disposition == outcome
    assert part.ordinary_income == sold.ordinary_income
    assert (part.gain, part.amt_gain) == (sold.gain, sold.amt_gain)


def test_a_disqualifying_sale_names_the_first_day_that_would_have_qualified() -> None:
    part = only("s", grants=[grant()], exercises=[exercise()], sales=[sale(date="2026-06-01")])

    assert "2026-06-02 would have been the first day" in part.why[0].words


def test_the_limit_on_income_and_the_trap_are_told_apart() -> None:
    """IRC 422(c)(2): sold at 25, for 15 over the strike and 25 below the value at exercise."""

    def sold(**more: Any) -> Part:
        low = sale(date="2026-01-15", price=25, **more)
        return only("s", grants=[grant()], exercises=[exercise()], sales=[low])

    limited, trapped = sold(), sold(loss_recognized=False)

    assert limited.ordinary_income == 1500
    assert "no more than the gain" in " ".join(reason.words for reason in limited.why)
    assert trapped.ordinary_income == 4000
    assert trapped.gain == 0
    assert "the whole spread" in " ".join(reason.words for reason in trapped.why)
    assert "1091" in citations(trapped)
    assert "1091" not in citations(limited)


def test_worthless_shares_count_on_the_last_day_of_their_year() -> None:
    scenario = parse_scenario(
        years_from(
            2025,
            {},
            holdings=[{"id": "h", "acquired": "2020-05-05", "shares": 1, "basis": 9}],
            sales=[sale(**{"from": "h"}, date="2025-03-06", shares=1, price=0, kind="worthless")],
        )
    )

    (found,) = determinations(scenario)

    assert found.date.isoformat() == "2025-12-31"
    assert found.parts[0].outcome == "not_iso"
    assert "165(g)(1)" in citations(found.parts[0])


def test_holding_periods_of_two_lengths_are_two_parts() -> None:
    first, second = parts(
        grants=[grant(date="2023-01-05", early_exercise=True)],
        vestings=[vesting("v1", "2025-06-01", 50), vesting("v2", "2026-03-01", 950)],
        exercises=[exercise()],
        sales=[sale()],
    )["s"]

    assert (first.shares, first.amt_long_term) == (50, True)
    assert (second.shares, second.amt_long_term) == (50, False)
    assert "vested on 2026-03-01" in " ".join(reason.words for reason in second.why)


def test_in_a_batch_amounts_are_arrays() -> None:
    part = only(
        "s",
        grants=[grant()],
        exercises=[exercise()],
        sales=[sale(date="2026-01-15", price=np.array([5.0, 25.0, 60.0]))],
    )

    assert list(part.ordinary_income) == [0, 1500, 4000]  # type: ignore[call-overload]


def test_the_command_line_prints_them() -> None:
    document = years_from(2025, {}, grants=[grant()], exercises=[exercise()])
    run = subprocess.run(
        [sys.executable, "-m", "calculator", "determinations"],
        input=json.dumps(document),
        capture_output=True,
        text=True,
        check=True,
    )

    (found,) = json.loads(run.stdout)["determinations"]

    assert (found["event"], found["id"], found["path"]) == ("exercise", "e", "exercises[0]")
    assert found["parts"][0]["why"][0]["citation"]
