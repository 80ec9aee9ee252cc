"""The law had the Tax Cuts and Jobs Act expired: law path ``sunset``, from the year it was to end.

A sunset year is the table of the last year before that act with its indexed amounts grown to the
year (``tables/sunset.toml``).  It never became law: P.L. 119-21 made the act permanent.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from calculator.law.assembly import year_law
from calculator.law.groups import Groups, check_groups
from calculator.law.indexing import index_table, indexed_groups
from calculator.law.published import published_groups

if TYPE_CHECKING:
    from calculator.law.parameters import YearLaw

SUNSET: Final = "sunset.toml"


def first_sunset_year() -> int:
    """The first year without the act: IRC 1(j)(1) and its kin, as enacted."""
    return int(index_table(SUNSET)["first_year"])


def last_sunset_year() -> int:
    """The last year to which the amounts are grown."""
    return int(index_table(SUNSET)["last_year"])


def sunset_law(year: int, filing_status: str, indexing_rate: float) -> YearLaw:
    """The law of a year after the act; ``indexing_rate`` as in ``projected_law``."""
    groups = sunset_groups(year, indexing_rate)
    return year_law(groups, year=year, filing_status=filing_status, origin="counterfactual")


@lru_cache(maxsize=512)
def sunset_groups(year: int, indexing_rate: float) -> Groups:
    """The groups of a year after the act, in the form of a yearly table."""
    before_the_act = published_groups(index_table(SUNSET)["law_of"])
    groups = {**before_the_act, **indexed_groups(SUNSET, year, indexing_rate)}
    check_groups(groups)
    return groups
