"""A tiny picture of amounts over a few years, for where there is no room for a chart.

Inline SVG without a style of its own; ``static/css/gallery.css`` colours it.  It is hidden from
those who cannot see it: whoever shows it says in words what it shows.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from amtweb.scenarios.charts.money_words import counts, short_dollars
from calculator import evaluate, parse_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amtweb.scenarios.gallery import Example

WIDTH = 100
HEIGHT = 28
TOP = 6
"""Where the highest bar ends; above it stands its amount."""
BASE = 22
"""Where the bars begin; below it stand the years."""
FEWEST_YEARS = 10
"""Fewer leave room on the right, so that a year is as wide in one picture as in the next."""
BAR_WIDTH = 0.7
GAP = (1 - BAR_WIDTH) / 2
"""Beside a bar, in years."""
LEAST_HEIGHT = 0.5
"""Of a bar that there is, however low."""
THOUSANDS = 10_000
"""In dollars; from here on a figure is in whole thousands."""


@cache
def credit_course(example: Example) -> SafeString:
    """The credit that an example leaves at the end of each year, as a picture."""
    years = evaluate(parse_scenario(example.document)).years
    return sparkline([year.year for year in years], [float(year.credit_balance) for year in years])


def sparkline(years: Sequence[int], amounts: Sequence[float]) -> SafeString:
    """A bar for each year's amount, none of them negative, with the highest and last in figures."""
    slot = WIDTH / max(len(years), FEWEST_YEARS)
    parts = (
        f'<svg class="sparkline" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">',
        *_bars(amounts, slot),
        f'<path class="sparkline-base" d="M0 {BASE}H{slot * len(years):.2f}"/>',
        *_labels(years, amounts, slot),
        "</svg>",
    )
    return mark_safe("".join(parts))  # noqa: S308  (nothing in it but numbers)


def bars(amounts: Sequence[float]) -> SafeString:
    """The bars alone, for a row of a table: the figures stand beside them."""
    slot = WIDTH / max(len(amounts), FEWEST_YEARS)
    parts = (
        f'<svg class="sparkline" viewBox="0 {TOP} {WIDTH} {BASE - TOP}" aria-hidden="true">',
        *_bars(amounts, slot),
        f'<path class="sparkline-base" d="M0 {BASE}H{slot * len(amounts):.2f}"/>',
        "</svg>",
    )
    return mark_safe("".join(parts))  # noqa: S308  (nothing in it but numbers)


def _bars(amounts: Sequence[float], slot: float) -> Iterator[str]:
    for place, amount in enumerate(amounts):
        if counts(amount):
            height = _height(amount, amounts)
            yield (
                f'<rect class="sparkline-bar" x="{slot * (place + GAP):.2f}"'
                f' y="{BASE - height:.2f}" width="{slot * BAR_WIDTH:.2f}" height="{height:.2f}"/>'
            )


def _labels(years: Sequence[int], amounts: Sequence[float], slot: float) -> Iterator[str]:
    last = len(years) - 1
    for place in sorted({0, last}):
        yield _text(str(years[place]), place, slot, HEIGHT - 1)
    highest = max(range(len(amounts)), key=lambda place: amounts[place])
    figures = {highest: _figure(amounts[highest]), last: _figure(amounts[last])}
    # Two figures side by side would run into one another, and one need not be said twice.
    if last - highest == 1 or figures[last] == figures[highest]:
        figures = {highest: figures[highest]}
    for place, figure in figures.items():
        if counts(amounts[place]):
            yield _text(figure, place, slot, BASE - _height(amounts[place], amounts) - 1.5)


def _figure(amount: float) -> str:
    return short_dollars(round(amount, -3) if amount >= THOUSANDS else round(amount))


def _text(text: str, place: int, slot: float, y: float) -> str:
    """Over or under the middle of a bar; the first begins with its bar, for there is an edge."""
    if place == 0:
        return f'<text class="sparkline-first" x="{slot * GAP:.2f}" y="{y:.2f}">{text}</text>'
    return f'<text x="{slot * (place + 0.5):.2f}" y="{y:.2f}">{text}</text>'


def _height(amount: float, amounts: Sequence[float]) -> float:
    return max(LEAST_HEIGHT, (BASE - TOP) * amount / max(amounts))
