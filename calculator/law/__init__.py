"""The law of a year, for one filing status, under the law that a scenario chooses."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from calculator.errors import Problem, UnsupportedSituation
from calculator.law.flat import flat_law
from calculator.law.projected import last_projected_year, projected_law
from calculator.law.published import published_law, published_years

if TYPE_CHECKING:
    from calculator.law.parameters import YearLaw
    from calculator.scenario import LawChoice

__all__ = ["law_for", "published_years", "why_unsupported"]


@lru_cache(maxsize=4096)
def law_for(year: int, filing_status: str, choice: LawChoice) -> YearLaw:
    """The parameters of a year: published, projected, or of the flat model.

    Raises:
        UnsupportedSituation: ``why_unsupported`` has something to say about the year.
    """
    if reason := why_unsupported(year, choice):
        raise UnsupportedSituation((Problem(path="law", message=reason, unsupported=True),))
    if choice.path == "flat":
        return flat_law(year, choice.flat)
    if year in published_years():
        return published_law(year, filing_status)
    return projected_law(year, filing_status, choice.indexing_rate)


def why_unsupported(year: int, choice: LawChoice) -> str | None:
    """A sentence on why a year cannot be computed under this choice; None if it can."""
    if choice.path == "flat":
        return None
    if choice.path == "sunset":
        return (
            "The counterfactual in which the Tax Cuts and Jobs Act expires (law path sunset)"
            " is not modelled."
        )
    years = published_years()
    if year < years[0]:
        return f"Federal law before {years[0]} is not modelled, so {year} cannot be computed."
    if year in years:
        return None
    if year > (last := last_projected_year()):
        return f"Federal law is projected up to {last}, so {year} cannot be computed."
    return None
