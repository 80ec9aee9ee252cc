"""Tables with a column a year, cut so that each fits the width of a page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import MINUS, whole
from amtweb.scenarios.editor.fields import YEAR_GROUPS
from amtweb.scenarios.editor.inputs import editor
from amtweb.scenarios.year_table import year_table
from calculator.worksheet import TITLES, printed_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amtweb.scenarios.editor.inputs import Input
    from amtweb.scenarios.editor.typed import Tree
    from calculator import ScenarioResult, YearResult
    from calculator.worksheet import PrintedForm

MOST_ACROSS = 10
"""Columns of years on a page on its side."""
MOST_UPRIGHT = 5
"""Columns of years on an upright page."""


class Column(NamedTuple):
    """A year and, where they are not published, what its parameters are."""

    year: int
    law: str


class Line(NamedTuple):
    """A figure over the years of a table."""

    head: str
    """The number of a form's line; empty elsewhere."""
    label: str
    hint: str
    cells: tuple[str, ...]


class Group(NamedTuple):
    """Lines that belong together."""

    title: str
    lines: tuple[Line, ...]


class YearColumns(NamedTuple):
    """A table, or as much of it as goes on a page."""

    title: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it needs a page on its side."""
        return len(self.columns) > MOST_UPRIGHT

    @property
    def width(self) -> int:
        """The columns in all."""
        return len(self.columns) + 1

    @property
    def years(self) -> str:
        """From when to when."""
        return span_of([column.year for column in self.columns])


def span_of(years: Sequence[int]) -> str:
    """Years that follow one another: ``2026–2030``."""
    return str(years[0]) if len(years) == 1 else f"{years[0]}\N{EN DASH}{years[-1]}"


def every_year(result: ScenarioResult) -> list[YearColumns]:
    """The year table of the bench."""
    table = year_table(result)
    groups = tuple(
        Group(
            group.title,
            tuple(
                Line("", row.label, row.hint, tuple(cell.text for cell in row.cells))
                for row in group.rows
            ),
        )
        for group in table.groups
    )
    return _cut("Every year", _columns(result), groups)


def form_lines(result: ScenarioResult) -> list[list[YearColumns]]:
    """For each stretch of years a table for each form: its lines that are not zero throughout."""
    columns = _columns(result)
    filled = [{sheet.form: sheet for sheet in printed_forms(year.forms)} for year in result.years]
    tables = [
        _cut(title, columns, (Group("", lines),))
        for form, title in TITLES.items()
        if (lines := tuple(_lines([sheets.get(form) for sheets in filled])))
    ]
    return [list(stretch) for stretch in zip(*tables, strict=True)]


def income(result: ScenarioResult, tree: Tree) -> list[YearColumns]:
    """What was entered for each year, without the fields in which nothing was."""
    standing = {spec.field: spec.standing for _, _, specs in YEAR_GROUPS for spec in specs}
    groups = []
    for group in editor(tree, {}).year_groups:
        lines = tuple(
            Line("", row.label, row.hint, tuple(_entered(cell) for cell in row.inputs))
            for row in group.rows
            if any(cell.value not in ("", "0", standing[row.field]) for cell in row.inputs)
        )
        if lines:
            groups.append(Group(group.title, lines))
    return _cut("Income and deductions as entered", _columns(result), tuple(groups))


def _columns(result: ScenarioResult) -> tuple[Column, ...]:
    def law(year: YearResult) -> str:
        return "" if year.law == "published" else str(year.law)

    return tuple(Column(year.year, law(year)) for year in result.years)


def _entered(cell: Input) -> str:
    return dict(cell.choices).get(cell.value, cell.value)


def _lines(sheets: Sequence[PrintedForm | None]) -> Iterator[Line]:
    """A form over the years; a cell is empty where the form has no such line, or is not needed."""
    amounts: dict[str, dict[int, float]] = {}
    captions: dict[str, str] = {}
    for place, sheet in enumerate(sheets):
        for line in sheet.lines if sheet else ():
            amounts.setdefault(line.number, {})[place] = float(line.amount)
            captions[line.number] = line.caption
    for number in sorted(amounts, key=_in_order_of_the_form):
        if any(amounts[number].values()):
            cells = (amounts[number].get(place) for place in range(len(sheets)))
            yield Line(number, captions[number], "", tuple(map(_amount, cells)))


def _in_order_of_the_form(number: str) -> tuple[int, str]:
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
    return int(digits), number


def _amount(amount: float | None) -> str:
    if amount is None:
        return ""
    rounded = whole(amount)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,}"


def _cut(title: str, columns: tuple[Column, ...], groups: tuple[Group, ...]) -> list[YearColumns]:
    """The table in parts of about the same width, none wider than a page."""
    parts = math.ceil(len(columns) / MOST_ACROSS)
    size = math.ceil(len(columns) / parts)
    return [
        YearColumns(
            title,
            columns[first : first + size],
            tuple(
                Group(
                    group.title,
                    tuple(
                        line._replace(cells=line.cells[first : first + size])
                        for line in group.lines
                    ),
                )
                for group in groups
            ),
        )
        for first in range(0, len(columns), size)
    ]
