"""Law comparison: the same facts under current law, the sunset, flat rates, and a law of one's own.

What cannot be computed under a law is said, with the reason, and leaves the others as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from calculator.analysis.what_if import refuse, refuse_batch
from calculator.errors import UnsupportedSituation
from calculator.law import law_for
from calculator.law.changed import changed_law, check_change
from calculator.results import Totals
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculator.law.changed import LawChange
    from calculator.law.parameters import YearLaw
    from calculator.results import ScenarioResult
    from calculator.scenario import LawChoice, Scenario
    from calculator.timeline import LawOf

CURRENT = "current"
PATHS = (CURRENT, "sunset", "flat")
OWN = "own"
MOST_CHANGES = 50
AMOUNTS = (
    "adjusted_gross_income",
    "taxable_income",
    "regular_tax",
    "amti",
    "amt_exemption",
    "tentative_minimum_tax",
    "amt",
    "exclusion_items_tax",
    "credit_available",
    "credit_used",
    "credit_balance",
    "net_investment_income_tax",
    "additional_medicare_tax",
    "federal_tax",
)
"""Of each year; the names are those of the result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearUnderLaw:
    """One year.  Dollars."""

    year: int
    origin: str
    """Where the parameters come from: published, projected, counterfactual or flat."""
    amounts: dict[str, float]
    delta: dict[str, float] | None
    """Over current law; None where current law cannot be computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderLaw:
    """The facts under one law."""

    law: str
    """``current``, ``sunset``, ``flat`` or ``own``."""
    reason: str | None
    """Why it cannot be computed; then there are neither totals nor years."""
    totals: dict[str, float | None]
    """The year without credit is None for never."""
    totals_delta: dict[str, float] | None
    years: tuple[YearUnderLaw, ...]

    def to_dict(self) -> dict[str, Any]:
        """The law's part of the answer."""
        return {
            "law": self.law,
            "available": self.reason is None,
            "reason": self.reason,
            "totals": self.totals,
            "totals_delta": self.totals_delta,
            "years": [
                {"year": each.year, "origin": each.origin, **each.amounts, "delta": each.delta}
                for each in self.years
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LawComparison:
    """The facts under each law, current law first."""

    changes: tuple[LawChange, ...]
    laws: tuple[UnderLaw, ...]

    def under(self, law: str) -> UnderLaw:
        """The facts under the law of that name."""
        return next(each for each in self.laws if each.law == law)

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it; an infinite value of a parameter is None."""
        changes = [
            {
                "path": change.path,
                "value": None if math.isinf(change.value) else change.value,
                "from_year": change.from_year,
            }
            for change in self.changes
        ]
        return {"changes": changes, "laws": [law.to_dict() for law in self.laws]}


def law_comparison(scenario: Scenario, changes: Sequence[LawChange] = ()) -> LawComparison:
    """The scenario under every law path; with ``changes`` also under its own law so changed.

    Raises:
        InvalidScenario: A change names no parameter of the law, or gives it no possible value.
    """
    refuse_batch(scenario)
    if len(changes) > MOST_CHANGES:
        raise refuse("change", f"Change at most {MOST_CHANGES} parameters at once.")
    for change in changes:
        check_change(change)
    computed: dict[str, ScenarioResult | str] = {
        path: _computed(replace(scenario, law=replace(scenario.law, path=path)), law_for)
        for path in PATHS
    }
    if changes:
        computed[OWN] = _computed(scenario, with_changes(changes))
    current = computed[CURRENT]
    compared = None if isinstance(current, str) else current
    return LawComparison(
        changes=tuple(changes),
        laws=tuple(_under_law(law, result, compared) for law, result in computed.items()),
    )


def with_changes(changes: Sequence[LawChange]) -> LawOf:
    """The law as the scenario chooses it, changed."""
    return partial(_law_with, changes)


def _law_with(
    changes: Sequence[LawChange], year: int, filing_status: str, choice: LawChoice
) -> YearLaw:
    return changed_law(law_for(year, filing_status, choice), changes)


def _computed(scenario: Scenario, law_of: LawOf) -> ScenarioResult | str:
    """The result, or a sentence on why there is none."""
    try:
        return evaluate(scenario, law_of=law_of)
    except UnsupportedSituation as unsupported:
        return unsupported.problems[0].message


def _under_law(law: str, found: ScenarioResult | str, current: ScenarioResult | None) -> UnderLaw:
    if isinstance(found, str):
        return UnderLaw(law=law, reason=found, totals={}, totals_delta=None, years=())
    totals = _totals(found)
    return UnderLaw(
        law=law,
        reason=None,
        totals=totals,
        totals_delta=None if current is None else _difference(totals, _totals(current)),
        years=tuple(_years(found, current)),
    )


def _years(found: ScenarioResult, current: ScenarioResult | None) -> list[YearUnderLaw]:
    years = []
    for place, year in enumerate(found.years):
        amounts = {name: float(getattr(year, name)) for name in AMOUNTS}
        delta = None
        if current is not None:
            now = current.years[place]
            delta = {name: amount - float(getattr(now, name)) for name, amount in amounts.items()}
        years.append(YearUnderLaw(year=year.year, origin=year.law, amounts=amounts, delta=delta))
    return years


def _totals(result: ScenarioResult) -> dict[str, float | None]:
    totals = {name: float(getattr(result.totals, name)) for name in Totals._fields}
    return {name: None if math.isnan(amount) else amount for name, amount in totals.items()}


def _difference(
    totals: dict[str, float | None], current: dict[str, float | None]
) -> dict[str, float]:
    """Of the amounts; a year that never comes differs from none."""
    return {
        name: amount - now
        for name, amount in totals.items()
        if amount is not None and (now := current[name]) is not None
    }
