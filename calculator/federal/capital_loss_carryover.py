"""Capital Loss Carryover Worksheet, kept once in each system: IRC 1212(b).

Schedule D instructions (2025), lines 1 to 13.  The AMT twin starts from Form 6251 line 4 and the
Schedule D as refigured for AMT: Treas. Reg. 1.55-1(a).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import Dollars, excess, loss_of, not_below_zero, smaller_of
from calculator.lines import Line
from calculator.scenario import CapitalLoss

if TYPE_CHECKING:
    from calculator.federal.schedule_d import ScheduleD


class CapitalLossCarryover(NamedTuple):
    """The worksheet's thirteen lines."""

    income: Annotated[Dollars, Line("1", "Taxable income, negative if below zero (AMT: AMTI)")]
    loss_allowed: Annotated[Dollars, Line("2", "Loss allowed, as a positive amount")]
    income_before_loss: Annotated[Dollars, Line("3", "Income before that loss, not below zero")]
    loss_absorbed: Annotated[Dollars, Line("4", "Loss that the income absorbed")]
    short_term_loss: Annotated[Dollars, Line("5", "Net short-term loss")]
    long_term_gain: Annotated[Dollars, Line("6", "Net long-term gain")]
    used_against_short_term: Annotated[Dollars, Line("7", "Lines 4 and 6")]
    short_term_carryover: Annotated[Dollars, Line("8", "Short-term loss carried to next year")]
    long_term_loss: Annotated[Dollars, Line("9", "Net long-term loss")]
    short_term_gain: Annotated[Dollars, Line("10", "Net short-term gain")]
    absorption_left: Annotated[Dollars, Line("11", "Line 4 less line 5")]
    used_against_long_term: Annotated[Dollars, Line("12", "Lines 10 and 11")]
    long_term_carryover: Annotated[Dollars, Line("13", "Long-term loss carried to next year")]

    @property
    def to_next_year(self) -> CapitalLoss:
        """The losses carried over, by holding period."""
        return CapitalLoss(short_term=self.short_term_carryover, long_term=self.long_term_carryover)


def capital_loss_carryover(income: Dollars, schedule: ScheduleD) -> CapitalLossCarryover:
    """What of this year's losses is left for the next; ``income`` may be below zero."""
    loss_allowed = 0.0 - schedule.loss_allowed
    income_before_loss = not_below_zero(income + loss_allowed)
    loss_absorbed = smaller_of(loss_allowed, income_before_loss)
    short_term_loss = loss_of(schedule.net_short_term)
    long_term_gain = not_below_zero(schedule.net_long_term)
    used_against_short_term = loss_absorbed + long_term_gain
    long_term_loss = loss_of(schedule.net_long_term)
    short_term_gain = not_below_zero(schedule.net_short_term)
    absorption_left = excess(loss_absorbed, over=short_term_loss)
    used_against_long_term = short_term_gain + absorption_left
    return CapitalLossCarryover(
        income=income,
        loss_allowed=loss_allowed,
        income_before_loss=income_before_loss,
        loss_absorbed=loss_absorbed,
        short_term_loss=short_term_loss,
        long_term_gain=long_term_gain,
        used_against_short_term=used_against_short_term,
        short_term_carryover=excess(short_term_loss, over=used_against_short_term),
        long_term_loss=long_term_loss,
        short_term_gain=short_term_gain,
        absorption_left=absorption_left,
        used_against_long_term=used_against_long_term,
        long_term_carryover=excess(long_term_loss, over=used_against_long_term),
    )
