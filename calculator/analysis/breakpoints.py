"""Exact answers about functions that are straight between kinks, as tax is in every amount.

The function is asked for many points at once.  Where a point is not on the straight line between
its neighbours there is a kink or a jump beside it, and the search goes on there with finer steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Batch = npt.NDArray[np.float64]
    OfBatch = Callable[[Batch], Batch]

FIRST_POINTS = 1025
PARTS = 16
"""Into which an interval with a kink is divided: few rounds, as each costs a whole computation."""
MOST_POINTS = 20_000
FEW_POINTS = 256
FINEST = 1e-6
STRAIGHT = 1e-6
"""Dollars by which a point may miss the line through rounding alone."""


def kinks(
    function: OfBatch, upper: float, *, finest: float = 1e-6, first_points: int = FIRST_POINTS
) -> tuple[Batch, Batch]:
    """Points from 0 to ``upper`` between which the function is straight, and its values there.

    Kinks and jumps lie between two points at most ``finest`` apart.
    """
    points = np.linspace(0.0, upper, first_points)
    values = function(points)
    open_ = _beside_bends(points, values)
    while open_.size and points.size < MOST_POINTS:
        open_ = open_[points[open_ + 1] - points[open_] > finest]
        if not open_.size:
            break
        inner = np.linspace(points[open_], points[open_ + 1], PARTS + 1, axis=1)[:, 1:-1]
        found = function(inner.ravel())
        where = np.repeat(open_ + 1, PARTS - 1)
        points = np.insert(points, where, inner.ravel())
        values = np.insert(values, where, found)
        # Only what was divided just now can still hide a kink.
        first = open_ + np.arange(open_.size) * (PARTS - 1)
        divided = (first[:, None] + np.arange(PARTS)).ravel()
        open_ = np.intersect1d(_beside_bends(points, values), divided)
    return points, values


def _beside_bends(points: Batch, values: Batch) -> npt.NDArray[np.int64]:
    """The intervals on either side of a point that is off the line between its neighbours."""
    left, middle, right = points[:-2], points[1:-1], points[2:]
    share = (middle - left) / np.maximum(right - left, np.finfo(float).tiny)
    on_line = values[:-2] + share * (values[2:] - values[:-2])
    bent = np.flatnonzero(np.abs(values[1:-1] - on_line) > STRAIGHT)
    return np.union1d(bent, bent + 1)


def last_up_to(
    function: OfBatch, level: float, upper: float, *, first_points: int = FIRST_POINTS
) -> float:
    """The largest x up to which the function is nowhere above ``level``; ``upper`` at most.

    Exact where the function crosses the level on a straight piece.
    """
    points, values = kinks(function, upper, first_points=first_points)
    above = np.flatnonzero(values > level + STRAIGHT)
    if above.size == 0:
        return upper
    first = int(above[0])
    if first == 0:
        return 0.0
    x0, x1 = points[first - 1], points[first]
    y0, y1 = values[first - 1], values[first]
    return float(x0 + (x1 - x0) * max(0.0, level - y0) / (y1 - y0))


def last_at_zero(function: OfBatch, upper: float) -> float:
    """The largest x up to which a function that never falls is zero; ``upper`` at most.

    It asks for few points: two rounds, where the function leaves zero on a straight line.
    """
    points = np.concatenate(([0.0], np.geomspace(1.0, upper, FEW_POINTS)))
    while True:
        values = function(points)
        first = int(np.argmax(values > STRAIGHT))
        if not values[first] > STRAIGHT:
            return upper
        low, high = points[max(first - 1, 0)], points[first]
        if high - low <= FINEST:
            return float(low)
        found = _back_to_zero(points[first:], values[first:], function)
        if found is not None and low <= found <= high:
            return found
        points = np.linspace(low, high, FEW_POINTS)


def _back_to_zero(points: Batch, values: Batch, function: OfBatch) -> float | None:
    """Where the line through the first two points meets zero, if the function is on it so far."""
    if points.size < 2 or values[1] - values[0] <= STRAIGHT:
        return None
    slope = (values[1] - values[0]) / (points[1] - points[0])
    found = float(points[0] - values[0] / slope)
    at_zero, half_way = function(np.array([found, (found + points[0]) / 2]))
    is_straight = abs(at_zero) <= STRAIGHT and abs(half_way - values[0] / 2) <= STRAIGHT
    return found if is_straight else None


def least(function: OfBatch, upper: float) -> float:
    """The smallest x at which the function is least; it lies at an end or at a kink."""
    points, values = kinks(function, upper)
    return float(points[np.flatnonzero(values <= values.min() + STRAIGHT)[0]])
