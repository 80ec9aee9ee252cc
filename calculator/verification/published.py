"""The published examples: who states which figures, and of which scenario.

One JSON file a source.  A figure's ``at`` says where the result has it: ``years.2024.amt``, where
years and identifiers stand for places in lists.  Several may be added and taken off, ``a + b - c``;
a plain number stands for itself, and ``other: years.2024.amt`` is of another example of the source.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).with_name("sources")
KINDS: Final = {
    "irs": "The Internal Revenue Service",
    "court": "Courts",
    "article": "Articles and books",
    "forum": "Questions and answers",
    "program": "Calculators and tests of programs",
}
"""In the order in which they are shown."""
REASONS: Final = {
    "law": "Another rule or amount than the law’s",
    "other year": "Another year’s amounts",
    "arithmetic": "An error of arithmetic",
    "estimate": "An estimate made before the amounts were published",
    "rounding": "Rounding",
    "simplification": "Something is left out",
}
"""Why a figure can differ."""
EXACT: Final = 0.01
"""What a figure may be off that its source does not round, in dollars."""
HALF: Final = 0.5
LONGEST_TITLE: Final = 120


@dataclass(frozen=True, slots=True)
class Difference:
    """Why a published figure is not ours."""

    reason: str
    """One of ``REASONS``."""
    why: str
    ours: float
    """What it is by law; if it is computed otherwise, nothing is explained."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a source states."""

    what: str
    at: str
    published: float | str
    rounded_to: float
    """Of the source, in dollars; 0 if it does not round."""
    by_rule: bool
    """The source states the rule, and not this figure that follows from it."""
    differs: Difference | None

    @property
    def tolerance(self) -> float:
        """How far ours may be off for both to be the same amount."""
        return self.rounded_to * HALF + EXACT


@dataclass(frozen=True, slots=True)
class Example:
    """A scenario of a source, with what the source states about it."""

    id: str
    title: str
    filled_in: str
    """What the source leaves open and a scenario needs; empty if nothing."""
    figures: tuple[Figure, ...]
    follows: dict[str, Any]
    """Parts of the result that the source does not state, but that follow from the forms."""
    tolerance: float
    """What those may be off."""
    text: str
    """The scenario document as JSON text."""

    @property
    def document(self) -> dict[str, Any]:
        """The scenario document, the caller's own to change."""
        document: dict[str, Any] = json.loads(self.text)
        return document


@dataclass(frozen=True, slots=True)
class Source:
    """A publication."""

    slug: str
    kind: str
    """One of ``KINDS``."""
    title: str
    author: str
    year: int
    """Of publication, or when it was read."""
    url: str
    states: str
    """What it states, in our words."""
    examples: tuple[Example, ...]


@cache
def sources() -> tuple[Source, ...]:
    """All of them, by kind."""
    found = [_source(path) for path in sorted(FOLDER.glob("*.json"))]
    return tuple(sorted(found, key=lambda each: list(KINDS).index(each.kind)))


def _source(path: Path) -> Source:
    entry = json.loads(path.read_text(encoding="utf-8"))
    examples = tuple(_example(example, entry) for example in entry.pop("examples"))
    return Source(slug=path.stem, examples=examples, **entry)


def _example(entry: dict[str, Any], source: dict[str, Any]) -> Example:
    filled_in = entry.get("filled_in", "")
    words = {
        "title": entry["title"][:LONGEST_TITLE],
        "notes": f"{source['author']}: {source['title']}. {filled_in}".strip(),
    }
    return Example(
        id=entry["id"],
        title=entry["title"],
        filled_in=filled_in,
        figures=tuple(_figure(figure) for figure in entry["figures"]),
        follows=entry.get("follows", {}),
        tolerance=entry.get("tolerance", EXACT),
        text=json.dumps({"schema_version": 1} | words | entry["document"]),
    )


def _figure(entry: dict[str, Any]) -> Figure:
    differs = entry.get("differs")
    return Figure(
        what=entry["what"],
        at=entry["at"],
        published=entry["published"],
        rounded_to=entry.get("rounded_to", 0.0),
        by_rule=entry.get("by_rule", False),
        differs=Difference(**differs) if differs else None,
    )
