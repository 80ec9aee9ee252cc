"""The parts of a sheet: sections of groups of entries, and what goes wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.amounts import Dollars

TYPE = "type"
"""What a person types."""
CHECK = "check"
"""What the program should show by itself."""

DOLLARS = "dollars"
DOLLARS_A_SHARE = "dollars a share"
SHARES = "shares"
DATE = "date"
TEXT = "text"

WAGES = "wages"
EXERCISES = "exercises"
SALES = "sales"
CARRYOVERS = "carryovers"
ITEMS = "items"
FORM_6251 = "form_6251"
CREDIT = "credit"


class Origin(NamedTuple):
    """The printed line that an entry is."""

    form: str
    line: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to type or to check."""

    place: str
    """Box, column or line: ``Box 3``."""
    caption: str
    value: Dollars | date | str
    unit: str = DOLLARS
    how: str = TYPE
    origin: Origin | None = None

    def to_dict(self) -> dict[str, Any]:
        """The entry as the command line prints it."""
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        found = {
            "place": self.place,
            "caption": self.caption,
            "value": value,
            "unit": self.unit,
            "how": self.how,
        }
        return found if self.origin is None else found | {"origin": self.origin._asdict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries that are typed together: a Form 3921, a sale, a form."""

    kind: str
    of: str = ""
    """The id of the exercise or the sale."""
    source: str = ""
    """The id of the exercise or the holding that it concerns."""
    entries: tuple[Entry, ...]

    def to_dict(self) -> dict[str, Any]:
        """The group as the command line prints it."""
        return {
            "kind": self.kind,
            "of": self.of,
            "from": self.source,
            "entries": [entry.to_dict() for entry in self.entries],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is often entered wrongly, and what it would change."""

    kind: str
    tax: Dollars | None = None
    """This year's federal tax: positive where the mistake makes it too high."""
    credit: Dollars | None = None
    """The minimum tax credit at the end of the year: positive where there would be too much."""
    amt_loss: Dollars | None = None
    """The AMT capital loss carried to the next year: negative where some would be lost."""
    wrong: Dollars | None = None
    """The figure that the mistake puts in the place of the right one."""
    right: Dollars | None = None

    def to_dict(self) -> dict[str, Any]:
        """The mistake as the command line prints it."""
        return {
            "kind": self.kind,
            "tax": self.tax,
            "credit": self.credit,
            "amt_loss": self.amt_loss,
            "wrong": self.wrong,
            "right": self.right,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the sheet."""

    kind: str
    groups: tuple[Group, ...]
    mistakes: tuple[Mistake, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The section as the command line prints it."""
        return {
            "kind": self.kind,
            "groups": [group.to_dict() for group in self.groups],
            "mistakes": [mistake.to_dict() for mistake in self.mistakes],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSheet:
    """The sheet of one year."""

    year: int
    law: str
    """Where the year's parameters come from, as in the result."""
    sections: tuple[Section, ...]

    def entries(self) -> Iterator[tuple[Section, Group, Entry]]:
        """Every entry with what it stands in."""
        for section in self.sections:
            for group in section.groups:
                for entry in group.entries:
                    yield section, group, entry

    def to_dict(self) -> dict[str, Any]:
        """The sheet as the command line prints it."""
        return {
            "year": self.year,
            "law": self.law,
            "sections": [section.to_dict() for section in self.sections],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxSoftware:
    """The sheets of all years; none where there is nothing to file."""

    years: tuple[YearSheet, ...]

    def to_dict(self) -> dict[str, Any]:
        """The sheets as the command line prints them."""
        return {"years": [year.to_dict() for year in self.years]}
