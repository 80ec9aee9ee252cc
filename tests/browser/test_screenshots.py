"""The pictures of ``docs/images``, which ``make screenshots`` takes anew.

Every other run takes them into a temporary folder, so that taking them keeps working.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext

from tests.browser.bench import Bench

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


@pytest.mark.parametrize(("name", "screen"), [("bench-desktop", DESKTOP), ("bench-phone", PHONE)])
def test_the_bench_can_be_shown_in_the_readme(
    name: str,
    screen: dict[str, Any],
    new_context: Callable[..., BrowserContext],
    tmp_path: Path,
) -> None:
    folder = FOLDER if os.environ.get("SCREENSHOTS") else tmp_path
    folder.mkdir(exist_ok=True)
    bench = Bench(new_context(**screen, color_scheme="light").new_page()).open()

    picture = bench.page.screenshot(
        path=folder / f"{name}.png", animations="disabled", caret="hide"
    )

    scale = screen.get("device_scale_factor", 1)
    assert struct.unpack(">II", picture[16:24]) == (
        screen["viewport"]["width"] * scale,
        screen["viewport"]["height"] * scale,
    )
    assert len(picture) < MOST_BYTES


@pytest.mark.parametrize("name", ["bench-desktop", "bench-phone"])
def test_a_picture_that_the_readme_shows_is_there(name: str) -> None:
    assert 0 < (FOLDER / f"{name}.png").stat().st_size < MOST_BYTES
    assert f"docs/images/{name}.png" in (settings.BASE_DIR / "README.md").read_text("utf-8")
