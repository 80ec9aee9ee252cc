"""When an incentive stock option is none: the $100,000 limit, and leaving.

IRC 422(a)(2), (c)(6), (d); Treas. Reg. 1.422-4.
"""

from __future__ import annotations

from typing import Any

import pytest

from calculator import InvalidScenario, UnsupportedSituation, parse_scenario
from tests.calculator.builders import Document, result_of, years_from


def grant(
    name: str, shares: float, strike: float, date: str = "2024-01-10", **more: Any
) -> Document:
    option = {"id": name, "kind": "iso", "date": date, "shares": shares, "strike": strike}
    return option | more


def exercised(
    of: str, shares: float, value: float, date: str = "2026-02-01", **more: Any
) -> Document:
    exercise = {"id": f"e-{of}", "grant": of, "date": date, "shares": shares}
    return exercise | {"fair_market_value": value} | more


def vesting(of: str, date: str, shares: float) -> Document:
    return {"id": f"{of}-{date}", "grant": of, "date": date, "shares": shares}


def equity_of(**events: Any) -> dict[str, Any]:
    equity: dict[str, Any] = result_of(years_from(2026, {}, **events))["years"][0]["equity"]
    return equity


def problems_of(**events: Any) -> dict[str, str]:
    with pytest.raises(InvalidScenario) as raised:
        parse_scenario(years_from(2026, {}, **events))
    return {problem.path: problem.message for problem in raised.value.problems}


def test_what_is_first_exercisable_above_100_000_in_a_year_is_nonstatutory() -> None:
    # 30,000 options at $10 in one year: 10,000 are ISOs, and so is a third of each share.
    equity = equity_of(
        grants=[grant("g", 30_000, 10)],
        vestings=[vesting("g", "2026-01-10", 30_000)],
        exercises=[exercised("g", 30_000, 25)],
    )

    assert equity["bargain_element"] == pytest.approx(10_000 * 15)
    assert equity["wages"] == equity["medicare_wages"] == pytest.approx(20_000 * 15)


def test_a_part_of_each_share_is_an_iso_where_the_company_says_nothing() -> None:
    sale = {"id": "s", "from": "e-g", "date": "2026-12-01", "shares": 300, "price": 20}
    equity = equity_of(
        grants=[grant("g", 30_000, 10)],
        vestings=[vesting("g", "2026-01-10", 30_000)],
        exercises=[exercised("g", 3_000, 25)],
        sales=[sale],
    )
    (sold,) = equity["sales"]

    # 1,000 ISO and 2,000 NSO shares; of the 300 sold, 100 and 200.  The ISO's are sold in the year
    # of the exercise at a gain of 10 a share, the others at a loss of 5.
    assert equity["wages"] == pytest.approx(2_000 * 15 + 100 * 10)
    assert equity["medicare_wages"] == pytest.approx(2_000 * 15)
    assert equity["bargain_element"] == pytest.approx(900 * 15)
    assert sold["disposition"] == "disqualifying_same_year"
    assert sold["ordinary_income"] == pytest.approx(100 * 10)
    assert sold["gain"] == sold["amt_gain"] == pytest.approx(200 * -5)


def test_the_company_may_say_which_shares_are_the_iso_s() -> None:
    events = {
        "grants": [grant("g", 30_000, 10)],
        "vestings": [vesting("g", "2026-01-10", 30_000)],
    }
    exercise = exercised("g", 3_000, 25, iso_shares=3_000)

    equity = equity_of(**events, exercises=[exercise])

    assert equity["bargain_element"] == 3_000 * 15
    assert equity["wages"] == 0

    exercise["iso_shares"] = 0
    assert equity_of(**events, exercises=[exercise])["wages"] == 3_000 * 15


def test_the_limit_is_that_of_each_year_in_which_options_become_exercisable() -> None:
    # 20,000 options at $10, 10,000 a year: all are ISOs.
    equity = equity_of(
        grants=[grant("g", 20_000, 10)],
        vestings=[vesting("g", "2025-12-31", 10_000), vesting("g", "2026-01-01", 10_000)],
        exercises=[exercised("g", 20_000, 25)],
    )

    assert equity["wages"] == 0
    assert equity["bargain_element"] == 20_000 * 15


