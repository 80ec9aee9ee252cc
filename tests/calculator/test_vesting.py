"""Shares exercised before they vest: IRC 83 for AMT, with and without an election under 83(b).

The option: 4,000 shares at $1, granted on 10 January 2023, exercised in whole on 2 March 2025 at a
value of $3.  A thousand have vested by then; a thousand vest on each 10 January of 2026, 2027 and
2028, at values of $8, $12 and $20.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator import InvalidScenario, parse_scenario
from tests.calculator.builders import Document, result_of, years_from

TRANCHES = [
    ("2025-01-10", 2),
    ("2026-01-10", 8),
    ("2027-01-10", 12),
    ("2028-01-10", 20),
]


def early_exercise(
    *sales: Document, kind: str = "iso", elected: bool = False, **grant: Any
) -> Document:
    vestings = [
        {"id": f"v{i}", "grant": "g1", "date": date, "shares": 1_000, "fair_market_value": value}
        for i, (date, value) in enumerate(TRANCHES)
    ]
    return years_from(
        2025,
        {},
        {},
        {},
        {},
        grants=[
            {
                "id": "g1",
                "kind": kind,
                "date": "2023-01-10",
                "shares": 4_000,
                "strike": 1,
                "early_exercise": True,
                **grant,
            }
        ],
        vestings=vestings,
        exercises=[
            {
                "id": "e1",
                "grant": "g1",
                "date": "2025-03-02",
                "shares": 4_000,
                "fair_market_value": 3,
                "section_83b_election": elected,
            }
        ],
        sales=[{"id": f"s{i}", "from": "e1", **sale} for i, sale in enumerate(sales)],
    )


def equity_of(document: Document) -> dict[int, dict[str, Any]]:
    return {year["year"]: year["equity"] for year in result_of(document)["years"]}


def sold_of(equity: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [sale for year in equity.values() for sale in year["sales"]]


def test_without_an_election_each_tranche_counts_for_amt_when_it_vests() -> None:
    equity = equity_of(early_exercise())

    # 1,000 × (3 − 1) at exercise; then 1,000 × (8 − 1), (12 − 1) and (20 − 1).
    assert [equity[year]["bargain_element"] for year in equity] == [2_000, 7_000, 11_000, 19_000]
    assert [equity[year]["wages"] for year in equity] == [0, 0, 0, 0]


def test_with_an_election_all_counts_at_exercise() -> None:
    equity = equity_of(early_exercise(elected=True))

    assert [equity[year]["bargain_element"] for year in equity] == [8_000, 0, 0, 0]


def test_what_vests_first_is_sold_first_and_each_tranche_has_its_amt_basis() -> None:
    # More than two years from the grant, more than one from the exercise: qualifying.
    equity = equity_of(early_exercise({"date": "2027-06-01", "shares": 2_500, "price": 30}))
    (sale,) = sold_of(equity)

    assert sale["disposition"] == "qualifying"
    assert sale["gain"] == 2_500 * 29
    # 1,000 with basis 3 and 1,000 with basis 8.  The last 500 vested in this year: what AMT counts
    # of them, 500 × 11, stays on line 2i, and their basis is 12.
    assert sale["amt_gain"] == 1_000 * 27 + 1_000 * 22 + 500 * 18
    assert equity[2027]["bargain_element"] == 11_000


def test_the_amt_holding_period_of_a_tranche_begins_when_it_vests() -> None:
    equity = equity_of(
        early_exercise({"date": "2026-12-01", "shares": 2_000, "price": 30}),
    )

    # In regular tax all 2,000 are long-term; for AMT those that vested in January 2026 are not.
    assert equity[2026]["long_term_gain"] == 2_000 * 29
    assert equity[2026]["short_term_gain"] == 0
    assert equity[2026]["amt_long_term_gain"] == 1_000 * 27
    assert equity[2026]["amt_short_term_gain"] == 1_000 * 22


def test_with_an_election_it_begins_at_exercise() -> None:
    equity = equity_of(
        early_exercise({"date": "2026-12-01", "shares": 2_000, "price": 30}, elected=True),
    )

    assert equity[2026]["amt_long_term_gain"] == 2_000 * 27
    assert equity[2026]["amt_short_term_gain"] == 0


def test_income_of_shares_sold_too_soon_is_measured_at_vesting() -> None:
    # Sold on 1 February 2026, less than a year from the exercise: 1,000 that had vested then, and
    # 1,000 that vested on 10 January 2026 at 8.
    equity = equity_of(early_exercise({"date": "2026-02-01", "shares": 2_000, "price": 10}))
    (sale,) = sold_of(equity)

    assert sale["disposition"] == "disqualifying"
    assert sale["ordinary_income"] == 1_000 * 2 + 1_000 * 7
    assert sale["gain"] == 1_000 * 7 + 1_000 * 2
    # AMT counted 2 a share in 2025.  The others count and are sold in one year: as in regular tax.
    assert sale["amt_gain"] == 1_000 * 7 + 1_000 * 2
    assert equity[2026]["bargain_element"] == 0
    assert equity[2026]["medicare_wages"] == 0


def test_line_2k_leaves_out_only_the_income_that_amt_counted_before() -> None:
    document = early_exercise({"date": "2026-02-01", "shares": 2_000, "price": 10})
    year = result_of(document)["years"][1]

    assert year["forms"]["form_6251"]["2i"] == 0
    assert year["forms"]["form_6251"]["2k"] == -1_000 * 2


def test_an_election_does_not_change_the_income_of_shares_sold_too_soon() -> None:
    equity = equity_of(
        early_exercise({"date": "2026-02-01", "shares": 2_000, "price": 10}, elected=True)
    )
    (sale,) = sold_of(equity)

    assert sale["ordinary_income"] == 1_000 * 2 + 1_000 * 7
    # AMT counted 2 a share for all of them in 2025.
    assert sale["amt_gain"] == 2_000 * 7
    assert equity[2025]["bargain_element"] == 8_000


def test_a_qualifying_sale_below_the_value_at_vesting_of_the_same_year_limits_what_amt_counts() -> (
    None
):
    # The third thousand vests on 10 January 2027 at 12 and is sold that year at 5: AMT counts no
    # more than the gain of 4 a share, section 422(c)(2) by way of section 56(b)(3).
    equity = equity_of(early_exercise({"date": "2027-06-01", "shares": 3_000, "price": 5}))
    (sale,) = sold_of(equity)

    assert equity[2027]["bargain_element"] == 1_000 * 4
    assert sale["gain"] == 3_000 * 4
    assert sale["amt_gain"] == 1_000 * 2 + 1_000 * -3 + 0


def test_nonstatutory_shares_are_wages_when_they_vest() -> None:
    equity = equity_of(
        early_exercise({"date": "2026-12-01", "shares": 2_000, "price": 30}, kind="nso")
    )

    assert [equity[year]["medicare_wages"] for year in equity] == [2_000, 7_000, 11_000, 19_000]
    assert equity[2026]["long_term_gain"] == equity[2026]["amt_long_term_gain"] == 1_000 * 27
    assert equity[2026]["short_term_gain"] == equity[2026]["amt_short_term_gain"] == 1_000 * 22


def test_an_election_makes_nonstatutory_shares_wages_at_exercise() -> None:
    equity = equity_of(
        early_exercise(
            {"date": "2026-12-01", "shares": 2_000, "price": 30}, kind="nso", elected=True
        )
    )

    assert [equity[year]["medicare_wages"] for year in equity] == [8_000, 0, 0, 0]
    assert equity[2026]["long_term_gain"] == 2_000 * 27


@pytest.mark.parametrize("elected", [False, True])
def test_what_has_not_vested_when_employment_ends_never_counts_without_an_election(
    elected: bool,
) -> None:
    equity = equity_of(early_exercise(elected=elected, employment_ended="2026-12-31"))

    # The last 2,000 go back for what was paid.  What an election counted is not taken back.
    expected = [8_000, 0, 0, 0] if elected else [2_000, 7_000, 0, 0]
    assert [equity[year]["bargain_element"] for year in equity] == expected


def test_two_exercises_take_the_tranches_in_turn() -> None:
    document = early_exercise()
    first, second = document["exercises"][0].copy(), document["exercises"][0].copy()
    first |= {"shares": 1_500}
    second |= {"id": "e2", "shares": 2_500, "date": "2026-06-01", "fair_market_value": 9}
    document["exercises"] = [second, first]
    equity = equity_of(document)

    # 2025: 1,000 at 2.  2026: 500 that waited, at 7; 500 that had vested, at 9 − 1.
    assert [equity[year]["bargain_element"] for year in equity] == [2_000, 7_500, 11_000, 19_000]


def problems_of(document: Document) -> dict[str, str]:
    with pytest.raises(InvalidScenario) as raised:
        parse_scenario(document)
    return {problem.path: problem.message for problem in raised.value.problems}


def test_unvested_shares_are_not_sold() -> None:
    document = early_exercise({"date": "2026-02-01", "shares": 2_001, "price": 10})

    assert problems_of(document) == {
        "sales[0].shares": "More shares are sold than have vested by this day."
    }


def test_the_value_at_vesting_is_asked_for_where_it_counts() -> None:
    document = early_exercise()
    del document["vestings"][2]["fair_market_value"]
    del document["vestings"][0]["fair_market_value"]

    assert list(problems_of(document)) == ["vestings[2].fair_market_value"]


def test_with_an_election_it_is_asked_for_only_where_shares_are_sold_too_soon() -> None:
    document = early_exercise({"date": "2026-02-01", "shares": 5, "price": 10}, elected=True)
    for vesting in document["vestings"]:
        del vesting["fair_market_value"]

    assert sorted(problems_of(document)) == [f"vestings[{i}].fair_market_value" for i in (1, 2, 3)]
    document["sales"][0]["date"] = "2026-03-03"
    parse_scenario(document)


def test_without_early_exercise_only_what_has_vested_is_exercised() -> None:
    document = early_exercise()
    document["grants"][0]["early_exercise"] = False

    assert problems_of(document) == {
        "exercises[0].shares": "More shares are exercised than have vested by this day."
    }
    document["exercises"][0]["shares"] = 1_000
    assert equity_of(document)[2025]["bargain_element"] == 2_000


def test_nothing_vests_after_employment_has_ended() -> None:
    document = early_exercise(employment_ended="2025-12-31")
    document["grants"][0]["early_exercise"] = False
    document["exercises"][0] |= {"shares": 1_001, "date": "2026-02-02"}

    assert problems_of(document) == {
        "exercises[0].shares": "More shares are exercised than have vested by this day."
    }


def test_no_more_vests_than_was_granted() -> None:
    document = early_exercise()
    document["grants"][0]["shares"] = 3_999
    document["exercises"][0]["shares"] = 100

    assert problems_of(document) == {"vestings[3].shares": "More shares vest than “g1” granted."}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        pytest.param({"grant": "g9"}, "vestings[0].grant", id="of no grant"),
        pytest.param({"date": "2023-01-09"}, "vestings[0].date", id="before the grant"),
        pytest.param({"id": "v1"}, "vestings[1].id", id="the same identifier"),
        pytest.param({"shares": -1}, "vestings[0].shares", id="negative"),
    ],
)
def test_a_vesting_that_makes_no_sense_is_a_problem(changes: Document, path: str) -> None:
    document = early_exercise()
    document["vestings"][0] |= changes

    assert path in problems_of(document)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    kind=st.sampled_from(["iso", "nso"]),
    elected=st.booleans(),
    value=st.integers(0, 60),
    values=st.lists(st.integers(0, 60), min_size=4, max_size=4),
    sold=st.lists(
        st.tuples(
            st.integers(100, 900),
            st.integers(0, 80),
            st.sampled_from(["2025-11-11", "2026-01-20", "2026-06-06", "2027-02-02"]),
        ),
        max_size=4,
    ),
    last_price=st.integers(0, 80),
    ratio=st.sampled_from([None, 4, 0.5]),
    limit=st.sampled_from([10, 100]),
)
def test_income_over_the_life_of_a_lot_is_proceeds_less_price_paid_in_each_system(
    *,
    kind: str,
    elected: bool,
    value: int,
    values: list[int],
    sold: list[tuple[int, int, str]],
    last_price: int,
    ratio: float | None,
    limit: int,
) -> None:
    """However it vests, is elected, is split, and is an incentive option's in part."""
    sales = [{"date": date, "shares": n, "price": price} for n, price, date in sold]
    vested = {"2025-11-11": 1_000, "2026-01-20": 2_000, "2026-06-06": 2_000, "2027-02-02": 3_000}
    taken = 0
    for sale in sorted(sales, key=lambda each: str(each["date"])):
        left = vested[str(sale["date"])] - taken
        sale["shares"] = min(int(sale["shares"]), left)
        taken += int(sale["shares"])
    sales.append({"date": "2028-03-03", "shares": 4_000 - taken, "price": last_price})
    document = early_exercise(*sales, kind=kind, elected=elected, fair_market_value=limit)
    document["exercises"][0]["fair_market_value"] = value
    for vesting, at_vesting in zip(document["vestings"], values, strict=True):
        vesting["fair_market_value"] = at_vesting
    gained = sum(sale["shares"] * (sale["price"] - 1) for sale in document["sales"])
    if ratio is not None:
        document["splits"] = [{"id": "x", "date": "2026-03-03", "ratio": ratio}]
        later = [*document["vestings"], *document["sales"]]
        for event in [each for each in later if each["date"] >= "2026-03-03"]:
            event["shares"] *= ratio
            for price in ("price", "fair_market_value"):
                if price in event:
                    event[price] /= ratio

    equity = equity_of(document).values()

    regular = sum(
        year["wages"] + year["short_term_gain"] + year["long_term_gain"] for year in equity
    )
    refigured = sum(
        year["wages"]
        - year["income_left_out_of_amt"]
        + year["bargain_element"]
        + year["amt_short_term_gain"]
        + year["amt_long_term_gain"]
        for year in equity
    )
    assert regular == pytest.approx(gained, abs=0.01)
    assert refigured == pytest.approx(gained, abs=0.01)
