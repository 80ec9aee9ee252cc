"""Bars side by side, a group a year, drawn like the charts of the bench but standing still."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.analyses.tables import Table, TableRow
from amtweb.scenarios.charts.curve import DOLLARS, Unit
from amtweb.scenarios.charts.figure import (
    BAR_WIDTH,
    Figure,
    Row,
    bars,
    empty_spec,
    layout,
    spec_of,
)
from amtweb.scenarios.charts.palette import COMPARED, BarLook

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = BarLook(COMPARED[0])
SECOND = BarLook(COMPARED[1], pattern="/")
THIRD = BarLook(COMPARED[2], pattern="\\")
FOURTH = BarLook(COMPARED[3], pattern="x")
LOOKS = (FIRST, SECOND, THIRD, FOURTH)
"""Of what is compared, in the order in which it is named; none of them stands for a kind of tax."""


class Series(NamedTuple):
    """What is compared: an amount a year."""

    name: str
    amounts: Sequence[float]


class YearBars(NamedTuple):
    """The chart, and the table beside it."""

    figure: Figure
    table: Table


def year_bars(  # noqa: PLR0913  (each is a part of what one sees)
    id_: str,
    title: str,
    sentence: str,
    years: Sequence[int],
    series: Sequence[Series],
    *,
    stacked: bool = False,
    looks: Sequence[BarLook] = LOOKS,
    unit: Unit = DOLLARS,
) -> YearBars:
    """Series beside one another in every year, or upon one another."""
    width = BAR_WIDTH if stacked else 1.25 * BAR_WIDTH / max(len(series), 1)
    traces = []
    for place, (each, look) in enumerate(zip(series, looks, strict=False)):
        trace = bars(each.name, years, each.amounts, look)
        trace["width"] = width
        if not stacked:
            trace["offset"] = width * (place - len(series) / 2)
        traces.append(trace)
    columns = list(zip(*(each.amounts for each in series), strict=True))
    if stacked:
        highest = [sum(amount for amount in column if amount > 0) for column in columns]
        lowest = [sum(amount for amount in column if amount < 0) for column in columns]
    else:
        highest, lowest = [max(column) for column in columns], [min(column) for column in columns]
    cells = [tuple(unit.words(amount) for amount in column) for column in columns]
    names = tuple(each.name for each in series)
    mode = "relative" if stacked else "group"
    plot = layout(years, min(lowest), max(highest), barmode=mode)
    plot["yaxis"]["ticktext"] = [unit.label(tick) for tick in plot["yaxis"]["tickvals"]]
    spec = spec_of(traces, plot)
    figure = Figure(
        id=id_,
        title=title,
        sentence=sentence,
        spec=spec if spec["data"] else empty_spec("There is nothing to show in these years."),
        columns=names,
        rows=tuple(Row(year, row, "") for year, row in zip(years, cells, strict=True)),
    )
    rows = tuple(TableRow(str(year), row) for year, row in zip(years, cells, strict=True))
    return YearBars(figure, Table(title, "Year", names, rows))
