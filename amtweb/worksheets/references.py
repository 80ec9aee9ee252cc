"""Where the parts of a line lead: to other lines, inputs, and parameters of the law."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.editor.places import id_of
from amtweb.worksheets.written import exactly, plainly
from calculator.worksheet.forms import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calculator.worksheet import Origin, Worksheet

Users = dict[tuple[str, str], tuple["Reference", ...]]
"""By form and line of a year, the lines that use it."""
COUNTS_AND_RATES = ("household.", "law.flat.")


class Reference(NamedTuple):
    """Something that a line is made of, or is used by."""

    label: str
    href: str
    """Empty where there is nothing to look at."""
    text: str = ""
    """Its amount."""
    is_of_user: bool = False
    """Whether the label holds words that somebody typed."""


class Addresses(NamedTuple):
    """Where things are, seen from the page of a year."""

    year: int
    years: tuple[int, ...]
    inputs: str
    """The page on which the inputs are."""
    laws: Mapping[int, str]
    """By year, the page of its parameters."""
    shown: frozenset[str]
    """The forms on this page."""

    def of_line(self, year: int, form: str, line: str) -> str:
        """A line of a form of a year; empty outside the years of the scenario."""
        place = f"#{form}-{line}" if line else f"#{form}"
        if year not in self.years:
            return ""
        if year != self.year:
            return f"../{year}/{place}"
        # A page of some forms only is left for one of all.
        return place if form in self.shown else f"./{place}"

    def of_input(self, path: str) -> str:
        """An input, or all those of an event."""
        return f"{self.inputs}#{id_of(path)}" if path else self.inputs

    def of_sold(self, form: str, path: str) -> str:
        """The id of the first row of a sale on a form."""
        return f"{form}-{id_of(path)}"

    def of_parameter(self, year: int, name: str) -> str:
        """A parameter of the law; empty where the year has no page of them."""
        page = self.laws.get(year, "")
        return f"{page}#{name.replace('.', '-')}" if page else ""


def references_of(
    origins: Iterable[Origin], form: str, addresses: Addresses
) -> tuple[Reference, ...]:
    """What a line of a form is made of."""
    return tuple(_reference(origin, form, addresses) for origin in origins)


def _reference(origin: Origin, form: str, addresses: Addresses) -> Reference:
    if origin.kind == "line":
        label = _line_label(origin.form, origin.line, origin.year, form, addresses.year)
        href = addresses.of_line(origin.year, origin.form, origin.line)
        return Reference(label, href, _written(origin))
    label = origin.label if origin.year == addresses.year else f"{origin.label}, {origin.year}"
    if origin.kind == "parameter":
        href = addresses.of_parameter(origin.year, origin.path)
        return Reference(label, href, _written(origin))
    return Reference(
        label, addresses.of_input(origin.path), _written(origin), origin.kind == "event"
    )


def _line_label(of: str, line: str, year: int, form: str, this_year: int) -> str:
    """As a line of the form speaks of another."""
    if (of, year) == (form, this_year):
        return f"line {line}"
    label = f"{NAMES[of]} line {line}"
    return label if year == this_year else f"{label} of {year}"


def _written(origin: Origin) -> str:
    if origin.amount is None:
        return ""
    is_count = origin.kind == "parameter" or any(part in origin.path for part in COUNTS_AND_RATES)
    return plainly(origin.amount) if is_count else exactly(origin.amount)


def users_of(filled: Mapping[int, Iterable[Worksheet]], addresses: Addresses) -> Users:
    """The lines of some years that use those of the year of the page."""
    users: dict[tuple[str, str], dict[Reference, None]] = defaultdict(dict)
    for year, sheets in filled.items():
        for sheet in sheets:
            for line in sheet.lines:
                for used in _lines_of(line.origins, addresses.year):
                    label = _line_label(sheet.form, line.number, year, used.form, addresses.year)
                    href = addresses.of_line(year, sheet.form, line.number)
                    users[used.form, used.line][Reference(label, href)] = None
    return {line: tuple(found) for line, found in users.items()}


def _lines_of(origins: Iterable[Origin], year: int) -> Iterator[Origin]:
    return (each for each in origins if each.kind == "line" and each.year == year)
