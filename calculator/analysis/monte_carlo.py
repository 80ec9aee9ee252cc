"""Monte Carlo: how soon the AMT credit comes back if nobody knows what the stock will be worth.

The prices of sales, and of later exercises if asked, follow many paths; every path is a scenario
of its own, computed in full.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from calculator.analysis.price_paths import years_between
from calculator.analysis.what_if import (
    evaluate_batch,
    holding_of,
    refuse,
    refuse_batch,
    refuse_splits,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from calculator.analysis.price_paths import PricePaths
    from calculator.analysis.what_if import Batch
    from calculator.scenario import Scenario

Event: TypeAlias = "tuple[str, str]"
"""Whether a sale or an exercise, and its id."""
SALE, EXERCISE = "sale", "exercise"

MOST_PATHS = 100_000
CELLS_AT_ONCE = 20_000
"""Years of paths computed together: fast, and small beside what they leave behind."""
HALF_A_CENT = 0.005
"""What rounding may leave of a credit that is gone."""
PERCENTILES = (5, 25, 50, 75, 95)
BINS = 40
TAIL = 98
"""The percentile above which a histogram tells amounts apart no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Amounts over all paths.  Dollars."""

    mean: float
    percentiles: dict[int, float]
    edges: Batch
    """Of the histogram: one more than counts.  The last bin holds all that lies above, too: at
    most one path in fifty, which would press the others together."""
    counts: Batch

    @classmethod
    def of(cls, amounts: Batch) -> Distribution:
        """The distribution of one amount a path."""
        shown = np.minimum(amounts, np.percentile(amounts, TAIL))
        counts, edges = np.histogram(shown, bins=BINS)
        return cls(
            mean=float(amounts.mean()),
            percentiles=dict(
                zip(PERCENTILES, np.percentile(amounts, PERCENTILES).tolist(), strict=True)
            ),
            edges=edges,
            counts=counts,
        )

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return {
            "mean": self.mean,
            "percentiles": {str(rank): amount for rank, amount in self.percentiles.items()},
            "histogram": {"edges": self.edges.tolist(), "counts": self.counts.tolist()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MonteCarlo:
    """What all paths together say.  Dollars and fractions; arrays along the years."""

    paths: int
    seed: int
    moved_sales: tuple[str, ...]
    """The sales whose price follows the paths."""
    moved_exercises: tuple[str, ...]
    """The exercises whose fair market value does."""
    years: tuple[int, ...]
    chance_of_credit: float
    """That there is a credit at some time."""
    chance_recovered: Batch | None
    """That there has been a credit and none is left at the end of the year, among the paths that
    have one at some time; None if no path has."""
    credit_balance: dict[int, Batch]
    """At the end of each year, by percentile."""
    federal_tax: Distribution
    """Of all years together."""
    credit_left: Distribution
    """At the end of the scenario."""
    prices: dict[str, dict[int, float]]
    """Of the moved sales, by percentile: what the paths look like."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        recovered = self.chance_recovered
        return {
            "paths": self.paths,
            "seed": self.seed,
            "moved_sales": list(self.moved_sales),
            "moved_exercises": list(self.moved_exercises),
            "years": list(self.years),
            "chance_of_credit": self.chance_of_credit,
            "chance_recovered": None if recovered is None else recovered.tolist(),
            "credit_balance": {
                str(rank): balance.tolist() for rank, balance in self.credit_balance.items()
            },
            "federal_tax": self.federal_tax.to_dict(),
            "credit_left": self.credit_left.to_dict(),
            "prices": {
                sale: {str(rank): price for rank, price in prices.items()}
                for sale, prices in self.prices.items()
            },
        }


