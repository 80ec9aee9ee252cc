"""Figures as on a filed return: whole dollars, and the Tax Table below $100,000."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from calculator.law import law_for
from calculator.law.as_filed import WholeDollarRate, as_filed
from calculator.scenario import FILING_STATUSES, LawChoice
from tests.calculator.builders import Document, a_year, result_of, year_of, years_from
from tests.calculator.households import household, structure

AS_FILED = {"figures": "as_filed"}
IN_ORDER = ("larger", "itemized", "larger", "standard", "larger", "larger")


def tax_in(year: int, status: str, income: float) -> float:
    return float(as_filed(law_for(year, status, LawChoice())).brackets.tax(income))


@pytest.mark.parametrize(
    ("year", "status", "income", "tax"),
    [
        # Form 1040 instructions of 2019, the example above the Tax Table.
        pytest.param(2019, "married_filing_jointly", 25_300.0, 2_651, id="the IRS's own example"),
        # The rows that every edition of the table has, as the first rate has long been 10%.
        pytest.param(2025, "single", 0.0, 0, id="nothing"),
        pytest.param(2025, "single", 4.0, 0, id="below 5"),
        pytest.param(2025, "single", 5.0, 1, id="from 5"),
        pytest.param(2025, "single", 14.0, 1, id="below 15"),
        pytest.param(2025, "single", 15.0, 2, id="from 15"),
        pytest.param(2025, "single", 25.0, 4, id="from 25"),
        pytest.param(2025, "single", 50.0, 6, id="from 50"),
        pytest.param(2025, "single", 75.0, 9, id="from 75"),
        pytest.param(2025, "single", 2_024.0, 201, id="below 2,025"),
        pytest.param(2025, "single", 2_025.0, 204, id="from 2,025"),
        pytest.param(2025, "single", 3_000.0, 303, id="from 3,000"),
        pytest.param(2025, "single", 3_049.0, 303, id="below 3,050"),
        pytest.param(2025, "single", 3_050.0, 308, id="from 3,050"),
        # 1,192.50 + 4,386 + 22% of 1,550 = 5,919.50.
        pytest.param(2025, "single", 50_000.0, 5_920, id="half a dollar is a dollar"),
        # 17,651 less 22% of what is missing to 103,350: 99,975 in the table, then the income.
        pytest.param(2025, "single", 99_999.0, 16_909, id="the last row"),
        pytest.param(2025, "single", 100_000.0, 16_914, id="from 100,000 on the worksheet"),
        # 17,651 + 24% of 82,258 = 37,392.92.
        pytest.param(2025, "single", 185_608.0, 37_393, id="above"),
    ],
)
def test_tax_is_that_of_the_table(year: int, status: str, income: float, tax: float) -> None:
    assert tax_in(year, status, income) == tax


def test_a_batch_reads_the_same_table() -> None:
    incomes = np.array([0.0, 4, 5, 15, 25, 2_999, 3_000, 50_000, 99_999, 100_000, 185_608])
    brackets = as_filed(law_for(2025, "single", LawChoice())).brackets

    assert brackets.tax(incomes).tolist() == [brackets.tax(float(each)) for each in incomes]


@pytest.mark.parametrize("amount", [10.0, np.array([10.0]), np.array([[10.0, 10.0]])])
def test_a_rate_rounds_what_it_is_multiplied_with_on_either_side(amount: Any) -> None:
    rate = WholeDollarRate(0.25)

    for product in (rate * amount, amount * rate):
        assert np.all(product == 3)
        assert type(product) is type(amount)


def test_a_return_by_hand() -> None:
    # In whole dollars: wages 200,123, interest 1,235, gain 10,001, hence an AGI of 211,359 and a
    # taxable income of 195,609.  Worksheet: 17,651 + 24% of 82,258 on line 22 (37,393), 15% of
    # 10,001 on line 18 (1,500).  Form 6251: 211,359 less 88,100; 26% of 113,258 on line 18.
    year = year_of(
        a_year(
            2025,
            wages=200_123.49,
            interest=1_234.50,
            long_term_gain=10_000.50,
        )
        | {"method": AS_FILED}
    )

    assert year["adjusted_gross_income"] == 211_359
    assert year["regular_tax"] == 38_893
    assert year["forms"]["form_6251"]["18"] == 29_447
    assert year["forms"]["form_6251"]["39"] == 32_047
    assert year["tentative_minimum_tax"] == 30_947
    assert year["net_investment_income_tax"] == 427
    assert year["additional_medicare_tax"] == 1
    assert year["federal_tax"] == 39_321


def test_proceeds_and_basis_of_a_sale_are_rounded_each() -> None:
    # 1,000.40 less 500.60: 1,000 less 501, and not 500.
    sale = {"id": "s", "from": "h", "date": "2025-06-01", "shares": 10, "price": 100.04}
    held = {"id": "h", "acquired": "2020-01-01", "shares": 10, "basis": 50.06, "amt_basis": 60.04}
    document = a_year(2025) | {"holdings": [held], "sales": [sale], "method": AS_FILED}

    (sold,) = year_of(document)["equity"]["sales"]

    assert (sold["gain"], sold["amt_gain"]) == (499, 400)
    assert year_of(document)["forms"]["schedule_d"]["8b"] == 499


def test_wages_and_those_of_options_are_one_amount() -> None:
    # 100,000.40 + 20,000.40 = 120,000.80.
    document = years_from(
        2025,
        {"wages": 100_000.40},
        grants=[{"id": "g", "kind": "nso", "date": "2024-01-01", "shares": 10, "strike": 1}],
        exercises=[
            {"id": "e", "grant": "g", "date": "2025-05-05", "shares": 10}
            | {"fair_market_value": 2_001.04}
        ],
        method=AS_FILED,
    )

    assert year_of(document)["forms"]["form_1040"]["1z"] == 120_001


def amounts_of(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from amounts_of(inside, f"{path}.{key}")
    elif isinstance(value, list):
        for i, inside in enumerate(value):
            yield from amounts_of(inside, f"{path}[{i}]")
    elif isinstance(value, float):
        yield path, value


@pytest.mark.parametrize("first", [2017, 2021, 2025])
@pytest.mark.parametrize("status", FILING_STATUSES)
def test_every_line_of_every_form_is_in_whole_dollars(status: str, first: int) -> None:
    random = np.random.default_rng(first)
    for _ in range(6):
        common = structure(status, first, IN_ORDER, events=first == 2025)
        document = household(random, common) | {"method": AS_FILED}
        if first == 2017:
            document["years"][0]["qualified_business_income_deduction"] = 0.0

        for year in result_of(document)["years"]:
            in_part = {path: n for path, n in amounts_of(year) if abs(n - round(n)) > 1e-6}
            assert in_part == {}


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_figures_as_filed_are_the_exact_ones_but_for_rounding(status: str) -> None:
    """A row of the table is $50 wide: up to 25 × 24% = $6 apart, twice on a worksheet."""
    random = np.random.default_rng(1040)
    for _ in range(6):
        document = household(random, structure(status, 2025, ("itemized",) * 4))
        exact = result_of(document)["years"]
        filed = result_of(document | {"method": AS_FILED})["years"]

        for one, other in zip(exact, filed, strict=True):
            for name in ("regular_tax", "tentative_minimum_tax", "exclusion_items_tax"):
                assert other[name] == pytest.approx(one[name], abs=25)
            assert other["amti"] == pytest.approx(one["amti"], abs=25)


def test_the_flat_model_has_no_returns_to_file() -> None:
    document: Document = a_year(2025, wages=100.25) | {"law": {"path": "flat"}}
    law = law_for(2025, "single", LawChoice(path="flat"))

    assert as_filed(law) is law
    # 37% of 100.25.
    assert year_of(document | {"method": AS_FILED})["regular_tax"] == pytest.approx(37.0925)
