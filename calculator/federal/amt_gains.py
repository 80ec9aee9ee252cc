"""The worksheets for gains as refigured for AMT, as far as Form 6251 asks for them.

Form 6251 instructions (2025), lines 13 to 15: Qualified Dividends and Capital Gain Tax Worksheet
lines 2 to 4, or Schedule D Tax Worksheet lines 2 to 13, filled in from the AMT Schedule D.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import Condition, Dollars, opposite, smaller_of
from calculator.federal.gains_worksheets import preferential_income
from calculator.lines import Filled, Line

if TYPE_CHECKING:
    from calculator.federal.schedule_d import ScheduleD


class AmtDividendsWorksheet(NamedTuple):
    """Qualified Dividends and Capital Gain Tax Worksheet for AMT, lines 2 to 4."""

    qualified_dividends: Annotated[Dollars, Line("2", "Qualified dividends")]
    net_capital_gain: Annotated[Dollars, Line("3", "Net capital gain of the AMT Schedule D")]
    preferential_income: Annotated[Dollars, Line("4", "Lines 2 and 3")]


class AmtTaxWorksheet(NamedTuple):
    """Schedule D Tax Worksheet for AMT, lines 2 to 13; no Form 4952 election."""

    qualified_dividends: Annotated[Dollars, Line("2", "Qualified dividends")]
    line_6: Annotated[Dollars, Line("6", "Line 2 without what is elected as investment income")]
    line_7: Annotated[Dollars, Line("7", "Smaller of AMT Schedule D lines 15 and 16")]
    net_capital_gain: Annotated[Dollars, Line("9", "Net capital gain of the AMT Schedule D")]
    dividends_and_gain: Annotated[Dollars, Line("10", "Lines 6 and 9")]
    line_11: Annotated[Dollars, Line("11", "AMT Schedule D lines 18 and 19")]
    special_gain: Annotated[Dollars, Line("12", "Smaller of lines 9 and 11")]
    at_general_rates: Annotated[Dollars, Line("13", "Line 10 less line 12")]


class AmtGainsWorksheets(NamedTuple):
    """The one that a year needs; in a batch, perhaps both."""

    dividends: Filled[AmtDividendsWorksheet] | None
    with_special_gains: Filled[AmtTaxWorksheet] | None


def amt_gains_worksheets(
    qualified_dividends: Dollars, schedule: ScheduleD, needed: Condition
) -> AmtGainsWorksheets:
    """What Form 6251 Part III begins with; ``needed`` where the year has that part."""
    gains = preferential_income(qualified_dividends, schedule)
    special = schedule.has_special_gains
    short = AmtDividendsWorksheet(
        qualified_dividends=qualified_dividends,
        net_capital_gain=schedule.net_capital_gain,
        preferential_income=gains.dividends_and_gain,
    )
    if special is False:
        return AmtGainsWorksheets(Filled(short, needed), None)
    long = AmtTaxWorksheet(
        qualified_dividends=qualified_dividends,
        line_6=qualified_dividends,
        line_7=smaller_of(schedule.net_long_term, schedule.net),
        net_capital_gain=schedule.net_capital_gain,
        dividends_and_gain=gains.dividends_and_gain,
        line_11=schedule.collectibles_gain + schedule.unrecaptured_1250_gain,
        special_gain=gains.special_gain,
        at_general_rates=gains.at_general_rates,
    )
    return AmtGainsWorksheets(
        None if special is True else Filled(short, needed & opposite(special)),
        Filled(long, needed & special),
    )
