"""The published years: one table for each, ``tables/federal_YEAR.toml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from calculator.law.assembly import year_law
from calculator.law.groups import Groups, LawTableError, check_groups, groups_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculator.law.parameters import YearLaw

TABLES: Final = Path(__file__).with_name("tables")
_PREFIX: Final = "federal_"


@cache
def published_years() -> tuple[int, ...]:
    """The years that have a table, in order."""
    return tuple(sorted(int(p.stem.removeprefix(_PREFIX)) for p in TABLES.glob(f"{_PREFIX}*.toml")))


@cache
def published_law(year: int, filing_status: str) -> YearLaw:
    """The law of a published year, for one filing status."""
    return year_law(
        published_groups(year), year=year, filing_status=filing_status, origin="published"
    )


@cache
def published_groups(year: int) -> Groups:
    """The groups of a published year's table, checked.

    Raises:
        LawTableError: the table lacks a group, a unit or a source, or is of another year.
    """
    name = f"{_PREFIX}{year}.toml"
    table = read_table(name)
    if table.get("year") != year:
        raise LawTableError(f"{name} is the table of {table.get('year')}")
    groups = groups_in(table)
    try:
        check_groups(groups)
    except LawTableError as problem:
        raise LawTableError(f"{name}: {problem}") from None
    return groups


def read_table(name: str, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """A file of the ``tables`` folder, as it stands there."""
    import tomllib  # only here: importing the calculator should not wait for a parser

    with (TABLES / name).open("rb") as file:
        return tomllib.load(file, parse_float=parse_float)
