"""The charts as pictures that stand alone: for paper, for slides, for other programs.

The page's inline pictures take their size and their colours from its style sheet.  Here both are
put into the drawing itself, in attributes that every program reads: places in pixels, and the
colours of the light page.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as Xml

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

from amtweb.scenarios import pictures
from amtweb.scenarios.charts.figure import FONT_SIZE, MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from amtweb.scenarios.charts import Figure
    from amtweb.scenarios.pictures import Key

SVG = "http://www.w3.org/2000/svg"
LETTERS = "Helvetica Neue, Arial, DejaVu Sans, sans-serif"
WIDTH, HEIGHT = 760, 380
EMPTY_HEIGHT = 120
INLINE_HEIGHT = 240
"""Three of them, with their words, on a page of paper."""
TITLE_HEIGHT = 30
TITLE_SIZE = 16
LEGEND_HEIGHT = 20
KEY_WIDTH = 22
LETTER_WIDTH = 6.9
"""Of the legend, on average: pictures are laid out without measuring a font."""
ACROSS = {"x", "x1", "x2", "width"}
DOWN = {"y", "y1", "y2", "height"}
COLOUR = re.compile(r"--chart-([a-z-]+): light-dark\((#[0-9a-f]{6}),")

Attributes = dict[str, str]


class Size(NamedTuple):
    """Of a drawing, in pixels."""

    width: int
    height: int


class Plot(NamedTuple):
    """The part of the drawing within the axes."""

    left: float
    top: float
    width: float
    height: float

    def placed(self, name: str, value: str) -> str:
        """A place or a size of the picture, which may be a percentage, in pixels."""
        if not value.endswith("%") or name not in ACROSS | DOWN:
            return value
        whole = self.width if name in ACROSS else self.height
        return f"{float(value[:-1]) * whole / 100:.2f}"


@cache
def light_colours() -> Mapping[str, str]:
    """The light page's colours by the names of the palette, from the page's own style sheet."""
    path = finders.find("css/site.css")
    return dict(COLOUR.findall(Path(str(path)).read_text("utf-8")))


def drawing(figure: Figure, *, titled: bool, size: Size | None = None) -> str:
    """The figure with its legend as SVG; its title is drawn if nothing around it says it.

    Args:
        figure: What is drawn.
        titled: Whether its title is.
        size: Of a small drawing among others, which have one legend for all of them around them.
    """
    rows = [] if size else list(_legend_rows(pictures.legend(figure)))
    width, height = size or (WIDTH, HEIGHT if titled else INLINE_HEIGHT)
    if not figure.spec["data"] and not size:
        height = EMPTY_HEIGHT
    head = (TITLE_HEIGHT if titled else 0) + LEGEND_HEIGHT * len(rows)
    plot = Plot(
        MARGIN["l"],
        head + MARGIN["t"],
        width - MARGIN["l"] - MARGIN["r"],
        height - head - MARGIN["t"] - MARGIN["b"],
    )
    source = Xml.fromstring(pictures.picture(figure, figure.rows[0].year))  # noqa: S314  (our own)
    root = sheet(height, f"{figure.title}. {figure.sentence}", FONT_SIZE, width=width)
    whole = {"width": str(width), "height": str(height)}
    add(root, "rect", whole | {"fill": light_colours()["paper"]})
    if titled:
        at = {"x": "14", "y": "22", "font-size": str(TITLE_SIZE), "font-weight": "600"}
        add(root, "text", at | {"fill": light_colours()["ink"]}).text = figure.title
    for number, row in enumerate(rows):
        _draw_legend(root, row, (TITLE_HEIGHT if titled else 6) + LEGEND_HEIGHT * number, source)
    hatchings = add(root, "defs")
    inner = add(root, "g", {"transform": f"translate({plot.left} {plot.top})"})
    markers = {f"#{path.get('id')}": path for path in source.iterfind("defs/path")}
    for element in source:
        _convert(element, hatchings if element.tag == "pattern" else inner, plot, markers)
    return Xml.tostring(root, encoding="unicode")


def sheet(height: float, title: str, font_size: float, *, width: float = WIDTH) -> Xml.Element:
    """A picture with nothing on it but the title that is read aloud."""
    root = Xml.Element(
        "svg",
        {
            "xmlns": SVG,
            "width": str(width),
            "height": str(height),
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "font-family": LETTERS,
            "font-size": str(font_size),
        },
    )
    add(root, "title").text = title
    return root


def inline_drawing(figure: Figure) -> SafeString:
    """The figure for a page that says its title."""
    return mark_safe(drawing(figure, titled=False))  # noqa: S308  (built as a tree, so escaped)


def small_drawing(figure: Figure, size: Size) -> SafeString:
    """The figure as one of several of a kind, whose page says what they show."""
    return mark_safe(drawing(figure, titled=False, size=size))  # noqa: S308  (as above)


def add(parent: Xml.Element, tag: str, attributes: Attributes | None = None) -> Xml.Element:
    """A further element at the end of another."""
    return Xml.SubElement(parent, tag, attributes or {})


def _convert(
    element: Xml.Element, parent: Xml.Element, plot: Plot, markers: Mapping[str, Xml.Element]
) -> None:
    classes = element.get("class", "").split()
    if element.tag in ("title", "desc", "defs") or "band" in classes:
        return
    if element.tag == "svg":
        for line in element:
            _draw_line(line, parent, plot)
        return
    placed = {
        name: plot.placed(name, value)
        for name, value in element.attrib.items()
        if name not in ("class", "data-series")
    }
    if element.tag == "use":
        marker = markers[placed["href"]]
        shift = f"translate({placed['x']} {placed['y']}) {marker.get('transform', '')}".strip()
        look = _look(marker.get("class", "").split())
        add(parent, "path", {"d": marker.get("d", ""), "transform": shift} | look)
        return
    made = add(parent, element.tag, placed | _look(classes))
    made.text = element.text
    for child in element:
        _convert(child, made, plot, markers)


def _draw_line(line: Xml.Element, parent: Xml.Element, plot: Plot) -> None:
    places = [point.split(",") for point in line.get("points", "").split()]
    points = "L".join(
        f"{float(x) * plot.width / 100:.2f} {float(y) * plot.height / 100:.2f}" for x, y in places
    )
    add(parent, "path", {"d": f"M{points}"} | _look(line.get("class", "").split()))


LOOKS: dict[str, Attributes] = {
    "tick-y": {"text-anchor": "end", "fill": "quiet"},
    "tick-x": {"text-anchor": "middle", "fill": "quiet"},
    "note": {"fill": "hue"},
    "headline": {"font-size": "15", "font-weight": "600"},
    "grid": {"stroke": "grid"},
    "zero": {"stroke": "quiet"},
    "rule": {"stroke": "quiet", "stroke-dasharray": "1.5 3"},
    "bar": {"fill": "hue", "stroke": "edge", "stroke-width": "1.5"},
    "fine": {"stroke-width": "1"},
    "stroke": {"fill": "none", "stroke": "hue"},
    "line": {"fill": "none", "stroke": "hue", "stroke-width": "2"},
    "dashed": {"stroke-dasharray": "9 6"},
    "chart-marker": {"fill": "hue", "stroke": "paper", "stroke-width": "1.5"},
}
"""As ``static/css/charts.css`` has them; ``hue`` and ``edge`` are the element's own."""


