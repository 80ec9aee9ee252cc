"""Pairing: extra gain realized in a year, against what it does to the AMT credit.

An AMT capital loss beyond the yearly limit waits for gains.  As long as it absorbs a gain,
tentative minimum tax stays where it is, while regular tax rises: the credit pays the difference.
IRC 53(c), 1211(b); Treas. Reg. 1.55-1(a).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from calculator.amounts import loss_of, not_below_zero
from calculator.analysis.breakpoints import last_up_to, least
from calculator.analysis.law_comparison import with_changes
from calculator.analysis.what_if import (
    evaluate_batch,
    holding_of,
    passing_through,
    refuse,
    refuse_splits,
    through,
    whole,
    with_extra_gain,
    year_index,
    year_of,
)
from calculator.equity.lots import lot_of_holding
from calculator.fields import LARGEST_AMOUNT
from calculator.law import law_for
from calculator.law.changed import LawChange
from calculator.scenario import Sale
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculator.analysis.what_if import Batch
    from calculator.results import ScenarioResult, YearResult
    from calculator.scenario import Holding, Scenario
    from calculator.timeline import LawOf

MOST_POINTS = 10_000
TAX_KINDS = ("regular_tax", "amt", "net_investment_income_tax")


class Source(NamedTuple):
    """Where the gain comes from: a scenario with any gain realized in any year."""

    realize: Callable[[Scenario, int, Batch], Scenario]
    largest: float
    """The gain that there is; infinite for a gain that is only supposed."""


class Uncapped(NamedTuple):
    """As if the AMT loss were not capped from the year of the gain on; along the same gains."""

    credit_used: Batch
    """In the year of the gain."""
    credit_left: Batch
    """At the end of the scenario."""


class Alone(NamedTuple):
    """The loss without any gain beside it: the scenario as it is.  Dollars."""

    credit_used: float
    """In the year of the gain, as the next three."""
    credit_eroded: float
    amt_loss_left: float
    federal_tax: float
    credit_left: float
    """At the end of the scenario."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """The curve and its marks.  Dollars; arrays along the gains."""

    year: int
    gain: Batch
    credit_used: Batch
    """In the year of the gain."""
    credit_eroded: Batch
    """By the year's exclusion items; it leaves the credit before the next year."""
    extra_tax: dict[str, Batch]
    """The year's tax by kind, over that without the gain."""
    amt_loss_left: Batch
    """AMT capital loss carried to the next year."""
    credit_left: Batch
    """At the end of the scenario."""
    net_cost: Batch
    """Present value of all taxes of the scenario, over that without the gain."""
    net_cost_this_year: Batch
    """Federal tax of the year, over that without the gain."""
    absorbing_gain: float
    """Up to here the AMT loss absorbs the gain, and tentative minimum tax does not move unless
    income moves a deduction."""
    free_gain: float
    """Up to here the added credit use pays all the added regular tax."""
    best_gain: float
    """The least present value of all taxes."""
    uncapped: Uncapped
    alone: Alone
    at_no_gain: dict[str, float]
    """What the differences above are over, by their names: ``regular_tax``, … and ``net_cost``."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return {
            "year": self.year,
            "curve": {
                "gain": self.gain.tolist(),
                "credit_used": self.credit_used.tolist(),
                "credit_eroded": self.credit_eroded.tolist(),
                "extra_tax": {kind: tax.tolist() for kind, tax in self.extra_tax.items()},
                "amt_loss_left": self.amt_loss_left.tolist(),
                "credit_left": self.credit_left.tolist(),
                "net_cost": self.net_cost.tolist(),
                "net_cost_this_year": self.net_cost_this_year.tolist(),
            },
            "absorbing_gain": self.absorbing_gain,
            "free_gain": self.free_gain,
            "best_gain": self.best_gain,
            "uncapped": {
                "credit_used": self.uncapped.credit_used.tolist(),
                "credit_left": self.uncapped.credit_left.tolist(),
            },
            "alone": self.alone._asdict(),
        }


def pairing(  # noqa: PLR0913  (what the question may name is the public contract's)
    scenario: Scenario,
    year: int,
    *,
    holding: str | None = None,
    points: int = 200,
    upto: float | None = None,
    otherwise: int | None = None,
    long_term: bool = True,
    also: tuple[float, ...] | None = None,
) -> Pairing:
    """What extra gain in a year does, from none up to ``upto`` dollars.

    The gain is supposed, the same in both systems, or comes from selling shares of a ``holding``
    at its price on the last day of the year.  ``upto`` is by default twice the AMT loss, or all
    the gain of the holding.  With ``otherwise`` the asset has ``upto`` of gain in all, and what is
    not realized now is realized in that year; without it, never.  With ``also`` the points are
    whole dollars, and these gains and the three that are found are among them: nothing about them
    need be read between two points, where a curve may bend.

    Raises:
        InvalidScenario: There is no such year or holding, or the holding has no gain to realize.
    """
    year_index(scenario, year)
    plain = evaluate(scenario)
    absorbing = absorbing_gain(plain, year)
    source = source_of(scenario, holding, long_term=long_term)
    if upto is None:
        upto = source.largest if np.isfinite(source.largest) else 2 * amt_loss(plain, year)
    upto = min(upto, source.largest)
    _check(year, points, upto, otherwise)
    until_then = through(scenario, year)

    def realized(gains: Batch, law_of: LawOf = law_for) -> ScenarioResult:
        changed = source.realize(scenario, year, gains)
        if otherwise is not None:
            changed = source.realize(changed, otherwise, upto - gains)
        return evaluate_batch(changed, gains.size, law_of=law_of)

    def unpaid(gains: Batch) -> Batch:
        result = evaluate_batch(source.realize(until_then, year, gains), gains.size).years[-1]
        before = year_of(plain, year)
        added_tax = result.regular_tax - before.regular_tax
        return whole(added_tax - (result.credit_used - before.credit_used), gains.size)

    def present_value(gains: Batch) -> Batch:
        return whole(realized(gains).totals.present_value, gains.size)

    uncapped = with_changes((LawChange("gains.amt_loss_limit", np.inf, from_year=year),))
    free = last_up_to(unpaid, 0.0, upto) if upto > 0 else 0.0
    best = least(present_value, upto) if upto > 0 else 0.0
    gains = _points(upto, points, () if also is None else (absorbing, free, best, *also))
    result = realized(gains)
    this_year, size = year_of(result, year), gains.size
    losses = this_year.amt_capital_loss_carryforward
    value = whole(result.totals.present_value, size)
    federal = whole(this_year.federal_tax, size)
    return Pairing(
        year=year,
        gain=gains,
        credit_used=whole(this_year.credit_used, size),
        credit_eroded=whole(this_year.credit_eroded, size),
        extra_tax={
            kind: whole(getattr(this_year, kind), size) - whole(getattr(this_year, kind), size)[0]
            for kind in TAX_KINDS
        }
        | {"state_tax": np.zeros(size)},
        amt_loss_left=whole(losses.short_term, size) + whole(losses.long_term, size),
        credit_left=whole(result.totals.credit_left, size),
        net_cost=value - value[0],
        net_cost_this_year=federal - federal[0],
        absorbing_gain=absorbing,
        free_gain=free,
        best_gain=best,
        uncapped=_uncapped(realized(gains, uncapped), year, size),
        alone=_alone(plain, year),
        at_no_gain={kind: float(whole(getattr(this_year, kind), size)[0]) for kind in TAX_KINDS}
        | {"net_cost": float(value[0]), "net_cost_this_year": float(federal[0])},
    )


def _points(upto: float, points: int, marks: tuple[float, ...]) -> Batch:
    if upto <= 0:
        return np.zeros(1)
    gains = np.linspace(0.0, upto, max(points, 2))
    if not marks:
        return gains
    gains[:-1] = np.floor(gains[:-1])
    return passing_through(np.unique(gains), map(whole_dollars, marks))


def whole_dollars(gain: float) -> float:
    """A gain to realize: rounded down, so that what holds up to a mark holds of it."""
    return math.floor(gain + 0.005)


def _check(year: int, points: int, upto: float, otherwise: int | None) -> None:
    if not 0 <= upto <= LARGEST_AMOUNT:
        raise refuse("upto", "Enter an amount of zero or more, up to 1,000,000,000,000.")
    if not 1 <= points <= MOST_POINTS:
        raise refuse("points", f"Enter a number of points from 1 to {MOST_POINTS:,}.")
    if otherwise is not None and otherwise <= year:
        raise refuse("otherwise", "Choose a year after that of the gain.")


def _uncapped(result: ScenarioResult, year: int, size: int) -> Uncapped:
    return Uncapped(
        credit_used=whole(year_of(result, year).credit_used, size),
        credit_left=whole(result.totals.credit_left, size),
    )


def _alone(plain: ScenarioResult, year: int) -> Alone:
    this_year = year_of(plain, year)
    losses = this_year.amt_capital_loss_carryforward
    return Alone(
        credit_used=float(this_year.credit_used),
        credit_eroded=float(this_year.credit_eroded),
        amt_loss_left=float(losses.short_term + losses.long_term),
        federal_tax=float(this_year.federal_tax),
        credit_left=float(plain.totals.credit_left),
    )


def amt_loss(result: ScenarioResult, year: int) -> float:
    """The year's net AMT capital loss, carryover included."""
    return float(loss_of(year_of(result, year).forms.amt_schedule_d.net))


