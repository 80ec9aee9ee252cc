"""Splits: more shares at lower prices, and not a dollar of difference."""

from __future__ import annotations

from typing import Any

import pytest

from calculator import InvalidScenario, parse_scenario
from tests.calculator.builders import Document, result_of, years_from

SPLIT = {"id": "x1", "date": "2026-06-10", "ratio": 10}


def told(*splits: Document, after: float = 1) -> Document:
    """Exercised in 2026 and sold in 2027, what comes after the split counted in its shares."""
    return years_from(
        2026,
        {"wages": 200_000},
        {"wages": 200_000},
        grants=[{"id": "g1", "kind": "iso", "date": "2024-01-05", "shares": 3_000, "strike": 20}],
        exercises=[
            {"id": "e1", "grant": "g1", "date": "2026-02-01", "shares": 1_000}
            | {"fair_market_value": 90},
            {"id": "e2", "grant": "g1", "date": "2026-07-01", "shares": 500 * after}
            | {"fair_market_value": 100 / after},
        ],
        holdings=[
            {"id": "h1", "acquired": "2022-03-03", "shares": 100}
            | {
                "iso": {"granted": "2020-01-01", "exercised": "2022-03-03"}
                | {"strike": 5, "fair_market_value": 40}
            },
            {"id": "h2", "acquired": "2020-01-01", "shares": 50, "basis": 7},
        ],
        sales=[
            {"id": "s1", "from": "e1", "date": "2027-03-01", "shares": 400 * after}
            | {"price": 70 / after},
            {"id": "s2", "from": "h1", "date": "2027-03-01", "shares": 100 * after}
            | {"price": 70 / after},
            {"id": "s3", "from": "h2", "date": "2027-03-01", "shares": 50, "price": 8},
        ],
        splits=list(splits),
    )


def without_rounding(result: Any) -> Any:
    if isinstance(result, dict):
        return {key: without_rounding(value) for key, value in result.items()}
    if isinstance(result, list):
        return [without_rounding(value) for value in result]
    return round(result, 6) if isinstance(result, float) else result


@pytest.mark.parametrize("ratio", [10, 0.1, 1.5])
def test_a_split_between_exercise_and_sale_changes_no_amount(ratio: float) -> None:
    before = result_of(told())
    after = result_of(told(SPLIT | {"ratio": ratio}, after=ratio))

    assert without_rounding(after) == without_rounding(before)


def test_ten_for_one_by_hand() -> None:
    years = result_of(told(SPLIT, after=10))["years"]

    # 400 old shares: paid 20, worth 90 at exercise, sold at 70 as 4,000 at 7.
    assert years[0]["equity"]["bargain_element"] == pytest.approx(1_000 * 70 + 500 * 80)
    sales = {sale["id"]: sale for sale in years[1]["equity"]["sales"]}
    assert sales["s1"]["gain"] == pytest.approx(400 * 50)
    assert sales["s1"]["amt_gain"] == pytest.approx(400 * -20)
    assert sales["s2"]["gain"] == pytest.approx(100 * 65)
    # Another asset has nothing to do with the split.
    assert sales["s3"]["gain"] == pytest.approx(50)


def test_two_splits_multiply() -> None:
    twice = told(
        SPLIT | {"ratio": 2}, SPLIT | {"id": "x2", "date": "2026-06-20", "ratio": 5}, after=10
    )

    assert without_rounding(result_of(twice)) == without_rounding(result_of(told()))


def test_what_happens_on_the_day_itself_is_in_new_shares() -> None:
    document = told(SPLIT | {"date": "2027-03-01"}, after=1)
    document["sales"] = [
        {"id": "s1", "from": "e1", "date": "2027-03-01", "shares": 4_000, "price": 7}
    ]

    (sale,) = result_of(document)["years"][1]["equity"]["sales"]

    assert sale["gain"] == pytest.approx(400 * 50)


def test_a_split_is_of_the_stock_that_it_names() -> None:
    document = told(SPLIT | {"stock": "Other"})
    document["holdings"][1]["stock"] = "Other"
    document["sales"][2] |= {"shares": 500, "price": 0.8}

    sales = result_of(document)["years"][1]["equity"]["sales"]

    assert sales[2]["gain"] == pytest.approx(50)
    assert sales[0]["gain"] == pytest.approx(400 * 50)


def problems_of(document: Document) -> dict[str, str]:
    with pytest.raises(InvalidScenario) as raised:
        parse_scenario(document)
    return {problem.path: problem.message for problem in raised.value.problems}


def test_more_shares_than_there_are_after_the_split_are_not_sold() -> None:
    document = told(SPLIT, after=10)
    document["sales"][0]["shares"] = 10_001

    assert list(problems_of(document)) == ["sales[0].shares"]


def test_before_the_split_there_are_fewer() -> None:
    document = told(SPLIT | {"date": "2027-03-02"})
    document["sales"][0]["shares"] = 1_001

    assert list(problems_of(document)) == ["sales[0].shares"]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        pytest.param({"ratio": 0}, "splits[0].ratio", id="nothing for a share"),
        pytest.param({"stock": "Nobody"}, "splits[0].stock", id="no such stock"),
        pytest.param({"date": "2028-01-01"}, "splits[0].date", id="after the years"),
    ],
)
def test_a_split_that_makes_no_sense_is_a_problem(changes: Document, path: str) -> None:
    assert list(problems_of(told(SPLIT | changes))) == [path]
