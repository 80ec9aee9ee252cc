"""A comparison as one plain table, for whatever program opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.comparing.inputs import inputs_that_differ
from amtweb.comparing.totals import AMOUNTS, present_value, without_credit
from amtweb.comparing.year_rows import figure_name
from amtweb.exchange.tables import Table
from amtweb.scenarios.year_table import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amtweb.comparing.columns import Column
    from amtweb.comparing.totals import Difference
from amtweb.exchange.tables import Cell

Row = tuple["Cell", ...]


def comparison_table(columns: Sequence[Column], compared: Sequence[Difference | None]) -> Table:
    """A row a figure: everyone's, then what each other has more than the baseline."""
    others = [each for each in compared if each is not None]
    heads = (
        *("part", "year", "figure"),
        *(column.label for column in columns),
        *(f"{each.column.letter} minus {each.baseline.letter}" for each in others),
    )
    rows = (*_inputs(columns, others), *_totals(columns, others), *_years(columns, others))
    return Table("Comparison", heads, rows, in_dollars=True)


def _inputs(columns: Sequence[Column], others: Sequence[Difference]) -> Iterator[Row]:
    for row in inputs_that_differ(columns).rows:
        yield ("input", None, row.place, *row.cells, *(None for _ in others))


def _totals(columns: Sequence[Column], others: Sequence[Difference]) -> Iterator[Row]:
    for key, label, _, of in AMOUNTS:
        amounts = (of(column.result.years) for column in columns)
        more = (each.of(key) if each.years else None for each in others)
        yield ("total", None, label, *amounts, *more)
    values = map(present_value, columns)
    yield ("total", None, "Present value", *values, *(each.present_value for each in others))
    gone = (without_credit(column) for column in columns)
    yield ("total", None, "AMT credit used up in", *gone, *(None for _ in others))


def _years(columns: Sequence[Column], others: Sequence[Difference]) -> Iterator[Row]:
    by_year = {
        column.letter: {year.year: year for year in column.result.years} for column in columns
    }
    for year in sorted({year for column in columns for year in column.years}):
        for title, figures in GROUPS:
            for _, label, _, of in figures:
                amounts = {
                    letter: of(results[year]) + 0.0
                    for letter, results in by_year.items()
                    if year in results
                }
                more = (
                    amounts[each.column.letter] - amounts[each.baseline.letter]
                    if year in each.years
                    else None
                    for each in others
                )
                everyone = (amounts.get(column.letter) for column in columns)
                yield ("year", year, figure_name(title, label), *everyone, *more)