@pytest.mark.parametrize(
    ("shares", "incentive"),
    [
        pytest.param(10_000, 10_000, id="the first year's, all within the limit"),
        pytest.param(15_000, 12_500, id="with 5,000 of the second year's, half of them"),
        pytest.param(30_000, 20_000, id="all"),
    ],
)
def test_what_became_exercisable_first_is_exercised_first(shares: float, incentive: float) -> None:
    # 10,000 options at $10 in 2025, 20,000 in 2026: of these half are beyond the limit.
    equity = equity_of(
        grants=[grant("g", 30_000, 10)],
        vestings=[vesting("g", "2026-01-01", 20_000), vesting("g", "2025-12-31", 10_000)],
        exercises=[exercised("g", shares, 25)],
    )

    assert equity["bargain_element"] == pytest.approx(incentive * 15)
    assert equity["wages"] == pytest.approx((shares - incentive) * 15)


def test_a_later_exercise_takes_what_an_earlier_one_left() -> None:
    equity = equity_of(
        grants=[grant("g", 30_000, 10)],
        vestings=[vesting("g", "2025-12-31", 10_000), vesting("g", "2026-01-01", 20_000)],
        exercises=[
            exercised("g", 8_000, 25, "2026-03-01") | {"id": "later"},
            exercised("g", 8_000, 25, "2026-02-01"),
        ],
    )

    # 8,000; then 2,000 and half of 6,000.
    assert equity["bargain_element"] == pytest.approx(13_000 * 15)
    assert equity["wages"] == pytest.approx(3_000 * 15)


def test_options_of_one_year_share_its_limit_whenever_in_the_year_they_vest() -> None:
    # 10,000 in January and 10,000 in December of 2026: a half of each share, of the first ones too.
    equity = equity_of(
        grants=[grant("g", 20_000, 10)],
        vestings=[vesting("g", "2026-01-10", 10_000), vesting("g", "2026-12-10", 10_000)],
        exercises=[exercised("g", 10_000, 25)],
    )

    assert equity["wages"] == pytest.approx(5_000 * 15)


def test_the_whole_grant_counts_in_its_year_where_it_may_be_exercised_early() -> None:
    equity = equity_of(
        grants=[grant("g", 20_000, 10, early_exercise=True)],
        vestings=[vesting("g", "2025-12-31", 10_000), vesting("g", "2026-01-01", 10_000)],
        exercises=[exercised("g", 20_000, 25)],
    )

    assert equity["wages"] == pytest.approx(10_000 * 15)


def test_grants_use_up_the_limit_in_the_order_of_their_dates() -> None:
    # The older grant has 60,000 of the limit; of the younger's 80,000, half remains.
    equity = equity_of(
        grants=[
            grant("young", 4_000, 20, "2025-05-05"),
            grant("old", 6_000, 10, "2024-01-10"),
        ],
        vestings=[vesting("young", "2026-01-10", 4_000), vesting("old", "2026-06-10", 6_000)],
        exercises=[exercised("young", 4_000, 30)],
    )

    assert equity["bargain_element"] == pytest.approx(2_000 * 10)
    assert equity["wages"] == pytest.approx(2_000 * 10)


def test_the_value_at_grant_counts_not_the_strike() -> None:
    equity = equity_of(
        grants=[grant("g", 10_000, 25, fair_market_value=20)],
        vestings=[vesting("g", "2026-01-10", 10_000)],
        exercises=[exercised("g", 10_000, 30)],
    )

    assert equity["bargain_element"] == pytest.approx(5_000 * 5)


@pytest.mark.parametrize("apart", [{"owner": "spouse"}, {"stock": "Other"}])
def test_each_person_and_each_company_has_a_limit(apart: Document) -> None:
    equity = equity_of(
        grants=[grant("g", 10_000, 10), grant("h", 10_000, 10) | apart],
        vestings=[vesting("g", "2026-01-10", 10_000), vesting("h", "2026-01-10", 10_000)],
        exercises=[exercised("g", 10_000, 25), exercised("h", 10_000, 25)],
    )

    assert equity["wages"] == 0


def test_nonstatutory_options_and_grants_without_vesting_dates_do_not_count() -> None:
    equity = equity_of(
        grants=[
            grant("g", 10_000, 10),
            grant("n", 10_000, 10, "2023-01-01") | {"kind": "nso"},
            grant("unknown", 10_000, 10, "2023-01-01"),
        ],
        vestings=[vesting("g", "2026-01-10", 10_000), vesting("n", "2026-01-10", 10_000)],
        exercises=[exercised("g", 10_000, 25), exercised("unknown", 10_000, 25)],
    )

    assert equity["wages"] == 0


def test_options_that_end_with_employment_in_an_earlier_year_do_not_count() -> None:
    def wages(ended: str) -> float:
        leaver = grant("a", 10_000, 10, "2023-01-01", employment_ended=ended)
        return float(
            equity_of(
                grants=[leaver, grant("g", 10_000, 10)],
                vestings=[vesting("a", "2026-06-10", 10_000), vesting("g", "2026-01-10", 10_000)],
                exercises=[exercised("g", 10_000, 25)],
            )["wages"]
        )

    assert wages("2025-12-31") == 0
    # In the year itself they count, as if the service had been performed: Reg. 1.422-4(b)(4).
    assert wages("2026-02-02") == pytest.approx(10_000 * 15)


