"""Divides a number of shares among years so that what counts is least.

Tax is straight between kinks and not convex: the exemption's phase-out sees to that.  So a coarse
grid over all divisions finds where to begin, and from the best of them shares are moved between
two or three years at a time, along lines that are searched from end to end.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from math import comb
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from calculator.analysis.what_if import Batch

    Places = npt.NDArray[Any]

Measure: TypeAlias = "Callable[[Batch], Batch]"
"""From divisions, shape (n, years), to what counts, shape (n, levels): the first level counts
before the second, and so on; the last only breaks ties.  Values are compared exactly, so they come
rounded, in units such as cents."""

MOST_ON_GRID = 700
STARTS = 4
CELLS_AT_ONCE = 20_000
"""Years of scenarios computed together."""
POINTS = 12
"""Of a line that is searched from one end to the other."""
NEAR_POINTS = 5
"""Further ones on either side, each so many times nearer than the one before:"""
NEARER = 12.0
ZOOMS = 9
SWEEPS = 24
FRUITLESS = 3
"""Sweeps without a gain after which the search ends."""
MOST_LINES = 120
"""Through a point in one sweep."""
COARSER = 10.0
"""Units of the levels that count as one when the answer is rounded."""
DECIMALS = 4
"""Of a number of shares."""
PARTS = 10**DECIMALS


def least_allotment(
    measure: Measure,
    years: int,
    total: float,
    *,
    keep: bool = False,
    also_from: Sequence[Sequence[float]] = (),
) -> Batch:
    """The best division of ``total`` shares found, in ten-thousandths of a share.

    With ``keep`` some may be left over, else all are given out.  ``also_from`` are divisions to
    begin from besides those of the grid.
    """
    grid = np.array([*_grid(years, total, keep=keep), *also_from], dtype=np.float64)
    order = _sorted(measure(grid))
    first = [*order[:STARTS], *range(len(grid) - len(also_from), len(grid))]
    points = _with_rest(grid[sorted(set(first))], total)
    levels = measure(points[:, :years])
    search = _Search(measure, years + 1 if keep else years, np.random.default_rng(0))
    points, levels = search.descend(
        points, levels, most=MOST_LINES // 2, fruitless=1, matters=1000.0
    )
    best = _sorted(levels)[:1]
    points, _ = search.descend(
        points[best], levels[best], most=MOST_LINES, fruitless=FRUITLESS, matters=10.0
    )
    return _in_parts_of_shares(measure, points[0, :years], total, keep=keep)


def measured_in_parts(measure: Measure, scenario_years: int) -> Measure:
    """The same measure of any number of divisions, some at a time, so that memory stays small."""
    at_once = max(1, CELLS_AT_ONCE // scenario_years)

    def of_all(divisions: Batch) -> Batch:
        firsts = range(0, len(divisions), at_once)
        return np.vstack([measure(divisions[first : first + at_once]) for first in firsts])

    return of_all


def _grid(years: int, total: float, *, keep: bool) -> list[list[float]]:
    """Divisions into equal parts, as many parts as keep the grid small."""
    parts = 1
    while parts < MOST_ON_GRID and comb(parts + years, years - 1) <= MOST_ON_GRID:
        parts += 1
    divided = []
    for bars in combinations(range(parts + years - 1), years - 1):
        edges = (-1, *bars, parts + years - 1)
        counts = [after - before - 1 for before, after in pairwise(edges)]
        divided.append([total * count / parts for count in counts])
    return [*divided, [0.0] * years] if keep else divided


class _Search(NamedTuple):
    """Moves shares between places: the years, and one for what is kept if any may be."""

    measure: Measure
    places: int
    random: np.random.Generator

    def descend(
        self, points: Batch, levels: Batch, *, most: int, fruitless: int, matters: float
    ) -> tuple[Batch, Batch]:
        """Sweeps from every point until so many in a row gain nothing that matters."""
        in_vain = 0
        for _ in range(SWEEPS):
            moved, found = self._sweep(points, levels, most)
            better = _less(found, levels)
            gained = np.abs(found - levels)[better].max(initial=0.0) >= matters
            points = np.where(better[:, None], moved, points)
            levels = np.where(better[:, None], found, levels)
            in_vain = 0 if gained else in_vain + 1
            if in_vain == fruitless:
                break
        return points, levels

    def _sweep(self, points: Batch, levels: Batch, most: int) -> tuple[Batch, Batch]:
        """From each point the best on any line through it, and what counts there."""
        lines = self._lines(points.shape[1], most)
        count = len(lines)
        if count == 0:
            return points, levels
        starts = np.repeat(points, count, axis=0)
        lines = np.tile(lines, (len(points), 1))
        low, high = _ends(starts, lines)
        steps, found = self._best_on(starts, lines, _far_and_near(low, high))
        chosen = _first_of_groups(found.reshape(len(points), count, -1))
        chosen += np.arange(len(points)) * count
        starts, lines, steps, found = starts[chosen], lines[chosen], steps[chosen], found[chosen]
        low, high = low[chosen], high[chosen]
        reach = np.minimum(np.abs(steps) * NEARER, (high - low) / (POINTS - 1))
        for _ in range(ZOOMS):
            near = np.maximum(low, steps - reach), np.minimum(high, steps + reach)
            closer = np.column_stack([steps, np.linspace(*near, POINTS, axis=1)])
            nearer, there = self._best_on(starts, lines, closer)
            better = _less(there, found)
            steps, found = np.where(better, nearer, steps), np.where(better[:, None], there, found)
            reach = reach * 2 / (POINTS - 1)
            if reach.max() * PARTS < 0.1:
                break
        return np.maximum(starts + steps[:, None] * lines, 0.0), found

    def _best_on(self, starts: Batch, lines: Batch, steps: Batch) -> tuple[Batch, Batch]:
        """How far to go on each line, and what counts there; the first step wins a tie."""
        tried = starts[:, None, :-1] + steps[:, :, None] * lines[:, None, :-1]
        levels = self.measure(np.maximum(tried.reshape(-1, tried.shape[2]), 0.0))
        levels = levels.reshape(*steps.shape, -1)
        best = _first_of_groups(levels)
        here = np.arange(len(starts))
        return steps[here, best], levels[here, best]

    def _lines(self, size: int, most: int) -> Batch:
        """Moves between two places; and some, at random, among three and among all."""
        pairs = list(combinations(range(self.places), 2))
        if len(pairs) > most // 2:
            chosen = self.random.choice(len(pairs), most // 2, replace=False)
            pairs = [pairs[i] for i in chosen]
        lines = np.zeros((len(pairs), size))
        for line, (one, other) in zip(lines, pairs, strict=True):
            line[one], line[other] = -1.0, 1.0
        if self.places < 3:
            return lines
        three, every = np.zeros((2, most // 4, size))
        for line in three:
            part = self.random.uniform(0.05, 0.95)
            line[self.random.choice(self.places, 3, replace=False)] = (-1.0, part, 1.0 - part)
        # What is kept is left alone here: where limits bind, another total is a worse one.
        years = size - 1
        every[:, :years] = self.random.standard_normal((len(every), years))
        every[:, :years] -= every[:, :years].mean(axis=1, keepdims=True)
        return np.vstack([lines, three, every])


def _ends(starts: Batch, lines: Batch) -> tuple[Batch, Batch]:
    """How far each line can be followed both ways until some place is empty."""
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = -starts / lines
    low = np.where(lines > 0.0, reach, -np.inf).max(axis=1)
    high = np.where(lines < 0.0, reach, np.inf).min(axis=1)
    return low, np.maximum(high, low)


def _far_and_near(low: Batch, high: Batch) -> Batch:
    """Steps along each line: none, to its ends in equal parts, and ever shorter both ways.

    Where limits bind, what is better may lie close by alone.
    """
    shorter = NEARER ** -np.arange(1.0, NEAR_POINTS + 1)
    return np.column_stack(
        [
            np.zeros(len(low)),
            np.linspace(low, high, POINTS, axis=1),
            high[:, None] * shorter,
            low[:, None] * shorter,
        ]
    )


def _with_rest(points: Batch, total: float) -> Batch:
    rest = np.maximum(total - points.sum(axis=1), 0.0)
    return np.column_stack([points, rest])


def _sorted(levels: Batch) -> Places:
    return np.lexsort(levels.T[::-1])


def _first_of_groups(levels: Batch) -> Places:
    """The place of the least in each group; shape (groups, members, levels)."""
    groups, members, count = levels.shape
    flat = levels.reshape(-1, count)
    order = np.lexsort((*flat.T[::-1], np.repeat(np.arange(groups), members)))
    first: Places = order.reshape(groups, members)[:, 0] - np.arange(groups) * members
    return first


def _less(one: Batch, other: Batch) -> Places:
    """Which rows are less, level before level."""
    differ = one != other
    place = differ.argmax(axis=1)
    here = np.arange(len(one))
    less: Places = differ.any(axis=1) & (one[here, place] < other[here, place])
    return less


def _in_parts_of_shares(measure: Measure, best: Batch, total: float, *, keep: bool) -> Batch:
    """Rounded down to parts of a share; what that leaves goes where it does least harm."""
    rounded = np.floor(best * PARTS + 1e-3) / PARTS
    # Less than a share is what a search leaves of none.
    emptied = np.where(rounded < 1.0, 0.0, rounded)
    tried = [division for base in (emptied, rounded) for division in _filled_up(base, total, keep)]
    # Round numbers are worth some cents; and the last level would tell even less apart.
    levels = np.round(measure(np.array(tried))[:, :-1] / COARSER)
    best_of_all: int = _sorted(levels)[0]
    return tried[best_of_all]


def _filled_up(base: Batch, total: float, keep: bool) -> list[Batch]:  # noqa: FBT001
    """The division with what is missing of the total added in one place or another."""
    rest = total - float(base.sum())
    if keep and rest > len(base):
        return [base]
    places = np.eye(len(base), dtype=np.float64)
    more: list[Batch] = [np.maximum(base + rest * place, 0.0) for place in places]
    filled = [division.round(DECIMALS) for division in more]
    return [base, *filled] if keep and rest > 0.0 else filled
