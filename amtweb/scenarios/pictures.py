"""The inline pictures of the charts: SVG drawn from the specs that Plotly draws later.

A picture is there with the page, needs no script, and is what paper shows.  Places are percents
of the plot, so that it takes any width while its words keep their size; what must stretch, the
lines, is in an inner drawing of 100 by 100.  Colours are classes of ``static/css/charts.css``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from amtweb.scenarios.charts.palette import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from amtweb.scenarios.charts import Figure
    from amtweb.scenarios.charts.figure import Trace

ANCHORS = {"left": "start", "center": "middle", "right": "end"}
MARKERS = {
    "circle": "M4 0A4 4 0 1 1-4 0 4 4 0 1 1 4 0Z",
    "square": "M-3.5-3.5H3.5V3.5H-3.5Z",
    "diamond": "M0-5 5 0 0 5-5 0Z",
    "triangle-up": "M0-5 4.5 3.5H-4.5Z",
}
DASHES = {"solid": "", "dash": " dashed", "dot": " dotted", "dashdot": " dash-dotted"}
PATTERNS = {"/": "M0 6 6 0", "\\": "M0 0 6 6", "x": "M0 6 6 0M0 0 6 6", "-": "M0 3H6"}
PATTERN_NAMES = {"/": "rising", "\\": "falling", "x": "crossed", "-": "level"}
UNRANKED = 1000
"""Plotly's rank of a trace that has none."""
CROWDED = 6
"""With more labels on the year axis, every other one is left out where the page is narrow."""


AXIS_LABEL, LANE_HEIGHT = 18, 17
"""In pixels below the plot."""
BELOW = {"middle": 4, "bottom": -5}
"""Where the words of a note stand by their anchor, in pixels."""


class Key(NamedTuple):
    """An entry of the legend, drawn by ``static/css/charts.css``."""

    name: str
    classes: str
    what: str = ""
    """What it is, in a few words."""
    series: int = 0
    """The place of its trace in the spec, which its marks in the picture name."""


class Axes(NamedTuple):
    """From years and dollars to percents of the plot."""

    first: float
    last: float
    bottom: float
    top: float

    @classmethod
    def of(cls, layout: dict[str, Any]) -> Axes:
        return cls(*layout["xaxis"]["range"], *layout["yaxis"]["range"])

    def across(self, year: float) -> float:
        return 100 * (year - self.first) / (self.last - self.first)

    def down(self, amount: float) -> float:
        return 100 * (self.top - amount) / (self.top - self.bottom)

    def width(self, years: float) -> float:
        return 100 * years / (self.last - self.first)


def picture(figure: Figure, selected_year: int) -> SafeString:
    """The figure as inline SVG; the size of its box is the style sheet's affair."""
    title, words = f"picture-title-{figure.id}", f"picture-words-{figure.id}"
    kind = f"picture lanes-{len(figure.lanes)}" if figure.spec["data"] else "picture empty"
    parts = [
        f'<svg class="{kind}" role="img" aria-labelledby="{title} {words}">',
        f'<title id="{title}">{escape(figure.title)}</title>',
        f'<desc id="{words}">{escape(figure.sentence)}</desc>',
    ]
    layout = figure.spec["layout"]
    if figure.spec["data"]:
        years = [row.year for row in figure.rows]
        parts += _drawing(figure, Axes.of(layout), years, figure.row_of(selected_year).year)
    else:
        parts += [_empty_note(note) for note in layout["annotations"]]
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308  (the only text in it is escaped)


def legend(figure: Figure) -> list[Key]:
    """What is drawn in the figure."""
    traces = sorted(
        enumerate(figure.spec["data"]), key=lambda placed: placed[1].get("legendrank", UNRANKED)
    )
    return [
        Key(trace["name"], " ".join(["key", *_key_classes(trace)]), trace.get("meta", ""), series)
        for series, trace in traces
    ]


class PlacedCallout(NamedTuple):
    """A callout where the picture has it, in percents of the plot."""

    words: str
    question: str
    x: str
    y: str
    shift: int
    """In pixels, so that it stays within the chart."""
    series: int | None
    """The place of the trace that it asks about."""


CALLOUT_WIDTH = 180


def callouts(figure: Figure) -> list[PlacedCallout]:
    """The questions at places of the figure."""
    if not figure.spec["data"]:
        return []
    axes = Axes.of(figure.spec["layout"])
    placed = []
    for callout in figure.callouts:
        x, y = axes.across(callout.year), axes.down(callout.amount)
        shift = -round(CALLOUT_WIDTH * min(max(x, 0), 100) / 100)
        series = _place_of(figure.spec["data"], callout.series)
        placed.append(
            PlacedCallout(callout.words, callout.question, f"{x:.2f}%", f"{y:.2f}%", shift, series)
        )
    return placed


