"""Static files of the site that stand within a page, and the digests by which its policy allows
them.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

NEIGHBOUR = re.compile(r'url\("(\.\.?/[^"]+)"\)')
"""Another static file, as a style sheet names it: from where the style sheet is."""


class InlineFile(NamedTuple):
    """What stands between the tags of an element, and its digest for the policy."""

    text: SafeString
    digest: str


@cache
def inline_file(*names: str) -> InlineFile:
    """Static files, one after the other, as an element holds them.

    What a style sheet names by where it is itself, is named by its address on the site.

    Raises:
        ValueError: One of them would end its element, or begin a comment in it.
    """
    text = "\n".join(map(_text_of, names))
    # A browser reads other line ends as these, and digests what it has read.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for end in ("</script", "</style", "<!--"):
        if end in text.lower():
            raise ValueError(f"{names} cannot stand within a page: {end}")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return InlineFile(mark_safe(text), f"'sha256-{digest}'")  # noqa: S308  (looked at, and ours)


def _text_of(name: str) -> str:
    text = Path(str(finders.find(name))).read_text("utf-8")
    if not name.endswith(".css"):
        return text
    folder = posixpath.dirname(name)
    return NEIGHBOUR.sub(
        lambda named: f'url("{static(posixpath.normpath(posixpath.join(folder, named[1])))}")', text
    )
