"""Which law the tables hold: a version to record beside figures, and what has changed since.

Only what is computed with counts: amounts, rates and years, not the words beside them.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from calculator.law import published
from calculator.law.published import published_groups, published_years, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

REVIEWED: Final = Path(__file__).with_name("reviewed.toml")
WORDS: Final = ("unit", "source", "url")
NO_FIGURES: Final = ("estimated_tax",)
"""Tables that no figure of a result is computed with."""
ESTIMATES: Final = ("indexing", "scheduled")
SUNSET: Final = "sunset"
YEARLY: Final = "federal_"
CITED: Final = "income_tax.bracket_tops"
"""Its source is the revenue procedure of the year."""


class TableChange(NamedTuple):
    """A table that is not what it was."""

    year: int | None
    """None for the tables that later years are projected with."""
    newly_published: bool
    source: str
    """Of a year's table."""


@cache
def table_digests() -> Mapping[str, str]:
    """A short digest of each table that figures are computed with, by its name."""
    names = sorted(path.stem for path in published.TABLES.glob("*.toml"))
    return {
        name: _digest(read_table(f"{name}.toml"))[:8] for name in names if name not in NO_FIGURES
    }


def law_version() -> str:
    """The last published year, and a digest of all tables."""
    return f"{published_years()[-1]}-{_digest(dict(table_digests()))[:12]}"


def law_label() -> str:
    """The version for people."""
    last = published_years()[-1]
    return f"tables through {last}, {last + 1} and later projected"


@cache
def law_reviewed() -> date:
    """The day on which the tables were last compared with what is published."""
    reviewed: date = tomllib.loads(REVIEWED.read_text("utf-8"))["date"]
    return reviewed


def last_published_year_of(version: str) -> int | None:
    """The last published year of an earlier ``law_version``; None if it is not one."""
    year = version.partition("-")[0]
    return int(year) if year.isascii() and year.isdigit() else None


def changes_since(
    then: Mapping[str, str], first_year: int, last_year: int, path: str
) -> tuple[TableChange, ...]:
    """The tables that changed and bear on these years under a law path, those of years first.

    ``then`` is what ``table_digests`` gave at the time.
    """
    return () if path == "flat" else tuple(_changes(then, first_year, last_year, path))


def _changes(
    then: Mapping[str, str], first_year: int, last_year: int, path: str
) -> Iterator[TableChange]:
    now = table_digests()
    for year in published_years():
        name = f"{YEARLY}{year}"
        if first_year <= year <= last_year and now[name] != then.get(name):
            yield TableChange(year, name not in then, _revenue_procedure(year))
    # What is estimated for a year that was published in the meantime is said above.
    estimated_from = published_years()[-1] + 1
    names = (*ESTIMATES, SUNSET) if path == "sunset" else ESTIMATES
    if last_year >= estimated_from and any(now.get(name) != then.get(name) for name in names):
        yield TableChange(None, newly_published=False, source="")


def _revenue_procedure(year: int) -> str:
    return str(published_groups(year)[CITED]["source"]).split(",", maxsplit=1)[0]


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(_figures(content), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _figures(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _figures(value) for key, value in content.items() if key not in WORDS}
    return content
