from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

import pytest

from amtweb.reports.drawings import HEIGHT, SVG, WIDTH, drawing, light_colours
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.charts import Figure, figures
from amtweb.scenarios.gallery import examples

FIGURES = [
    pytest.param(figure, id=f"{example.slug}-{figure.id}")
    for example in examples()
    for figure in figures(result_of(example.document))
]
ALLOWED = {"svg", "title", "rect", "text", "g", "defs", "pattern", "path", "line"}


def drawn(figure: Figure, *, titled: bool = True) -> Xml.Element:
    return Xml.fromstring(drawing(figure, titled=titled))  # noqa: S314


@pytest.mark.parametrize("figure", FIGURES)
def test_a_drawing_needs_no_style_sheet_and_no_script(figure: Figure) -> None:
    text = drawing(figure, titled=True)

    assert {element.tag.removeprefix(f"{{{SVG}}}") for element in drawn(figure).iter()} <= ALLOWED
    assert not re.search(r"var\(|class=|style=|[0-9]%|href|light-dark|\bNaN\b", text)
    colours = {*light_colours().values(), "none"}
    for colour in re.findall(r'(?:fill|stroke)="([^"]+)"', text):
        assert colour in colours or re.fullmatch(r"url\(#pattern-[a-z-]+\)", colour)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_bar_is_drawn_within_the_picture(figure: Figure) -> None:
    root = drawn(figure)
    bars = sum(
        1
        for trace in figure.spec["data"]
        if trace["type"] == "bar"
        for amount in trace["y"]
        if amount
    )
    *_, plot = root.iterfind(f"{{{SVG}}}g")
    rects = [e for e in plot if e.tag.endswith("rect") and not e.get("fill", "").startswith("url")]

    assert len(rects) == bars
    _, top = map(float, re.findall(r"[0-9.]+", plot.get("transform", "")))
    for rect in rects:
        assert 0 <= float(rect.get("x", "")) <= WIDTH
        assert float(rect.get("y", "")) + float(rect.get("height", "")) + top <= HEIGHT


@pytest.mark.parametrize("figure", FIGURES)
def test_a_hatching_has_its_pattern(figure: Figure) -> None:
    text = drawing(figure, titled=True)

    patterns = re.findall(r'<pattern id="([^"]+)"', text)
    assert len(set(patterns)) == len(patterns)
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= {*patterns}


@pytest.mark.parametrize("figure", FIGURES)
def test_a_drawing_says_what_it_shows(figure: Figure) -> None:
    root = drawn(figure)

    (title,) = root.iterfind(f"{{{SVG}}}title")
    assert title.text == f"{figure.title}. {figure.sentence}"
    texts = [element.text for element in root.iter(f"{{{SVG}}}text")]
    assert texts[0] == figure.title
    assert {trace["name"] for trace in figure.spec["data"]} <= {*texts}
    assert figure.title not in [e.text for e in drawn(figure, titled=False).iter(f"{{{SVG}}}text")]
