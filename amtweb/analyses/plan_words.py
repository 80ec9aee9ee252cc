"""Shares over years, in words that stay short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.charts.money_words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LISTED = 6


def shares_by_year(years: Sequence[int], shares: Sequence[float]) -> str:
    """``2,500 in 2026 and 5,000 in 2027``, or ``2,222 a year from 2027 to 2035``."""
    some = [(year, number) for year, number in zip(years, shares, strict=True) if number >= 0.5]
    if not some:
        return "none"
    numbers = [number for _, number in some]
    first, last = some[0][0], some[-1][0]
    if len(some) > 1 and max(numbers) - min(numbers) < 1 and last - first == len(some) - 1:
        return f"{numbers[0]:,.0f} a year from {first} to {last}"
    if len(some) > MOST_LISTED:
        return f"{sum(numbers):,.0f} in {len(some)} years from {first} to {last}"
    return listed([f"{number:,.0f} in {year}" for year, number in some])
