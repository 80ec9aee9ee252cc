"""What a person types into a tax program for a year, as a page to copy from."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import date_format

from amtweb.scenarios.input_words import lots_in_words
from amtweb.worksheets.tax_software_words import DISPOSITIONS, GROUPS, SECTIONS, told
from calculator import parse_scenario
from calculator.analysis.tax_software import tax_software
from calculator.analysis.tax_software.sheet import DOLLARS, TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.exchange.subjects import Subject
    from amtweb.worksheets.tax_software_words import MistakeWords
    from calculator.analysis.tax_software.sheet import Entry, Group, Section

FIRST_YEAR_OF_THE_FORMS = 2018
"""Before it Form 6251 had other line numbers."""
NO_BREAK = "\N{NO-BREAK SPACE}"
SHORT = 9
PAPER_DATE = "m/d/Y"
LONGEST_CODE = 2
"""Of column (f) of Form 8949."""


class Item(NamedTuple):
    """An entry as it is shown and copied."""

    place: str
    caption: str
    shown: str
    copied: str
    copies: bool
    """Whether there is something to copy, and not only to choose."""
    is_nothing: bool
    line: str
    """Where the line stands among the forms: an address relative to the page."""


class Card(NamedTuple):
    """Entries that go together."""

    title: str
    name: str
    """The lot, in the person's own words."""
    kind: str
    typed: tuple[Item, ...]
    checked: tuple[Item, ...]


class Part(NamedTuple):
    """A section of the sheet."""

    id: str
    title: str
    lead: str
    cards: tuple[Card, ...]
    mistakes: tuple[MistakeWords, ...]


class TaxSoftwarePage(NamedTuple):
    """The sheet of a year."""

    year: int
    law: str
    """Where the year's parameters come from; empty where there is nothing to file."""
    years: tuple[int, ...]
    parts: tuple[Part, ...]
    is_first: bool

    @property
    def before(self) -> int | None:
        """The year before, if it is one of the scenario."""
        return self.year - 1 if self.year > self.years[0] else None

    @property
    def after(self) -> int | None:
        """The year after, if it is one of the scenario."""
        return self.year + 1 if self.year < self.years[-1] else None

    @property
    def has_older_forms(self) -> bool:
        """Whether the lines had other numbers then."""
        return self.year < FIRST_YEAR_OF_THE_FORMS

    @property
    def has_two_schedules(self) -> bool:
        """Whether Schedule D and its AMT twin have anything of their own in them."""
        return any(part.id in ("sales", "carryovers") for part in self.parts)


def tax_software_page(subject: Subject, year: int) -> TaxSoftwarePage | None:
    """The sheet of a year; None if the scenario has no such year."""
    scenario = parse_scenario(subject.document)
    years = tuple(facts.year for facts in scenario.years)
    if year not in years:
        return None
    sheet = next(iter(tax_software(scenario, only=year).years), None)
    lots = lots_in_words(subject.document)
    return TaxSoftwarePage(
        year=year,
        law=sheet.law if sheet else "",
        years=years,
        parts=tuple(_part(each, lots, year) for each in sheet.sections) if sheet else (),
        is_first=year == years[0],
    )


def _part(section: Section, lots: Mapping[str, str], year: int) -> Part:
    words = SECTIONS[section.kind]
    return Part(
        id=section.kind.replace("_", "-"),
        title=words.title,
        lead=words.lead,
        cards=tuple(_card(group, lots, year) for group in section.groups),
        mistakes=tuple(told(mistake, year) for mistake in section.mistakes),
    )


def _card(group: Group, lots: Mapping[str, str], year: int) -> Card:
    title = GROUPS.get(group.kind, "")
    if group.kind == "form_3921":
        title = "Exercise of"
    elif group.kind == "vested":
        title = "Vested this year, of an earlier exercise:"
    elif not title:
        title = "Sale from"
    return Card(
        title=title,
        name=lots.get(group.source, ""),
        kind=DISPOSITIONS.get(group.kind, ""),
        typed=tuple(_item(entry, year) for entry in group.entries if entry.how == TYPE),
        checked=tuple(_item(entry, year) for entry in group.entries if entry.how != TYPE),
    )


def _item(entry: Entry, year: int) -> Item:
    shown, copied = _value(entry)
    return Item(
        place=entry.place.replace(" ", NO_BREAK) if len(entry.place) < SHORT else entry.place,
        caption=entry.caption,
        shown=shown,
        copied=copied,
        copies=len(copied) <= LONGEST_CODE or not isinstance(entry.value, str),
        is_nothing=copied == "0",
        line=_address(entry, year),
    )


def _value(entry: Entry) -> tuple[str, str]:
    """As it is shown, and as it is typed."""
    if isinstance(entry.value, str):
        return entry.value, entry.value
    if isinstance(entry.value, datetime.date):
        day = date_format(entry.value, PAPER_DATE)
        return day, day
    amount = float(entry.value)
    if entry.unit == DOLLARS:
        return f"{amount:,.0f}", f"{amount:.0f}"
    decimals = len(f"{amount:.4f}".rstrip("0").partition(".")[2])
    if decimals and entry.unit != "shares":
        decimals = max(decimals, 2)
    return f"{amount:,.{decimals}f}", f"{amount:.{decimals}f}"


def _address(entry: Entry, year: int) -> str:
    if entry.origin is None:
        return ""
    form, line, of_year = entry.origin
    page = "../" if of_year == year else f"../../{of_year}/"
    return f"{page}#{form}-{line}"
