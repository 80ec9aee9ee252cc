"""The timeline as a picture that stands alone, for paper: the lanes of the page at a fixed width.

As with the charts, looks are put into attributes, in the colours of the light page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from django.utils.safestring import SafeString, mark_safe

from amtweb.reports.drawings import WIDTH, add, light_colours, sheet
from amtweb.scenarios.lots.names import shortened
from amtweb.scenarios.lots.pictures import (
    AXIS_HEIGHT,
    BAR_HEIGHTS,
    LANE_HEIGHT,
    NAMES,
    PATHS,
    axis_picture,
    lane_picture,
)

if TYPE_CHECKING:
    from amtweb.scenarios.lots.lanes import Lane, Timeline

TITLE = "Dates of options and shares. The table below has every day."
LEFT, RIGHT = 190, 14
ROOM = WIDTH - LEFT - RIGHT
MOST_ON_PAPER = 18
"""Lanes on a page; the table has all days."""
MOST_LETTERS = 26
KEYS_IN_A_ROW = 4
KEY_ROW = 18
FONT_SIZE = 11

QUIET_TEXT = {"fill": "quiet", "font-size": "10"}
LOOKS: dict[str, dict[str, str]] = {
    "grid": {"stroke": "grid"},
    "today": {"stroke": "credit", "stroke-width": "2"},
    "target": {"fill": "none"},
    "bar-term": {"fill": "quiet"},
    "bar-waiting": {"fill": "credit-tint", "stroke": "credit"},
    "bar-window": {"fill": "minimum-tint", "stroke": "minimum"},
    "bar-wash": {"fill": "none", "stroke": "eroded", "stroke-dasharray": "2 2"},
    "mark-granted": {"fill": "paper", "stroke": "ink", "stroke-width": "2"},
    "mark-exercised": {"fill": "credit"},
    "mark-qualifies": {"fill": "paper", "stroke": "used", "stroke-width": "2"},
    "mark-sold-qualifying": {"fill": "used"},
    "mark-sold-too-early": {"fill": "eroded"},
    "mark-deadline": {"fill": "paper", "stroke": "minimum", "stroke-width": "2"},
    "mark-vests": {"fill": "quiet"},
    "mark-long-term": {"fill": "quiet"},
}
"""As ``static/css/charts.css`` has them; other marks are in ink."""


def timeline_drawing(timeline: Timeline) -> SafeString:
    """The first lanes, the years above them and the legend below."""
    lanes = timeline.lanes[:MOST_ON_PAPER]
    keys = [name for name in NAMES if name in timeline.shapes | timeline.looks]
    legend_top = AXIS_HEIGHT + LANE_HEIGHT * len(lanes) + 10
    height = legend_top + KEY_ROW * -(-len(keys) // KEYS_IN_A_ROW)
    root = sheet(height, TITLE, FONT_SIZE)
    _place(root, str(axis_picture(timeline)), 0)
    for number, lane in enumerate(lanes):
        top = AXIS_HEIGHT + LANE_HEIGHT * number
        add(
            root,
            "line",
            {"x1": "0", "x2": str(WIDTH), "y1": str(top), "y2": str(top)} | _of("grid"),
        )
        _name(root, lane, top)
        _place(root, str(lane_picture(lane, timeline)), top)
    for number, name in enumerate(keys):
        row, column = divmod(number, KEYS_IN_A_ROW)
        _key(root, name, 8 + column * (WIDTH // KEYS_IN_A_ROW), legend_top + row * KEY_ROW)
    return mark_safe(Xml.tostring(root, encoding="unicode"))  # noqa: S308  (built as a tree)


def _of(name: str) -> dict[str, str]:
    look = LOOKS.get(name, {"fill": "ink"} if name.startswith("mark-") else {})
    return {key: light_colours().get(value, value) for key, value in look.items()}


def _name(root: Xml.Element, lane: Lane, top: int) -> None:
    indent = 16 if lane.kind == "exercise" else 4
    ink, quiet = light_colours()["ink"], light_colours()["quiet"]
    down = top + 16
    if lane.name:
        name = shortened(lane.name)
        name = name if len(name) <= MOST_LETTERS else f"{name[:MOST_LETTERS]}…"
        add(root, "text", {"x": str(indent), "y": str(down), "fill": ink}).text = name
        down += 14
    place = {"x": str(indent), "y": str(down), "fill": quiet, "font-size": "10"}
    add(root, "text", place).text = lane.note


def _place(root: Xml.Element, picture: str, top: int) -> None:
    group = add(root, "g", {"transform": f"translate({LEFT} {top})"})
    source = Xml.fromstring(picture)  # noqa: S314  (our own)
    height = float(source.get("height", "0"))
    for element in source:
        _convert(element, group, height)


def _convert(element: Xml.Element, parent: Xml.Element, height: float) -> None:
    if element.tag == "svg":
        x, y = _pixels("x", element.get("x", "0"), height), element.get("y", "0")
        shape = element.find("path")
        if shape is not None:
            place = {"d": shape.get("d", ""), "transform": f"translate({x} {y})"}
            add(parent, "path", place | _of(shape.get("class", "")))
        return
    placed = {
        name: _pixels(name, value, height)
        for name, value in element.attrib.items()
        if name != "class"
    }
    look = _of(element.get("class", ""))
    if element.tag == "text":
        look = {key: light_colours().get(value, value) for key, value in QUIET_TEXT.items()}
    add(parent, element.tag, placed | look).text = element.text


def _pixels(name: str, value: str, height: float) -> str:
    if not value.endswith("%"):
        return value
    whole = height if name in ("y", "y1", "y2", "height") else ROOM
    return f"{float(value[:-1]) * whole / 100:.2f}"


def _key(root: Xml.Element, name: str, left: int, top: int) -> None:
    if name in PATHS:
        place = {"d": PATHS[name], "transform": f"translate({left + 8} {top + 8})"}
        add(root, "path", place | _of(f"mark-{name}"))
    else:
        height = BAR_HEIGHTS[name]
        size = {"x": str(left), "y": f"{top + 8 - height / 2:g}", "width": "16"}
        add(root, "rect", size | {"height": str(height)} | _of(f"bar-{name}"))
    at = {"x": str(left + 22), "y": str(top + 12), "fill": light_colours()["ink"]}
    add(root, "text", at | {"font-size": "10"}).text = NAMES[name]
