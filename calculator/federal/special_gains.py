"""28% Rate Gain Worksheet and Unrecaptured Section 1250 Gain Worksheet: IRC 1(h)(4) and (6).

Schedule D instructions (2025), lines 18 and 19, once for each system.  A short-term loss and the
long-term loss carried over reduce the 28% gain; what they leave of themselves, the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import Dollars, excess, loss_of, not_below_zero
from calculator.lines import Line

if TYPE_CHECKING:
    from calculator.scenario import CapitalLoss


class RateGainWorksheet(NamedTuple):
    """28% Rate Gain Worksheet; no section 1202 gain, nothing from other forms (lines 2 to 4)."""

    collectibles: Annotated[Dollars, Line("1", "Collectibles gain or loss")]
    long_term_carryover: Annotated[Dollars, Line("5", "Long-term loss carried over, negative")]
    short_term_loss: Annotated[Dollars, Line("6", "Net short-term loss, negative")]
    rate_gain: Annotated[Dollars, Line("7", "28% rate gain")]


class UnrecapturedGainWorksheet(NamedTuple):
    """Unrecaptured Section 1250 Gain Worksheet from line 13 on: the gain comes in as a total."""

    unrecaptured: Annotated[Dollars, Line("13", "Unrecaptured section 1250 gain of the year")]
    collectibles: Annotated[Dollars, Line("14", "Collectibles gain or loss")]
    short_term_loss: Annotated[Dollars, Line("15", "Net short-term loss, negative")]
    long_term_carryover: Annotated[Dollars, Line("16", "Long-term loss carried over, negative")]
    losses_left: Annotated[Dollars, Line("17", "Loss that lines 14 to 16 come to")]
    unrecaptured_gain: Annotated[Dollars, Line("18", "Unrecaptured section 1250 gain")]


def rate_gain_worksheet(
    collectibles: Dollars, carryover: CapitalLoss, net_short_term: Dollars
) -> RateGainWorksheet:
    """Schedule D line 18."""
    short_term_loss, long_term_carryover = _negative(carryover, net_short_term)
    return RateGainWorksheet(
        collectibles=collectibles,
        long_term_carryover=long_term_carryover,
        short_term_loss=short_term_loss,
        rate_gain=not_below_zero(collectibles + long_term_carryover + short_term_loss),
    )


def unrecaptured_gain_worksheet(
    unrecaptured: Dollars,
    collectibles: Dollars,
    carryover: CapitalLoss,
    net_short_term: Dollars,
) -> UnrecapturedGainWorksheet:
    """Schedule D line 19."""
    short_term_loss, long_term_carryover = _negative(carryover, net_short_term)
    gain = not_below_zero(unrecaptured)
    losses_left = loss_of(collectibles + short_term_loss + long_term_carryover)
    return UnrecapturedGainWorksheet(
        unrecaptured=gain,
        collectibles=collectibles,
        short_term_loss=short_term_loss,
        long_term_carryover=long_term_carryover,
        losses_left=losses_left,
        unrecaptured_gain=excess(gain, over=losses_left),
    )


def _negative(carryover: CapitalLoss, net_short_term: Dollars) -> tuple[Dollars, Dollars]:
    return 0.0 - loss_of(net_short_term), 0.0 - carryover.long_term
