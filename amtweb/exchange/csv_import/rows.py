"""From the records of a table to rows of the scenario document."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.exchange.csv_import import lots
from amtweb.exchange.csv_import.table_kinds import EXERCISES, SALES, VESTINGS
from amtweb.exchange.csv_import.table_text import CellError, Problem
from amtweb.scenarios.editor.rows import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from amtweb.exchange.csv_import.table_kinds import TableKind
    from amtweb.exchange.csv_import.table_text import Record, Table

    Document = Mapping[str, Any]

SAYS_THE_SAME = {
    "grants": ("kind", "date", "shares", "strike"),
    "vestings": ("grant", "date", "shares"),
    "exercises": ("grant", "date", "shares", "fair_market_value"),
    "holdings": ("acquired", "shares", "basis", "iso"),
    "sales": ("from", "date", "shares", "price"),
}
"""The fields by which a row is known to be in the scenario already, by kind."""


class Addition(NamedTuple):
    """A row for the document."""

    kind: str
    row: dict[str, Any]
    source: int
    """The row of the table that it comes from."""
    columns: Mapping[str, str] = {}
    """Columns that fill in fields of other names, by field."""


class NewGrant(NamedTuple):
    """A grant that transfers show, of which they do not say how many options it had."""

    name: str
    """Of the input that takes the number."""
    words: str
    default: str
    """How many were exercised, as an input shows it."""
    typed: str
    mistake: str


class Shown(NamedTuple):
    """A row of the table as it is understood."""

    number: int
    values: Mapping[str, Any]
    is_there: bool
    """In the scenario already."""
    belongs_to: str = ""
    """The grant or the lot, in words."""


@dataclass(slots=True)
class Reading:
    """What a table brings."""

    additions: list[Addition] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    new_grants: list[NewGrant] = field(default_factory=list)


class Ids:
    """Gives rows ids that nothing has."""

    def __init__(self, document: Document, records: Iterable[Record]) -> None:
        self._taken = {row["id"] for kind in KINDS for row in document.get(kind) or ()}
        self._taken |= {record.values.get("id") for record in records}
        self._next: Counter[str] = Counter()

    def new(self, kind: str) -> str:
        """The next one for a row of the kind."""
        prefix = KINDS[kind].prefix
        while True:
            self._next[prefix] += 1
            name = f"{prefix}{self._next[prefix]}"
            if name not in self._taken:
                return name


class InScenario:
    """What the scenario has already; each of its rows is found again once."""

    def __init__(self, kind: str, document: Document) -> None:
        self._kind = kind
        self._left = Counter(_what_it_says(kind, row) for row in document.get(kind) or ())

    def has(self, row: Mapping[str, Any]) -> bool:
        """Whether there is one more row that says the same."""
        says = _what_it_says(self._kind, row)
        self._left[says] -= 1
        return self._left[says] >= 0


def rows_of(kind: TableKind, table: Table, document: Document, *, with_duplicates: bool) -> Reading:
    """The rows of a table whose columns are fields of the document."""
    reading = Reading()
    ids = Ids(document, table.records)
    there = InScenario(kind.adds, document)
    refer = _References(kind, table, document)
    for record in table.records:
        try:
            row, belongs_to = refer.resolved(record)
        except _RefusedError as refusal:
            reading.problems.append(refusal.problem)
            continue
        is_there = there.has(row)
        reading.shown.append(Shown(record.row, record.values, is_there, belongs_to))
        if is_there and not with_duplicates:
            continue
        if is_there or "id" not in row:
            row["id"] = ids.new(kind.adds)
        reading.additions.append(Addition(kind.adds, row, record.row))
    return reading


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _References:
    """Puts ids in place of what cells call grants and lots."""

    def __init__(self, kind: TableKind, table: Table, document: Document) -> None:
        self._table = table
        self._sells = kind is SALES
        refers = kind in (VESTINGS, EXERCISES)
        self._grants = lots.grants_of(document) if refers else None
        self._lots = lots.lots_of(document) if self._sells else []

    def resolved(self, record: Record) -> tuple[dict[str, Any], str]:
        """The row, and what it belongs to in words."""
        values = dict(record.values)
        key, words = "grant", ""
        try:
            if self._grants is not None:
                grant = lots.find(values[key], self._grants, lots.A_GRANT)
                values[key], words = grant.id, grant.words
            if self._sells:
                key = "from" if "from" in values or "acquired" not in values else "acquired"
                lot = self._lot(values.get("from"), values.pop("acquired", None))
                values["from"], words = lot.id, lot.words
        except CellError as error:
            raise _RefusedError(self._table.problem(record.row, key, str(error))) from None
        return _nested(values), words

    def _lot(self, name: str | None, day: str | None) -> lots.Named:
        if name is None and day is None:
            raise CellError(
                "From which shares? Name the lot, or in a column “Acquired” the day of its"
                " exercise or purchase."
            )
        if name is None:
            return lots.find_by_day(str(day), self._lots, lots.A_LOT)
        lot = lots.find(name, self._lots, lots.A_LOT)
        if day is not None and lot.day != day:
            raise CellError(f"{lots.listed([lot])} is of {lot.day}, and the row says {day}.")
        return lot


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """``iso.strike`` as a field of an object."""
    row: dict[str, Any] = {}
    for key, value in values.items():
        outer, _, inner = key.partition(".")
        if inner:
            row.setdefault(outer, {})[inner] = value
        else:
            row[key] = value
    return row


def _what_it_says(kind: str, row: Mapping[str, Any]) -> str:
    return json.dumps([_plain(row.get(key)) for key in SAYS_THE_SAME[kind]], sort_keys=True)


def _plain(value: Any) -> Any:
    """Whole numbers and others alike."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return float(value) if isinstance(value, int) else value
