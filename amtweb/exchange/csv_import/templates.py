"""Tables to fill in, and the rows of a scenario as such tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.exchange.csv_import import cells
from amtweb.exchange.csv_import.table_kinds import HOLDINGS, SALES
from amtweb.exchange.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.exchange.csv_import.table_kinds import TableKind
    from amtweb.exchange.csv_import.table_text import Column
    from amtweb.exchange.tables import Cell


def template_of(kind: TableKind) -> Table:
    """The headings and a row that shows how to fill them in."""
    titles = tuple(column.title for column in kind.columns)
    return Table(kind.title, titles, (tuple(c.example for c in kind.columns),), in_dollars=False)


def example_of(kind: TableKind) -> dict[str, Any]:
    """What is read of the row that a template shows."""
    read = ((column.key, column.read(column.example)) for column in kind.columns if column.example)
    return {key: value.value for key, value in read}


def rows_as_table(kind: TableKind, document: Mapping[str, Any]) -> Table:
    """What the scenario has of a kind, in the columns in which it can be brought in again."""
    acquired = _days(document) if kind is SALES else {}
    rows = tuple(
        tuple(_cell(column, row, acquired) for column in kind.columns)
        for row in document.get(kind.adds) or ()
    )
    titles = tuple(column.title for column in kind.columns)
    return Table(kind.title, titles, rows, in_dollars=False)


def _cell(column: Column, row: Mapping[str, Any], acquired: Mapping[str, str]) -> Cell:
    if column.key == "acquired" and acquired:
        return acquired[row["from"]]
    value: Any = row
    for step in column.key.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.read not in (cells.price, cells.shares, cells.text) and value is not None:
        return str(value).replace("_", " ")
    return value  # type: ignore[no-any-return]


def _days(document: Mapping[str, Any]) -> dict[str, str]:
    """By the id of a lot, the day of its exercise or purchase."""
    exercises = {row["id"]: row["date"] for row in document.get("exercises") or ()}
    holdings = document.get(HOLDINGS.adds) or ()
    return exercises | {
        row["id"]: row["iso"]["exercised"] if row.get("iso") else row["acquired"]
        for row in holdings
    }
