"""The tokens of the style sheets: all is seen, by everyone, and nothing goes past them."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from django.conf import settings

from amtweb.scenarios.charts import palette

if TYPE_CHECKING:
    from pathlib import Path

Colour = npt.NDArray[np.float64]

STYLES = settings.BASE_DIR / "static" / "css"
THEMES = ("light", "dark")
WORDS_STAND_OUT = 4.5
MARKS_STAND_OUT = 3.0
"""WCAG 2.2, 1.4.3 and 1.4.11."""
APART = 0.08
"""In the OKLab space, in which black and white are 1 apart and 0.02 is just seen."""
APART_IN_LINES = 0.05
"""Where each line has a dashing of its own besides."""
SIGHT: dict[str, list[list[float]]] = {
    "full": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""Machado, Oliveira and Fernandes (2009), in linear light."""

SURFACES = ("paper", "ground", "sunken")
CHART_SURFACES = ("paper", "ground", "chart-paper")
WASHES = ("accent-wash", "warn-wash", "good-wash")
WORDS = [
    *((word, on) for word in ("ink", "ink-soft", "accent", "warn", "good") for on in SURFACES),
    *(("ink", on) for on in (*WASHES, "map-1", "map-2", "map-3", "map-4")),
    *(("ink-soft", on) for on in WASHES),
    *((wash.removesuffix("-wash"), wash) for wash in WASHES),
    ("accent-ink", "accent"),
    ("map-ink", "map-5"),
    ("map-ink", "map-6"),
    *((f"chart-{word}", on) for word in ("ink", "quiet", "eroded") for on in CHART_SURFACES),
]
IN_ONE_CHART = {
    "the credit": ("credit", "used", "eroded", "ink"),
    "the two taxes": ("regular", "minimum", "used", "ink"),
    "federal tax by kind": ("regular", "minimum", "investment", "medicare", "used", "total"),
    "capital losses": ("regular-loss", "amt-loss"),
    "a sale at many prices": ("regular", "minimum", "used", "credit", "total"),
    "what is compared": ("compared-a", "compared-b", "compared-c", "compared-d"),
}
IN_ONE_CURVE = {
    "pairing": ("regular", "used", "minimum", "investment", "state", "eroded", "total"),
}


def tokens(theme: str) -> dict[str, str]:
    sheet = (STYLES / "site.css").read_text("utf-8")
    found = re.findall(r"--([a-z0-9-]+): light-dark\((#\w{6}), (#\w{6})\);", sheet)
    assert len(found) > 40
    return {name: (light, dark)[theme == "dark"] for name, light, dark in found}


def linear(colour: str) -> Colour:
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    lights = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) + 0.05 for c in (one, other))
    return lights[1] / lights[0]


def oklab(light: Colour) -> Colour:
    """Björn Ottosson's space, in which distances are about as large as they look."""
    to_cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    to_lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.array(to_lab) @ np.cbrt(np.clip(np.array(to_cones) @ light, 0, None))


def apart(one: str, other: str) -> float:
    """As the two look to whoever tells them apart the least."""

    def seen(colour: str, sight: str) -> Colour:
        return oklab(np.clip(np.array(SIGHT[sight]) @ linear(colour), 0, 1))

    return min(float(np.linalg.norm(seen(one, who) - seen(other, who))) for who in SIGHT)


def look_alike(names: tuple[str, ...], theme: str, least: float) -> dict[tuple[str, str], float]:
    hues = tokens(theme)
    distances = {
        (one, other): apart(hues[f"chart-{one}"], hues[f"chart-{other}"])
        for one, other in combinations(names, 2)
    }
    return {pair: distance for pair, distance in distances.items() if distance < least}


