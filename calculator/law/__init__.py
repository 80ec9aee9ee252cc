"""The law of a year, for one filing status, under the law that a scenario chooses."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from calculator.errors import Problem, UnsupportedSituation
from calculator.law.flat import flat_law
from calculator.law.projected import last_projected_year, projected_law
from calculator.law.published import published_law, published_years
from calculator.law.sunset import first_sunset_year, last_sunset_year, sunset_law
from calculator.law.version import law_label, law_reviewed, law_version

if TYPE_CHECKING:
    from calculator.law.parameters import YearLaw
    from calculator.scenario import LawChoice

__all__ = [
    "law_for",
    "law_label",
    "law_reviewed",
    "law_version",
    "published_years",
    "why_unsupported",
]


@lru_cache(maxsize=4096)
def law_for(year: int, filing_status: str, choice: LawChoice) -> YearLaw:
    """The parameters of a year: published, projected, after the sunset, or of the flat model.

    Raises:
        UnsupportedSituation: ``why_unsupported`` has something to say about the year.
    """
    if reason := why_unsupported(year, choice):
        raise UnsupportedSituation((Problem(path="law", message=reason, unsupported=True),))
    if choice.path == "flat":
        return flat_law(year, choice.flat)
    if choice.path == "sunset" and year >= first_sunset_year():
        return sunset_law(year, filing_status, choice.indexing_rate)
    if year in published_years():
        return published_law(year, filing_status)
    return projected_law(year, filing_status, choice.indexing_rate)


def why_unsupported(year: int, choice: LawChoice) -> str | None:
    """A sentence on why a year cannot be computed under this choice; None if it can."""
    if choice.path == "flat":
        return None
    years = published_years()
    if year < years[0]:
        return f"Federal law before {years[0]} is not modelled, so {year} cannot be computed."
    last = last_sunset_year() if choice.path == "sunset" else last_projected_year()
    if year > max(last, years[-1]):
        return f"Federal law is projected up to {last}, so {year} cannot be computed."
    return None
