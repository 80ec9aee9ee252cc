"""How amounts are multiplied on paper: exactly, or in whole dollars."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from calculator.law.parameters import YearLaw

L = dict[str, float]
Facts = dict[str, Any]


class FiledLaw(YearLaw):
    """The law of a year whose return is filed in whole dollars."""

    __slots__ = ()


def times(rate: float, amount: float, law: YearLaw) -> float:
    """A rate times an amount; cents are dropped, but from 50 on they are a dollar."""
    if not isinstance(law, FiledLaw):
        return rate * amount
    return in_whole(Decimal(str(rate)) * Decimal(str(amount)))


def in_whole(amount: Decimal) -> float:
    return float(amount.quantize(Decimal(1), ROUND_HALF_UP))
