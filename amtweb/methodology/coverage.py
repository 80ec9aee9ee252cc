"""What is modelled and what is not, from the one place where it is written: ``docs/coverage.md``.

Read here is as much of Markdown as stands there: headings, paragraphs, lists and tables; within
them strong words, code and links, of which the words are kept.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

BULLET = re.compile(r"(?:-|[0-9]+\.) +")
INLINE = re.compile(r"\*\*(?P<strong>.+?)\*\*|`(?P<code>.+?)`|\[(?P<link>[^\]]+)\]\([^)]*\)")
DECISION = re.compile(r" ?\(\[decision [0-9]+\]\([^)]*\)\)")
"""For those who have the project's own documents beside the text."""


class Run(NamedTuple):
    """Words that look alike."""

    kind: str
    """``strong``, ``code``, or empty."""
    text: str


Words = tuple[Run, ...]


def plain(words: Words) -> str:
    """The text alone."""
    return "".join(run.text for run in words)


class Block(NamedTuple):
    """A paragraph, a list (``ordered`` if it is numbered), or a table."""

    kind: str
    items: tuple[Words, ...]
    """Of a table, the first cell of each row."""
    rest: tuple[Words, ...] = ()
    """Of a table, the second one."""


class Section(NamedTuple):
    """A part of the document under its heading."""

    title: str
    blocks: tuple[Block, ...]


@cache
def written() -> tuple[Section, ...]:
    """All sections under their headings."""
    text = (settings.BASE_DIR / "docs" / "coverage.md").read_text("utf-8")
    return tuple(sections(text))[1:]


def limits() -> tuple[Section, ...]:
    """All sections but the first, which is on what is modelled."""
    return written()[1:]


def sections(text: str) -> Iterator[Section]:
    """The sections of a text; the first is what stands before any heading."""
    for number, part in enumerate(re.split(r"(?m)^## ", text)):
        title, _, body = part.partition("\n") if number else ("", "", part)
        yield Section(title.strip(), tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[Block]:
    for chunk in re.split(r"\n{2,}", body.strip()):
        if BULLET.match(chunk):
            kind = "ordered" if chunk[0].isdigit() else "list"
            items = re.split(r"\n(?=(?:-|[0-9]+\.) )", chunk)
            yield Block(kind, tuple(_words(BULLET.sub("", item, count=1)) for item in items))
        elif chunk.startswith("|"):
            _, _, *rows = chunk.splitlines()
            cells = [[_words(cell.strip()) for cell in row.strip("|").split("|")] for row in rows]
            first, second = zip(*cells, strict=True)
            yield Block("table", first, second)
        elif chunk:
            yield Block("paragraph", (_words(chunk),))


def _words(text: str) -> Words:
    flowing = DECISION.sub("", " ".join(text.split()))
    return tuple(_runs(flowing))


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for match in INLINE.finditer(text):
        if match.start() > end:
            yield Run("", text[end : match.start()])
        kind = match.lastgroup or ""
        yield Run("" if kind == "link" else kind, match[kind].replace("`", ""))
        end = match.end()
    if end < len(text):
        yield Run("", text[end:])
