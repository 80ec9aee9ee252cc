"""What one share sold brings in each system, for every kind of sale.

The option: strike 10, value at exercise 30, exercised on 15 January 2026, granted in 2023 or 2025.
"""

from __future__ import annotations

from typing import Any

import pytest

from calculator import InvalidScenario, UnsupportedSituation
from tests.calculator.builders import Document, an_iso_exercise, result_of, years_from

OLD, YOUNG = "2023-01-05", "2025-12-01"


def sold(
    date: str, price: float, *, granted: str = OLD, value: float = 30, **sale: Any
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The sale of one share, and the equity compensation of 2026 to 2028."""
    events = an_iso_exercise(shares=1, strike=10, value=value)
    events["grants"][0]["date"] = granted
    sales = [{"id": "s1", "from": "e1", "date": date, "shares": 1, "price": price, **sale}]
    years = result_of(years_from(2026, {}, {}, {}, **events, sales=sales))["years"]
    equity = [year["equity"] for year in years]
    (found,) = [each for year in equity for each in year["sales"]]
    return found, equity


@pytest.mark.parametrize(
    ("price", "income", "gain", "amt_gain"),
    [
        pytest.param(50, 20, 20, 20, id="above the value at exercise"),
        pytest.param(30, 20, 0, 0, id="at the value at exercise"),
        pytest.param(25, 15, 0, -5, id="between strike and value"),
        pytest.param(10, 0, 0, -20, id="at the strike"),
        pytest.param(4, 0, -6, -26, id="below the strike"),
        pytest.param(0, 0, -10, -30, id="worthless"),
    ],
)
def test_a_disqualifying_sale_in_a_later_year(
    price: float, income: float, gain: float, amt_gain: float
) -> None:
    sale, (exercise_year, sale_year, _) = sold("2027-01-10", price)

    assert sale["disposition"] == "disqualifying"
    assert (sale["ordinary_income"], sale["gain"], sale["amt_gain"]) == (income, gain, amt_gain)
    assert exercise_year["bargain_element"] == 20
    assert sale_year["wages"] == income
    assert sale_year["medicare_wages"] == 0


@pytest.mark.parametrize(
    ("price", "income", "gain"),
    [
        pytest.param(50, 20, 20, id="above the value at exercise"),
        pytest.param(25, 15, 0, id="between strike and value"),
        pytest.param(4, 0, -6, id="below the strike"),
    ],
)
def test_a_sale_in_the_year_of_exercise_is_the_same_in_both_systems(
    price: float, income: float, gain: float
) -> None:
    sale, (year, *_) = sold("2026-11-30", price)

    assert sale["disposition"] == "disqualifying_same_year"
    assert (sale["ordinary_income"], sale["gain"], sale["amt_gain"]) == (income, gain, gain)
    assert year["bargain_element"] == 0
    assert year["short_term_gain"] == year["amt_short_term_gain"] == gain


@pytest.mark.parametrize(
    ("price", "gain", "amt_gain"),
    [
        pytest.param(50, 40, 20, id="above the value at exercise"),
        pytest.param(25, 15, -5, id="between strike and value"),
        pytest.param(4, -6, -26, id="below the strike"),
    ],
)
def test_a_qualifying_sale_is_gain_alone(price: float, gain: float, amt_gain: float) -> None:
    sale, (_, year, _) = sold("2027-03-01", price)

    assert sale["disposition"] == "qualifying"
    assert (sale["ordinary_income"], sale["gain"], sale["amt_gain"]) == (0, gain, amt_gain)
    assert (year["long_term_gain"], year["amt_long_term_gain"]) == (gain, amt_gain)


def test_shares_held_for_a_year_but_not_two_from_the_grant_are_long_term_and_disqualified() -> None:
    sale, _ = sold("2027-11-30", 50, granted=YOUNG)

    assert sale["disposition"] == "disqualifying"
    assert sale["long_term"]
    assert sale["amt_long_term"]


@pytest.mark.parametrize(
    ("date", "price", "income", "gain", "amt_gain"),
    [
        pytest.param("2026-11-30", 25, 20, 0, 0, id="same year, below the value"),
        pytest.param("2027-01-10", 25, 20, 0, 0, id="later year, below the value"),
        pytest.param("2027-01-10", 4, 20, 0, 0, id="later year, below the strike"),
        pytest.param("2027-01-10", 50, 20, 20, 20, id="later year, at a gain"),
        pytest.param("2027-03-01", 25, 0, 15, 0, id="qualifying, loss for AMT only"),
    ],
)
def test_a_loss_that_is_not_recognized_counts_as_nothing_and_lifts_the_cap_on_income(
    date: str, price: float, income: float, gain: float, amt_gain: float
) -> None:
    sale, _ = sold(date, price, loss_recognized=False)

    assert (sale["ordinary_income"], sale["gain"], sale["amt_gain"]) == (income, gain, amt_gain)


def test_an_exercise_below_the_strike_has_no_bargain_element() -> None:
    sale, (year, *_) = sold("2027-03-01", 4, value=7)

    assert year["bargain_element"] == 0
    assert sale["gain"] == sale["amt_gain"] == -6


def test_the_spread_of_a_nonstatutory_option_is_wages_and_basis_in_both_systems() -> None:
    events = an_iso_exercise(shares=100, strike=10, value=30)
    events["grants"][0]["kind"] = "nso"
    sales = [{"id": "s1", "from": "e1", "date": "2026-11-30", "shares": 40, "price": 25}]

    (year,) = result_of(years_from(2026, {"wages": 300_000}, **events, sales=sales))["years"]

    equity = year["equity"]
    assert equity["wages"] == equity["medicare_wages"] == 2_000
    assert equity["bargain_element"] == 0
    assert equity["short_term_gain"] == equity["amt_short_term_gain"] == -200
    assert equity["sales"][0]["disposition"] == "not_iso"
    assert year["additional_medicare_tax"] == pytest.approx(0.009 * 102_000)


def test_income_of_a_disqualifying_sale_bears_neither_medicare_nor_investment_tax() -> None:
    events = an_iso_exercise(shares=1_000, strike=10, value=30)
    sales = [{"id": "s1", "from": "e1", "date": "2026-11-30", "shares": 1_000, "price": 30}]

    (year,) = result_of(years_from(2026, {"wages": 200_000}, **events, sales=sales))["years"]

    assert year["adjusted_gross_income"] == 220_000
    assert year["additional_medicare_tax"] == 0
    assert year["net_investment_income_tax"] == 0


def test_only_shares_kept_at_the_end_of_the_year_have_a_bargain_element() -> None:
    events = an_iso_exercise(shares=1_200, strike=8, value=45)
    sales = [{"id": "s1", "from": "e1", "date": "2026-06-01", "shares": 250, "price": 45}]

    (year,) = result_of(years_from(2026, {}, **events, sales=sales))["years"]

    assert year["equity"]["wages"] == 9_250
    assert year["equity"]["bargain_element"] == 35_150


def holding(**facts: Any) -> Document:
    sale = {"id": "s1", "from": "h1", "date": "2026-06-01", "shares": 10, "price": 50}
    return {"holdings": [{"id": "h1", "shares": 10, **facts}], "sales": [sale]}


def test_shares_exercised_before_the_first_year_bring_both_bases_along() -> None:
    iso = {
        "granted": "2020-01-01",
        "exercised": "2023-05-05",
        "strike": 10,
        "fair_market_value": 30,
    }

    (year,) = result_of(years_from(2026, {}, **holding(acquired="2023-05-05", iso=iso)))["years"]

    assert year["equity"]["bargain_element"] == 0
    assert year["equity"]["long_term_gain"] == 400
    assert year["equity"]["amt_long_term_gain"] == 200


def test_both_bases_of_an_iso_holding_follow_from_its_exercise() -> None:
    iso = {
        "granted": "2020-01-01",
        "exercised": "2023-05-05",
        "strike": 10,
        "fair_market_value": 30,
    }
    told = holding(acquired="2023-05-05", iso=iso)
    ignored = holding(acquired="2023-05-05", iso=iso, basis=1, amt_basis=2)

    assert result_of(years_from(2026, {}, **ignored)) == result_of(years_from(2026, {}, **told))


def test_a_holding_may_have_an_amt_basis_of_its_own() -> None:
    (year,) = result_of(
        years_from(2026, {}, **holding(acquired="2026-01-05", basis=20, amt_basis=35))
    )["years"]

    assert year["equity"]["short_term_gain"] == 300
    assert year["equity"]["amt_short_term_gain"] == 150
    assert year["equity"]["sales"][0]["disposition"] == "not_iso"


def test_without_an_amt_basis_it_is_the_basis() -> None:
    (year,) = result_of(years_from(2026, {}, **holding(acquired="2020-01-05", basis=20)))["years"]

    assert year["equity"]["long_term_gain"] == year["equity"]["amt_long_term_gain"] == 300


@pytest.mark.parametrize("date", ["2026-02-03", "2026-12-31"])
def test_worthless_stock_counts_as_sold_on_the_last_day_of_the_year(date: str) -> None:
    # IRC 165(g)(1): held from 5 June 2025 to 31 December 2026, hence long-term.
    facts = holding(acquired="2025-06-05", basis=20, amt_basis=35)
    facts["sales"][0] |= {"date": date, "price": 0, "kind": "worthless"}

    (year,) = result_of(years_from(2026, {}, **facts))["years"]

    assert year["equity"]["long_term_gain"] == -200
    assert year["equity"]["amt_long_term_gain"] == -350
    assert year["equity"]["short_term_gain"] == 0


def test_worthless_iso_stock_is_held_to_the_end_of_the_year() -> None:
    sale, _ = sold("2027-01-10", 0, kind="worthless")

    assert sale["disposition"] == "qualifying"
    assert (sale["gain"], sale["amt_gain"]) == (-10, -30)


def test_nothing_is_paid_for_worthless_stock() -> None:
    with pytest.raises(InvalidScenario) as raised:
        sold("2027-01-10", 1, kind="worthless")

    assert [problem.path for problem in raised.value.problems] == ["sales[0].price"]


@pytest.mark.parametrize("kind", ["gift", "spouse", "death", "exchange", "short_sale"])
def test_other_transfers_are_refused_by_name(kind: str) -> None:
    with pytest.raises(UnsupportedSituation) as raised:
        sold("2027-01-10", 0, kind=kind)

    (problem,) = raised.value.problems
    assert problem.path == "sales[0].kind"
    assert problem.unsupported
    assert "not modelled" in problem.message


def test_a_transfer_that_there_is_not_is_an_ordinary_problem() -> None:
    with pytest.raises(InvalidScenario) as raised:
        sold("2027-01-10", 0, kind="lottery")

    assert not raised.value.problems[0].unsupported
