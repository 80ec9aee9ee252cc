"""Reads a table of text with headings, such as CSV, into records of named values.

What a table may hold is said by its columns: how each is called, and what reads its cells.  All
problems are found at once, each with the row and the column as a spreadsheet shows them.
"""

from __future__ import annotations

import csv
import difflib
import io
import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.exchange.csv_import.decoding import NotATableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

DELIMITERS = (",", ";", "\t")
BLANK = "".join((*DELIMITERS, " \u00a0"))
"""What alone makes no row, whatever parts its cells."""
SEARCHED_FOR_HEADINGS = 20
"""Rows at the top, among which there may be a title before the headings."""
SEARCHED_FOR_NAMES = 40
"""Unknown columns that are compared with those that are missing."""
NOTHING = frozenset(("-", "--", "–", "—", "n/a", "na", "none"))
"""What exports write where there is nothing."""
LONGEST_SHOWN = 40
_BOX = re.compile(r"box ?([0-9]{1,2})(?: (.*))?")
_NUMBERED = re.compile(r"[0-9]{1,2} (.*)")


class Limits(NamedTuple):
    """How much a table may hold."""

    rows: int = 500
    columns: int = 100
    cell: int = 1_000
    """Characters."""


class CellError(Exception):
    """A cell that cannot be read; the text says so to the person."""


class Value(NamedTuple):
    """What a cell holds."""

    value: Any
    remark: str = ""
    """How it was read, where there was a choice: said once for its column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a table may have."""

    key: str
    title: str
    read: Callable[[str], Value]
    """Raises ``CellError``."""
    names: tuple[str, ...] = ()
    """What else headings call it."""
    required: bool = False
    """Whether there must be the column, and something in its every cell."""
    example: str = ""
    explained: str = ""


class Problem(NamedTuple):
    """What is wrong, and where; row and column are 0 for the table as a whole."""

    row: int
    column: int
    place: str
    """``Row 5, column D (Exercise price)``."""
    message: str


class Record(NamedTuple):
    """A row of which every cell could be read; blank cells are left out."""

    row: int
    """As a spreadsheet numbers it: that of the headings is 1, if nothing stands above them."""
    values: Mapping[str, Any]


@dataclass(slots=True)
class Table:
    """What was read."""

    headings: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    """By the key of a column, what it is called here, whether the table has it or not."""
    positions: dict[str, int] = field(default_factory=dict)
    """By the key of a column, which one it is, from 0."""
    records: list[Record] = field(default_factory=list)
    cells: dict[int, list[str]] = field(default_factory=dict)
    """By its number, each row below the headings as it stands in the text."""
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What a person should know although nothing is wrong."""
    lacks_columns: bool = False
    """Whether columns are missing that every such table has."""

    def problem(self, row: int, key: str, message: str) -> Problem:
        """A problem of a row, at a column."""
        position = self.positions.get(key)
        if position is not None:
            return Problem(row, position + 1, self.place(row, position), message)
        title = self.titles.get(key)
        return Problem(
            row, 0, f"Row {row}, no column “{title}”" if title else f"Row {row}", message
        )

    def place(self, row: int, position: int) -> str:
        """A cell in words."""
        return f"Row {row}, column {letter_of(position)} ({short(self.headings[position])})"


def read_table(text: str, columns: Sequence[Column], limits: Limits | None = None) -> Table:
    """The table in a text whose cells are parted by commas, semicolons or tabs.

    Raises:
        NotATableError: It cannot be read as one.
    """
    limits = limits or Limits()
    known = {normal(name): c.key for c in columns for name in (c.title, *c.names)}
    rows = _rows(text, known, limits)
    table = Table(titles={column.key: column.title for column in columns})
    heading_row = _find_columns(table, rows, known, limits)
    _say_what_is_missing(table, columns)
    _read_records(table, rows[heading_row:], columns, limits)
    table.problems.sort()
    return table


def letter_of(position: int) -> str:
    """What a spreadsheet calls a column, from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def normal(heading: str) -> str:
    """A heading without regard to case, spaces and signs."""
    plain = unicodedata.normalize("NFKC", heading[:200]).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def short(text: str, longest: int = LONGEST_SHOWN) -> str:
    """A cell as a sentence quotes it."""
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text.strip())
    return plain if len(plain) <= longest else f"{plain[:longest]}…"


