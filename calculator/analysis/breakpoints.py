"""Exact answers about functions that are straight between kinks, as tax is in every amount.

The function is asked for many points at once.  Where a midpoint is not on the straight line
between its neighbours there is a kink or a jump, and the search goes on there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Batch = npt.NDArray[np.float64]
    OfBatch = Callable[[Batch], Batch]

FIRST_POINTS = 257
ROUNDS = 40
MOST_POINTS = 20_000
STRAIGHT = 1e-6
"""Dollars by which a midpoint may miss the line through rounding alone."""


def kinks(function: OfBatch, upper: float, finest: float = 1e-6) -> tuple[Batch, Batch]:
    """Points from 0 to ``upper`` between which the function is straight, and its values there.

    Kinks and jumps lie between two points at most ``finest`` apart.
    """
    points = np.linspace(0.0, upper, FIRST_POINTS)
    values = function(points)
    open_ = np.ones(points.size - 1, dtype=bool)
    for _ in range(ROUNDS):
        left = np.flatnonzero(open_ & (np.diff(points) > finest))
        if left.size == 0 or points.size > MOST_POINTS:
            break
        middles = (points[left] + points[left + 1]) / 2
        found = function(middles)
        bent = np.abs(found - (values[left] + values[left + 1]) / 2) > STRAIGHT
        # Beside a kink both halves stay open: the other may hide a second one.
        keeps_open = np.zeros(points.size - 1, dtype=bool)
        keeps_open[left[bent]] = True
        where = left + 1
        points = np.insert(points, where, middles)
        values = np.insert(values, where, found)
        halves = np.insert(keeps_open, where, bent)
        open_ = halves
    return points, values


def last_up_to(function: OfBatch, level: float, upper: float) -> float:
    """The largest x up to which the function is nowhere above ``level``; ``upper`` at most.

    Exact where the function crosses the level on a straight piece.
    """
    points, values = kinks(function, upper)
    above = np.flatnonzero(values > level + STRAIGHT)
    if above.size == 0:
        return upper
    first = int(above[0])
    if first == 0:
        return 0.0
    x0, x1 = points[first - 1], points[first]
    y0, y1 = values[first - 1], values[first]
    return float(x0 + (x1 - x0) * max(0.0, level - y0) / (y1 - y0))


def least(function: OfBatch, upper: float) -> float:
    """The smallest x at which the function is least; it lies at an end or at a kink."""
    points, values = kinks(function, upper)
    return float(points[np.flatnonzero(values <= values.min() + STRAIGHT)[0]])
