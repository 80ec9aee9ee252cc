"""Cash: what is owed on which day, because AMT is not in anybody's withholding.

Strike on the day of exercise, four instalments of estimated tax (IRC 6654), the balance with the
return.  Instalments are even ones; the annualized method of Form 2210 is not modelled.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from calculator.analysis.what_if import evaluate_batch, refuse, refuse_batch, whole, year_index
from calculator.equity.splits import after_splits
from calculator.fields import LARGEST_AMOUNT
from calculator.law.estimated_tax import balance_day, estimated_tax_law, instalment_days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from calculator.analysis.what_if import Batch
    from calculator.scenario import Exercise, Scenario, YearFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Dollars, and the day on which they are due."""

    date: date
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseCash:
    """What one exercise asks for.  Dollars."""

    id: str
    date: date
    strike: float
    """Paid on the day."""
    added_amt: float
    """AMT of the year, over that without this exercise and those after it."""
    added_tax: float
    """Federal tax of the year likewise: AMT, credit that is used no more, tax of nonstatutory
    options, and of sales of the lot in the same year."""
    set_aside: float
    """On the day of exercise, for the added tax."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCash:
    """One tax year.  Dollars."""

    year: int
    federal_tax: float
    withholding: float
    current_year_harbour: float
    """What paid during the year is enough whatever the year before was: 90% of this year's tax."""
    prior_year_harbour: float | None
    """100% of last year's tax, or 110% after a high income; None where last year is unknown."""
    prior_year_fraction: float | None
    required: float
    """The smaller harbour; zero where tax less withholding is a small amount."""
    instalments: tuple[Payment, ...]
    """Each a quarter of what is required, less withholding, which counts as paid in quarters."""
    balance: Payment
    """With the return; a refund is negative."""
    exercises: tuple[ExerciseCash, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """All years."""

    years: tuple[YearCash, ...]

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return {"years": [_plain(asdict(year)) for year in self.years]}


def cash(scenario: Scenario, withholding: Mapping[int, float] | None = None) -> Cash:
    """What each year asks for, and when.

    ``withholding`` replaces that of the document in the years that it names.  The first year's
    last year is known only from the opening figures of the document; a tax without an income
    counts as that of a high income.

    Raises:
        InvalidScenario: Withholding is negative, or of a year that the scenario does not have.
    """
    refuse_batch(scenario)
    scenario = after_splits(scenario)
    withheld = {facts.year: float(facts.withholding) for facts in scenario.years}
    for year, amount in (withholding or {}).items():
        year_index(scenario, year)
        if not 0.0 <= amount <= LARGEST_AMOUNT:
            raise refuse("withholding", "Enter an amount of zero or more.")
        withheld[year] = amount
    steps = _steps(scenario)
    size = len(steps) + 1
    result = evaluate_batch(_without(scenario, steps), size)
    before = _prior_year(scenario)
    years: list[YearCash] = []
    for facts, computed in zip(scenario.years, result.years, strict=True):
        tax, amt = whole(computed.federal_tax, size), whole(computed.amt, size)
        exercises = tuple(
            _exercise(scenario, step, tax, amt)
            for step in reversed(steps)
            if step.exercise.date.year == facts.year
        )
        federal_tax = float(tax[0])
        years.append(_year(facts, federal_tax, withheld[facts.year], before, exercises))
        before = _PriorYear(federal_tax, float(whole(computed.adjusted_gross_income, size)[0]))
    return Cash(years=tuple(years))


class _PriorYear(NamedTuple):
    """What the harbour of the year before goes by; None where it is not known."""

    tax: float | None
    adjusted_gross_income: float | None


class _Step(NamedTuple):
    """One exercise of a year taken out, those of the year after it being out already."""

    exercise: Exercise
    out: frozenset[str]
    """All exercises that are out."""
    place: int
    """In the batch."""
    place_with: int
    """Of the variant that still has the exercise."""


def _steps(scenario: Scenario) -> list[_Step]:
    """The exercises of the scenario's years, the last of each year first."""
    steps: list[_Step] = []
    for facts in scenario.years:
        in_year = [each for each in scenario.exercises if each.date.year == facts.year]
        out: frozenset[str] = frozenset()
        place_with = 0
        for exercise in sorted(in_year, key=lambda each: each.date, reverse=True):
            out |= {exercise.id}
            place = len(steps) + 1
            steps.append(_Step(exercise, out, place, place_with))
            place_with = place
    return steps


def _without(scenario: Scenario, steps: list[_Step]) -> Scenario:
    """The scenario itself, and at each step's place without its exercises and their sales."""

    def kept(lot: str) -> Batch:
        return np.array([1.0, *(0.0 if lot in step.out else 1.0 for step in steps)])

    lots = {step.exercise.id for step in steps}
    return replace(
        scenario,
        exercises=tuple(
            replace(each, shares=each.shares * kept(each.id)) if each.id in lots else each
            for each in scenario.exercises
        ),
        sales=tuple(
            replace(each, shares=each.shares * kept(each.source)) if each.source in lots else each
            for each in scenario.sales
        ),
    )


def _exercise(scenario: Scenario, step: _Step, tax: Batch, amt: Batch) -> ExerciseCash:
    exercise = step.exercise
    strike = next(grant.strike for grant in scenario.grants if grant.id == exercise.grant)
    added_tax = float(tax[step.place_with] - tax[step.place])
    return ExerciseCash(
        id=exercise.id,
        date=exercise.date,
        strike=float(strike) * float(exercise.shares),
        added_amt=float(amt[step.place_with] - amt[step.place]),
        added_tax=added_tax,
        set_aside=max(0.0, added_tax),
    )


def _prior_year(scenario: Scenario) -> _PriorYear:
    tax = scenario.opening.prior_year_tax
    income = scenario.opening.prior_year_adjusted_gross_income
    return _PriorYear(
        None if tax is None else float(tax), None if income is None else float(income)
    )


def _year(
    facts: YearFacts,
    tax: float,
    withholding: float,
    before: _PriorYear,
    exercises: tuple[ExerciseCash, ...],
) -> YearCash:
    law = estimated_tax_law(facts.household.filing_status)
    harbours = [law.current_year_fraction * max(0.0, tax)]
    fraction: float | None = None
    if before.tax is not None:
        income = before.adjusted_gross_income
        high = income is None or income > law.high_income
        fraction = law.prior_year_fraction_of_high_income if high else law.prior_year_fraction
        harbours.append(fraction * max(0.0, before.tax))
    small = tax - withholding < law.small_amount
    required = 0.0 if small else min(harbours)
    days = instalment_days(facts.year)
    each = max(0.0, required - withholding) / len(days)
    return YearCash(
        year=facts.year,
        federal_tax=tax,
        withholding=withholding,
        current_year_harbour=harbours[0],
        prior_year_harbour=harbours[1] if len(harbours) > 1 else None,
        prior_year_fraction=fraction,
        required=required,
        instalments=tuple(Payment(date=day, amount=each) for day in days),
        balance=Payment(date=balance_day(facts.year), amount=tax - withholding - each * len(days)),
        exercises=exercises,
    )


def _plain(value: Any) -> Any:
    """Dates as text, at any depth."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