def _look(classes: list[str]) -> Attributes:
    own = {"hue": "none", "edge": "none"}
    for name in classes:
        kind, _, colour = name.partition("-")
        if kind in own:
            own[kind] = light_colours()[colour]
    colours = {**light_colours(), **own}
    look: Attributes = {}
    for name in classes:
        for attribute, value in LOOKS.get(name, {}).items():
            look[attribute] = colours.get(value, value)
    return look


def _legend_rows(keys: list[Key]) -> Iterator[list[tuple[float, Key]]]:
    """The keys with their places across, as many in a row as there is room for."""
    row: list[tuple[float, Key]] = []
    x = 14.0
    for key in keys:
        width = KEY_WIDTH + len(key.name) * LETTER_WIDTH + 14
        if row and x + width > WIDTH:
            yield row
            row, x = [], 14.0
        row.append((x, key))
        x += width
    if row:
        yield row


def _draw_legend(
    root: Xml.Element, row: list[tuple[float, Key]], top: float, source: Xml.Element
) -> None:
    for x, key in row:
        classes = key.classes.split()
        group = add(root, "g", {"transform": f"translate({x:.1f} {top:.1f})"})
        _draw_key(group, classes, source)
        at = {"x": str(KEY_WIDTH), "y": "10", "fill": light_colours()["ink"]}
        add(group, "text", at).text = key.name


def _draw_key(group: Xml.Element, classes: list[str], source: Xml.Element) -> None:
    hues = [name for name in classes if name.startswith(("hue-", "edge-"))]
    if "key-bar" in classes:
        size = {"x": "0", "y": "0", "width": "14", "height": "11"}
        add(group, "rect", size | _look(["bar", *hues]))
        hue = hues[0].removeprefix("hue-")
        for pattern in source.iterfind("pattern"):
            if pattern.get("id", "").endswith(f"-{hue}"):
                add(group, "rect", size | {"fill": f"url(#{pattern.get('id')})"})
    elif "key-marker" in classes:
        look = _look(["chart-marker", *hues])
        add(group, "path", {"d": "M0-5 5 0 0 5-5 0Z", "transform": "translate(7 6)"} | look)
    else:
        dash = ["dashed"] if "key-dashed" in classes else []
        line = {"x1": "0", "x2": "16", "y1": "6", "y2": "6"}
        add(group, "line", line | _look(["line", *dash, *hues]))
