"""Where the notes of a chart find room, without covering a mark: on a phone, so everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.figure import FEWEST_YEARS_ACROSS, MANY_YEARS

if TYPE_CHECKING:
    from collections.abc import Sequence

PHONE_PLOT = 250
"""Pixels across, at least."""
LETTER = 7
"""Pixels across, at most."""
LINE = 17
"""Pixels from the line that a note stands on to its far side."""
MARKER = 7
"""Pixels up and down from the middle of a marker."""
LOW_PLOT = 188
"""Pixels up and down in all charts but the first."""


class Place(NamedTuple):
    """At a level, at one of the ends of the chart."""

    xanchor: str
    yanchor: str
    level: float

    def band(self, line: float) -> tuple[float, float]:
        """From where to where the words are; ``line`` is their height."""
        if self.yanchor == "bottom":
            return self.level, self.level + line
        return self.level - line, self.level


def reach(words: str, years: Sequence[int]) -> float:
    """How many years the words go over, and half of a bar at each end."""
    return LETTER * len(words) * max(len(years), FEWEST_YEARS_ACROSS) / PHONE_PLOT + 0.5


def within(
    years: Sequence[int], amounts: Sequence[float], start: float, end: float
) -> Sequence[float]:
    """The amounts of the years from start to end."""
    return [
        amount for year, amount in zip(years, amounts, strict=True) if start <= year <= end
    ] or [0.0]


class Room(NamedTuple):
    """What is drawn in a chart of bars from zero, markers and levels."""

    years: Sequence[int]
    bars: Sequence[float]
    markers: Sequence[Sequence[float | None]]
    levels: Sequence[Sequence[float]]
    top: float

    def place_at_an_end(self, label: str, levels: Sequence[float], others: list[Place]) -> Place:
        """Above or below a level, at an end of it, where fewest other things are."""
        far = reach(label, self.years)
        first, last = self.years[0] - 0.5, self.years[-1] + 0.5
        ends = {"right": (last - far, last), "left": (first, first + far)}
        places = [
            Place(xanchor, yanchor, nearest(within(self.years, levels, *ends[xanchor])))
            for xanchor in ends
            # Beyond all of its own line that it stands along.
            for yanchor, nearest in (("bottom", max), ("top", min))
        ]
        return min(places, key=lambda place: self._covered(place, ends[place.xanchor], others))

    def _covered(self, place: Place, ends: tuple[float, float], others: list[Place]) -> int:
        pixel = self.top / LOW_PLOT
        low, high = place.band(LINE * pixel)
        bars = [bar for bar in within(self.years, self.bars, *ends) if bar > low]
        marks = [
            mark
            for kind in self.markers
            for mark in _at(self.years, kind, *ends)
            if low - MARKER * pixel < mark < high + MARKER * pixel
        ]
        lines = [
            level
            for levels in self.levels
            for level in within(self.years, levels, *ends)
            if low < level < high
        ]
        words = [
            other
            for other in others
            if other.xanchor == place.xanchor
            and low < other.band(LINE * pixel)[1]
            and other.band(LINE * pixel)[0] < high
        ]
        return len(bars) + len(lines) + 2 * len(marks) + MANY_YEARS * len(words)


def _at(
    years: Sequence[int], amounts: Sequence[float | None], start: float, end: float
) -> list[float]:
    return [
        amount
        for year, amount in zip(years, amounts, strict=True)
        if amount is not None and start <= year <= end
    ]
