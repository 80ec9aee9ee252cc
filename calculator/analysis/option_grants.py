"""Options of several grants, and in which order to exercise them.

AMT counts the spread, whichever grant it comes from (IRC 56(b)(3)).  What fits before AMT is an
amount of spread, so most options fit if those with the least spread come first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from calculator.analysis.what_if import evaluate_batch, refuse, refuse_splits, refuse_vestings
from calculator.analysis.what_if import unused_id as _unused_id
from calculator.scenario import Exercise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from calculator.analysis.what_if import Batch
    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of one grant that can be exercised."""

    grant: str
    """Its id."""
    shares: float
    value: float
    """Of a share on the day of each exercise."""


class OptionLot(NamedTuple):
    """Options of one grant, in their place in the order.  Dollars a share."""

    grant: str
    shares: float
    strike: float
    value: float

    @property
    def spread(self) -> float:
        """What AMT counts for each."""
        return self.value - self.strike


class InTurn(NamedTuple):
    """A scenario, and options that are exercised in it lot after lot, in their order."""

    scenario: Scenario
    lots: tuple[OptionLot, ...]

    @property
    def shares(self) -> float:
        """Of all lots."""
        return sum(lot.shares for lot in self.lots)

    def split(self, before: Batch, count: Batch) -> Batch:
        """By lot, what the next ``count`` options are of after ``before`` of them: a last axis."""
        ends = np.cumsum([lot.shares for lot in self.lots])
        starts = ends - [lot.shares for lot in self.lots]
        upto = np.clip((before + count)[..., None], starts, ends)
        return np.asarray(upto - np.clip(before[..., None], starts, ends))

    def exercised(self, days: Sequence[date], shares: Batch) -> Scenario:
        """With exercises on these days; ``shares`` has the shape (variants, days, lots)."""
        planned = self.scenario
        for place, day in enumerate(days):
            for number, lot in enumerate(self.lots):
                of_lot = np.ascontiguousarray(shares[:, place, number])
                if of_lot.any():
                    exercise = Exercise(
                        id=_unused_id(planned, "plan"),
                        grant=lot.grant,
                        date=day,
                        shares=of_lot,
                        fair_market_value=lot.value,
                    )
                    planned = replace(planned, exercises=(*planned.exercises, exercise))
        return planned

    def computed(self, days: Sequence[date], shares: Batch) -> ScenarioResult:
        """What that comes to."""
        return evaluate_batch(self.exercised(days, shares), len(shares))

    def strike(self, shares: Batch) -> Batch:
        """What the shares cost to buy; the last axis is that of the lots."""
        return np.asarray(shares @ np.array([lot.strike for lot in self.lots], dtype=np.float64))


def in_turn(scenario: Scenario, options: Sequence[Options]) -> InTurn:
    """The options worth more than their strike, those with the least spread first.

    Where two spreads are the same, those come first that cost less to buy.

    Raises:
        InvalidScenario: There is no such grant, or it is not of incentive stock options.
        UnsupportedSituation: There is a split, or a grant vests over time.
    """
    refuse_splits(scenario)
    grants = {grant.id: grant for grant in scenario.grants}
    lots = []
    for each in options:
        grant = grants.get(each.grant)
        if grant is None:
            raise refuse("grant", f"There is no grant “{each.grant}”.")
        if grant.kind != "iso":
            raise refuse("grant", "AMT counts the spread of incentive stock options alone.")
        refuse_vestings(scenario, grant.id)
        lots.append(OptionLot(grant.id, each.shares, float(grant.strike), each.value))
    kept = [lot for lot in lots if lot.spread > 0.0 and lot.shares > 0.0]
    return InTurn(scenario, tuple(sorted(kept, key=_order)))


def _order(lot: OptionLot) -> tuple[Any, ...]:
    return lot.spread, lot.strike