def monte_carlo(  # noqa: PLR0913  (each is a choice of the person who asks)
    scenario: Scenario,
    model: PricePaths,
    *,
    paths: int = 10_000,
    seed: int = 0,
    exercises: bool = False,
    holdings: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> MonteCarlo:
    """What becomes of credit and tax over many paths of the price.

    Sales after the model's start follow its paths if they sell shares from options; sales of other
    holdings only if those are named.  With ``exercises`` later fair market values follow them too.
    A model without chance has one path.  ``progress`` hears how many paths of how many are done.

    Raises:
        InvalidScenario: The figures make no path, or there is nothing for the price to move.
    """
    refuse_batch(scenario)
    refuse_splits(scenario)
    model.check()
    if not 1 <= paths <= MOST_PATHS:
        raise refuse("paths", f"Choose from 1 to {MOST_PATHS:,} paths.")
    if seed < 0:
        raise refuse("seed", "Choose a whole number of zero or more.")
    days = _days_moved(scenario, model.start, exercises=exercises, holdings=holdings)
    if not days:
        raise refuse(
            "start",
            f"Nothing for the price to move: there is no sale of shares from options after"
            f" {model.start}.",
        )
    count = paths if model.chance else 1
    kept = _follow(scenario, model, days, count, seed=seed, progress=progress)

    existed = np.logical_or.accumulate((kept.available > 0.0) | (kept.balance > 0.0), axis=1)
    ever = int(existed[:, -1].sum())
    recovered = (existed & (kept.balance < HALF_A_CENT)).sum(axis=0)
    fan = np.percentile(kept.balance, PERCENTILES, axis=0)
    return MonteCarlo(
        paths=count,
        seed=seed,
        moved_sales=tuple(event for kind, event in days if kind == SALE),
        moved_exercises=tuple(event for kind, event in days if kind == EXERCISE),
        years=tuple(facts.year for facts in scenario.years),
        chance_of_credit=ever / count,
        chance_recovered=recovered / ever if ever else None,
        credit_balance=dict(zip(PERCENTILES, fan, strict=True)),
        federal_tax=Distribution.of(kept.federal_tax),
        credit_left=Distribution.of(kept.balance[:, -1]),
        prices={
            sale: dict(zip(PERCENTILES, ranks.tolist(), strict=True))
            for (kind, sale), ranks in zip(
                days, np.percentile(kept.prices, PERCENTILES, axis=0).T, strict=True
            )
            if kind == SALE
        },
    )


class _Kept(NamedTuple):
    """What is kept of every path: shape (paths, years), (paths,) and (paths, events)."""

    available: Batch
    balance: Batch
    federal_tax: Batch
    prices: Batch


def _follow(
    scenario: Scenario,
    model: PricePaths,
    days: dict[Event, date],
    count: int,
    *,
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> _Kept:
    """Computes every path, some at a time."""
    dates = sorted(set(days.values()))
    times = [years_between(model.start, day) for day in dates]
    column_of_event = [dates.index(day) for day in days.values()]
    random = np.random.default_rng(seed)
    years = len(scenario.years)
    kept = _Kept(
        np.empty((count, years)),
        np.empty((count, years)),
        np.empty(count),
        np.empty((count, len(days))),
    )
    at_once = max(1, CELLS_AT_ONCE // years)
    for first in range(0, count, at_once):
        here = slice(first, min(first + at_once, count))
        size = here.stop - here.start
        kept.prices[here] = model.prices(times, size, random)[:, column_of_event]
        result = evaluate_batch(_moved(scenario, list(days), kept.prices[here]), size)
        for place, year in enumerate(result.years):
            kept.available[here, place] = whole(year.credit_available, size)
            kept.balance[here, place] = whole(year.credit_balance, size)
        kept.federal_tax[here] = whole(result.totals.federal_tax, size)
        if progress is not None:
            progress(here.stop, count)
    return kept


def _days_moved(
    scenario: Scenario, start: date, *, exercises: bool, holdings: Collection[str]
) -> dict[Event, date]:
    """The day of every sale and exercise whose price follows the paths."""
    of_the_stock = {exercise.id for exercise in scenario.exercises}
    of_the_stock |= {holding.id for holding in scenario.holdings if holding.iso is not None}
    of_the_stock |= {holding_of(scenario, holding).id for holding in holdings}
    days = {
        (SALE, sale.id): sale.date
        for sale in scenario.sales
        if sale.source in of_the_stock and sale.date > start
    }
    if exercises:
        days |= {
            (EXERCISE, exercise.id): exercise.date
            for exercise in scenario.exercises
            if exercise.date > start
        }
    return days


def _moved(scenario: Scenario, events: list[Event], prices: Batch) -> Scenario:
    """The scenario with the prices of some paths: a row a path, a column an event."""
    column = {event: np.ascontiguousarray(prices[:, i]) for i, event in enumerate(events)}
    exercises = tuple(
        replace(exercise, fair_market_value=column[EXERCISE, exercise.id])
        if (EXERCISE, exercise.id) in column
        else exercise
        for exercise in scenario.exercises
    )
    sales = tuple(
        replace(sale, price=column[SALE, sale.id]) if (SALE, sale.id) in column else sale
        for sale in scenario.sales
    )
    return replace(scenario, exercises=exercises, sales=sales)
