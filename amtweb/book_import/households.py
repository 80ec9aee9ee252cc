"""From the rows of clients to households, and which household a row of another table is about."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from amtweb.book_import.known import Book, Known, plain
from amtweb.book_import.tables import CLIENT_COLUMNS, PEOPLE
from amtweb.exchange.csv_import.table_text import CellError, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.exchange.csv_import.table_text import Problem, Record, Table

IS_THERE = "There is a client {} already: take this row out; other tables can name that client."
UNKNOWN_MEMBER = "“{}” is not a member of this firm."
NO_CLIENT = "“{}” is no client of these rows, and none that you have."


@dataclass(slots=True)
class Household:
    """A client as it will be, or one that is there and gets a scenario."""

    row: int
    """Of the table of clients; 0 for one that is there."""
    name: str
    values: Mapping[str, Any]
    known: Known | None = None
    advisor: int | None = None
    people: list[tuple[str, int | None]] = field(default_factory=list)
    records: dict[str, list[Record]] = field(default_factory=dict)
    """By table, its rows in the others."""
    document: dict[str, Any] | None = None
    """Its scenario, once it is whole."""

    @property
    def reference(self) -> str:
        """What the firm's files call it; may be empty."""
        return str(self.values.get("reference", ""))


class Households:
    """All households of an import, found by reference or name."""

    def __init__(self, book: Book, *, same_names: bool) -> None:
        self.all: list[Household] = []
        self.has_same_names = False
        """Whether clients are named as some that are there."""
        self._book = book
        self._same_names = same_names
        self._by_reference: dict[str, Household] = {}
        self._by_name: dict[str, list[Household]] = {}
        self._of_known: dict[int, Household] = {}

    def add(self, table: Table) -> list[Problem]:
        """The rows of the table of clients; what is wrong with them, beside cells that cannot be
        read.
        """
        problems: list[Problem] = []
        whole = {record.row: record.values for record in table.records}
        for row, cells in table.cells.items():
            values = whole[row] if row in whole else _as_far_as_it_can_be_read(table, cells)
            made = Household(row, str(values.get("name", "")), values)
            problems += [table.problem(row, *each) for each in self._wrong_with(made)]
            self.all.append(made)
            self._by_name.setdefault(plain(made.name), []).append(made)
            if made.reference:
                self._by_reference.setdefault(plain(made.reference), made)
        return problems + self._without_reference(table)

    def _wrong_with(self, made: Household) -> list[tuple[str, str]]:
        """The columns that are wrong, each with why; fills in the people and the advisor."""
        wrong = []
        reference = plain(made.reference)
        if reference in self._by_reference:
            first = self._by_reference[reference].row
            wrong.append(("reference", f"Row {first} has the same reference."))
        elif reference and reference in self._book.by_reference:
            wrong.append(("reference", IS_THERE.format("of this reference")))
        if plain(made.name) in self._book.by_name:
            self.has_same_names = True
            if not self._same_names:
                wrong.append(("name", IS_THERE.format("of this name")))
        email = str(made.values.get("advisor", ""))
        made.advisor = self._book.members.get(email.casefold())
        if email and made.advisor is None:
            wrong.append(("advisor", UNKNOWN_MEMBER.format(short(email))))
        return wrong + _fill_in_people(made)

    def _without_reference(self, table: Table) -> list[Problem]:
        return [
            table.problem(
                each.row,
                "name",
                f"{len(same)} rows have this name: give each a reference, so that other tables can"
                " name it.",
            )
            for name, same in self._by_name.items()
            if name and len(same) > 1
            for each in same
            if not each.reference
        ]

    def find(self, text: str) -> Household:
        """The household that a cell names.

        Raises:
            CellError: It names none, or more than one.
        """
        said = plain(text)
        if said in self._by_reference:
            return self._by_reference[said]
        known = self._book.by_reference.get(text) or self._book.by_reference.get(said)
        if known is not None:
            return self._there(known)
        named = self._by_name.get(said, [])
        there = self._book.by_name.get(said, [])
        if len(named) + len(there) > 1:
            raise CellError(
                f"“{short(text)}” is the name of {len(named) + len(there)} clients: write the"
                " reference of the one you mean."
            )
        if named:
            return named[0]
        if there:
            return self._there(there[0])
        raise CellError(NO_CLIENT.format(short(text)))

    def _there(self, known: Known) -> Household:
        if known.pk not in self._of_known:
            made = Household(0, known.name, {}, known)
            self._of_known[known.pk] = made
            self.all.append(made)
        return self._of_known[known.pk]


def _as_far_as_it_can_be_read(table: Table, cells: list[str]) -> dict[str, Any]:
    """So that what else is wrong with the row, and with what it has, is found at once."""
    values: dict[str, Any] = {}
    for column in CLIENT_COLUMNS:
        place = table.positions.get(column.key, len(cells))
        text = cells[place].strip() if place < len(cells) else ""
        with suppress(CellError):
            values |= {column.key: column.read(text).value} if text else {}
    return values


def _fill_in_people(made: Household) -> list[tuple[str, str]]:
    wrong = []
    for number in PEOPLE:
        name, born = made.values.get(f"person_{number}"), made.values.get(f"born_{number}")
        if name:
            made.people.append((name, born))
        elif born:
            wrong.append((f"person_{number}", "A name is missing beside the year of birth."))
    return wrong
