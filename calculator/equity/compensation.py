"""The equity compensation of one year: what exercises and sales put on the forms.

Form 6251 line 2i takes the spread of incentive stock options in the year of the exercise, or in
that of vesting if it comes later and nothing was elected, less the shares disposed of in the same
calendar year: IRC 56(b)(3), 83.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, total_of
from calculator.equity.dispositions import (
    DISQUALIFYING,
    DISQUALIFYING_SAME_YEAR,
    QUALIFYING,
    Disposition,
    SaleResult,
    pieces_sold,
    sell,
)
from calculator.equity.lots import tranches_of
from calculator.equity.splits import after_splits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calculator.equity.lots import Lot, Tranche
    from calculator.scenario import Sale, Scenario


class EquityYear(NamedTuple):
    """One year's equity compensation.  Dollars."""

    wages: Dollars
    """Spread of nonstatutory options and income of disqualifying dispositions."""
    medicare_wages: Dollars
    """The part of the wages that is subject to Medicare tax: nonstatutory options only."""
    bargain_element: Dollars
    """Form 6251 line 2i."""
    income_left_out_of_amt: Dollars
    """Ordinary income of disqualifying dispositions of shares exercised in an earlier year."""
    short_term_gain: Dollars
    long_term_gain: Dollars
    amt_short_term_gain: Dollars
    amt_long_term_gain: Dollars
    sales: tuple[SaleResult, ...]


NO_EQUITY = EquityYear(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ())


def equity_by_year(scenario: Scenario) -> dict[int, EquityYear]:
    """The equity compensation of every year in which something happens."""
    scenario = after_splits(scenario)
    tranches = tranches_of(scenario)
    nonstatutory: dict[int, list[Dollars]] = defaultdict(list)
    bargains: dict[int, list[Dollars]] = defaultdict(list)
    sales: dict[int, list[SaleResult]] = defaultdict(list)

    for exercise in scenario.exercises:
        for tranche in tranches[exercise.id]:
            for _, lot in tranche.lots:
                if lot.counted is not None:
                    taxed = nonstatutory if lot.granted is None else bargains
                    taxed[lot.counted.year].append(lot.amt_spread * lot.shares)
    for sale, sold in zip(scenario.sales, sales_of(scenario, tranches), strict=True):
        sales[sale.date.year].append(sold)
    return {
        year: _year(nonstatutory[year], bargains[year], sales[year])
        for year in sorted(nonstatutory.keys() | bargains.keys() | sales.keys())
    }


def sales_of(
    scenario: Scenario, tranches: Mapping[str, tuple[Tranche, ...]]
) -> tuple[SaleResult, ...]:
    """Every sale in the order of the document; the shares of a lot go in the order of dates."""
    found: list[SaleResult] = []
    for sale in scenario.sales:
        own = tranches[sale.source]
        before: Dollars = 0.0
        if len(own) > 1:
            before = _sold_before(sale, scenario.sales)
        found.append(sell(own, before, sale))
    return tuple(found)


def pieces_by_sale(
    scenario: Scenario, tranches: Mapping[str, tuple[Tranche, ...]]
) -> dict[str, tuple[tuple[Lot, Disposition], ...]]:
    """The lots that every sale takes its shares from, beside what became of them."""
    return {
        sale.id: tuple(pieces_sold(tranches[sale.source], _sold_before(sale, scenario.sales), sale))
        for sale in scenario.sales
    }


def _sold_before(sale: Sale, sales: Sequence[Sale]) -> Dollars:
    """The shares of the same lot that were sold before a sale."""
    same = sorted((each for each in sales if each.source == sale.source), key=lambda s: s.date)
    return total_of(each.shares for each in same[: same.index(sale)])


def _year(
    nonstatutory: list[Dollars], bargains: list[Dollars], sales: list[SaleResult]
) -> EquityYear:
    medicare_wages = total_of(nonstatutory)
    parts = [part for sale in sales for part in sale.parts]
    return EquityYear(
        wages=medicare_wages + total_of(sale.ordinary_income for sale in sales),
        medicare_wages=medicare_wages,
        bargain_element=total_of(bargains) + total_of(kept_out_of_line_2i(part) for part in parts),
        income_left_out_of_amt=total_of(left_out_of_amt(part) for part in parts),
        short_term_gain=total_of(part.gain for part in parts if not part.long_term),
        long_term_gain=total_of(part.gain for part in parts if part.long_term),
        amt_short_term_gain=total_of(part.amt_gain for part in parts if not part.amt_long_term),
        amt_long_term_gain=total_of(part.amt_gain for part in parts if part.amt_long_term),
        sales=tuple(sales),
    )


def kept_out_of_line_2i(part: Disposition) -> Dollars:
    """What a sale in the year in which AMT counts the spread does to line 2i.

    It takes the spread off.  If the sale is a qualifying one, AMT has ordinary income all the same,
    within the limit of section 422(c)(2); that of others is also regular income.
    """
    if part.disposition == QUALIFYING:
        return part.amt_income - part.counted_again
    return -part.counted_again


def left_out_of_amt(part: Disposition) -> Dollars:
    """Ordinary income of a disqualifying disposition that AMT counted in an earlier year."""
    if part.disposition == DISQUALIFYING:
        return part.ordinary_income
    if part.disposition == DISQUALIFYING_SAME_YEAR:
        return part.ordinary_income - part.amt_income
    return 0.0