class _Row(NamedTuple):
    number: int
    cells: list[str]


def _rows(text: str, known: Mapping[str, str], limits: Limits) -> list[_Row]:
    """The rows that are not blank, parted by what finds the most headings."""
    # A sheet may say by itself what parts its cells.
    says = re.match(r"sep=([,;\t])\r?\n", text)
    if says:
        return _parted(text, says[1], limits)
    best = max(DELIMITERS, key=lambda sign: _score(_first_rows(text, sign), known))
    return _parted(text, best, limits)


def _score(rows: Iterable[_Row], known: Mapping[str, str]) -> tuple[int, int]:
    found = ((len(_known_in(row.cells, known)), len(row.cells)) for row in rows)
    return max(found, default=(0, 0))


def _first_rows(text: str, delimiter: str) -> Iterator[_Row]:
    try:
        yield from itertools.islice(_reader(text, delimiter), SEARCHED_FOR_HEADINGS)
    except csv.Error:
        return


def _reader(text: str, delimiter: str) -> Iterator[_Row]:
    lines = io.StringIO(text, newline="")
    for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), start=1):
        if any(cell.strip(BLANK) for cell in cells):
            yield _Row(number, cells)


def _parted(text: str, delimiter: str, limits: Limits) -> list[_Row]:
    rows: list[_Row] = []
    try:
        for row in _reader(text, delimiter):
            # The headings and what may stand above them come on top.
            if len(rows) >= limits.rows + SEARCHED_FOR_HEADINGS:
                raise NotATableError(_too_many(limits))
            rows.append(row)
    except csv.Error as error:
        last = rows[-1].number if rows else 0
        raise NotATableError(_unclosed(last, str(error))) from None
    return rows


def _too_many(limits: Limits) -> str:
    return (
        f"There are more than {limits.rows:,} rows, which is as many as are taken at once: make"
        " several files of it."
    )


def _unclosed(last: int, error: str) -> str:
    after = f"After row {last}" if last else "At the beginning"
    if "larger than field limit" in error:
        return f"{after} there is a cell of more than 100,000 characters: that is no table."
    return (
        f"{after} there is a quotation mark too many or too few. A cell that holds one stands in"
        " quotation marks, and holds it twice."
    )


def _known_in(cells: Sequence[str], known: Mapping[str, str]) -> dict[int, str]:
    """The columns by position; the same one more than once if two headings name it."""
    found = ((position, _key_of(cell, known)) for position, cell in enumerate(cells[:200]))
    return {position: key for position, key in found if key}


def _key_of(heading: str, known: Mapping[str, str]) -> str:
    """The column that a heading names: ``Box 3``, ``3. Exercise price``, ``Exercise Price ($)``."""
    name = normal(heading)
    box, numbered = _BOX.fullmatch(name), _NUMBERED.fullmatch(name)
    rest = (box[2] or "") if box else numbered[1] if numbered else ""
    candidates = (name, f"box {box[1]}" if box else "", rest, name.removesuffix(" usd"))
    return next((known[each] for each in candidates if each in known), "")


def _find_columns(table: Table, rows: list[_Row], known: Mapping[str, str], limits: Limits) -> int:
    """Finds the headings and what each names; gives the number of rows up to them."""
    if not rows:
        raise NotATableError("There is nothing in it but blank rows.")
    top = rows[:SEARCHED_FOR_HEADINGS]
    place = max(range(len(top)), key=lambda i: (len(_known_in(top[i].cells, known)), -i))
    found = _known_in(top[place].cells, known)
    if not found:
        raise NotATableError(
            "No row names the columns. The first row must say what each column holds, in the"
            " words of the template."
        )
    cells = top[place].cells
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > limits.columns:
        raise NotATableError(
            f"There are {len(cells):,} columns; at most {limits.columns} are taken."
        )
    if len(rows) == place + 1:
        raise NotATableError("There is no row below the headings.")
    if len(rows) - place - 1 > limits.rows:
        raise NotATableError(_too_many(limits))
    table.headings = tuple(cells)
    if place:
        table.remarks.append(
            f"What stands above the headings in row {top[place].number} was passed over."
        )
    _place_columns(table, found, top[place].number)
    return place + 1


