"""Paths that the price of a stock may take from today on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np

from calculator.analysis.what_if import refuse
from calculator.equity.holding_period import anniversary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from calculator.analysis.what_if import Batch

LARGEST_VOLATILITY = 5.0
LARGEST_PRICE = 1e9
"""Dollars a share, past which a path goes on level."""


class PricePaths(Protocol):
    """A way in which the price may go on."""

    @property
    def start(self) -> date:
        """The day of today's price."""

    @property
    def chance(self) -> bool:
        """Whether one path differs from another."""

    def check(self) -> None:
        """Refuses figures that make no path."""

    def prices(self, times: Sequence[float], paths: int, random: np.random.Generator) -> Batch:
        """Dollars a share, shape (paths, times); ``times`` are years after the start, ascending."""


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Geometric Brownian motion: the mean of all paths grows by ``drift`` a year."""

    start: date
    price: float
    drift: float
    """Growth of the mean price in a year; a fraction."""
    volatility: float
    """Standard deviation of the logarithm of the price over a year."""

    chance: ClassVar[bool] = True

    def check(self) -> None:
        """Refuses figures that make no path.

        Raises:
            InvalidScenario: One of them is out of its range.
        """
        _check_price(self.price)
        if not -1.0 < self.drift <= 1.0:
            raise refuse("drift", "Enter a growth above -1 and up to 1, such as 0.07 for 7%.")
        if not 0.0 <= self.volatility <= LARGEST_VOLATILITY:
            raise refuse("volatility", "Enter a volatility from 0 to 5, such as 0.6 for 60%.")

    def prices(self, times: Sequence[float], paths: int, random: np.random.Generator) -> Batch:
        """Paths drawn one after the other, so that more paths begin with the same ones."""
        after = np.asarray(times, dtype=np.float64)
        steps = np.sqrt(np.diff(after, prepend=0.0))
        walk = np.cumsum(random.standard_normal((paths, after.size)) * steps, axis=1)
        growth = math.log1p(self.drift) - self.volatility**2 / 2
        # Far beyond any market, but volatility and years multiply.
        logarithm = np.minimum(growth * after + self.volatility * walk, 700.0)
        return np.minimum(self.price * np.exp(logarithm), LARGEST_PRICE)


@dataclass(frozen=True, slots=True)
class FallAndStay:
    """One path: it falls by a fraction, in a straight line over a year, and stays there."""

    start: date
    price: float
    fall: float

    chance: ClassVar[bool] = False

    def check(self) -> None:
        """Refuses figures that make no path.

        Raises:
            InvalidScenario: One of them is out of its range.
        """
        _check_price(self.price)
        if not 0.0 <= self.fall <= 1.0:
            raise refuse("fall", "Enter a fraction from 0 to 1, such as 0.8 for a fall by 80%.")

    def prices(self, times: Sequence[float], paths: int, random: np.random.Generator) -> Batch:
        """The same path for all."""
        fallen = self.fall * np.minimum(np.asarray(times, dtype=np.float64), 1.0)
        return np.broadcast_to(self.price * (1.0 - fallen), (paths, len(times)))


def years_between(start: date, day: date) -> float:
    """Years from one day to a later one: whole years, and the part of the one that is running."""
    whole = day.year - start.year
    if anniversary(start, whole) > day:
        whole -= 1
    begun = anniversary(start, whole)
    return whole + (day - begun).days / (anniversary(start, whole + 1) - begun).days


def _check_price(price: float) -> None:
    if not 0.0 <= price <= LARGEST_PRICE:
        raise refuse("price", "Enter today\u2019s price in dollars a share, zero or more.")
