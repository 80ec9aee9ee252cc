"""The gallery: worked examples to start from, and what each of them shows.

The documents are ordinary scenario documents: those of publications are the calculator's, which
checks them against what is published; ours lie beside ``gallery.toml``, which has the words about
all of them, each amount with the place that it was read from.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from calculator.verification import sources

DEFAULT: Final = "way-back"
"""The slug of the example that the front page opens on."""

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount that an example says in words."""

    amount: float
    at: str
    """Where the document or the result has it, like ``result.years.2026.amt``; years and
    identifiers stand for places in lists."""
    of: str
    """The slug of the example whose document or result it is."""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example."""

    slug: str
    title: str
    """Of the document."""
    question: str
    """Which the examples that stand together answer."""
    lesson: str
    """What is learnt from it, in one line."""
    shows: str
    """What it shows, in plain sentences with the decisive amounts."""
    source: str
    """The publication that it follows, in words; empty if it is our own."""
    figures: tuple[Figure, ...]
    """The amounts of ``lesson`` and ``shows``."""
    text: str
    """The scenario document as JSON text."""

    @property
    def document(self) -> dict[str, Any]:
        """The scenario document, the caller's own to change."""
        document: dict[str, Any] = json.loads(self.text)
        return document


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the order in which they are offered."""
    with (FOLDER / "gallery.toml").open("rb") as file:
        return tuple(_example(entry) for entry in tomllib.load(file)["example"])


def example(slug: str) -> Example:
    """The example of that slug, offered or published.

    Raises:
        KeyError: There is none.
    """
    return _by_slug()[slug]


@cache
def _by_slug() -> dict[str, Example]:
    return _published() | {each.slug: each for each in examples()}


@cache
def _published() -> dict[str, Example]:
    """Every example that the calculator is checked against; most are too small to be offered."""
    return {
        example.id: Example(
            slug=example.id,
            title=example.title,
            question="",
            lesson=example.title,
            shows=source.states,
            source=f"{source.author}, {source.title}",
            figures=(),
            text=example.text,
        )
        for source in sources()
        for example in source.examples
    }


def _example(entry: dict[str, Any]) -> Example:
    slug, figures = entry["slug"], entry["figures"]
    published = _published().get(slug)
    text = published.text if published else (FOLDER / f"{slug}.json").read_text(encoding="utf-8")
    amounts = {name: figure["is"] for name, figure in figures.items()}
    return Example(
        slug=slug,
        title=json.loads(text)["title"],
        question=entry["question"],
        lesson=entry["lesson"].format_map(amounts),
        shows=entry["shows"].strip().format_map(amounts),
        source=entry.get("source", ""),
        figures=tuple(
            Figure(figure["is"], figure["at"], figure.get("of", slug))
            for figure in figures.values()
        ),
        text=text,
    )
