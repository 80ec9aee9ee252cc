"""The license of the site, and of what it hands to browsers."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders

HTMX = "django_htmx/htmx-2.min.js"
HTMX_VERSION = re.compile(r'version:"([0-9.]+)"')


class Part(NamedTuple):
    """Somebody else's work that a browser gets with ours."""

    name: str
    version: str
    does: str
    license: str
    url: str


@cache
def own_license() -> tuple[str, ...]:
    """The paragraphs of ``LICENSE``."""
    text = (settings.BASE_DIR / "LICENSE").read_text("utf-8")
    return tuple(" ".join(part.split()) for part in text.strip().split("\n\n"))


@cache
def parts() -> tuple[Part, ...]:
    """What is delivered beside our own files."""
    packages = json.loads((settings.BASE_DIR / "package.json").read_text("utf-8"))["dependencies"]
    return (
        Part(
            "plotly.js, basic bundle",
            packages["plotly.js-basic-dist-min"],
            "draws the charts that answer to the mouse, here and in reports that work offline",
            "MIT, © Plotly Technologies Inc.",
            "https://github.com/plotly/plotly.js/blob/master/LICENSE",
        ),
        Part(
            "htmx",
            _version_of_htmx(),
            "sends what is typed and puts the answer into the page",
            "Zero-Clause BSD, © Big Sky Software",
            "https://github.com/bigskysoftware/htmx/blob/master/LICENSE",
        ),
        Part(
            "Inter, the letters and weights that pages use",
            packages["@fontsource-variable/inter"],
            "is the typeface of the pages",
            "SIL Open Font License 1.1, © The Inter Project Authors",
            "https://github.com/rsms/inter/blob/master/LICENSE.txt",
        ),
        Part(
            "webauthn-json, of django-allauth",
            version("django-allauth"),
            "speaks to the browser about passkeys, on the pages for them alone",
            "MIT, © GitHub, Inc.; django-allauth: MIT, © Raymond Penners and contributors",
            "https://github.com/github/webauthn-json/blob/main/LICENSE.md",
        ),
    )


def _version_of_htmx() -> str:
    match = HTMX_VERSION.search(Path(str(finders.find(HTMX))).read_text("utf-8"))
    return match[1] if match else ""