def absorbing_gain(result: ScenarioResult, year: int) -> float:
    """The gain that brings the year's net AMT capital loss down to the yearly limit."""
    return absorbing_gain_of(year_of(result, year))


def absorbing_gain_of(result: YearResult) -> float:
    """The gain that brings that year's net AMT capital loss down to the yearly limit."""
    schedule = result.forms.amt_schedule_d
    return float(not_below_zero(loss_of(schedule.net) + schedule.loss_allowed))


def gain_per_share(holding: Holding) -> float:
    """What selling one share at today's price realizes in regular tax."""
    lot = lot_of_holding(holding)
    return float(holding.price) - float(lot.basis) if holding.price is not None else 0.0


def source_of(scenario: Scenario, holding_id: str | None, *, long_term: bool) -> Source:
    """A gain that is only supposed, or that of a holding sold on the last day of the year.

    Raises:
        InvalidScenario: There is no such holding, or it has no gain to realize.
    """
    if holding_id is None:
        return Source(
            lambda changed, in_year, gains: with_extra_gain(
                changed, in_year, gains, long_term=long_term
            ),
            float("inf"),
        )
    refuse_splits(scenario)
    holding = holding_of(scenario, holding_id)
    price = 0.0 if holding.price is None else float(holding.price)
    each = gain_per_share(holding)
    if each <= 0:
        raise refuse("holding", "Give this holding a price above its basis: it has no gain.")
    sold = sum(float(sale.shares) for sale in scenario.sales if sale.source == holding.id)
    left = float(holding.shares) - sold

    def realize(changed: Scenario, in_year: int, gains: Batch) -> Scenario:
        sale = Sale(
            id=f"pairing {in_year}",
            source=holding.id,
            date=date(in_year, 12, 31),
            shares=gains / each,
            price=price,
        )
        return replace(changed, sales=(*changed.sales, sale))

    return Source(realize, each * max(0.0, left))
