"""Plans for the options of several grants: all at once, up to the AMT line, evenly, at least tax.

And so many in the first year alone, which is how an answer for one year is taken up.

All of an exercise's AMT is paid at once and most of it comes back as credit over years (IRC 53),
so plans are compared by what they cost over the whole scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from calculator.analysis.allotment import least_allotment, measured_in_parts
from calculator.analysis.breakpoints import last_at_zero
from calculator.analysis.exercise_plan import CENT, EXERCISE_DAY, MOST_PLAN_YEARS
from calculator.analysis.option_grants import InTurn, OptionLot, in_turn
from calculator.analysis.what_if import (
    evaluate_batch,
    refuse,
    refuse_batch,
    through,
    whole,
    year_index,
    year_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculator.analysis.option_grants import Options
    from calculator.analysis.what_if import Batch
    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario

NOW, LINE, EVEN, CHEAPEST, FIRST = "now", "line", "even", "cheapest", "first"
SAME = 1.0
"""Dollars within which a plan is as cheap as another, and the simpler one is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionPlan:
    """One way to spread the exercises.  Dollars and options, year by year."""

    name: str
    """``now``, ``line``, ``even``, ``cheapest`` or ``first``."""
    same_as: str | None
    """For the cheapest: the simpler plan that it is."""
    years: tuple[int, ...]
    """From the first of the plan to the last of the scenario."""
    lots: tuple[OptionLot, ...]
    by_lot: tuple[tuple[float, ...], ...]
    """Of each year, options of each lot."""
    days: tuple[date, ...]
    amt: tuple[float, ...]
    """Of the whole year."""
    cash: tuple[float, ...]
    """Strike, and federal tax over that without the plan; what credit pays is not in it."""
    credit_balance: tuple[float, ...]
    federal_tax: float
    """Of all years of the scenario."""
    cost: float
    """Present value of all taxes, less what the credit left is held to be worth."""
    credit_left: float
    added_tax: float
    """Federal tax of all years over that without the plan."""
    added_credit: float
    """Credit left over that without the plan."""
    first_year_without_credit: int | None
    shares_left: float
    """Options that the plan does not exercise."""

    @property
    def shares(self) -> tuple[float, ...]:
        """Options of each year."""
        return tuple(sum(of_year) for of_year in self.by_lot)

    @property
    def lost(self) -> float:
        """Of the added tax, what no credit is left for: the rest is an advance."""
        return self.added_tax - self.added_credit

    def exercises(self) -> list[dict[str, Any]]:
        """The plan as exercises of a scenario document, without their ids."""
        return [
            {
                "grant": lot.grant,
                "date": day.isoformat(),
                "shares": shares,
                "fair_market_value": lot.value,
            }
            for day, of_year in zip(self.days, self.by_lot, strict=True)
            for lot, shares in zip(self.lots, of_year, strict=True)
            if shares > 0.0
        ]


