"""The table of all years: the figures of each, a column a scenario, each with its difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.comparing.totals import Delta, delta
from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.year_table import GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amtweb.comparing.columns import Column
    from calculator import YearResult

LAWS = {
    "published": "published tables",
    "projected": "projected",
    "counterfactual": "sunset",
    "flat": "flat rates",
}
"""Where the parameters of a year come from."""
OF_GROUPS = {"AMT credit": "AMT credit, {0}", "Losses carried over": "{1} carried over"}
"""What a figure is called without the heading of its group."""


class YearCell(NamedTuple):
    """A figure of one column; the baseline has no difference."""

    text: str
    """Empty where the column does not cover the year."""
    nothing: bool
    """A zero, which recedes."""
    delta: Delta | None


class YearRow(NamedTuple):
    """A figure across the columns."""

    key: str
    label: str
    hint: str
    cells: tuple[YearCell, ...]


class YearNote(NamedTuple):
    """A word about a column's year, over its figures and its difference."""

    text: str
    span: int


class YearBlock(NamedTuple):
    """A year with the rows that are shown of it."""

    year: int
    notes: tuple[YearNote, ...]
    """By column: the law of its figures, or that it does not cover the year; blank where all are
    alike."""
    rows: tuple[YearRow, ...]


def year_blocks(columns: Sequence[Column], baseline: int, *, shows_all: bool) -> list[YearBlock]:
    """Every year that any of them covers; the rows that differ, or all."""
    by_year = [{year.year: year for year in column.result.years} for column in columns]
    years = sorted({year for column in columns for year in column.years})
    return [
        _block(year, [results.get(year) for results in by_year], baseline, shows_all=shows_all)
        for year in years
    ]


def _block(
    year: int, results: list[YearResult | None], baseline: int, *, shows_all: bool
) -> YearBlock:
    rows = (
        _row(
            (key, figure_name(title, label), hint),
            [None if each is None else of(each) for each in results],
            baseline,
        )
        for title, figures in GROUPS
        for key, label, hint, of in figures
    )
    shown = tuple(row for row in rows if shows_all or _differs(row))
    laws = ["not covered" if each is None else LAWS.get(each.law, each.law) for each in results]
    alike = len({*laws}) == 1
    notes = tuple(
        YearNote("" if alike else law, 1 if place == baseline else 2)
        for place, law in enumerate(laws)
    )
    return YearBlock(year, notes, shown)


def figure_name(group: str, label: str) -> str:
    """A figure of the table of the years, by itself: ``Credit used``."""
    if group in OF_GROUPS:
        return OF_GROUPS[group].format(f"{label[0].lower()}{label[1:]}", label)
    return label


def _row(figure: tuple[str, str, str], amounts: list[float | None], baseline: int) -> YearRow:
    base = amounts[baseline]
    cells = []
    for place, amount in enumerate(amounts):
        if amount is None:
            cells.append(YearCell("", nothing=True, delta=_none(place, baseline)))
            continue
        change = _none(place, baseline)
        if place != baseline and base is not None:
            change = delta(amount - base)
        cells.append(YearCell(dollars(amount), nothing=not counts(amount), delta=change))
    return YearRow(*figure, tuple(cells))


def _none(place: int, baseline: int) -> Delta | None:
    return None if place == baseline else Delta("", nothing=True)


def _differs(row: YearRow) -> bool:
    """A year that only some cover differs in whatever is not zero."""
    if any(not cell.text for cell in row.cells):
        return not all(cell.nothing for cell in row.cells)
    return any(cell.delta is not None and not cell.delta.nothing for cell in row.cells)
