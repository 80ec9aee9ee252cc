"""The table of sale prices, against the primer that it comes from and against brute force."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.__main__ import main
from calculator.analysis.sale_prices import sale_prices
from calculator.analysis.what_if import with_sale
from calculator.scenario import Scenario
from tests.calculator.builders import Document, an_iso_exercise, years_from

PRICES = [6, 20, 4, 0.5]

PRIMER = {
    "price": PRICES,
    "proceeds": [600_000, 2_000_000, 400_000, 50_000],
    "regular_basis": [100_000] * 4,
    "amt_basis": [600_000] * 4,
    "credit_available": [140_000] * 4,
    "regular_tax": [100_000, 380_000, 60_000, 0],
    "tentative_minimum_tax": [0, 280_000, 0, 0],
    "credit_used": [100_000, 100_000, 60_000, 0],
    "credit_left": [40_000, 40_000, 80_000, 140_000],
    "final_tax": [0, 280_000, 0, 0],
    "cumulative_tax": [140_000, 420_000, 140_000, 140_000],
    "same_day_tax": [185_000, 703_000, 111_000, 0],
    "lot_tax": [140_000, 420_000, 140_000, 140_000],
    "lot_credit_left": [40_000, 40_000, 80_000, 140_000],
    "maximum_savings": [85_000, 323_000, 51_000, 0],
}
"""ESO Fund, “What is Alternative Minimum Tax (AMT) Credit?”, its complex example."""


def primer(**other: object) -> Document:
    document = years_from(2023, {}, {}, {}, **an_iso_exercise(shares=100_000, value=6, year=2023))
    sale = {"id": "s1", "from": "e1", "date": "2025-02-10", "shares": 100_000, "price": 1}
    return document | {"law": {"path": "flat"}, "sales": [sale], **other}


def a_busy_scenario(*, sold: float = 2_500) -> Scenario:
    """Current law, wages in every year, and only a part of the lot sold."""
    facts: Document = {"wages": 220_000, "long_term_gain": 15_000, "interest": 4_000}
    sales = [
        {"id": "s1", "from": "e1", "date": "2026-03-10", "shares": sold, "price": 30},
        {"id": "s2", "from": "e1", "date": "2027-02-01", "shares": 4_000, "price": 12},
    ]
    document = years_from(
        2024,
        *[facts] * 5,
        **an_iso_exercise(shares=9_000, strike=2, value=40, year=2024),
        opening={"minimum_tax_credit": 30_000, "amt_capital_loss": {"long_term": 9_000}},
        sales=sales,
    )
    return parse_scenario(document)


def test_the_table_is_that_of_the_primer() -> None:
    table = sale_prices(parse_scenario(primer()), "s1", PRICES).to_dict()["table"]

    assert table == {row: pytest.approx(amounts, abs=1e-6) for row, amounts in PRIMER.items()}


def test_the_map_follows_the_credit_through_the_years() -> None:
    credit_map = sale_prices(parse_scenario(primer()), "s1", PRICES).to_dict()["map"]

    assert credit_map["year"] == [2023, 2024, 2025]
    assert credit_map["price"] == PRICES
    assert credit_map["credit_left"] == [
        pytest.approx([140_000] * 4),
        pytest.approx([140_000] * 4),
        pytest.approx([40_000, 40_000, 80_000, 140_000]),
    ]


def test_each_column_is_the_scenario_at_that_price() -> None:
    scenario, prices = a_busy_scenario(), [0.0, 3.0, 30.0, 41.5, 900.0]

    table = sale_prices(scenario, "s1", prices)

    for column, price in enumerate(prices):
        result = evaluate(with_sale(scenario, "s1", price=price))
        year = result.years[2]
        assert (table.year, year.year) == (2026, 2026)
        for row, amount in {
            "credit_available": year.credit_available,
            "regular_tax": year.regular_tax,
            "tentative_minimum_tax": year.tentative_minimum_tax,
            "credit_used": year.credit_used,
            "credit_left": year.credit_balance,
            "final_tax": year.federal_tax,
            "cumulative_tax": sum(each.federal_tax for each in result.years[:3]),
        }.items():
            assert getattr(table, row)[column] == pytest.approx(amount, abs=1e-6), row
        balances = [each.credit_balance for each in result.years]
        assert table.credit_map[:, column] == pytest.approx(balances, abs=1e-6)


def test_a_same_day_sale_moves_only_the_shares_of_the_sale() -> None:
    scenario, price = a_busy_scenario(), 25.0
    (first,) = scenario.exercises
    rest = replace(first, shares=6_500.0)
    moved = replace(
        first, id="later", date=scenario.sales[0].date, shares=2_500.0, fair_market_value=price
    )
    sold = replace(scenario.sales[0], source="later", price=price)
    without = replace(scenario, exercises=(rest,), sales=scenario.sales[1:])
    same_day = replace(scenario, exercises=(rest, moved), sales=(sold, scenario.sales[1]))
    through_sale = [
        sum(year.federal_tax for year in evaluate(each).years[:3])
        for each in (with_sale(scenario, "s1", price=price), without, same_day)
    ]
    credit = [
        evaluate(each).years[2].credit_balance
        for each in (with_sale(scenario, "s1", price=price), same_day)
    ]

    table = sale_prices(scenario, "s1", [price])

    assert table.same_day_tax == pytest.approx(through_sale[2] - through_sale[1])
    assert table.lot_tax == pytest.approx(through_sale[0] - through_sale[1])
    assert table.lot_credit_left == pytest.approx(credit[0] - credit[1])
    assert table.maximum_savings == pytest.approx(
        through_sale[2] - through_sale[0] + credit[0] - credit[1]
    )


def test_credit_from_elsewhere_is_no_saving() -> None:
    opening = {"minimum_tax_credit": 50_000}
    table = sale_prices(parse_scenario(primer(opening=opening)), "s1", [6])

    # 190,000 of credit, of which 100,000 is used.  Exercised and sold on one day: regular tax
    # 185,000 over tentative tax of 140,000 leaves room for 45,000 of the 50,000.
    assert table.credit_left == pytest.approx([90_000])
    assert table.same_day_tax == pytest.approx([140_000])
    assert table.lot_credit_left == pytest.approx([85_000])
    # 140,000 − 140,000 + 85,000: the 85,000 of the primer, wherever other credit comes from.
    assert table.maximum_savings == pytest.approx([85_000])


@pytest.mark.parametrize(
    "iso",
    [
        None,
        {
            "granted": "2019-01-10",
            "exercised": "2021-02-08",
            "strike": 1,
            "fair_market_value": 6,
        },
    ],
)
def test_what_was_held_from_before_has_no_same_day_sale(iso: Document | None) -> None:
    holding = {"id": "h1", "acquired": "2021-02-08", "shares": 100, "basis": 1, "iso": iso}
    sale = {"id": "s1", "from": "h1", "date": "2025-02-10", "shares": 100, "price": 7}
    document = primer(grants=[], exercises=[], holdings=[holding], sales=[sale])

    table = sale_prices(parse_scenario(document), "s1", [6.0, 7.0])

    assert table.proceeds == pytest.approx([600, 700])
    assert table.amt_basis == pytest.approx([600 if iso else 100] * 2)
    assert table.same_day_tax is table.lot_tax is table.maximum_savings is None
    assert table.to_dict()["table"]["same_day_tax"] is None


def test_an_exercise_before_the_first_year_has_no_same_day_sale() -> None:
    document = primer(years=[{"year": 2024}, {"year": 2025}])

    assert sale_prices(parse_scenario(document), "s1", [6]).same_day_tax is None


@pytest.mark.parametrize(
    ("sale", "prices", "path"),
    [
        ("s9", [1], "sale"),
        ("s1", [], "prices"),
        ("s1", [1, -1], "prices"),
        ("s1", [float("nan")], "prices"),
        ("s1", [float("inf")], "prices"),
        ("s1", [1] * 1001, "prices"),
    ],
)
def test_a_bad_question_is_refused(sale: str, prices: list[float], path: str) -> None:
    with pytest.raises(InvalidScenario) as caught:
        sale_prices(parse_scenario(primer()), sale, prices)

    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_batch_is_refused() -> None:
    batch = parse_scenario(primer(opening={"minimum_tax_credit": np.array([0.0, 1.0])}))

    with pytest.raises(InvalidScenario):
        sale_prices(batch, "s1", [6])


def test_the_command_line_prints_the_table(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "primer.json"
    path.write_text(json.dumps(primer()), encoding="utf-8")

    status = main(["sale-prices", "--sale", "s1", "--prices", "6,20,4,0.5", str(path)])

    answer = json.loads(capfdbinary.readouterr().out)
    assert status == 0
    assert answer["table"]["maximum_savings"] == pytest.approx([85_000, 323_000, 51_000, 0])
