"""The lanes of the timeline as inline SVG: percents across, pixels down, classes for all looks.

Shapes tell days apart, not hues alone.  The table beside the picture has every day with a link;
here a click on a mark goes to its input, by script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amtweb.scenarios.lots.lanes import Lane, Mark, Timeline

LANE_HEIGHT = 40
AXIS_HEIGHT = 22
MIDDLE = 14
"""Down in a lane, of the marks."""
LABEL = 35
"""Down in a lane, the base of the words."""
BAR_HEIGHTS = {"term": 2, "waiting": 10, "window": 10, "wash": 16}

PATHS = {
    "granted": "M5 0A5 5 0 1 1-5 0 5 5 0 1 1 5 0Z",
    "vests": "M-1-8H1V8H-1Z",
    "exercised": "M5 0A5 5 0 1 1-5 0 5 5 0 1 1 5 0Z",
    "ends": "M-1.5-9H1.5V9H-1.5Z",
    "left": "M-6-5H6L0 5Z",
    "deadline": "M-4.5-4.5H4.5V4.5H-4.5Z",
    "long-term": "M-1-6H1V6H-1Z",
    "qualifies": "M-6 6 0-6 6 6Z",
    "sold": "M-5-5H5V5H-5Z",
    "sold-qualifying": "M0-7 7 0 0 7-7 0Z",
    "sold-too-early": "M-6-4-4-6 0-2 4-6 6-4 2 0 6 4 4 6 0 2-4 6-6 4-2 0Z",
}
"""Around a middle of their own."""
NAMES = {
    "granted": "Granted",
    "vests": "Vests",
    "exercised": "Exercised or acquired",
    "ends": "Last day to exercise",
    "left": "Employment ends",
    "deadline": "Deadline",
    "long-term": "Long-term from now on",
    "qualifies": "First qualifying day",
    "sold": "Sold",
    "sold-qualifying": "Sold: qualifying",
    "sold-too-early": "Sold too early: disqualifying",
    "waiting": "Not yet qualifying",
    "window": "Still an ISO after leaving",
    "wash": "Wash sale window",
}


def legend_of(timeline: Timeline) -> list[tuple[SafeString, str]]:
    """The shapes and bars that are drawn, with their names."""
    drawn = timeline.shapes | timeline.looks
    return [(_key(name), words) for name, words in NAMES.items() if name in drawn]


def axis_picture(timeline: Timeline) -> SafeString:
    """The years, and today."""
    parts = [f'<svg class="lane-track axis" height="{AXIS_HEIGHT}" aria-hidden="true">']
    for x, year in timeline.years:
        parts.append(f'<line class="grid" x1="{x:.2f}%" x2="{x:.2f}%" y1="16" y2="100%"/>')
        anchor = "end" if x > 97 else "start" if x < 3 else "middle"
        parts.append(f'<text text-anchor="{anchor}" x="{x:.2f}%" y="12">{year}</text>')
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308  (nothing in it but numbers)


def lane_picture(lane: Lane, timeline: Timeline) -> SafeString:
    """One lane."""
    parts = [
        f'<svg class="lane-track" height="{LANE_HEIGHT}" aria-hidden="true">',
        *(
            f'<line class="grid" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="100%"/>'
            for x, _ in timeline.years
        ),
        *_bars(lane),
        *_today(timeline),
        *(
            f'<text text-anchor="{label.anchor}" x="{label.x:.2f}%" y="{LABEL}">'
            f"{escape(label.words)}</text>"
            for label in lane.labels
        ),
        *(_mark(mark) for mark in lane.marks),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308  (the only text in it is escaped)


def _bars(lane: Lane) -> Iterator[str]:
    for bar in lane.bars:
        height = BAR_HEIGHTS[bar.look]
        yield (
            f'<rect class="bar-{bar.look}" x="{bar.x:.2f}%" y="{MIDDLE - height / 2:g}" '
            f'width="{bar.width:.2f}%" height="{height}"/>'
        )


def _today(timeline: Timeline) -> Iterator[str]:
    if timeline.today is not None:
        x = f"{timeline.today:.2f}%"
        yield f'<line class="today" x1="{x}" x2="{x}" y1="0" y2="100%"/>'


def _mark(mark: Mark) -> str:
    day = mark.day
    goes = f' data-goes-to="{day.input_id}"' if day.input_id else ""
    words = escape(f"{day.in_words}: {day.what}. {day.means} ({day.away})")
    return (
        f'<svg class="mark" x="{mark.x:.2f}%" y="{MIDDLE}"{goes}><title>{words}</title>'
        f'<rect class="target" x="-9" y="-12" width="18" height="24"/>'
        f'<path class="mark-{mark.shape}" d="{PATHS[mark.shape]}"/></svg>'
    )


def _key(name: str) -> SafeString:
    if name in PATHS:
        inner = f'<path class="mark-{name}" transform="translate(9 9)" d="{PATHS[name]}"/>'
    else:
        height = BAR_HEIGHTS[name]
        inner = (
            f'<rect class="bar-{name}" x="1" y="{9 - height / 2:g}" width="16" height="{height}"/>'
        )
    svg = f'<svg class="lane-key" width="18" height="18" aria-hidden="true">{inner}</svg>'
    return mark_safe(svg)  # noqa: S308  (nothing in it but our own shapes)
