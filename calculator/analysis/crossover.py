"""Crossover: how many shares can be exercised before AMT starts, and two questions like it.

Regular tax does not know the bargain element, tentative minimum tax does (IRC 55(a), 56(b)(3)): as
more shares are exercised, what was room for the credit becomes AMT.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from calculator.analysis.breakpoints import STRAIGHT, last_at_zero, last_up_to
from calculator.analysis.what_if import (
    evaluate_batch,
    exercise_of,
    refuse,
    refuse_unlike_shares,
    through,
    whole,
    with_exercise,
    with_facts,
    without_sales_from,
)
from calculator.equity.lots import lots_of
from calculator.fields import LARGEST_AMOUNT

if TYPE_CHECKING:
    from calculator.analysis.what_if import Batch
    from calculator.scenario import Scenario


STEP = 1.0
"""Dollars of wages over which the slope beside the wages is taken."""
OFF_LINE = 1e-4
"""Shares by which the crossover may miss the line through rounding alone."""
LEAST_REACH = 1_000_000.0
"""Dollars of further wages that are looked at, at least."""
HALVINGS = 50
CLOSE = 1e-7
"""Dollars of AMT that are none."""
COARSE = 129
"""Points of income looked at first; each needs many computations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeRange:
    """The wages of the year between which the crossover moves in proportion to them."""

    wages_from: float
    wages_to: float
    shares_from: float
    shares_to: float
    """Shares at which AMT starts with the least and with the most of these wages."""

    def to_dict(self) -> dict[str, float]:
        """The range as the command line prints it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossover:
    """Fractional shares; None where no number of granted shares reaches the point."""

    exercise: str
    year: int
    shares_available: float
    """Granted, less what other exercises take."""
    spread: float
    """Dollars a share."""
    shares: float | None
    """At which AMT starts."""
    bargain_element: float | None
    """Of those shares."""
    shares_for_budget: float | None
    """At which AMT reaches the budget."""
    shares_before_credit_shrinks: float | None
    """Up to which the year's credit use stays what it is without the exercise."""
    income_range: IncomeRange | None
    """Where ``shares`` holds: beyond it another bracket, or another rule, decides."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        told = {name: getattr(self, name) for name in self.__slots__}
        if self.income_range is not None:
            told["income_range"] = self.income_range.to_dict()
        return told


def crossover(scenario: Scenario, exercise_id: str, *, budget: float | None = None) -> Crossover:
    """The points of one exercise, all other events unchanged, the sales of its lot left out.

    ``budget`` is dollars of AMT in the year of the exercise.

    Raises:
        InvalidScenario: There is no such exercise, or it lies before the first year.
    """
    exercise = exercise_of(scenario, exercise_id)
    refuse_unlike_shares(scenario, exercise_id)
    year = exercise.date.year
    if year < scenario.years[0].year:
        raise refuse("exercise", "Choose an exercise in one of the years of the scenario.")
    if budget is not None and not 0 <= budget <= LARGEST_AMOUNT:
        raise refuse("budget", "Enter an amount of zero or more.")
    granted = next(grant.shares for grant in scenario.grants if grant.id == exercise.grant)
    others = sum(
        float(other.shares)
        for other in scenario.exercises
        if other.grant == exercise.grant and other.id != exercise_id
    )
    available = max(0.0, float(granted) - others)
    alone = without_sales_from(through(scenario, year), exercise_id)
    spread = float(lots_of(scenario)[exercise_id].spread)

    def amt(shares: Batch) -> Batch:
        result = evaluate_batch(with_exercise(alone, exercise_id, shares=shares), shares.size)
        return whole(result.years[-1].amt, shares.size)

    def credit_lost(shares: Batch) -> Batch:
        result = evaluate_batch(with_exercise(alone, exercise_id, shares=shares), shares.size)
        return without_it - whole(result.years[-1].credit_used, shares.size)

    none = evaluate_batch(with_exercise(alone, exercise_id, shares=0.0), 1)
    without_it = float(whole(none.years[-1].credit_used, 1)[0])
    shares = _reached(amt, 0.0, available)
    return Crossover(
        exercise=exercise_id,
        year=year,
        shares_available=available,
        spread=spread,
        shares=shares,
        bargain_element=None if shares is None else shares * spread,
        shares_for_budget=None if budget is None else _reached(amt, budget, available),
        shares_before_credit_shrinks=_reached(credit_lost, 0.0, available),
        income_range=None if shares is None else _income_range(alone, exercise_id, available),
    )


def shares_before_amt(scenario: Scenario, exercise_id: str) -> float:
    """Whole shares of an exercise up to which its year has no AMT, at most those it has.

    As ``crossover``, but fast enough to be asked beside other things.

    Raises:
        InvalidScenario: There is no such exercise.
    """
    exercise = exercise_of(scenario, exercise_id)
    refuse_unlike_shares(scenario, exercise_id)
    alone = without_sales_from(through(scenario, exercise.date.year), exercise_id)

    def amt(shares: Batch) -> Batch:
        result = evaluate_batch(with_exercise(alone, exercise_id, shares=shares), shares.size)
        return whole(result.years[-1].amt, shares.size)

    return float(np.floor(last_at_zero(amt, float(exercise.shares)) + 1e-6))


def _reached(function: Any, level: float, available: float) -> float | None:
    """Where the function leaves the level; None if all shares together do not."""
    if available <= 0.0:
        return None
    last = last_up_to(function, level, available)
    if last < available:
        return last

    return last if function(np.array([available]))[0] > level + STRAIGHT else None


def _income_range(scenario: Scenario, exercise_id: str, available: float) -> IncomeRange:
    """Looks from the year's wages up and down for the next kink of the crossover."""
    year = scenario.years[-1].year
    wages = float(scenario.years[-1].wages)

    def shares_at(others: Batch) -> Batch:
        return _amt_starts(
            with_facts(scenario, year, wages=others), exercise_id, available, others.size
        )

    here = float(shares_at(np.array([wages]))[0])

    def reach(direction: float, furthest: float) -> float:
        """How far the wages can move that way on a straight line."""
        if furthest <= STEP:
            return 0.0
        slope = (float(shares_at(np.array([wages + direction * STEP]))[0]) - here) / STEP

        def off_line(moved: Batch) -> Batch:
            return np.abs(shares_at(wages + direction * moved) - (here + slope * moved))

        return last_up_to(off_line, OFF_LINE, furthest, first_points=COARSE)

    down = wages - reach(-1.0, wages)
    up = wages + reach(1.0, max(wages, LEAST_REACH))
    ends = shares_at(np.array([down, up]))
    return IncomeRange(
        wages_from=down, wages_to=up, shares_from=float(ends[0]), shares_to=float(ends[1])
    )


def _amt_starts(scenario: Scenario, exercise_id: str, available: float, size: int) -> Batch:
    """The shares at which AMT starts in each variant; all that are available where it does not."""
    low, high = np.zeros(size), np.full(size, available)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        result = evaluate_batch(with_exercise(scenario, exercise_id, shares=middle), size)
        none_yet = whole(result.years[-1].amt, size) <= CLOSE
        low, high = np.where(none_yet, middle, low), np.where(none_yet, high, middle)
    return low
