"""The colours of what is compared stand out from the page, and from one another for everyone."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from django.conf import settings

Colour = npt.NDArray[np.float64]

LEAST_CONTRAST = 3.0
LEAST_APART = 0.1
"""In the OKLab space, in which black and white are 1 apart and 0.02 is just seen."""
PAPER = {"light": "#ffffff", "dark": "#16191d"}
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


def colours(theme: str) -> list[str]:
    """Of A to D, as the style sheet has them."""
    sheet = (settings.BASE_DIR / "static" / "css" / "comparing.css").read_text("utf-8")
    pairs = re.findall(r"--chart-compared-[a-d]: light-dark\((#\w{6}), (#\w{6})\)", sheet)
    assert len(pairs) == 4
    return [pair[theme == "dark"] for pair in pairs]


@pytest.mark.parametrize("theme", PAPER)
def test_each_stands_out_from_the_page(theme: str) -> None:
    for colour in colours(theme):
        assert contrast(colour, PAPER[theme]) >= LEAST_CONTRAST


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", PAPER)
def test_no_two_look_alike_to_anyone(theme: str, sight: str) -> None:
    seen = [oklab(np.clip(np.array(SIGHT[sight]) @ linear(c), 0, 1)) for c in colours(theme)]

    for one, other in combinations(seen, 2):
        assert float(np.linalg.norm(one - other)) >= LEAST_APART


def test_two_that_do_look_alike_would_be_noticed() -> None:
    red, green = (
        oklab(np.clip(np.array(SIGHT["deuteranopia"]) @ linear(c), 0, 1))
        for c in ("#b84a3a", "#6f7a1f")
    )

    assert float(np.linalg.norm(red - green)) < LEAST_APART
