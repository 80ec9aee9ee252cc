"""What a chart of the site is made of, and the parts that all charts have in common.

A spec is the plain data of a Plotly figure, in whole dollars, rounded as in the words.  It is drawn
twice: by ``amtweb.scenarios.pictures`` as the inline picture that a page shows first, and by
``static/js/charts.js`` with Plotly.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.money_words import short_dollars, whole
from amtweb.scenarios.charts.palette import GRID, INK, PAPER, QUIET, BarLook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amtweb.scenarios.line_links import LineLinks

Spec = dict[str, Any]
Trace = dict[str, Any]

BAR_WIDTH = 0.64
FEWEST_YEARS_ACROSS = 5
"""A scenario of one year leaves the room of so many, so that its bar is no wall."""
MANY_YEARS = 20
"""With more of them, everything is drawn finer."""
MARGIN = {"l": 58, "r": 14, "t": 26, "b": 26}
"""In pixels; ``static/css/charts.css`` gives the inline pictures the same."""
FONT_SIZE = 12
YEAR_LABELS = 10
DOLLAR_TICKS = 5
LEAST_SPAN = 10.0
"""In dollars, so that rounding errors do not become mountains."""


class Row(NamedTuple):
    """A year in the table beside a chart."""

    year: int
    cells: tuple[str, ...]
    readout: str
    """The year in one line: ``2026: opening $128,186, used $90,080, closing $38,106``."""


class Lane(NamedTuple):
    """What happens in some of the years, in a row under their axis."""

    name: str
    words: dict[int, str]
    """By year."""


class Callout(NamedTuple):
    """A question at a place of a chart."""

    year: int
    amount: float
    """Below it is the question."""
    words: str
    question: str
    """The panel that answers it: ``slug?control=value``."""
    series: str = ""
    """The name of the bars or the line that it asks about."""


class Figure(NamedTuple):
    """A chart, what it says in words, and its figures."""

    id: str
    title: str
    sentence: str
    spec: Spec
    columns: tuple[str, ...]
    """The headings of the cells; the year has none here."""
    rows: tuple[Row, ...]
    keys: tuple[str, ...] = ()
    """The names of the columns by which their lines are found."""
    lanes: tuple[Lane, ...] = ()
    callouts: tuple[Callout, ...] = ()
    is_file: bool = True
    """Whether it can be saved as a picture of its own."""

    def linked(self, links: LineLinks) -> Figure:
        """The same, with every figure of its table linked to its line."""
        rows = (
            row._replace(
                cells=tuple(
                    links.to(key, row.year, text)
                    for key, text in zip(self.keys, row.cells, strict=True)
                )
            )
            for row in self.rows
        )
        return self._replace(rows=tuple(rows)) if self.keys else self

    def row_of(self, year: int) -> Row:
        """The row of the year, or of the year nearest to it."""
        return min(self.rows, key=lambda row: abs(row.year - year))


def bars(  # noqa: PLR0913  (each is a part of what one sees)
    name: str,
    years: Sequence[int],
    amounts: Sequence[float],
    look: BarLook,
    *,
    base: Sequence[float] | None = None,
    below: bool = False,
    what: str = "",
) -> Trace:
    """A bar in every year that has an amount: from zero up or down, or up from a base.

    ``what`` says in the legend what it is.
    """
    # Nothing rather than zero, so that the year's label does not name what is not there; and not
    # left out, because the label would then name the nearest year's.
    heights = [whole(amount) or None for amount in amounts]
    trace = {
        "type": "bar",
        "name": name,
        "x": list(years),
        "y": [height and -height for height in heights] if below else heights,
        "width": BAR_WIDTH,
        "marker": _bar_marker(look, fine=len(years) > MANY_YEARS),
        # Not the place on the axis, which is negative below zero and higher above a base.
        "customdata": heights,
        "hovertemplate": "%{customdata:$,.0f}",
        "meta": what,
    }
    if base is not None:
        trace["base"] = [whole(amount) for amount in base]
    return trace


def _bar_marker(look: BarLook, *, fine: bool) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": look.hue, "line": {"width": 0}}
    if look.outline is not None:
        marker["line"] = {"width": 1 if fine else 1.5, "color": look.outline}
    if look.pattern is not None:
        marker["pattern"] = {
            "shape": look.pattern,
            "bgcolor": look.hue,
            # The strokes of a pale bar are its outline's, those of a full one the page's.
            "fgcolor": look.outline or PAPER,
            "size": 6,
            "solidity": 0.25,
        }
    return marker


def line(  # noqa: PLR0913  (each is a part of what one sees)
    name: str,
    years: Sequence[int],
    amounts: Sequence[float],
    hue: str,
    *,
    symbol: str = "circle",
    dash: str = "solid",
    what: str = "",
) -> Trace:
    """A line with a marker a year; ``what`` says in the legend what it is."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(years),
        "y": [whole(amount) for amount in amounts],
        "line": {"color": hue, "width": 2, "dash": dash},
        "marker": {
            "color": hue,
            "symbol": symbol,
            "size": 8 if len(years) <= MANY_YEARS else 5,
            "line": {"color": PAPER, "width": 1.5 if len(years) <= MANY_YEARS else 0.5},
        },
        "hovertemplate": "%{y:$,.0f}",
        "meta": what,
    }


