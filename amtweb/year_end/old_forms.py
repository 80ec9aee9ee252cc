"""Where old returns hold the AMT and the credit: ``old_forms.toml``, by year."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

TABLE: Final = Path(__file__).with_name("old_forms.toml")
AMT: Final = "form_6251_amt"
CREDIT: Final = "form_8801_carryforward"


class Place(NamedTuple):
    """A line of an old form; ``line`` and ``source`` are empty where it was not verified."""

    form: str
    caption: str
    line: str
    source: str

    @property
    def words(self) -> str:
        """As a sentence names it: ``Form 8801, line 26 (Credit carryforward)``."""
        if self.line:
            return f"{self.form}, line {self.line} ({self.caption})"
        return f"{self.form}, the line called “{self.caption}”"


class OldYear(NamedTuple):
    """A year's two places."""

    year: int
    amt: Place
    credit: Place


@cache
def _table() -> dict[str, Any]:
    with TABLE.open("rb") as file:
        return tomllib.load(file)


def first_and_last_year() -> tuple[int, int]:
    """The years of which some line is known."""
    rows = [row for form in _table().values() for row in form["lines"]]
    return min(row["first"] for row in rows), max(row["last"] for row in rows)


def place(what: str, year: int) -> Place:
    """Where an amount stands in the forms of a year."""
    form = _table()[what]
    for row in form["lines"]:
        if row["first"] <= year <= row["last"]:
            return Place(form["form"], form["caption"], row["line"], row["source"])
    return Place(form["form"], form["caption"], "", "")


def old_year(year: int) -> OldYear:
    """Both places of a year."""
    return OldYear(year, place(AMT, year), place(CREDIT, year))
