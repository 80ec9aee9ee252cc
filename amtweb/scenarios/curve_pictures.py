"""The inline picture of a curve, in the manner of ``pictures``: percents, classes, no styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from amtweb.scenarios.charts.palette import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amtweb.scenarios.charts.curve import Curve, Line


def curve_picture(curve: Curve) -> SafeString:
    """The curve as inline SVG."""
    return mark_safe("".join(_parts(curve)))  # noqa: S308  (the only text in it is escaped)


def _parts(curve: Curve) -> Iterator[str]:
    title, words = f"curve-title-{curve.id}", f"curve-words-{curve.id}"
    yield f'<svg class="picture" role="img" aria-labelledby="{title} {words}">'
    yield f'<title id="{title}">{escape(curve.title)}</title>'
    yield f'<desc id="{words}">{escape(curve.sentence)}</desc>'
    for amount, text in curve.y_axis.ticks:
        y = f"{100 - curve.y_axis.percent(amount):.2f}%"
        yield f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        yield f'<text class="tick-y" x="-8" y="{y}" dy="4">{text}</text>'
    for amount, text in curve.x_axis.ticks:
        x = f"{curve.x_axis.percent(amount):.2f}%"
        yield f'<text class="tick-x" x="{x}" y="100%" dy="18">{text}</text>'
    zero = f"{100 - curve.y_axis.percent(0.0):.2f}%"
    yield f'<line class="zero" x1="0" x2="100%" y1="{zero}" y2="{zero}"/>'
    for place, mark in enumerate(sorted(curve.marks)):
        x = f"{curve.x_axis.percent(mark.x):.2f}%"
        yield f'<line class="rule" x1="{x}" x2="{x}" y1="0" y2="100%"/>'
        yield (
            f'<text class="note hue-ink" text-anchor="end" x="{x}" y="0" '
            f'dx="-4" dy="{-8 + 15 * place}">{escape(mark.words)}</text>'
        )
    yield '<svg viewBox="0 0 100 100" preserveAspectRatio="none" class="lines">'
    yield from (_line(curve, line) for line in curve.drawn)
    yield "</svg>"
    yield '<line class="cursor" x1="0" x2="0" y1="0" y2="100%"/></svg>'


def _line(curve: Curve, line: Line) -> str:
    points = " ".join(
        f"{curve.x_axis.percent(float(x)):.2f},{100 - curve.y_axis.percent(float(y)):.2f}"
        for x, y in zip(curve.x, line.values, strict=True)
    )
    return f'<polyline class="line {line.dash} hue-{name_of(line.hue)}" points="{points}"/>'
