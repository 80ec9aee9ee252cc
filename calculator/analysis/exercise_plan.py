"""Exercise plan: a grant exercised over years, within limits, lump, even and at least tax.

AMT of an exercise is paid at once and comes back as credit over years (IRC 53), so plans are
compared by the present value of all taxes over the whole scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from calculator.analysis.allotment import PARTS, least_allotment, measured_in_parts
from calculator.analysis.price_paths import LARGEST_PRICE
from calculator.analysis.what_if import (
    Proposal,
    evaluate_batch,
    refuse,
    refuse_batch,
    refuse_splits,
    refuse_vestings,
    unused_id,
    whole,
    year_index,
    year_of,
)
from calculator.fields import LARGEST_AMOUNT
from calculator.scenario import Exercise

if TYPE_CHECKING:
    from calculator.analysis.what_if import Batch
    from calculator.results import ScenarioResult
    from calculator.scenario import Grant, Scenario

MOST_PLAN_YEARS = 20
EXERCISE_DAY = 1, 15
"""Month and day: early, so that a fall in the same year can still be answered by a sale."""
CENT = 0.01
WITHIN = 1e-4
"""Dollars by which a limit may be missed through rounding alone."""


class Limits(NamedTuple):
    """What a plan must keep to; None for no limit."""

    amt: float | None = None
    """Dollars of AMT in each year of the plan; a year with more without the plan may have that."""
    cash: float | None = None
    """Dollars for strike and added tax in each year of the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One way to spread the exercise.  Dollars and shares, year by year of the plan."""

    name: str
    shares: tuple[float, ...]
    bargain_element: tuple[float, ...]
    amt: tuple[float, ...]
    """Of the whole year."""
    cash: tuple[float, ...]
    """Strike, and federal tax over that without the plan; what credit pays is not in it."""
    within_limits: bool
    credit_balance: tuple[float, ...]
    """At the end of every year of the scenario."""
    present_value: float
    """Of all taxes of the scenario."""
    federal_tax: float
    """Of all years of the scenario."""
    credit_left: float
    first_year_without_credit: int | None
    proposal: Proposal

    def to_dict(self) -> dict[str, Any]:
        """The plan as the command line prints it."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "proposal"}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in plain.items()
        } | {"proposal": self.proposal.to_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePlan:
    """The three plans side by side, and the scenario without any."""

    grant: str
    years: tuple[int, ...]
    scenario_years: tuple[int, ...]
    fair_market_value: tuple[float, ...]
    """Assumed on the day of exercise of each year of the plan."""
    dates: tuple[date, ...]
    shares: float
    """To exercise: granted, less exercised, less those to be left."""
    present_value_without: float
    credit_balance_without: tuple[float, ...]
    plans: tuple[Plan, ...]

    def plan(self, name: str) -> Plan:
        """The plan of that name: ``lump``, ``even`` or ``optimized``."""
        return next(plan for plan in self.plans if plan.name == name)

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return {
            "grant": self.grant,
            "years": list(self.years),
            "scenario_years": list(self.scenario_years),
            "fair_market_value": list(self.fair_market_value),
            "dates": [day.isoformat() for day in self.dates],
            "shares": self.shares,
            "present_value_without": self.present_value_without,
            "credit_balance_without": list(self.credit_balance_without),
            "plans": {plan.name: plan.to_dict() for plan in self.plans},
        }


class _Asked(NamedTuple):
    """The question, and the scenario without any plan."""

    scenario: Scenario
    grant: Grant
    dates: tuple[date, ...]
    values: tuple[float, ...]
    limits: Limits
    without: ScenarioResult
    credit_value: float

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(day.year for day in self.dates)

    def planned(self, shares: Batch) -> Scenario:
        """The scenario with divisions of shares, shape (n, years of the plan)."""
        planned = self.scenario
        for column, (day, value) in enumerate(zip(self.dates, self.values, strict=True)):
            exercise = Exercise(
                id=unused_id(planned, "plan"),
                grant=self.grant.id,
                date=day,
                shares=np.ascontiguousarray(shares[:, column]),
                fair_market_value=value,
            )
            planned = replace(planned, exercises=(*planned.exercises, exercise))
        return planned

    def computed(self, shares: Batch) -> ScenarioResult:
        return evaluate_batch(self.planned(shares), len(shares))

    def amt(self, result: ScenarioResult, size: int) -> Batch:
        """Of the years of the plan, shape (n, years)."""
        return np.column_stack([whole(year_of(result, y).amt, size) for y in self.years])

    def cash(self, result: ScenarioResult, shares: Batch) -> Batch:
        """Strike and added federal tax in the years of the plan, shape (n, years)."""
        added = [
            whole(year_of(result, y).federal_tax, len(shares))
            - year_of(self.without, y).federal_tax
            for y in self.years
        ]
        return np.column_stack(added) + shares * float(self.grant.strike)

    def missed(self, result: ScenarioResult, shares: Batch) -> Batch:
        """Dollars by which limits are missed, all years together, and one more; or zero."""
        missed = np.zeros(shares.shape)
        if self.limits.amt is not None:
            already = np.array([float(year_of(self.without, y).amt) for y in self.years])
            over = self.amt(result, len(shares)) - np.maximum(self.limits.amt, already)
            missed = missed + np.maximum(over, 0.0)
        if self.limits.cash is not None:
            missed = missed + np.maximum(self.cash(result, shares) - self.limits.cash, 0.0)
        total: Batch = missed.sum(axis=1)
        return np.where(total > WITHIN, total + 1.0, 0.0)

    def cost(self, result: ScenarioResult, size: int) -> Batch:
        """Present value of all taxes, less what the credit left is held to be worth."""
        value = whole(result.totals.present_value, size)
        later = len(result.years) - 1
        discount = (1.0 + self.scenario.assumptions.discount_rate) ** later
        left = whole(result.totals.credit_left, size)
        return np.asarray(value - self.credit_value * left / discount)


def exercise_plan(  # noqa: PLR0913  (each is a choice of the person who asks)
    scenario: Scenario,
    grant: str,
    first_year: int,
    last_year: int,
    value: float,
    *,
    growth: float = 0.0,
    limits: Limits = Limits(),  # noqa: B008  (it cannot be changed)
    shares_left: float = 0.0,
    credit_value: float | None = None,
) -> ExercisePlan:
    """Spreads the exercise of a grant over years, as lump, evenly, and at least tax.

    ``value`` is the fair market value a share in the first year of the plan, and grows by
    ``growth`` a year.  The exercises are in January, or on the day of the grant if that is later.
    The optimized plan keeps to the limits, exercises as many shares as they allow, and then has
    the least present value of all taxes, less ``credit_value`` (by default what the scenario
    assumes) for each dollar of credit left at the end; lump and even ask for no limit.

    Raises:
        InvalidScenario: There is no such grant or year, or nothing is left to exercise.
    """
    refuse_batch(scenario)
    granted = next((each for each in scenario.grants if each.id == grant), None)
    if granted is None:
        raise refuse("grant", f"There is no grant “{grant}”.")
    _check(scenario, first_year, last_year, value, growth)
    if credit_value is None:
        credit_value = scenario.assumptions.credit_value
    _check_amounts(limits, shares_left, credit_value)
    refuse_splits(scenario)
    refuse_vestings(scenario, grant)
    exercised = sum(float(each.shares) for each in scenario.exercises if each.grant == grant)
    shares = float(granted.shares) - exercised - shares_left
    if shares <= 0.0:
        raise refuse("shares_left", "No shares of this grant are left to exercise.")
    if granted.date.year > first_year:
        raise refuse("years", f"The plan begins before the grant of {granted.date}.")
    years = range(first_year, last_year + 1)
    asked = _Asked(
        scenario,
        granted,
        tuple(max(granted.date, date(year, *EXERCISE_DAY)) for year in years),
        tuple(value * (1.0 + growth) ** (year - first_year) for year in years),
        limits,
        evaluate_batch(scenario, 1),
        credit_value,
    )
    size = len(years)
    lump = np.eye(size)[0] * shares
    even = np.full(size, shares / size)
    optimized = _optimized(asked, shares, (lump, even))
    without = asked.without
    return ExercisePlan(
        grant=grant,
        years=asked.years,
        scenario_years=tuple(facts.year for facts in scenario.years),
        fair_market_value=asked.values,
        dates=asked.dates,
        shares=shares,
        present_value_without=_single(without.totals.present_value),
        credit_balance_without=tuple(_single(year.credit_balance) for year in without.years),
        plans=tuple(
            _plan(asked, name, division)
            for name, division in (("lump", lump), ("even", even), ("optimized", optimized))
        ),
    )


def _optimized(asked: _Asked, shares: float, others: tuple[Batch, ...]) -> Batch:
    """The division that exercises most within the limits, and then costs least."""

    def levels(divisions: Batch) -> Batch:
        result = asked.computed(divisions)
        return np.column_stack(
            [
                asked.missed(result, divisions) / CENT,
                np.round((shares - divisions.sum(axis=1)) * PARTS),
                np.round(asked.cost(result, len(divisions)) / CENT),
                # Where that is the same: less is paid before it comes back.
                np.round(asked.amt(result, len(divisions)).sum(axis=1) / CENT),
            ]
        )

    limited = asked.limits != Limits()
    return least_allotment(
        measured_in_parts(levels, len(asked.scenario.years)),
        len(asked.dates),
        shares,
        keep=limited,
        also_from=[division.tolist() for division in others],
    )


def _plan(asked: _Asked, name: str, division: Batch) -> Plan:
    row = division[None, :]
    result = asked.computed(row)
    spread = np.maximum(np.array(asked.values) - float(asked.grant.strike), 0.0)
    year = _single(result.totals.first_year_without_credit)
    return Plan(
        name=name,
        shares=tuple(division.tolist()),
        bargain_element=tuple((division * spread).tolist()),
        amt=tuple(asked.amt(result, 1)[0].tolist()),
        cash=tuple(asked.cash(result, row)[0].tolist()),
        within_limits=bool(asked.missed(result, row)[0] == 0.0),
        credit_balance=tuple(_single(each.credit_balance) for each in result.years),
        present_value=_single(result.totals.present_value),
        federal_tax=_single(result.totals.federal_tax),
        credit_left=_single(result.totals.credit_left),
        first_year_without_credit=None if np.isnan(year) else int(year),
        proposal=_proposal(asked, division),
    )


def _proposal(asked: _Asked, division: Batch) -> Proposal:
    chosen = [
        (day, shares, value)
        for day, shares, value in zip(asked.dates, division.tolist(), asked.values, strict=True)
        if shares > 0.0
    ]
    edits = tuple(
        {
            "path": "exercises[+]",
            "value": {
                "grant": asked.grant.id,
                "date": day.isoformat(),
                "shares": shares,
                "fair_market_value": value,
            },
        }
        for day, shares, value in chosen
    )
    if not chosen:
        return Proposal(edits=(), words="Exercise nothing: the limits leave no room.")
    listed = ", ".join(f"{shares:,.0f} in {day.year}" for day, shares, _ in chosen)
    return Proposal(edits=edits, words=f"Exercise {listed}.")


def _single(amount: Any) -> float:
    return float(whole(amount, 1)[0])


def _check(
    scenario: Scenario, first_year: int, last_year: int, value: float, growth: float
) -> None:
    year_index(scenario, first_year)
    year_index(scenario, last_year)
    if not 0 <= last_year - first_year < MOST_PLAN_YEARS:
        raise refuse("years", f"Choose from 1 to {MOST_PLAN_YEARS} years, the first one first.")
    if not -0.5 <= growth <= 1.0:
        raise refuse("growth", "Enter a growth from -0.5 to 1, such as 0.05 for 5% a year.")
    if not 0.0 <= value <= LARGEST_PRICE:
        raise refuse("value", "Enter a value in dollars a share, zero or more.")


def _check_amounts(limits: Limits, shares_left: float, credit_value: float) -> None:
    for path, amount in (("amt_budget", limits.amt), ("cash", limits.cash)):
        if amount is not None and not 0.0 <= amount <= LARGEST_AMOUNT:
            raise refuse(path, "Enter an amount of zero or more.")
    if not 0.0 <= shares_left <= LARGEST_AMOUNT:
        raise refuse("shares_left", "Enter a number of shares, zero or more.")
    if not 0.0 <= credit_value <= 1.0:
        raise refuse("credit_value", "Enter a fraction from 0 to 1 of a dollar of credit.")
