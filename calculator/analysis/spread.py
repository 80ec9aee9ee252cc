"""Spread: the same gain in one year, or in equal parts over several.

One large gain can phase out so much of the exemption on exclusion items alone that it erodes the
credit (IRC 53(d)(1)(B), 55(d)); parts of it may not, and may still meet the AMT loss in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from calculator.analysis.breakpoints import STRAIGHT
from calculator.analysis.pairing import source_of
from calculator.analysis.what_if import evaluate_batch, refuse, refuse_batch, whole, year_index
from calculator.fields import LARGEST_AMOUNT

if TYPE_CHECKING:
    from calculator.analysis.what_if import Batch
    from calculator.scenario import Scenario

MOST_PARTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The gain in equal parts.  Dollars, over those without any gain but for the credit left."""

    years: tuple[int, ...]
    """With a part each."""
    part: float
    credit_used: float
    """Added over all years of the scenario, as the next two."""
    credit_eroded: float
    federal_tax: float
    credit_left: float
    """At the end of the scenario."""
    net_cost: float
    """Present value of the added tax of all years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The ways from one year to the most, and the least costly of them."""

    gain: float
    ways: tuple[Way, ...]
    present_value: float
    """Of all taxes without any gain: what the net costs are over."""

    @property
    def best(self) -> Way:
        """The least present value of all taxes; the fewest years in a tie."""
        least = min(way.net_cost for way in self.ways)
        return next(way for way in self.ways if way.net_cost <= least + STRAIGHT)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values."""
        return {
            "gain": self.gain,
            "ways": [
                {name: getattr(way, name) for name in way.__slots__} | {"years": list(way.years)}
                for way in self.ways
            ],
            "best": len(self.best.years),
        }


def spread(
    scenario: Scenario,
    year: int,
    gain: float,
    *,
    holding: str | None = None,
    long_term: bool = True,
    parts: int = MOST_PARTS,
) -> Spread:
    """The gain in ``year`` alone, and in 2, 3, … equal parts from that year on.

    There are at most ``parts``, and one a year of the scenario.  The gain is the same in both
    systems, or comes from shares of a ``holding`` at its price.

    Raises:
        InvalidScenario: There is no such year or holding, or not so much gain.
    """
    refuse_batch(scenario)
    first = year_index(scenario, year)
    source = source_of(scenario, holding, long_term=long_term)
    if not 0.0 < gain <= min(source.largest + STRAIGHT, LARGEST_AMOUNT):
        raise refuse("gain", "Enter a gain above zero, and no more than there is to realize.")
    if not 1 <= parts <= MOST_PARTS:
        raise refuse("parts", f"Choose from 1 to {MOST_PARTS} years.")
    years = [facts.year for facts in scenario.years[first : first + parts]]
    gains = _gains(gain, len(years))
    changed = scenario
    for column, in_year in enumerate(years):
        changed = source.realize(changed, in_year, gains[:, column])
    size = len(gains)
    totals = evaluate_batch(changed, size).totals
    eroded = whole(totals.credit_eroded, size)
    used, tax = whole(totals.credit_used, size), whole(totals.federal_tax, size)
    value, left = whole(totals.present_value, size), whole(totals.credit_left, size)
    return Spread(
        gain=gain,
        ways=tuple(
            Way(
                years=tuple(years[:way]),
                part=gain / way,
                credit_used=float(used[way] - used[0]),
                credit_eroded=float(eroded[way] - eroded[0]),
                federal_tax=float(tax[way] - tax[0]),
                credit_left=float(left[way]),
                net_cost=float(value[way] - value[0]),
            )
            for way in range(1, size)
        ),
        present_value=float(value[0]),
    )


def _gains(gain: float, years: int) -> Batch:
    """A row for no gain, and one for each number of parts; a column a year."""
    parts = np.arange(years + 1)[:, None]
    return np.where(np.arange(years) < parts, gain / np.maximum(parts, 1), 0.0)
