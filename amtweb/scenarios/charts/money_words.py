"""Dollars, years and counts as the charts write them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUS = "\N{MINUS SIGN}"
SMALL_REST = 0.01
"""Of a credit: less is as high as a line of a chart is thick, where it looks like nothing."""
SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


def whole(amount: float) -> int:
    """Rounded to whole dollars; half a dollar away from zero, as on a return."""
    return int(math.copysign(math.floor(abs(amount) + 0.5), amount))


def dollars(amount: float) -> str:
    """Whole dollars with thousands separators: ``$128,186``."""
    rounded = whole(amount)
    return f"{MINUS if rounded < 0 else ''}${abs(rounded):,}"


def short_dollars(amount: float) -> str:
    """As on an axis: ``$120k``, ``$1.25M``."""
    sign = MINUS if amount < 0 else ""
    size = abs(amount)
    for scale, letter in SCALES:
        if size >= scale:
            return f"{sign}${size / scale:.4g}{letter}"
    return f"{sign}${size:.4g}"


def counts(amount: float) -> bool:
    """Whether anything of the amount is seen once it is rounded to whole dollars."""
    return whole(amount) != 0


def all_but(
    years: Sequence[int], left: Sequence[float], whole_credit: float
) -> tuple[int, float] | None:
    """The first year after which only a small rest of a credit is left until none is; and the rest.

    None where there is no such rest.
    """
    small = SMALL_REST * whole_credit
    for place, rest in enumerate(left):
        if counts(rest) and all(later <= small for later in left[place:]):
            return years[place], rest
    return None


def span(years: Sequence[int]) -> str:
    """``in 2026``, or ``from 2026 to 2035``."""
    if len(years) == 1:
        return f"in {years[0]}"
    return f"from {years[0]} to {years[-1]}"


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def in_years(years: Sequence[int]) -> str:
    """``in 2026 and 2028``, or how many years where a list of them would not be read."""
    if len(years) <= 3:
        return f"in {listed([str(year) for year in years])}"
    return f"in {len(years)} of the years {years[0]}\N{EN DASH}{years[-1]}"