class OptionPlans(NamedTuple):
    """The question, from which each plan is made when it is wanted."""

    turn: InTurn
    days: tuple[date, ...]
    """One in each year of the scenario from the first of the plan, up to the last allowed."""
    within: int
    """Years that the even and the cheapest plan may take."""
    without: ScenarioResult
    """The scenario without any of these options."""

    def now(self) -> OptionPlan:
        """All in the first year."""
        return self._plan(NOW, self._first_years(self._all()[None, :]))

    def first(self, shares: float) -> OptionPlan:
        """So many in the first year, those that come first, and no more."""
        return self._plan(FIRST, self._in_order(np.array([min(shares, self.turn.shares)])))

    def even(self) -> OptionPlan:
        """An equal part of each grant every year, in whole options."""
        parts = np.floor(np.outer(np.arange(self.within + 1) / self.within, self._all()) + 1e-9)
        parts[-1] = self._all()
        return self._plan(EVEN, self._first_years(np.diff(parts, axis=0)))

    def line(self) -> OptionPlan:
        """Every year as many whole options as add no AMT, while there are any."""
        counts: list[float] = []
        for day in self.days:
            done = sum(counts)
            counts.append(float(np.floor(self._room(day, done) + 1e-6)))
        return self._plan(LINE, self._in_order(np.array(counts)))

    def cheapest(self) -> OptionPlan:
        """All options within the years, at the least cost found."""
        simple = [plan for plan in (self.now(), self.line(), self.even()) if self._fits(plan)]
        found = self._plan(CHEAPEST, self._in_order(self._least()))
        least = min(plan.cost for plan in (found, *simple))
        cheap = [plan for plan in (*simple, found) if plan.cost <= least + SAME]
        # Where that is the same: less is paid before it comes back, and the simpler plan wins.
        less = min(sum(plan.amt) for plan in cheap)
        best = next(plan for plan in cheap if sum(plan.amt) <= less + SAME)
        if best is found:
            return found
        return replace(best, name=CHEAPEST, same_as=best.name)

    def _fits(self, plan: OptionPlan) -> bool:
        """Whether it exercises all options within the years."""
        return plan.shares_left < 1.0 and not any(plan.shares[self.within :])

    def _all(self) -> Batch:
        return np.array([lot.shares for lot in self.turn.lots], dtype=np.float64)

    def _first_years(self, by_lot: Batch) -> Batch:
        """Filled up with years without exercises."""
        rest = np.zeros((len(self.days) - len(by_lot), by_lot.shape[1]))
        return np.vstack([by_lot, rest])

    def _in_order(self, counts: Batch) -> Batch:
        """By lot, shape (years, lots): the first year has those that come first."""
        before = np.concatenate(([0.0], np.cumsum(counts)[:-1]))
        return self._first_years(self.turn.split(before, counts))

    def _room(self, day: date, done: float) -> float:
        """Options after the first so many that add no AMT in the year of the day."""
        left = self.turn.shares - done
        if left < 1.0:
            return 0.0
        alone = InTurn(through(self.turn.scenario, day.year), self.turn.lots)
        already = float(year_of(self.without, day.year).amt)

        def added_amt(shares: Batch) -> Batch:
            split = self.turn.split(np.full(shares.size, done), shares)
            result = alone.computed([day], split[:, None, :])
            return whole(result.years[-1].amt, shares.size) - already

        return last_at_zero(added_amt, left)

    def _least(self) -> Batch:
        """Whole options of each year at the least cost found."""
        days, total = self.days[: self.within], self.turn.shares

        def levels(divisions: Batch) -> Batch:
            before = np.cumsum(divisions, axis=1) - divisions
            result = self.turn.computed(days, self.turn.split(before, divisions))
            size = len(divisions)
            amt = sum(whole(year_of(result, day.year).amt, size) for day in days)
            return np.round(np.column_stack([self._cost(result, size), amt]) / CENT)

        if len(days) == 1:
            return np.array([total])
        measure = measured_in_parts(levels, len(self.turn.scenario.years))
        evenly = [total / len(days)] * len(days)
        at_once = [total] + [0.0] * (len(days) - 1)
        found = least_allotment(measure, len(days), total, also_from=[evenly, at_once])
        ends = np.floor(np.cumsum(found) + 1e-3)
        ends[-1] = total
        return np.diff(ends, prepend=0.0)

    def _cost(self, result: ScenarioResult, size: int) -> Batch:
        totals = result.totals
        value = whole(totals.present_value, size) - whole(totals.value_of_credit_left, size)
        return np.asarray(value)

    def _plan(self, name: str, by_lot: Batch) -> OptionPlan:
        """The plan of these options, shape (days, lots), computed to the end of the scenario."""
        result = self.turn.computed(self.days, by_lot[None, :, :])
        first = self.days[0].year
        years = [year for year in result.years if year.year >= first]
        later = len(years) - len(self.days)
        shares = np.vstack([by_lot, np.zeros((later, by_lot.shape[1]))])
        tax = np.array([_single(year.federal_tax) for year in years])
        before = [_single(year_of(self.without, year.year).federal_tax) for year in years]
        totals, otherwise = result.totals, self.without.totals
        back = _single(totals.first_year_without_credit)
        return OptionPlan(
            name=name,
            same_as=None,
            years=tuple(year.year for year in years),
            lots=self.turn.lots,
            by_lot=tuple(tuple(row) for row in shares.tolist()),
            days=(
                *self.days,
                *(date(year.year, *EXERCISE_DAY) for year in years[len(self.days) :]),
            ),
            amt=tuple(_single(year.amt) for year in years),
            cash=tuple((tax - np.array(before) + self.turn.strike(shares)).tolist()),
            credit_balance=tuple(_single(year.credit_balance) for year in years),
            federal_tax=_single(totals.federal_tax),
            cost=float(self._cost(result, 1)[0]),
            credit_left=_single(totals.credit_left),
            added_tax=_single(totals.federal_tax) - _single(otherwise.federal_tax),
            added_credit=_single(totals.credit_left) - _single(otherwise.credit_left),
            first_year_without_credit=None if np.isnan(back) else int(back),
            shares_left=self.turn.shares - float(by_lot.sum()),
        )


def option_plans(
    scenario: Scenario,
    options: Sequence[Options],
    first_day: date,
    within: int,
    *,
    last_year: int | None = None,
) -> OptionPlans:
    """The plans for options that are exercised from a day on, in later years in January.

    The even and the cheapest plan take at most ``within`` years; the one along the line goes on up
    to ``last_year``, by default the last of the scenario.

    Raises:
        InvalidScenario: As ``in_turn``, or the years are not those of the scenario, or too many;
            or no option is worth more than its strike.
        UnsupportedSituation: As ``in_turn``.
    """
    refuse_batch(scenario)
    year_index(scenario, first_day.year)
    last = scenario.years[-1].year if last_year is None else last_year
    years = range(first_day.year + 1, min(last, scenario.years[-1].year) + 1)
    days = (first_day, *(date(year, *EXERCISE_DAY) for year in years))
    if not 1 <= within <= MOST_PLAN_YEARS:
        raise refuse("within", f"Choose from 1 to {MOST_PLAN_YEARS} years.")
    turn = in_turn(scenario, options)
    if not turn.lots:
        raise refuse("options", "No option is worth more than its strike.")
    return OptionPlans(turn, days, min(within, len(days)), evaluate_batch(scenario, 1))


def _single(amount: Any) -> float:
    return float(whole(amount, 1)[0])
