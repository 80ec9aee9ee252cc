"""What a person types into a tax program each year, and what the program should then show.

A program computes most lines itself, and so these are only those that come from a person: options
exercised, shares sold with both bases, what is carried over, figures of last year.  All is in
whole dollars, as the return is filed; what the page calls a check is a line that the program
fills in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calculator.analysis.tax_software.form_entries import form_sections
from calculator.analysis.tax_software.mistakes import with_mistakes
from calculator.analysis.tax_software.share_entries import Shares, share_sections
from calculator.analysis.tax_software.sheet import TaxSoftware, YearSheet
from calculator.analysis.what_if import refuse, refuse_batch
from calculator.scenario import AS_FILED
from calculator.timeline import each_year_with_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.results import YearResult
    from calculator.scenario import Scenario

__all__ = ["tax_software"]


def tax_software(scenario: Scenario, *, only: int | None = None) -> TaxSoftware:
    """The sheets of all years, or of one only, filled in as filed.

    Under the law path ``flat`` there is nothing to file, and no sheet.

    Raises:
        InvalidScenario: The scenario is a batch, or has no such year.
    """
    refuse_batch(scenario)
    if only is not None and all(facts.year != only for facts in scenario.years):
        raise refuse("", f"{only} is none of the scenario’s years.")
    if scenario.law.path == "flat":
        return TaxSoftware(years=())
    filed = replace(scenario, method=replace(scenario.method, figures=AS_FILED))
    return TaxSoftware(years=tuple(_sheets(filed, only)))


def _sheets(scenario: Scenario, only: int | None) -> Iterator[YearSheet]:
    shares = Shares(scenario)
    last: YearResult | None = None
    for inputs, year in each_year_with_inputs(scenario):
        if only is not None and year.year != only:
            last = year
            continue
        sections = (
            *share_sections(shares, year),
            *form_sections(inputs.facts, year, last),
        )
        yield YearSheet(
            year=year.year,
            law=year.law,
            sections=tuple(with_mistakes(each, inputs, year, shares) for each in sections),
        )
        last = year