def own_hues() -> list[str]:
    """Of the palette, what stands out by itself; a tint has its outline."""
    named = [value for value in vars(palette).values() if isinstance(value, str)]
    hues = [palette.name_of(value) for value in (*named, *palette.COMPARED) if "var(" in value]
    return sorted({hue for hue in hues if hue not in ("grid", "paper") and "-tint" not in hue})


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_what_they_are_on(theme: str) -> None:
    found = tokens(theme)
    ratios = {(word, on): contrast(found[word], found[on]) for word, on in WORDS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < WORDS_STAND_OUT} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_borders_of_controls_and_what_charts_draw_stand_out_from_the_page(theme: str) -> None:
    found = tokens(theme)
    marks = ["line-strong", "accent", "warn", "good", *(f"chart-{hue}" for hue in own_hues())]
    ratios = {(mark, on): contrast(found[mark], found[on]) for mark in marks for on in SURFACES}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < MARKS_STAND_OUT} == {}


@pytest.mark.parametrize("chart", IN_ONE_CHART)
@pytest.mark.parametrize("theme", THEMES)
def test_no_two_of_a_chart_look_alike_to_anyone(theme: str, chart: str) -> None:
    assert look_alike(IN_ONE_CHART[chart], theme, APART) == {}


@pytest.mark.parametrize("chart", IN_ONE_CURVE)
@pytest.mark.parametrize("theme", THEMES)
def test_no_two_lines_of_a_panel_look_alike_to_anyone(theme: str, chart: str) -> None:
    assert look_alike(IN_ONE_CURVE[chart], theme, APART_IN_LINES) == {}


def test_two_that_do_look_alike_would_be_noticed() -> None:
    assert apart("#b84a3a", "#6f7a1f") < APART_IN_LINES


def test_no_two_meanings_have_one_colour() -> None:
    for theme in THEMES:
        hues = [name for name in own_hues() if name not in ("ink", "compared-a")]
        assert len({tokens(theme)[f"chart-{hue}"] for hue in hues}) == len(hues)


def test_every_hue_has_a_class_that_draws_it() -> None:
    rules = (STYLES / "charts.css").read_text("utf-8")
    assert [hue for hue in own_hues() if f".hue-{hue} {{" not in rules] == []


COLOUR_OF_ITS_OWN = re.compile(
    r"#[0-9a-f]{3,8}\b(?=[\s;,)])|\b(?:rgba?|hsla?|oklch)\(|(?<=[:\s])(?:white|black|gr[ae]y|red)\b"
)
PAPER_SHEETS = ("report.css", "proposal.css")
"""Also of the PDFs, which know no tokens: their colours are custom properties at their top."""


def sheets() -> list[Path]:
    return sorted(STYLES.glob("*.css"))


def declarations(sheet: Path) -> list[tuple[str, str]]:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    rules = re.sub(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", rules)
    return re.findall(r"(?<=[{;\s])([a-z-]+):\s+([^;{}]+)(?=[;}])", rules)


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)
def test_a_style_sheet_names_colours_and_has_none_of_its_own(sheet: Path) -> None:
    may = sheet.name in ("site.css", *PAPER_SHEETS)
    own = [
        (name, value)
        for name, value in declarations(sheet)
        if COLOUR_OF_ITS_OWN.search(value.lower()) and not (may and name.startswith("--"))
    ]
    assert own == []


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)
def test_a_style_sheet_has_only_the_sizes_of_the_type_scale(sheet: Path) -> None:
    """On paper they are in points, and what stands in words has theirs."""
    if sheet.name in PAPER_SHEETS:
        return
    sizes = [value for name, value in declarations(sheet) if name == "font-size"]
    own = [
        size
        for size in sizes
        if not re.fullmatch(r"var\(--text-[\w-]+\)|inherit|[\d.]+(em|pt)", size)
    ]
    assert own == []


def test_every_token_that_is_named_is_there() -> None:
    """A custom property that is not, leaves its declaration without effect, and silently."""
    rules = {sheet.name: sheet.read_text("utf-8") for sheet in sheets()}
    there = set(re.findall(r"(--[\w-]+):", "\n".join(rules.values())))
    named = {(sheet, name) for sheet, text in rules.items()
             for name in re.findall(r"var\((--[\w-]+)\)", text)}  # fmt: skip
    assert {place for place in named if place[1] not in there} == set()
