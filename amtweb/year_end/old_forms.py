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


class OldYears(NamedTuple):
    """Successive years with the same two places."""

    first: int
    last: int
    amt: Place
    credit: Place

    @property
    def span(self) -> str:
        """``2018\N{EN DASH}2024``, or one year."""
        same = self.first == self.last
        return str(self.first) if same else f"{self.first}\N{EN DASH}{self.last}"


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


def places(first: int, last: int) -> list[OldYears]:
    """Both places in the years from the first to the last, latest first."""
    found: list[OldYears] = []
    for year in range(first, last + 1):
        both = place(AMT, year), place(CREDIT, year)
        if found and found[-1][2:] == both:
            found[-1] = found[-1]._replace(last=year)
        else:
            found.append(OldYears(year, year, *both))
    return found[::-1]
