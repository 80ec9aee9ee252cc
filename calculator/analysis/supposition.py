"""One scenario under a supposition, in the few figures by which many scenarios are compared."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from calculator.analysis.price_change import PriceChange, with_prices
from calculator.analysis.what_if import refuse_batch
from calculator.law import law_for
from calculator.law.changed import LawChange, changed_law, check_change
from calculator.law.pinned import Pin, pinned_law
from calculator.scenario import FLAT
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from calculator.law.parameters import YearLaw
    from calculator.results import ScenarioResult
    from calculator.scenario import LawChoice, Scenario

HALF_A_CENT = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What is supposed; nothing, unless something is said."""

    law_path: str | None = None
    """Another law path than the scenario's own."""
    pin: Pin | None = None
    """A part of the law as in another year; the flat model has no years and stays as it is."""
    change: LawChange | None = None
    """A parameter with another value."""
    prices: PriceChange | None = None

    def law_of(self, year: int, filing_status: str, choice: LawChoice) -> YearLaw:
        """The law of a year as supposed."""
        law = law_for(year, filing_status, choice)
        pin = self.pin
        if pin is not None and year >= pin.from_year and choice.path != FLAT:
            law = pinned_law(law, law_for(pin.year, filing_status, choice), pin.part)
        return law if self.change is None else changed_law(law, (self.change,))


NOTHING = Supposition()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Dollars of all years together, and years."""

    amt: float
    credit_used: float
    credit_eroded: float
    credit_left: float
    """At the end of the last year."""
    federal_tax: float
    first_year_without_credit: int | None
    """After which a balance that had existed is gone; None for never."""
    credit_back: int | None
    """The year in which the last of the credit is used; None if some is left or eroded, or if
    there was none."""

    def to_dict(self) -> dict[str, Any]:
        """The figures by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def supposed(scenario: Scenario, supposition: Supposition = NOTHING) -> Figures:
    """The scenario's figures, if what is supposed were so.

    Raises:
        InvalidScenario: The supposition is impossible.
        UnsupportedSituation: A year cannot be computed under it.
    """
    refuse_batch(scenario)
    if supposition.change is not None:
        check_change(supposition.change)
    if supposition.law_path is not None:
        scenario = replace(scenario, law=replace(scenario.law, path=supposition.law_path))
    if supposition.prices is not None:
        scenario = with_prices(scenario, supposition.prices)
    return figures(evaluate(scenario, law_of=supposition.law_of))


def figures(result: ScenarioResult) -> Figures:
    """The figures of a result of one scenario."""
    totals = result.totals
    gone = float(totals.first_year_without_credit)
    used = [year.year for year in result.years if float(year.credit_used) > HALF_A_CENT]
    eroded, left = float(totals.credit_eroded), float(totals.credit_left)
    all_back = bool(used) and eroded < HALF_A_CENT and left < HALF_A_CENT
    return Figures(
        amt=float(totals.amt),
        credit_used=float(totals.credit_used),
        credit_eroded=eroded,
        credit_left=left,
        federal_tax=float(totals.federal_tax),
        first_year_without_credit=None if math.isnan(gone) else int(gone),
        credit_back=used[-1] if all_back else None,
    )
