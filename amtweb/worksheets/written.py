"""Amounts as a worksheet writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.charts.money_words import MINUS

if TYPE_CHECKING:
    from calculator.amounts import Dollars

NOTHING = "0.00"


def exactly(amount: Dollars) -> str:
    """Dollars and cents, as nothing is rounded on the way."""
    text = f"{abs(float(amount)):,.2f}"
    return f"{MINUS}{text}" if float(amount) < 0 and text != NOTHING else text


def plainly(number: Dollars) -> str:
    """A parameter or a count: a rate in percent, anything else as it is."""
    value = float(number)
    if 0 < value <= 1:
        return f"{value * 100:.10g}%"
    return f"{value:,.10g}"
