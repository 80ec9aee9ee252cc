"""Sale prices: what one sale brings at other prices, beside a sale on the day of exercise.

The table is that of the ESO Fund's primer on the AMT credit, for any scenario and any law.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import numpy as np

from calculator.amounts import total_of
from calculator.analysis.what_if import (
    evaluate_batch,
    refuse,
    refuse_batch,
    refuse_unlike_shares,
    sale_of,
    unused_id,
    whole,
    with_exercise,
    with_sale,
    year_of,
)
from calculator.equity.lots import lots_of
from calculator.fields import LARGEST_AMOUNT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculator.analysis.what_if import Batch
    from calculator.results import ScenarioResult
    from calculator.scenario import Exercise, Sale, Scenario

MOST_PRICES = 1000
OF_THE_OPTION = ("same_day_tax", "lot_tax", "lot_credit_left", "maximum_savings")
"""Rows that compare with a sale on the day of exercise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SalePrices:
    """The table, one column a price.  Dollars.

    The rows at the foot are of the shares sold alone.  They are None where there is no exercise
    in the years of the scenario whose day could be another.
    """

    sale: str
    year: int
    """Of the sale."""
    price: Batch
    proceeds: Batch
    regular_basis: Batch
    """Of the shares sold, before any income of a disqualifying disposition."""
    amt_basis: Batch
    credit_available: Batch
    """In the year of the sale, as the rows down to the final tax."""
    regular_tax: Batch
    tentative_minimum_tax: Batch
    credit_used: Batch
    credit_left: Batch
    """At the end of the year."""
    final_tax: Batch
    """Federal tax of the year."""
    cumulative_tax: Batch
    """Federal tax of all years through this one."""
    same_day_tax: Batch | None
    """What the shares would have added to the cumulative tax, exercised and sold on the day of
    the sale."""
    lot_tax: Batch | None
    """What the shares add to the cumulative tax."""
    lot_credit_left: Batch | None
    """Credit left, over what would be left after exercise and sale on one day."""
    maximum_savings: Batch | None
    """Same-day tax, less the tax of the shares, plus the credit left of them."""
    map_years: tuple[int, ...]
    credit_map: Batch
    """Credit left at the end of each year (rows) for each price (columns)."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        rows = {
            name: None if value is None else value.tolist()
            for name in self.__slots__
            if name not in ("sale", "year", "map_years", "credit_map")
            for value in (getattr(self, name),)
        }
        return {
            "sale": self.sale,
            "year": self.year,
            "table": rows,
            "map": {
                "year": list(self.map_years),
                "price": self.price.tolist(),
                "credit_left": self.credit_map.tolist(),
            },
        }


def sale_prices(scenario: Scenario, sale_id: str, prices: Sequence[float]) -> SalePrices:
    """The year of a sale, and what is left of the credit after it, at each price.

    Raises:
        InvalidScenario: There is no such sale, or a price is below zero.
    """
    refuse_batch(scenario)
    sale = sale_of(scenario, sale_id)
    refuse_unlike_shares(scenario, sale.source)
    price = np.asarray(prices, dtype=np.float64)
    if not 0 < price.size <= MOST_PRICES:
        raise refuse("prices", f"Give at least one price, and at most {MOST_PRICES:,}.")
    if not ((price >= 0.0) & (price <= LARGEST_AMOUNT)).all():
        raise refuse("prices", "Enter prices of zero or more.")
    size = price.size
    lot = lots_of(scenario)[sale.source]
    sold = with_sale(scenario, sale_id, price=price)
    result = evaluate_batch(sold, size)
    year = sale.date.year
    of_sale = year_of(result, year)
    compared = _beside_a_same_day_sale(sold, sale_id, result)
    return SalePrices(
        sale=sale_id,
        year=year,
        price=price,
        proceeds=price * sale.shares,
        regular_basis=whole(lot.basis * sale.shares, size),
        amt_basis=whole(lot.amt_basis * sale.shares, size),
        credit_available=whole(of_sale.credit_available, size),
        regular_tax=whole(of_sale.regular_tax, size),
        tentative_minimum_tax=whole(of_sale.tentative_minimum_tax, size),
        credit_used=whole(of_sale.credit_used, size),
        credit_left=whole(of_sale.credit_balance, size),
        final_tax=whole(of_sale.federal_tax, size),
        cumulative_tax=_cumulative_tax(result, year, size),
        **compared,
        map_years=tuple(each.year for each in result.years),
        credit_map=np.array([whole(each.credit_balance, size) for each in result.years]),
    )


def _beside_a_same_day_sale(
    sold: Scenario, sale_id: str, result: ScenarioResult
) -> dict[str, Batch | None]:
    sale = sale_of(sold, sale_id)
    exercise = next((each for each in sold.exercises if each.id == sale.source), None)
    if exercise is None or exercise.date.year < sold.years[0].year:
        return dict.fromkeys(OF_THE_OPTION)
    size, year = len(np.atleast_1d(sale.price)), sale.date.year
    without = evaluate_batch(_without_shares_of(sold, sale, exercise), size)
    same_day = evaluate_batch(_on_one_day(sold, sale, exercise), size)
    taxes_without = _cumulative_tax(without, year, size)
    same_day_tax = _cumulative_tax(same_day, year, size) - taxes_without
    lot_tax = _cumulative_tax(result, year, size) - taxes_without
    credit_left = whole(year_of(result, year).credit_balance, size)
    lot_credit_left = credit_left - whole(year_of(same_day, year).credit_balance, size)
    return {
        "same_day_tax": same_day_tax,
        "lot_tax": lot_tax,
        "lot_credit_left": lot_credit_left,
        "maximum_savings": same_day_tax - lot_tax + lot_credit_left,
    }


def _without_shares_of(scenario: Scenario, sale: Sale, exercise: Exercise) -> Scenario:
    """As if the shares of this sale had never been bought; others of the lot are."""
    kept = with_exercise(scenario, exercise.id, shares=exercise.shares - sale.shares)
    return with_sale(kept, sale.id, shares=0.0)


def _on_one_day(scenario: Scenario, sale: Sale, exercise: Exercise) -> Scenario:
    """As if the shares of this sale were exercised on its day, at its price."""
    name = unused_id(scenario, exercise.id)
    moved = replace(
        exercise, id=name, date=sale.date, shares=sale.shares, fair_market_value=sale.price
    )
    kept = with_exercise(scenario, exercise.id, shares=exercise.shares - sale.shares)
    bought = replace(kept, exercises=(*kept.exercises, moved))
    return with_sale(bought, sale.id, source=name)


def _cumulative_tax(result: ScenarioResult, through_year: int, size: int) -> Batch:
    years = takewhile(lambda each: each.year <= through_year, result.years)
    return whole(total_of(each.federal_tax for each in years), size)
