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
    excess,
    is_zero,
    loss_of,
    not_below_zero,
    smaller_of,
)
from calculator.lines import Line

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
    loss_allowed = -smaller_of(loss_of(net), loss_limit)
    net_capital_gain = not_below_zero(smaller_of(net_long_term, net))
    collectibles, unrecaptured = _special_gains(
        gains, carryover, net_short_term, net_capital_gain > 0.0, law
    )
    return ScheduleD(
        short_term_transactions=gains.short_term,
        short_term_carryover=-carryover.short_term,
        net_short_term=net_short_term,
        long_term_transactions=gains.long_term,
        long_term_carryover=-carryover.long_term,
        net_long_term=net_long_term,
        net=net,
        collectibles_gain=collectibles,
        unrecaptured_1250_gain=unrecaptured,
        loss_allowed=loss_allowed,
        in_income=not_below_zero(net) + loss_allowed,
        net_capital_gain=net_capital_gain,
    )


def _special_gains(
    gains: GainsOfYear,
    carryover: CapitalLoss,
    net_short_term: Dollars,
    has_gain: Condition,
    law: GainsLaw,
) -> tuple[Dollars, Dollars]:
    """Lines 18 and 19: the 28% Rate Gain and Unrecaptured Section 1250 Gain Worksheets.

    They are filled in where there is gain on both lines 15 and 16.  A short-term loss and the
    long-term loss carried over reduce first the one, then the other.
    """
    if not law.special_rates or _has_none(gains):
        return 0.0, 0.0
    after_losses = gains.collectibles - loss_of(net_short_term) - carryover.long_term
    unrecaptured = excess(not_below_zero(gains.unrecaptured_1250), over=loss_of(after_losses))
    return (
        choose(has_gain, not_below_zero(after_losses), 0.0),
        choose(has_gain, unrecaptured, 0.0),
    )


def _has_none(gains: GainsOfYear) -> bool:
    """Whether no scenario of the batch has any such gain, so that the worksheets can be skipped."""
    return is_zero(gains.collectibles) and is_zero(gains.unrecaptured_1250)
