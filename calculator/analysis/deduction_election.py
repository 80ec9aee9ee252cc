"""Deduction election: itemizing below the standard deduction, or the other way around.

AMT adds back the whole standard deduction, but of itemized deductions only the taxes (IRC
56(b)(1)): the smaller deduction may cost less.  AMT from exclusion items such as these gives no
credit, so that the ways are compared by tax over all years, with the value of the credit left.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from calculator.analysis.breakpoints import STRAIGHT
from calculator.analysis.what_if import Proposal, dollars, refuse, refuse_batch, with_facts
from calculator.federal.deductions import ITEMIZED, STANDARD
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario, YearFacts

MOST_TRIED_TOGETHER = 6
"""Years up to which every combination is tried; beyond, year by year until nothing helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One year deducted in one way, the other years as they are.  Dollars."""

    deduction: str
    """``standard`` or ``itemized``."""
    amount: float
    """Form 1040 line 12."""
    regular_tax: float
    amt: float
    exclusion_items_tax: float
    """What of the AMT gives no credit; more than the AMT takes credit away."""
    credit_used: float
    credit_balance: float
    """At the end of the year."""
    federal_tax: float
    present_value: float
    """Of the tax of all years."""
    credit_left: float
    """At the end of the scenario."""
    cost: float
    """Present value of all taxes, less that of the credit left as far as it is valued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearElection:
    """Both ways of a year."""

    year: int
    elected: str
    """How the year is deducted now."""
    standard: Way
    itemized: Way

    @property
    def less_costly(self) -> str:
        """The way with the lower cost; the one taken now in a tie."""
        saves = self.standard.cost - self.itemized.cost
        if abs(saves) <= STRAIGHT:
            return self.elected
        return ITEMIZED if saves > 0 else STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionElection:
    """Every year by itself, and all of them together."""

    credit_value: float
    years: tuple[YearElection, ...]
    cost: float
    """Of the scenario as it is."""
    best: dict[int, str]
    """The way of each year at the least cost of all years together."""
    best_cost: float
    every_combination_tried: bool
    proposal: Proposal | None

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return {
            "credit_value": self.credit_value,
            "years": [asdict(each) | {"less_costly": each.less_costly} for each in self.years],
            "cost": self.cost,
            "best": [{"year": year, "deduction": way} for year, way in self.best.items()],
            "best_cost": self.best_cost,
            "saves": self.cost - self.best_cost,
            "every_combination_tried": self.every_combination_tried,
            "proposal": None if self.proposal is None else self.proposal.to_dict(),
        }


