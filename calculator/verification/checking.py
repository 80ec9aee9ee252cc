"""Computes every published example again, and compares."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from calculator import ENGINE_VERSION, evaluate, parse_scenario
from calculator.law import law_label, law_reviewed, law_version
from calculator.verification.published import EXACT, Example, Figure, Source, sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Verdict = Literal["agrees", "differs as explained", "differs"]
AGREES: Final = "agrees"
EXPLAINED: Final = "differs as explained"
DIFFERS: Final = "differs"
SIGNS: Final = re.compile(r" ([+-]) ")
NUMBER: Final = re.compile(r"[0-9]+(?:[.][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Check:
    """A figure with ours beside it."""

    source: Source
    example: Example
    figure: Figure
    ours: float | str
    verdict: Verdict

    @property
    def difference(self) -> float | None:
        """Ours less theirs; None for words."""
        if isinstance(self.ours, str) or isinstance(self.figure.published, str):
            return None
        return self.ours - self.figure.published

    def to_dict(self) -> dict[str, Any]:
        """As the command line prints it."""
        differs = self.figure.differs
        return {
            "source": self.source.slug,
            "example": self.example.id,
            "figure": self.figure.what,
            "at": self.figure.at,
            "published": self.figure.published,
            "ours": self.ours,
            "verdict": self.verdict,
            "reason": differs.reason if differs else None,
            "why": differs.why if differs else None,
        }


@dataclass(frozen=True, slots=True)
class Verification:
    """All figures, with what computed them."""

    checks: tuple[Check, ...]
    engine_version: str
    law_version: str
    law_label: str
    law_reviewed: date

    def count(self, verdict: Verdict | None = None) -> int:
        """How many figures there are, or how many of a verdict."""
        counted = Counter(check.verdict for check in self.checks)
        return counted[verdict] if verdict else counted.total()

    @property
    def is_sound(self) -> bool:
        """Whether no difference is left unexplained."""
        return not self.count(DIFFERS)

    def to_dict(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "engine_version": self.engine_version,
            "law_version": self.law_version,
            "law_reviewed": self.law_reviewed.isoformat(),
            "sources": len({check.source.slug for check in self.checks}),
            "figures": self.count(),
            "agree": self.count(AGREES),
            "differ_as_explained": self.count(EXPLAINED),
            "differ": self.count(DIFFERS),
            "checks": [check.to_dict() for check in self.checks],
        }


@cache
def verify() -> Verification:
    """Computes all examples; once in a process, since nothing in it can change."""
    return Verification(
        checks=tuple(check for source in sources() for check in _checks(source)),
        engine_version=ENGINE_VERSION,
        law_version=law_version(),
        law_label=law_label(),
        law_reviewed=law_reviewed(),
    )


def _checks(source: Source) -> list[Check]:
    results = {
        example.id: evaluate(parse_scenario(example.document)).to_dict()
        for example in source.examples
    }
    return [
        Check(source, example, figure, ours, verdict_on(figure, ours))
        for example in source.examples
        for figure in example.figures
        for ours in [value_at(figure.at, example.id, results)]
    ]


def verdict_on(figure: Figure, ours: float | str) -> Verdict:
    """Whether ours is what the source states, or what the explanation says it to be."""
    if _same(figure.published, ours, figure.tolerance):
        return DIFFERS if figure.differs else AGREES
    if figure.differs and _same(figure.differs.ours, ours, EXACT):
        return EXPLAINED
    return DIFFERS


def _same(stated: float | str, ours: float | str, tolerance: float) -> bool:
    if isinstance(stated, str) or isinstance(ours, str):
        return stated == ours
    return abs(ours - stated) <= tolerance


def value_at(at: str, example: str, results: Mapping[str, Any]) -> float | str:
    """What the results have at a path, or at several that are added and taken off."""
    first, *rest = SIGNS.split(at)
    value: float | str = _term(first, example, results)
    for sign, term in zip(rest[::2], rest[1::2], strict=True):
        amount = _term(term, example, results)
        value = value - amount if sign == "-" else value + amount
    return value


def _term(term: str, example: str, results: Mapping[str, Any]) -> Any:
    if NUMBER.fullmatch(term):
        return float(term)
    of, colon, path = term.rpartition(": ")
    place = results[of if colon else example]
    *steps, last = path.split(".")
    for step in steps:
        place = _step(place, step)
    # A line that a form tells one to skip counts as nothing.
    return place.get(last, 0.0) if "forms" in steps else _step(place, last)


def _step(place: Any, step: str) -> Any:
    if isinstance(place, dict):
        return place[step]
    (found,) = (item for item in place if step in (item.get("id"), str(item.get("year"))))
    return found