def markers(
    name: str,
    years: Sequence[int],
    amounts: Sequence[float],
    hue: str,
    symbol: str,
    *,
    what: str = "",
) -> Trace:
    """A marker a year."""
    return line(name, years, amounts, hue, symbol=symbol, what=what) | {"mode": "markers"}


def note(text: str, *, x: float, y: float, hue: str = INK, **more: Any) -> dict[str, Any]:
    """Words within the chart; its ``name`` is that of the bars or line it goes with, if any."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": {"color": hue}} | more


def layout(years: Sequence[int], lowest: float, highest: float, **more: Any) -> dict[str, Any]:
    """The two axes and the room around them; ``more`` is the chart's own."""
    return {
        "margin": MARGIN,
        "showlegend": False,
        "font": {"size": FONT_SIZE, "color": QUIET},
        "bargap": 0,
        "hovermode": "x unified",
        "hoverdistance": -1,
        "dragmode": False,
        "xaxis": _year_axis(years),
        "yaxis": _dollar_axis(lowest, highest),
    } | more


def empty_spec(text: str) -> Spec:
    """A chart without anything to show says so."""
    return {
        "data": [],
        "layout": {
            "margin": MARGIN,
            "font": {"size": FONT_SIZE, "color": QUIET},
            "xaxis": {"visible": False},
            "yaxis": {"visible": False},
            "annotations": [note(text, x=0.5, y=0.5, hue=QUIET, xref="paper", yref="paper")],
        },
    }


def _year_axis(years: Sequence[int]) -> dict[str, Any]:
    middle = (years[0] + years[-1]) / 2
    half = max(len(years), FEWEST_YEARS_ACROSS) / 2
    labelled = _labelled_years(years)
    return {
        "type": "linear",
        "range": [middle - half, middle + half],
        "tickvals": labelled,
        "ticktext": [str(year) for year in labelled],
        "tickangle": 0,
        "ticklabelstandoff": 4,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "unifiedhovertitle": {"text": "%{x:d}"},
    }


def _labelled_years(years: Sequence[int]) -> list[int]:
    for step in (1, 2, 5, 10):
        labelled = [year for year in years if step == 1 or year % step == 0]
        if len(labelled) <= YEAR_LABELS:
            return labelled
    return [years[0], years[-1]]


def _dollar_axis(lowest: float, highest: float) -> dict[str, Any]:
    lowest, highest = min(lowest, 0.0), max(highest, 0.0)
    spread = max(highest - lowest, LEAST_SPAN)
    room = spread * 0.06
    bottom = lowest - room if lowest < 0 else 0.0
    top = max(highest, lowest + LEAST_SPAN) + room
    step = _round_step((top - bottom) / DOLLAR_TICKS)
    ticks = [step * n for n in range(math.ceil(bottom / step), math.floor(top / step) + 1)]
    return {
        "range": [round(bottom, 2), round(top, 2)],
        "tickvals": ticks,
        "ticktext": [short_dollars(tick) for tick in ticks],
        "ticklabelstandoff": 6,
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": QUIET,
        "zerolinewidth": 1,
        "fixedrange": True,
    }


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * digit for digit in (1, 2, 2.5, 5, 10) if power * digit >= rough * 0.999)


def spec_of(traces: Iterable[Trace], layout_: Spec) -> Spec:
    """The lines, and the bars that show anything, over the layout."""
    return {"data": [trace for trace in traces if shows_any(trace)], "layout": layout_}


def shows_any(trace: Trace) -> bool:
    """A line at zero shows something; a bar of no height does not."""
    return trace["type"] != "bar" or any(trace["y"])