def test_no_more_is_designated_than_the_limit_leaves() -> None:
    events = {
        "grants": [grant("g", 30_000, 10)],
        "vestings": [vesting("g", "2026-01-10", 30_000)],
    }

    assert problems_of(**events, exercises=[exercised("g", 20_000, 25, iso_shares=10_001)]) == {
        "exercises[0].iso_shares": (
            "These are more shares of an incentive stock option than the limit leaves."
        )
    }
    assert problems_of(**events, exercises=[exercised("g", 2_000, 25, iso_shares=2_001)]) == {
        "exercises[0].iso_shares": "These are more shares than are exercised."
    }


def test_who_says_of_one_exercise_how_many_are_an_iso_s_says_it_of_the_next() -> None:
    found = problems_of(
        grants=[grant("g", 30_000, 10)],
        vestings=[vesting("g", "2026-01-10", 30_000)],
        exercises=[
            exercised("g", 10_000, 25, iso_shares=10_000),
            exercised("g", 3_000, 25, "2026-03-01") | {"id": "next"},
        ],
    )

    assert found == {
        "exercises[1].iso_shares": (
            "Earlier exercises say how many shares are an ISO's: say it here too."
        )
    }


def test_only_iso_grants_have_iso_shares() -> None:
    found = problems_of(
        grants=[grant("g", 30_000, 10) | {"kind": "nso"}],
        exercises=[exercised("g", 20_000, 25, iso_shares=1)],
    )

    assert list(found) == ["exercises[0].iso_shares"]


@pytest.mark.parametrize(
    ("ended", "by", "date", "is_iso"),
    [
        pytest.param("2026-01-31", "leaving", "2026-04-30", True, id="three months to the day"),
        pytest.param("2026-01-31", "leaving", "2026-05-01", False, id="a day later"),
        pytest.param("2025-11-30", "leaving", "2026-02-28", True, id="the last day of February"),
        pytest.param("2025-11-30", "leaving", "2026-03-01", False, id="the first of March"),
        pytest.param("2025-02-28", "disability", "2026-02-28", True, id="a year, disabled"),
        pytest.param("2025-02-28", "disability", "2026-03-01", False, id="a year and a day"),
        pytest.param("2026-12-31", "leaving", "2026-05-01", True, id="before leaving"),
    ],
)
def test_an_option_exercised_too_long_after_leaving_is_nonstatutory(
    ended: str, by: str, date: str, is_iso: bool
) -> None:
    leaver = grant("g", 100, 10, employment_ended=ended, employment_ended_by=by)
    sale = {"id": "s", "from": "e-g", "date": "2026-12-31", "shares": 1, "price": 30}
    equity = equity_of(grants=[leaver], exercises=[exercised("g", 100, 25, date)], sales=[sale])

    assert equity["bargain_element"] == (99 * 15 if is_iso else 0)
    assert equity["medicare_wages"] == (0 if is_iso else 100 * 15)
    assert equity["sales"][0]["disposition"] == ("disqualifying_same_year" if is_iso else "not_iso")


def test_exercise_after_a_death_is_refused_by_name() -> None:
    leaver = grant("g", 100, 10, employment_ended="2026-01-01", employment_ended_by="death")
    with pytest.raises(UnsupportedSituation) as raised:
        parse_scenario(years_from(2026, {}, grants=[leaver]))

    (problem,) = raised.value.problems
    assert problem.path == "grants[0].employment_ended_by"
    assert "death" in problem.message


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        pytest.param({"expires": "2026-01-31"}, "exercises[0].date", id="expired before"),
        pytest.param({"expires": "2024-01-09"}, "grants[0].expires", id="before the grant"),
        pytest.param({"expires": "2034-01-11"}, "grants[0].expires", id="more than ten years"),
        pytest.param(
            {"employment_ended": "2024-01-09"}, "grants[0].employment_ended", id="before the job"
        ),
    ],
)
def test_terms_that_make_no_sense_are_problems(changes: Document, path: str) -> None:
    found = problems_of(grants=[grant("g", 100, 10) | changes], exercises=[exercised("g", 100, 25)])

    assert path in found


def test_the_last_day_of_a_grant_is_a_day_to_exercise() -> None:
    equity = equity_of(
        grants=[grant("g", 100, 10, expires="2026-02-01")], exercises=[exercised("g", 100, 25)]
    )

    assert equity["bargain_element"] == 1_500