def _drawing(figure: Figure, axes: Axes, years: Sequence[int], selected_year: int) -> Iterator[str]:
    layout = figure.spec["layout"]
    traces = figure.spec["data"]
    bars = [(at, trace) for at, trace in enumerate(traces) if trace["type"] == "bar"]
    lines = [(at, trace) for at, trace in enumerate(traces) if trace["type"] == "scatter"]
    yield from _patterns(figure.id, (trace for _, trace in bars))
    yield from (_band(axes, year, selected=year == selected_year) for year in years)
    yield from _ticks(axes, layout)
    yield from _lanes(axes, figure)
    yield from (_rule(axes, shape) for shape in layout.get("shapes", ()))
    yield from _bars(figure.id, axes, bars, stacked=layout["barmode"] == "relative")
    yield (
        f'<line class="zero" x1="0" x2="100%" y1="{axes.down(0):.2f}%" y2="{axes.down(0):.2f}%"/>'
    )
    yield '<svg viewBox="0 0 100 100" preserveAspectRatio="none" class="lines" aria-hidden="true">'
    yield from (_line(axes, trace, at) for at, trace in lines if "lines" in trace["mode"])
    yield "</svg>"
    for at, trace in lines:
        yield from _markers(figure.id, axes, trace, at)
    for note in layout.get("annotations", ()):
        yield _note(axes, note, _place_of(traces, note.get("name", "")))


def _band(axes: Axes, year: int, *, selected: bool) -> str:
    state = " selected" if selected else ""
    return (
        f'<rect class="band{state}" data-year="{year}" x="{axes.across(year - 0.5):.2f}%" y="0" '
        f'width="{axes.width(1):.2f}%" height="100%"/>'
    )


def _ticks(axes: Axes, layout: dict[str, Any]) -> Iterator[str]:
    dollars, years = layout["yaxis"], layout["xaxis"]
    for amount, text in zip(dollars["tickvals"], dollars["ticktext"], strict=True):
        y = f"{axes.down(amount):.2f}%"
        yield f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        yield f'<text class="tick-y" x="-8" y="{y}" dy="4">{text}</text>'
    crowded = len(years["tickvals"]) > CROWDED
    for index, year in enumerate(years["tickvals"]):
        spare = " spare" if crowded and index % 2 else ""
        yield (
            f'<text class="tick-x{spare}" x="{axes.across(year):.2f}%" y="100%" dy="18">'
            f"{year}</text>"
        )


def _lanes(axes: Axes, figure: Figure) -> Iterator[str]:
    for place, lane in enumerate(figure.lanes):
        down = AXIS_LABEL + LANE_HEIGHT * (place + 1)
        yield f'<text class="tick-y" x="-8" y="100%" dy="{down}">{escape(lane.name)}</text>'
        for year, words in lane.words.items():
            x = f"{axes.across(year):.2f}%"
            yield f'<text class="lane-word" x="{x}" y="100%" dy="{down}">{escape(words)}</text>'


def _rule(axes: Axes, shape: dict[str, Any]) -> str:
    if shape.get("yref") != "paper":
        (x1, x2), y = (f"{axes.across(shape[end]):.2f}%" for end in ("x0", "x1")), shape["y0"]
        y = f"{axes.down(y):.2f}%"
        hue = name_of(shape["line"]["color"])
        return f'<line class="threshold hue-{hue}" x1="{x1}" x2="{x2}" y1="{y}" y2="{y}"/>'
    x = f"{axes.across(shape['x0']):.2f}%"
    return f'<line class="rule" x1="{x}" x2="{x}" y1="0" y2="100%"/>'


def _place_of(traces: Sequence[Trace], name: str) -> int | None:
    return next((at for at, trace in enumerate(traces) if trace["name"] == name), None)


