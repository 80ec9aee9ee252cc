"""The pictures of ``docs/images``, which ``make screenshots`` takes anew.

Every other run takes them into a temporary folder, so that taking them keeps working.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext

FOLDER = settings.BASE_DIR / "docs" / "images"
MOST_BYTES = 250_000
"""What a reader of the README should have to wait for."""

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


class Picture(NamedTuple):
    """A page as it is shown in the documents."""

    address: str
    screen: dict[str, Any]

    @property
    def size(self) -> tuple[int, int]:
        scale = self.screen.get("device_scale_factor", 1)
        viewport = self.screen["viewport"]
        return viewport["width"] * scale, viewport["height"] * scale


PICTURES = {
    "landing": Picture("/", DESKTOP),
    "planner-desktop": Picture("/planner/", DESKTOP),
    "planner-phone": Picture("/planner/", PHONE),
    "explorer": Picture("/explorer/", DESKTOP),
    "concept": Picture("/learn/erosion/", DESKTOP),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_page_can_be_shown_in_the_readme(
    name: str, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    folder = FOLDER if os.environ.get("SCREENSHOTS") else tmp_path
    folder.mkdir(exist_ok=True)
    address, screen = PICTURES[name]
    page = new_context(**screen, color_scheme="light").new_page()
    page.goto(address)

    picture = page.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")

    assert page.locator("h1").is_visible()
    assert size_of(picture) == PICTURES[name].size
    assert len(picture) < MOST_BYTES


def test_the_readme_shows_the_pictures_that_are_taken_and_no_others() -> None:
    readme = (settings.BASE_DIR / "README.md").read_text("utf-8")
    shown = re.findall(r"docs/images/([a-z-]+)\.png", readme)

    assert sorted({*shown}) == sorted(PICTURES)
    assert {path.stem for path in FOLDER.iterdir()} == {*PICTURES}
    for name, picture in PICTURES.items():
        kept = (FOLDER / f"{name}.png").read_bytes()
        assert size_of(kept) == picture.size
        assert len(kept) < MOST_BYTES


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height
