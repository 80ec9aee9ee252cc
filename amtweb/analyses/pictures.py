"""The inline pictures of what chance does: a fan of balances over years, and a histogram.

In the manner of the charts of the bench: percents of the plot, classes, no styles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from amtweb.scenarios.charts.curve import Axis, Mark, amount_axis
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.charts.palette import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FEWEST_YEARS_ACROSS = 2
YEAR_LABELS = 8


class Band(NamedTuple):
    """Between two amounts a year."""

    name: str
    low: Sequence[float]
    high: Sequence[float]


class Fan(NamedTuple):
    """Bands from the widest to the narrowest, and a line through them."""

    id: str
    title: str
    sentence: str
    years: Sequence[int]
    bands: tuple[Band, ...]
    line_name: str
    line: Sequence[float]
    hue: str


class Histogram(NamedTuple):
    """How often an amount falls between two edges."""

    id: str
    title: str
    sentence: str
    edges: Sequence[float]
    counts: Sequence[float]
    marks: tuple[Mark, ...]
    hue: str


class Contribution(NamedTuple):
    """A part of a difference."""

    name: str
    amount: float


class Contributions(NamedTuple):
    """What a difference is made of, the largest first; bars to either side of nothing."""

    id: str
    title: str
    sentence: str
    parts: tuple[Contribution, ...]


def contributions_picture(contributions: Contributions) -> SafeString:
    """The parts as inline SVG, a line of words above each bar."""
    return _picture(contributions, _contributions(contributions))


def fan_picture(fan: Fan) -> SafeString:
    """The fan as inline SVG."""
    return _picture(fan, _fan(fan))


def histogram_picture(histogram: Histogram) -> SafeString:
    """The histogram as inline SVG."""
    return _picture(histogram, _histogram(histogram))


def _picture(of: Fan | Histogram | Contributions, parts: Iterable[str]) -> SafeString:
    title, words = f"chance-title-{of.id}", f"chance-words-{of.id}"
    whole = (
        f'<svg class="picture" role="img" aria-labelledby="{title} {words}">',
        f'<title id="{title}">{escape(of.title)}</title>',
        f'<desc id="{words}">{escape(of.sentence)}</desc>',
        *parts,
        "</svg>",
    )
    return mark_safe("".join(whole))  # noqa: S308  (the only text in it is escaped)


def _contributions(contributions: Contributions) -> Iterator[str]:
    largest = max((abs(part.amount) for part in contributions.parts), default=1.0) or 1.0
    row = 100 / max(len(contributions.parts), 1)
    for place, part in enumerate(contributions.parts):
        width = 50 * abs(part.amount) / largest
        hue = "hue-eroded" if part.amount > 0 else "hue-used"
        left = 50.0 if part.amount > 0 else 50 - width
        sign, anchor, dx = ("+", "end", -6) if part.amount > 0 else ("", "start", 6)
        top, bottom = row * (place + 0.48), row * (place + 0.8)
        yield (
            f'<text class="part" x="0" y="{row * (place + 0.36):.2f}%">{escape(part.name)}</text>'
            f'<text class="part" text-anchor="{anchor}" x="50%" dx="{dx}" '
            f'y="{row * (place + 0.76):.2f}%">{sign}{dollars(part.amount)}</text>'
            f'<rect class="bar {hue}" x="{left:.2f}%" y="{top:.2f}%" '
            f'width="{width:.2f}%" height="{bottom - top:.2f}%"/>'
            f'<line class="zero" x1="50%" x2="50%" y1="{top:.2f}%" y2="{bottom:.2f}%"/>'
        )


def _fan(fan: Fan) -> Iterator[str]:
    highest = max(max(band.high) for band in fan.bands)
    axis = amount_axis(0.0, highest, room=0.06)
    count = max(len(fan.years), FEWEST_YEARS_ACROSS)
    across = [100 * (place + 0.5) / count for place in range(len(fan.years))]
    yield from _amounts(axis)
    step = -(-len(fan.years) // YEAR_LABELS)
    for place, year in enumerate(fan.years):
        if place % step == 0:
            yield f'<text class="tick-x" x="{across[place]:.2f}%" y="100%" dy="18">{year}</text>'
    yield '<svg viewBox="0 0 100 100" preserveAspectRatio="none" class="lines">'
    hue = f"hue-{name_of(fan.hue)}"
    for place, band in enumerate(fan.bands):
        edge = [
            *zip(across, band.high, strict=True),
            *reversed(list(zip(across, band.low, strict=True))),
        ]
        points = " ".join(f"{x:.2f},{100 - axis.percent(y):.2f}" for x, y in edge)
        yield f'<polygon class="fan fan-{place} {hue}" points="{points}"/>'
    points = " ".join(
        f"{x:.2f},{100 - axis.percent(y):.2f}" for x, y in zip(across, fan.line, strict=True)
    )
    yield f'<polyline class="line {hue}" points="{points}"/></svg>'


def _histogram(histogram: Histogram) -> Iterator[str]:
    low, high = float(histogram.edges[0]), float(histogram.edges[-1])
    axis = amount_axis(low, high, room=0.0)
    tallest = max(histogram.counts) or 1.0
    for amount, text in axis.ticks:
        x = f"{axis.percent(amount):.2f}%"
        yield f'<text class="tick-x" x="{x}" y="100%" dy="18">{text}</text>'
    hue = f"hue-{name_of(histogram.hue)}"
    for place, count in enumerate(histogram.counts):
        left, right = (axis.percent(float(histogram.edges[i])) for i in (place, place + 1))
        tall = 100 * float(count) / tallest
        if count:
            yield (
                f'<rect class="bar {hue}" x="{left:.2f}%" y="{100 - tall:.2f}%" '
                f'width="{max(right - left - 0.2, 0.2):.2f}%" height="{tall:.2f}%"/>'
            )
    yield '<line class="zero" x1="0" x2="100%" y1="100%" y2="100%"/>'
    for place, mark in enumerate(sorted(histogram.marks)):
        share = axis.percent(mark.x)
        anchor, dx = ("end", -4) if share > 50 else ("start", 4)
        yield f'<line class="rule" x1="{share:.2f}%" x2="{share:.2f}%" y1="0" y2="100%"/>'
        yield (
            f'<text class="note hue-ink" text-anchor="{anchor}" x="{share:.2f}%" y="0" '
            f'dx="{dx}" dy="{-8 + 15 * place}">{escape(mark.words)}</text>'
        )


def _amounts(axis: Axis) -> Iterator[str]:
    for amount, text in axis.ticks:
        y = f"{100 - axis.percent(amount):.2f}%"
        yield f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        yield f'<text class="tick-y" x="-8" y="{y}" dy="4">{text}</text>'
    yield '<line class="zero" x1="0" x2="100%" y1="100%" y2="100%"/>'
