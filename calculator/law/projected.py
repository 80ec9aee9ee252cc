"""The years after the last published one: indexing, statutory rounding, scheduled changes.

A projected year is the last published table with some of its groups replaced: by the changes that
the statute itself dates (``tables/scheduled.toml``), and by the indexed amounts
(``tables/indexing.toml``).  What is neither indexed nor scheduled stays.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from calculator.law.assembly import year_law
from calculator.law.groups import Group, Groups, check_group, check_groups, groups_in
from calculator.law.indexing import index_table, indexed_groups
from calculator.law.published import published_groups, published_years, read_table

if TYPE_CHECKING:
    from calculator.law.parameters import YearLaw

INDEXING: Final = "indexing.toml"


def last_projected_year() -> int:
    """The last year that is projected at all."""
    return int(index_table(INDEXING)["last_year"])


def projected_law(year: int, filing_status: str, indexing_rate: float) -> YearLaw:
    """The law of a year after the last published one; IRC 1(f), 1(j), 55(d), 63(c).

    ``indexing_rate`` is the yearly growth of the price index after the last estimated year.
    """
    groups = projected_groups(year, indexing_rate)
    return year_law(groups, year=year, filing_status=filing_status, origin="projected")


@lru_cache(maxsize=512)
def projected_groups(year: int, indexing_rate: float) -> Groups:
    """The groups of a year after the last published one, in the form of a yearly table."""
    last = published_years()[-1]
    groups = dict(published_groups(last))
    for change, changed in sorted(scheduled_changes().items()):
        if last < change <= year:
            groups |= changed
    groups |= indexed_groups(INDEXING, year, indexing_rate)
    check_groups(groups)
    return groups


@cache
def scheduled_changes() -> dict[int, dict[str, Group]]:
    """The groups that change, by the year from which they do."""
    changes = {
        int(year): groups_in(sections) for year, sections in read_table("scheduled.toml").items()
    }
    for groups in changes.values():
        for name, group in groups.items():
            check_group(name, group)
    return changes