def _bars(
    figure: str, axes: Axes, bars: Iterable[tuple[int, Trace]], *, stacked: bool
) -> Iterator[str]:
    """Stacked away from zero as Plotly's ``relative`` does, or each from its own base."""
    heights: dict[tuple[int, bool], float] = {}
    for at, trace in bars:
        fine = " fine" if trace["marker"]["line"]["width"] == 1 else ""
        classes = f"bar{fine} {_hues(trace)}"
        pattern = trace["marker"].get("pattern")
        bases = trace.get("base") or [0.0] * len(trace["x"])
        offset = trace.get("offset", -trace["width"] / 2)
        for year, amount, base in zip(trace["x"], trace["y"], bases, strict=True):
            if not amount:
                continue
            start = heights.get((year, amount < 0), 0.0) if stacked else base
            end = start + amount
            heights[year, amount < 0] = end
            top, bottom = axes.down(max(start, end)), axes.down(min(start, end))
            place = (
                f'x="{axes.across(year + offset):.2f}%" y="{top:.2f}%" '
                f'width="{axes.width(trace["width"]):.2f}%" height="{bottom - top:.2f}%" '
                f'data-series="{at}"'
            )
            yield f'<rect class="{classes}" {place}/>'
            if pattern:
                name = _pattern_id(figure, trace)
                yield f'<rect class="hatch" fill="url(#{name})" {place}/>'


def _patterns(figure: str, bars: Iterable[Trace]) -> Iterator[str]:
    for trace in bars:
        pattern = trace["marker"].get("pattern")
        if pattern:
            yield (
                f'<pattern id="{_pattern_id(figure, trace)}" width="6" height="6" '
                f'patternUnits="userSpaceOnUse"><path class="stroke hue-'
                f'{name_of(pattern["fgcolor"])}" d="{PATTERNS[pattern["shape"]]}"/></pattern>'
            )


def _pattern_id(figure: str, trace: Trace) -> str:
    return f"pattern-{figure}-{name_of(trace['marker']['color'])}"


def _line(axes: Axes, trace: Trace, at: int) -> str:
    points = " ".join(
        f"{axes.across(x):.2f},{axes.down(y):.2f}"
        for x, y in zip(trace["x"], trace["y"], strict=True)
    )
    dash = DASHES[trace["line"]["dash"]]
    hue = name_of(trace["line"]["color"])
    return f'<polyline class="line{dash} hue-{hue}" points="{points}" data-series="{at}"/>'


def _markers(figure: str, axes: Axes, trace: Trace, at: int) -> Iterator[str]:
    marker = trace["marker"]
    name = f"marker-{figure}-{name_of(marker['color'])}"
    small = ' transform="scale(.6)"' if marker["size"] < 8 else ""
    yield (
        f'<defs><path id="{name}" class="chart-marker hue-{name_of(marker["color"])}" '
        f'd="{MARKERS[marker["symbol"]]}"{small}/></defs>'
    )
    for x, y in zip(trace["x"], trace["y"], strict=True):
        place = f'x="{axes.across(x):.2f}%" y="{axes.down(y):.2f}%"'
        yield f'<use href="#{name}" {place} data-series="{at}"/>'


def _note(axes: Axes, note: dict[str, Any], at: int | None) -> str:
    above = note.get("yref") == "paper"
    y = "0" if above else f"{axes.down(note['y']):.2f}%"
    below = BELOW.get(note.get("yanchor", ""), 15) - note.get("yshift", 0)
    anchor = ANCHORS[note.get("xanchor", "center")]
    series = "" if at is None else f' data-series="{at}"'
    kind = "note headline" if "weight" in note["font"] else "note"
    return (
        f'<text class="{kind} hue-{name_of(note["font"]["color"])}" text-anchor="{anchor}" '
        f'x="{axes.across(note["x"]):.2f}%" y="{y}" dy="{-7 if above else below}"{series}>'
        f"{escape(note['text'])}</text>"
    )


def _empty_note(note: dict[str, Any]) -> str:
    return (
        f'<text class="note hue-{name_of(note["font"]["color"])}" text-anchor="middle" '
        f'x="50%" y="50%">{escape(note["text"])}</text>'
    )


def _hues(trace: Trace) -> str:
    marker = trace["marker"]
    outline = marker["line"].get("color")
    hue = f"hue-{name_of(marker['color'])}"
    return f"{hue} edge-{name_of(outline)}" if outline else hue


def _key_classes(trace: Trace) -> list[str]:
    marker = trace["marker"]
    if trace["type"] == "bar":
        pattern = marker.get("pattern")
        hatching = [f"key-{PATTERN_NAMES[pattern['shape']]}"] if pattern else []
        return ["key-bar", *hatching, *_hues(trace).split()]
    hue = f"hue-{name_of(marker['color'])}"
    if trace["mode"] == "markers":
        return ["key-marker", f"key-{marker['symbol']}", hue]
    dash = DASHES[trace["line"]["dash"]].strip()
    return [f"key-{dash}" if dash else "key-line", hue]
