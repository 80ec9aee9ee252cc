"""The timeline on paper."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree import ElementTree as Xml

from amtweb.reports.drawings import WIDTH
from amtweb.reports.timeline_drawing import timeline_drawing
from amtweb.scenarios.lots.section import lots_section
from calculator import parse_scenario

SVG = "{http://www.w3.org/2000/svg}"
DOCUMENT: dict[str, Any] = {
    "schema_version": 1,
    "years": [{"year": 2025}, {"year": 2026}],
    "grants": [
        {"id": "g", "label": "A & <b>", "kind": "iso", "date": "2024-01-05", "shares": 9}
        | {"strike": 1, "employment_ended": "2026-02-02"}
    ],
    "exercises": [
        {"id": "e", "grant": "g", "date": "2025-06-01", "shares": 9, "fair_market_value": 5}
    ],
    "sales": [
        {"id": "s1", "from": "e", "date": "2026-05-01", "shares": 1, "price": 6},
        {"id": "s2", "from": "e", "date": "2026-07-01", "shares": 1, "price": 6},
    ],
}


def drawn() -> Xml.Element:
    section = lots_section(parse_scenario(DOCUMENT), today=date(2026, 3, 3))
    assert section is not None
    return Xml.fromstring(timeline_drawing(section.timeline))  # noqa: S314  (our own)


def test_it_needs_no_style_sheet() -> None:
    assert not [e for e in drawn().iter() if "class" in e.attrib or "style" in e.attrib]
    shapes = [e for e in drawn().iter() if e.tag in (f"{SVG}path", f"{SVG}rect")]
    assert all("fill" in e.attrib for e in shapes)


def test_everything_is_within_the_drawing() -> None:
    places = [
        float(e.attrib[name])
        for e in drawn().iter()
        for name in ("x", "x1", "x2")
        if name in e.attrib
    ]

    assert all(0 <= place <= WIDTH for place in places)


def test_names_and_both_kinds_of_sale_are_in_it() -> None:
    words = [e.text for e in drawn().iter(f"{SVG}text")]

    assert "A & <b>" in words
    assert "Sold: qualifying" in words
    assert "Sold too early: disqualifying" in words
