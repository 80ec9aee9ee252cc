"""A scenario and its result as plain tables, for whatever program opens them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor import places, typed
from calculator.fields import Date, document_fields
from calculator.scenario import Scenario
from calculator.worksheet import printed_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculator import ScenarioResult

LINE_COLUMNS = ("year", "form", "line", "caption", "amount")
Cell = str | int | float | bool | datetime.date | None


class Table(NamedTuple):
    """Rows below column headings."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    in_dollars: bool
    """Whether the numbers that are not whole are amounts of money."""
    labels: int = 1
    """The columns on the left that say what a row is."""


def years(result: ScenarioResult) -> Table:
    """One row a year: its amounts, by the names that the result of the calculator has."""
    rows = [dict(_flat(year, "")) for year in result.to_dict()["years"]]
    first = ("year", "law")
    columns = (*first, *(name for name in rows[0] if name not in first))
    cells = tuple(tuple(row[column] for column in columns) for row in rows)
    return Table("Years", columns, cells, in_dollars=True)


def lines(result: ScenarioResult) -> Table:
    """One row for each line of each form of each year."""
    rows = tuple(
        (year.year, sheet.title, line.number, line.caption, _amount(line.amount))
        for year in result.years
        for sheet in printed_forms(year.forms)
        for line in sheet.lines
    )
    return Table("Lines", LINE_COLUMNS, rows, in_dollars=True, labels=4)


def inputs(document: Mapping[str, Any]) -> Table:
    """One row for each value that the document gives, and where the page shows it."""
    tree = typed.from_document(document)
    rows = tuple(
        (path, places.place_of(path, tree), value) for path, value in _given(Scenario, document, "")
    )
    return Table("Inputs", ("field", "place", "value"), rows, in_dollars=False)


def _flat(values: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Cell]]:
    """The values of a year, those of an object within it by both names."""
    for name, value in values.items():
        if name in ("forms", "sales", "state"):
            continue
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, str) or name == "year":
            yield prefix + name, value
        else:
            yield prefix + name, _amount(value)


def _amount(value: Any) -> float:
    """An amount without the sign that a floating-point zero can have."""
    return float(value) + 0.0


def _given(of: type, value: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Cell]]:
    """The values of an object of the document, with their paths."""
    for field in document_fields(of):
        if field.key not in value:
            continue
        path, inner = f"{prefix}{field.key}", value[field.key]
        if field.many is not None:
            for i, item in enumerate(inner):
                yield from _given(field.nested, item, f"{path}[{i}].")
        elif field.kind is None and inner is not None:
            yield from _given(field.nested, inner, f"{path}.")
        elif isinstance(field.kind, Date) and inner is not None:
            yield path, datetime.date.fromisoformat(inner)
        else:
            yield path, inner
