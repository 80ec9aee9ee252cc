"""Schedule D: capital gains and losses, filled in twice, once in each system.

The same netting, loss limit and special gains serve regular tax and AMT (Treas. Reg. 1.55-1(a);
Form 6251 instructions, line 2k); what differs is the basis of the shares sold and the losses
carried over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import (
    Condition,
    Dollars,
    choose,
    is_zero,
    loss_of,
    not_below_zero,
    smaller_of,
)
from calculator.federal.special_gains import (
    RateGainWorksheet,
    UnrecapturedGainWorksheet,
    rate_gain_worksheet,
    unrecaptured_gain_worksheet,
)
from calculator.lines import Filled, Line

if TYPE_CHECKING:
    from calculator.law.parameters import GainsLaw
    from calculator.scenario import CapitalLoss


class ScheduleD(NamedTuple):
    """Schedule D (2025), lines 1b to 21, with the signs as printed."""

    short_term_transactions: Annotated[Dollars, Line("1b", "Short-term gain or loss")]
    short_term_carryover: Annotated[Dollars, Line("6", "Short-term loss carried over")]
    net_short_term: Annotated[Dollars, Line("7", "Net short-term gain or loss")]
    long_term_transactions: Annotated[Dollars, Line("8b", "Long-term gain or loss")]
    long_term_carryover: Annotated[Dollars, Line("14", "Long-term loss carried over")]
    net_long_term: Annotated[Dollars, Line("15", "Net long-term gain or loss")]
    net: Annotated[Dollars, Line("16", "Net gain or loss")]
    collectibles_gain: Annotated[Dollars, Line("18", "28% rate gain")]
    unrecaptured_1250_gain: Annotated[Dollars, Line("19", "Unrecaptured section 1250 gain")]
    loss_allowed: Annotated[Dollars, Line("21", "Loss allowed against other income")]

    in_income: Dollars
    """What enters income: the net gain, or the loss as far as it is allowed."""
    net_capital_gain: Dollars
    """Gain on both lines 15 and 16, the smaller of the two: IRC 1222(11)."""
    rate_gain_worksheet: Filled[RateGainWorksheet] | None = None
    unrecaptured_gain_worksheet: Filled[UnrecapturedGainWorksheet] | None = None

    @property
    def has_special_gains(self) -> Condition:
        """Line 20: whether the Schedule D Tax Worksheet is needed."""
        return (self.collectibles_gain > 0.0) | (self.unrecaptured_1250_gain > 0.0)


class GainsOfYear(NamedTuple):
    """The year's transactions in one system, before losses carried over."""

    short_term: Dollars
    long_term: Dollars
    unrecaptured_1250: Dollars
    """Part of the long-term gain."""
    collectibles: Dollars
    """Part of the long-term gain."""


def schedule_d(
    gains: GainsOfYear, carryover: CapitalLoss, law: GainsLaw, loss_limit: float
) -> ScheduleD:
    """Nets the year's gains with the losses carried over: IRC 1211(b), 1222; Schedule D (2025)."""
    net_short_term = gains.short_term - carryover.short_term
    net_long_term = gains.long_term - carryover.long_term
    net = net_short_term + net_long_term
    loss_allowed = 0.0 - smaller_of(loss_of(net), loss_limit)
    net_capital_gain = not_below_zero(smaller_of(net_long_term, net))
    rate_gain, unrecaptured = _special_gains(
        gains, carryover, net_short_term, net_capital_gain > 0.0, law
    )
    return ScheduleD(
        short_term_transactions=gains.short_term,
        short_term_carryover=0.0 - carryover.short_term,
        net_short_term=net_short_term,
        long_term_transactions=gains.long_term,
        long_term_carryover=0.0 - carryover.long_term,
        net_long_term=net_long_term,
        net=net,
        collectibles_gain=(
            0.0 if rate_gain is None else choose(rate_gain.needed, rate_gain.form.rate_gain, 0.0)
        ),
        unrecaptured_1250_gain=(
            0.0
            if unrecaptured is None
            else choose(unrecaptured.needed, unrecaptured.form.unrecaptured_gain, 0.0)
        ),
        loss_allowed=loss_allowed,
        in_income=not_below_zero(net) + loss_allowed,
        net_capital_gain=net_capital_gain,
        rate_gain_worksheet=rate_gain,
        unrecaptured_gain_worksheet=unrecaptured,
    )


def _special_gains(
    gains: GainsOfYear,
    carryover: CapitalLoss,
    net_short_term: Dollars,
    has_gain: Condition,
    law: GainsLaw,
) -> tuple[Filled[RateGainWorksheet] | None, Filled[UnrecapturedGainWorksheet] | None]:
    """The worksheets of lines 18 and 19, which need gain on both lines 15 and 16.

    None where no scenario of the batch has such gains, or gain at all.
    """
    if not law.special_rates or has_gain is False:
        return None, None
    rate_gain: Filled[RateGainWorksheet] | None = None
    unrecaptured: Filled[UnrecapturedGainWorksheet] | None = None
    if not is_zero(gains.collectibles):
        filled_in = rate_gain_worksheet(gains.collectibles, carryover, net_short_term)
        rate_gain = Filled(filled_in, has_gain & (gains.collectibles != 0.0))
    if not is_zero(gains.unrecaptured_1250):
        unrecaptured = Filled(
            unrecaptured_gain_worksheet(
                gains.unrecaptured_1250, gains.collectibles, carryover, net_short_term
            ),
            has_gain & (gains.unrecaptured_1250 > 0.0),
        )
    return rate_gain, unrecaptured
