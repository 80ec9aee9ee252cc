"""The lines of a result, kept small beside a saved scenario, and what makes them differ later.

Kept are the lines that explain federal tax and the credit (``form_lines``), in cents, so that the
figures of another day can be explained line by line although nothing computes them any more.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.analysis.form_lines import CREDIT, FEDERAL_TAX
from calculator.analysis.form_walk import FilledIn
from calculator.analysis.why import explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculator.analysis.form_walk import Citation, Step
    from calculator.analysis.why import Explained
    from calculator.results import ScenarioResult

Kept = dict[str, Any]

CENT = 0.01
"""Figures that differ by no more are the same."""
_SLACK = 1e-9


class YearSince(NamedTuple):
    """A year then and now.  Dollars."""

    year: int
    federal_tax_then: float
    federal_tax: float
    credit_then: float
    credit: float

    @property
    def differs(self) -> bool:
        """Whether a figure is another now."""
        return differ(self.federal_tax_then, self.federal_tax) or differ(
            self.credit_then, self.credit
        )


class Since(NamedTuple):
    """What differs between the lines that were kept and those of today."""

    years: tuple[YearSince, ...]
    """Those that differ."""
    year: int
    """The one that is explained: the first, since later years follow from it."""
    federal_tax: Explained
    credit: Explained


def differ(then: float, now: float) -> bool:
    """Whether two amounts are more than a cent apart."""
    return abs(now - then) > CENT + _SLACK


def kept_lines(result: ScenarioResult) -> Kept:
    """The lines of each year of one scenario, to be kept as JSON."""
    steps = _steps()
    years = {str(year.year): FilledIn(year) for year in result.years}
    return {
        "lines": list(steps),
        "years": {
            year: [_in_cents(filled_in.read(step)) for step in steps.values()]
            for year, filled_in in years.items()
        },
    }


def since_then(kept: Kept, result: ScenarioResult) -> Since | None:
    """What differs from the lines that were kept of the same scenario; None if nothing does."""
    now = {year.year: FilledIn(year) for year in result.years}
    then = {
        int(year): _KeptYear(dict(zip(kept["lines"], amounts, strict=True)), now[int(year)])
        for year, amounts in kept["years"].items()
        if int(year) in now
    }
    compared = [
        YearSince(
            year,
            *(FEDERAL_TAX.amount(each) for each in (then[year], now[year])),
            *(CREDIT.amount(each) for each in (then[year], now[year])),
        )
        for year in sorted(then)
    ]
    years = tuple(year for year in compared if year.differs)
    if not years:
        return None
    first = years[0].year
    pair, both = (then[first], now[first]), (first, first)
    return Since(years, first, explained(FEDERAL_TAX, pair, both), explained(CREDIT, pair, both))


class _KeptYear:
    """A year as it was kept; what was not kept is taken to be as it is now."""

    def __init__(self, amounts: Mapping[str, float | None], now: FilledIn) -> None:
        self._amounts = amounts
        self._now = now

    def read(self, step: Step) -> float | None:
        """What the step came to."""
        name = _names()[step.cited]
        return self._amounts[name] if name in self._amounts else self._now.read(step)


def _in_cents(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 2)


@cache
def _steps() -> dict[str, Step]:
    """Every line on the ways to federal tax and to the credit, by its name."""
    steps: dict[str, Step] = {}
    for step in _walk(FEDERAL_TAX, CREDIT):
        name = f"{step.cited.form} {step.cited.line}"
        # Part of a line may be taken by itself.
        taken = name in steps and steps[name].cited != step.cited
        steps[f"{name} {step.cited.caption}" if taken else name] = step
    return steps


@cache
def _names() -> dict[Citation, str]:
    return {step.cited: name for name, step in _steps().items()}


def _walk(*steps: Step) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _walk(*step.made_of)
