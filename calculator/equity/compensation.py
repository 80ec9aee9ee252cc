"""The equity compensation of one year: what exercises and sales put on the forms.

Form 6251 line 2i takes the spread of incentive stock options exercised in the year, less the
shares disposed of in the same calendar year: IRC 56(b)(3).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, total_of
from calculator.equity.dispositions import (
    DISQUALIFYING,
    DISQUALIFYING_SAME_YEAR,
    Disposition,
    dispose,
)
from calculator.equity.lots import lots_of

if TYPE_CHECKING:
    from calculator.scenario import Scenario


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
    sales: tuple[Disposition, ...]


NO_EQUITY = EquityYear(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ())


def equity_by_year(scenario: Scenario) -> dict[int, EquityYear]:
    """The equity compensation of every year in which something happens."""
    lots = lots_of(scenario)
    kinds = {grant.id: grant.kind for grant in scenario.grants}
    nonstatutory: dict[int, list[Dollars]] = defaultdict(list)
    bargains: dict[int, list[Dollars]] = defaultdict(list)
    sales: dict[int, list[Disposition]] = defaultdict(list)

    for exercise in scenario.exercises:
        spread = lots[exercise.id].spread * exercise.shares
        (bargains if kinds[exercise.grant] == "iso" else nonstatutory)[exercise.date.year].append(
            spread
        )
    for sale in scenario.sales:
        lot = lots[sale.source]
        sold = dispose(lot, sale)
        sales[sale.date.year].append(sold)
        if sold.disposition == DISQUALIFYING_SAME_YEAR:
            bargains[sale.date.year].append(-lot.spread * sale.shares)
    return {
        year: _year(nonstatutory[year], bargains[year], sales[year])
        for year in sorted(nonstatutory.keys() | bargains.keys() | sales.keys())
    }


def _year(
    nonstatutory: list[Dollars], bargains: list[Dollars], sales: list[Disposition]
) -> EquityYear:
    medicare_wages = total_of(nonstatutory)
    return EquityYear(
        wages=medicare_wages + total_of(sale.ordinary_income for sale in sales),
        medicare_wages=medicare_wages,
        bargain_element=total_of(bargains),
        income_left_out_of_amt=total_of(
            sale.ordinary_income for sale in sales if sale.disposition == DISQUALIFYING
        ),
        short_term_gain=total_of(sale.gain for sale in sales if not sale.long_term),
        long_term_gain=total_of(sale.gain for sale in sales if sale.long_term),
        amt_short_term_gain=total_of(sale.amt_gain for sale in sales if not sale.amt_long_term),
        amt_long_term_gain=total_of(sale.amt_gain for sale in sales if sale.amt_long_term),
        sales=tuple(sales),
    )
