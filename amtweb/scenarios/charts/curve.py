"""A chart of amounts against another amount: what an analysis finds along a gain or a price."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import dollars, short_dollars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

TICKS = 5
TABLE_ROWS = 11
LEAST_SPAN = 10.0
"""In dollars, so that rounding errors do not become mountains."""


class Unit(NamedTuple):
    """What the x axis counts."""

    name: str
    """As the script of the slider knows it."""
    words: Callable[[float], str]
    label: Callable[[float], str]
    """As on the axis, where there is little room."""


DOLLARS = Unit("dollars", dollars, short_dollars)
PER_SHARE = Unit("per_share", lambda price: f"${price:,.2f}", short_dollars)
SHARES = Unit(
    "shares",
    lambda number: f"{number:,.0f} shares",
    lambda number: short_dollars(number).replace("$", ""),
)


class Line(NamedTuple):
    """An amount along the curve."""

    name: str
    values: Sequence[float]
    hue: str
    dash: str = "solid"
    """``solid``, ``dash``, ``dot`` or ``dashdot``; ``none`` for an amount that only words name."""


class Mark(NamedTuple):
    """A point of the x axis worth a word."""

    x: float
    words: str


class Axis(NamedTuple):
    """From where to where, and its labels."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def percent(self, amount: float) -> float:
        """How far along the axis."""
        return 100 * (amount - self.low) / (self.high - self.low)


class TableRow(NamedTuple):
    """A point of the curve in the table beside it."""

    x: str
    cells: tuple[str, ...]


class Curve(NamedTuple):
    """A chart, what it says in words, and its figures."""

    id: str
    title: str
    sentence: str
    x_name: str
    x: Sequence[float]
    unit: Unit
    start: int
    """Where the slider stands at first: a place in x."""
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    x_axis: Axis
    y_axis: Axis

    @property
    def drawn(self) -> tuple[Line, ...]:
        """The lines of the picture."""
        return tuple(line for line in self.lines if line.dash != "none")

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """A few points from end to end."""
        count = len(self.x)
        picked = sorted({round(i * (count - 1) / (TABLE_ROWS - 1)) for i in range(TABLE_ROWS)})
        return tuple(
            TableRow(
                self.unit.words(float(self.x[i])),
                tuple(dollars(float(line.values[i])) for line in self.lines),
            )
            for i in picked
        )

    @property
    def data(self) -> str:
        """All points, as the JSON that the script of the slider reads."""
        points = {
            "x": _rounded(self.x),
            "unit": self.unit.name,
            "range": [self.x_axis.low, self.x_axis.high],
            "lines": [{"name": line.name, "y": _rounded(line.values)} for line in self.lines],
        }
        return json.dumps(points, allow_nan=False, separators=(",", ":"))


def curve_figure(  # noqa: PLR0913  (each is a part of what one sees)
    id_: str,
    title: str,
    sentence: str,
    *,
    x_name: str,
    x: Sequence[float],
    lines: Iterable[Line],
    marks: Iterable[Mark] = (),
    unit: Unit = DOLLARS,
    start: float | None = None,
) -> Curve:
    """The chart of some lines over one x axis; a line that is zero throughout is left out.

    The slider begins at the point nearest to ``start``.
    """
    kept = tuple(line for line in lines if any(abs(value) >= 0.5 for value in line.values))
    values = [float(value) for line in kept if line.dash != "none" for value in line.values]
    return Curve(
        id_,
        title,
        sentence,
        x_name,
        x,
        unit,
        0 if start is None else min(range(len(x)), key=lambda i: abs(x[i] - start)),
        kept,
        tuple(marks),
        amount_axis(float(min(x)), float(max(x)), room=0.0, unit=unit),
        amount_axis(min([0.0, *values]), max([0.0, *values]), room=0.06),
    )


def amount_axis(low: float, high: float, *, room: float, unit: Unit = DOLLARS) -> Axis:
    """An axis with round labels; ``room`` is a fraction kept free beyond the amounts."""
    high = max(high, low + (1.0 if unit is PER_SHARE else LEAST_SPAN))
    spread = high - low
    if room:
        low, high = low - room * spread * (low < 0), high + room * spread
    step = _round_step((high - low) / TICKS)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks = tuple((step * n, unit.label(step * n)) for n in range(first, last + 1))
    return Axis(low, high, ticks)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * digit for digit in (1, 2, 2.5, 5, 10) if power * digit >= rough * 0.999)


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(float(value), 2) for value in values]
