"""How many options of several grants can be exercised in a year before AMT, and what more cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from calculator.analysis.breakpoints import STRAIGHT, kinks
from calculator.analysis.option_grants import InTurn, OptionLot, in_turn
from calculator.analysis.what_if import refuse_batch, through, whole, year_of
from calculator.law import law_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from calculator.analysis.option_grants import Options
    from calculator.analysis.what_if import Batch
    from calculator.results import YearResult
    from calculator.scenario import Scenario

FIRST_POINTS = 257
SEEN = 0.005
"""Dollars by which a point must be off the line between its neighbours to be kept."""
NEAR = 0.01
"""Dollars within which a limit of the law is reached."""

AMT, TAX, CREDIT, TENTATIVE, PHASED_OUT, EXEMPTION, OVER_BREAK = range(7)
"""The rows of amounts along the options."""
BENDING = AMT, TAX, TENTATIVE
"""Those that bend where any other does."""

PHASE_OUT_BEGINS = "phase_out_begins"
PHASE_OUT_ENDS = "phase_out_ends"
HIGHER_RATE = "higher_rate"


class Threshold(NamedTuple):
    """Where another rule of the AMT begins to decide."""

    kind: str
    """Of the exemption, ``phase_out_begins`` or ``phase_out_ends``; or ``higher_rate``."""
    shares: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AlongShares:
    """Amounts of the year by the number of options exercised; straight between the points."""

    shares: Batch
    amt: Batch
    added_tax: Batch
    """Federal tax, over that without any of these options."""
    strike: Batch
    credit: Batch
    """That the year's AMT leaves for later years."""

    def at(self, amounts: Batch, shares: float) -> float:
        """One of the amounts at a number of options."""
        return float(np.interp(shares, self.shares, amounts))


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAmt:
    """The answer for one year.  Options may be fractional."""

    year: int
    lots: tuple[OptionLot, ...]
    """In the order in which they are exercised."""
    shares_available: float
    shares: float | None
    """At which AMT starts, or grows; None if all of them add none."""
    bargain_element: float | None
    """Of those."""
    amt_without: float
    """Of the year, before any of these options."""
    thresholds: tuple[Threshold, ...]
    along: AlongShares

    @property
    def most(self) -> float:
        """Whole options that add no AMT."""
        return self.shares_available if self.shares is None else float(int(self.shares + 1e-6))

    def added_amt(self, first: float, last: float) -> float:
        """What the options after the first so many cost, up to the last."""
        return self.along.at(self.along.amt, last) - self.along.at(self.along.amt, first)

    def by_lot(self, shares: float) -> tuple[float, ...]:
        """What so many options are of, lot by lot."""
        left, found = shares, []
        for lot in self.lots:
            found.append(min(left, lot.shares))
            left -= found[-1]
        return tuple(found)


def before_amt(scenario: Scenario, options: Sequence[Options], day: date) -> BeforeAmt:
    """Exercises the options on one day, those with the least spread first, until AMT starts.

    Raises:
        InvalidScenario: As ``in_turn``, or the day lies outside of the years of the scenario.
        UnsupportedSituation: As ``in_turn``.
    """
    refuse_batch(scenario)
    turn = in_turn(through(scenario, day.year), options)
    total = turn.shares
    law = law_for(day.year, turn.scenario.years[-1].household.filing_status, scenario.law).amt

    def year_at(shares: Batch) -> YearResult:
        split = turn.split(np.zeros(shares.size), shares)
        return year_of(turn.computed([day], split[:, None, :]), day.year)

    def amounts(shares: Batch) -> Batch:
        year, size = year_at(shares), shares.size
        return np.array(
            [
                whole(year.amt, size),
                whole(year.federal_tax, size),
                whole(year.credit_generated, size),
                whole(year.tentative_minimum_tax, size),
                law.exemption - whole(year.amt_exemption, size),
                whole(year.amt_exemption, size),
                _over_break(year, law.rate_break, size),
            ]
        )

    points = _points(amounts, total) if total > 0.0 else np.zeros(1)
    found = amounts(points)
    strike = turn.strike(turn.split(np.zeros(points.size), points))
    amt, tax, credit = found[AMT], found[TAX], found[CREDIT]
    shares = _leaves(points, amt - amt[0])
    kept = _bends(points, np.array([amt, tax, credit, strike]))
    return BeforeAmt(
        year=day.year,
        lots=turn.lots,
        shares_available=total,
        shares=shares,
        bargain_element=None if shares is None else _spread_of(turn, shares),
        amt_without=float(amt[0]),
        thresholds=_thresholds(points, found),
        along=AlongShares(
            shares=points[kept],
            amt=amt[kept],
            added_tax=(tax - tax[0])[kept],
            strike=strike[kept],
            credit=credit[kept],
        ),
    )


def _points(amounts: Callable[[Batch], Batch], total: float) -> Batch:
    """All points between which every amount is straight."""

    def kinks_of(row: int) -> Batch:
        return kinks(lambda shares: amounts(shares)[row], total, first_points=FIRST_POINTS)[0]

    return np.unique(np.concatenate([kinks_of(row) for row in BENDING]))


def _over_break(year: YearResult, rate_break: float, size: int) -> Batch:
    """Dollars of the AMT base, without what has rates of its own, over where 28% begins."""
    form = year.forms.form_6251
    base = whole(form.part_ii.taxable_excess, size)
    if form.part_iii is not None:
        base = np.where(form.part_iii.needed, whole(form.part_iii.form.ordinary, size), base)
    return np.maximum(base - rate_break, 0.0)


def _leaves(points: Batch, values: Batch) -> float | None:
    """The last point up to which the values are zero; None if they stay there."""
    above = np.flatnonzero(values > STRAIGHT)
    return None if above.size == 0 else float(points[max(int(above[0]) - 1, 0)])


def _thresholds(points: Batch, found: Batch) -> tuple[Threshold, ...]:
    """Those that the options reach; not what the income has passed without them."""
    phased_out, exemption, over_break = found[PHASED_OUT], found[EXEMPTION], found[OVER_BREAK]
    begins, higher = _leaves(points, phased_out), _leaves(points, over_break)
    gone = np.flatnonzero(exemption <= NEAR)
    reached = [
        (PHASE_OUT_BEGINS, begins if phased_out[0] <= NEAR else None),
        (PHASE_OUT_ENDS, float(points[gone[0]]) if gone.size and exemption[0] > NEAR else None),
        (HIGHER_RATE, higher if over_break[0] <= NEAR else None),
    ]
    return tuple(Threshold(kind, shares) for kind, shares in reached if shares is not None)


def _spread_of(turn: InTurn, shares: float) -> float:
    """The bargain element of the first so many options."""
    by_lot = turn.split(np.zeros(1), np.array([shares]))[0]
    return float(by_lot @ np.array([lot.spread for lot in turn.lots], dtype=np.float64))


def _bends(points: Batch, rows: Batch) -> Batch:
    """Which points are needed to draw every row with straight lines."""
    last = points.size - 1
    kept, spans = {0, last}, [(0, last)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        share = (points[first : last + 1] - points[first]) / (points[last] - points[first])
        on_line = rows[:, [first]] + share * (rows[:, [last]] - rows[:, [first]])
        off = np.abs(rows[:, first : last + 1] - on_line).max(axis=0)
        furthest = first + int(off.argmax())
        if off.max() > SEEN:
            kept.add(furthest)
            spans += [(first, furthest), (furthest, last)]
    return np.array(sorted(kept))