def _place_columns(table: Table, found: Mapping[int, str], row: int) -> None:
    for position, key in found.items():
        if key in table.positions:
            first = letter_of(table.positions[key])
            message = (
                f"Columns {first} and {letter_of(position)} hold the same thing: remove one of"
                " them, or name it otherwise."
            )
            table.problems.append(Problem(row, position + 1, table.place(row, position), message))
        else:
            table.positions[key] = position
    unknown = [
        f"{letter_of(position)} (“{short(heading)}”)"
        for position, heading in enumerate(table.headings)
        if position not in found and heading.strip()
    ]
    if unknown:
        more = f" and {len(unknown) - 10} more" if len(unknown) > 10 else ""
        one = len(unknown) == 1
        table.remarks.append(
            f"{'Column' if one else 'Columns'} {', '.join(unknown[:10])}{more}"
            f" {'is' if one else 'are'} not known here and {'was' if one else 'were'} passed over."
        )


def _say_what_is_missing(table: Table, columns: Sequence[Column]) -> None:
    unknown = {
        normal(heading): position
        for position, heading in enumerate(table.headings[:SEARCHED_FOR_NAMES])
        if position not in table.positions.values() and heading.strip()
    }
    for column in columns:
        if column.required and column.key not in table.positions:
            names = [normal(name) for name in (column.title, *column.names[:2])]
            near = [
                close for name in names for close in difflib.get_close_matches(name, unknown, 1)
            ]
            advice = (
                f" Perhaps it is column {letter_of(unknown[near[0]])}"
                f" (“{short(table.headings[unknown[near[0]]])}”): name that so."
                if near
                else ""
            )
            message = f"There is no column “{column.title}”.{advice}"
            table.problems.append(Problem(0, 0, "Headings", message))
            table.lacks_columns = True


def _read_records(
    table: Table, rows: Sequence[_Row], columns: Sequence[Column], limits: Limits
) -> None:
    here = [column for column in columns if column.key in table.positions]
    needed = {column.key for column in columns if column.required}
    remarks: dict[str, list[str]] = {}
    for row in rows:
        table.cells[row.number] = row.cells
        before = len(table.problems)
        values: dict[str, Any] = {}
        _refuse_what_is_beyond(table, row)
        for column in here:
            try:
                read = _read_cell(column, _cell(row, table.positions[column.key]), limits)
            except CellError as error:
                table.problems.append(table.problem(row.number, column.key, str(error)))
                continue
            if read.value is not None:
                values[column.key] = read.value
            if read.remark:
                remarks.setdefault(column.key, []).append(read.remark)
        if len(table.problems) == before and needed <= values.keys():
            table.records.append(Record(row.number, values))
    for key, said in remarks.items():
        more = {1: "", 2: " Another date of the column is read so."}.get(
            len(said), f" {len(said) - 1} more dates of the column are read so."
        )
        letter = letter_of(table.positions[key])
        table.remarks.append(
            f"Column {letter} ({short(table.headings[table.positions[key]])}): {said[0]}{more}"
        )


def _cell(row: _Row, position: int) -> str:
    """Without the blanks around it; a row may end before its last columns."""
    return row.cells[position].strip() if position < len(row.cells) else ""


def _refuse_what_is_beyond(table: Table, row: _Row) -> None:
    width = len(table.headings)
    beyond = [n for n, cell in enumerate(row.cells[width:], start=width) if cell.strip()]
    if beyond:
        place = f"Row {row.number}, column {letter_of(beyond[0])}"
        message = (
            f"This row has {beyond[-1] + 1:,} cells, and there are {width} headings. A number with"
            ' a comma in it stands in quotation marks: "1,234.50".'
        )
        table.problems.append(Problem(row.number, beyond[0] + 1, place, message))


def _read_cell(column: Column, text: str, limits: Limits) -> Value:
    if len(text) > limits.cell:
        raise CellError(
            f"The cell holds {len(text):,} characters; at most {limits.cell:,} are taken."
        )
    if text and (column.required or text.casefold() not in NOTHING):
        return column.read(text)
    if column.required:
        raise CellError("This is blank, and every row needs it.")
    return Value(None)