class _Elections:
    """Computes the scenario with some years switched to the other way, each set once."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.as_is = evaluate(scenario)
        self.elected = {year.year: str(year.deduction.kind) for year in self.as_is.years}
        self._known: dict[frozenset[int], ScenarioResult] = {frozenset(): self.as_is}

    def with_switched(self, years: frozenset[int]) -> ScenarioResult:
        if years not in self._known:
            scenario = self.scenario
            for year in years:
                scenario = with_facts(scenario, year, deduction=self.other_way(year))
            self._known[years] = evaluate(scenario)
        return self._known[years]

    def other_way(self, year: int) -> str:
        return STANDARD if self.elected[year] == ITEMIZED else ITEMIZED

    def cost(self, years: frozenset[int]) -> float:
        return _cost_of(self.with_switched(years))


def deduction_election(
    scenario: Scenario, year: int | None = None, *, credit_value: float | None = None
) -> DeductionElection:
    """Standard against itemized, in each year with itemized deductions or in one of them.

    ``credit_value`` is what a dollar of credit left at the end of the scenario is worth, from
    0 to 1, by default what the scenario assumes; credit used within it counts in full, as tax
    that is not paid.

    Raises:
        InvalidScenario: The year asked for has no itemized deductions, or is not there.
    """
    refuse_batch(scenario)
    if credit_value is None:
        credit_value = scenario.assumptions.credit_value
    if not 0.0 <= credit_value <= 1.0:
        raise refuse("credit_value", "Enter a value from 0 to 1 for each dollar of credit left.")
    assumed = replace(scenario.assumptions, credit_value=credit_value)
    elections = _Elections(replace(scenario, assumptions=assumed))
    there = [
        facts.year
        for facts, result in zip(scenario.years, elections.as_is.years, strict=True)
        if result.deduction.allowed and _has_paid(facts)
    ]
    if year is not None and year not in there:
        raise refuse("year", "Choose a year that has itemized deductions.")
    years = there if year is None else [year]
    together = len(years) <= MOST_TRIED_TOGETHER
    switched = _best_of_all(elections, years) if together else _best_by_turns(elections, years)
    cost, best_cost = elections.cost(frozenset()), elections.cost(switched)
    return DeductionElection(
        credit_value=credit_value,
        years=tuple(_both_ways(elections, each) for each in years),
        cost=cost,
        best={
            each: elections.other_way(each) if each in switched else elections.elected[each]
            for each in years
        },
        best_cost=best_cost,
        every_combination_tried=together,
        proposal=_proposal(elections, switched, cost - best_cost) if switched else None,
    )


def _cost_of(result: ScenarioResult) -> float:
    return float(result.totals.present_value) - float(result.totals.value_of_credit_left)


def _has_paid(facts: YearFacts) -> bool:
    paid = facts.itemized
    return any(
        amount > 0.0
        for amount in (
            paid.state_and_local_taxes,
            paid.mortgage_interest,
            paid.charitable_gifts,
            paid.other,
        )
    )


def _both_ways(elections: _Elections, year: int) -> YearElection:
    ways = {
        elections.elected[year]: _way(elections, frozenset(), year),
        elections.other_way(year): _way(elections, frozenset({year}), year),
    }
    return YearElection(
        year=year,
        elected=elections.elected[year],
        standard=ways[STANDARD],
        itemized=ways[ITEMIZED],
    )


def _way(elections: _Elections, switched: frozenset[int], year: int) -> Way:
    result = elections.with_switched(switched)
    this = next(each for each in result.years if each.year == year)
    return Way(
        deduction=this.deduction.kind,
        amount=float(this.deduction.amount),
        regular_tax=float(this.regular_tax),
        amt=float(this.amt),
        exclusion_items_tax=float(this.exclusion_items_tax),
        credit_used=float(this.credit_used),
        credit_balance=float(this.credit_balance),
        federal_tax=float(this.federal_tax),
        present_value=float(result.totals.present_value),
        credit_left=float(result.totals.credit_left),
        cost=_cost_of(result),
    )


def _best_of_all(elections: _Elections, years: list[int]) -> frozenset[int]:
    """The best set of years to switch; the fewest years in a tie."""
    return _first_least(elections, _subsets(years))


def _subsets(years: list[int]) -> Iterator[frozenset[int]]:
    for size in range(len(years) + 1):
        yield from map(frozenset, combinations(years, size))


def _best_by_turns(elections: _Elections, years: list[int]) -> frozenset[int]:
    """Switches year after year where it helps, until a whole round changes nothing."""
    best: frozenset[int] = frozenset()
    while True:
        before = best
        for year in years:
            best = _first_least(elections, [best, best ^ {year}])
        if best == before:
            return best


def _first_least(elections: _Elections, sets: Iterable[frozenset[int]]) -> frozenset[int]:
    """The set of least cost; a later one must be better by more than rounding."""
    candidates = iter(sets)
    best = next(candidates)
    for candidate in candidates:
        if elections.cost(candidate) < elections.cost(best) - STRAIGHT:
            best = candidate
    return best


def _proposal(elections: _Elections, switched: frozenset[int], saves: float) -> Proposal:
    edits = [
        {"path": f"years[{place}].deduction", "value": elections.other_way(facts.year)}
        for place, facts in enumerate(elections.scenario.years)
        if facts.year in switched
    ]
    said = [
        f"{words} in {_listed(years)}"
        for way, words in ((ITEMIZED, "itemize"), (STANDARD, "take the standard deduction"))
        if (years := sorted(year for year in switched if elections.other_way(year) == way))
    ]
    sentence = ", and ".join(said)
    words = f"{sentence[0].upper()}{sentence[1:]}: it costs {dollars(saves)} less over all years."
    return Proposal(edits=tuple(edits), words=words)


def _listed(years: list[int]) -> str:
    *others, last = map(str, years)
    return f"{', '.join(others)} and {last}" if others else last
