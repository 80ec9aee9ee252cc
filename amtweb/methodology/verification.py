"""The published examples as the page shows them: by kind of source, found by words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from amtweb.scenarios.charts.money_words import MINUS
from calculator.verification import KINDS, REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calculator.verification import Check, Example, Source, Verification

SHOWN: Final = {
    "": "All figures",
    "differs": "Only those that differ",
    "agrees": "Only those that agree",
}
DISPOSITIONS: Final = {
    "qualifying": "qualifying",
    "disqualifying": "disqualifying",
    "disqualifying_same_year": "disqualifying, in the year of exercise",
}
LEAST: Final = 0.005
"""Of a difference that is written, in dollars."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a source beside ours."""

    what: str
    published: str
    footnote: str
    """How the source comes to it: rounded, or by a rule that it states."""
    ours: str
    difference: str
    verdict: str
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownExample:
    """A scenario with its figures."""

    example: Example
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A publication with its scenarios."""

    source: Source
    examples: tuple[ShownExample, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Sources of a kind."""

    slug: str
    title: str
    sources: tuple[ShownSource, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A figure that differs, told by what went wrong."""

    author: str
    row: Row
    example: Example


def kinds_of(checks: Iterable[Check]) -> tuple[Kind, ...]:
    """The figures under their kinds, sources and examples, in the order of the checks."""
    return tuple(
        Kind(kind, KINDS[kind], tuple(_sources(group)))
        for kind, group in groupby(checks, lambda check: check.source.kind)
    )


def _sources(checks: Iterable[Check]) -> Iterator[ShownSource]:
    for source, group in groupby(checks, lambda check: check.source):
        examples = groupby(group, lambda check: check.example)
        yield ShownSource(
            source,
            tuple(ShownExample(example, tuple(map(row_of, each))) for example, each in examples),
        )


def lessons_of(checks: Iterable[Check]) -> tuple[tuple[str, tuple[Lesson, ...]], ...]:
    """What goes wrong elsewhere, under each reason that there is."""
    differing = [check for check in checks if check.figure.differs]
    return tuple(
        (title, found)
        for reason, title in REASONS.items()
        if (
            found := tuple(
                Lesson(check.source.author, row_of(check), check.example)
                for check in differing
                if check.figure.differs and check.figure.differs.reason == reason
            )
        )
    )


def found(verification: Verification, words: str, kind: str, shown: str) -> tuple[Check, ...]:
    """The figures of a kind and verdict that have all the words somewhere."""
    wanted = words.casefold().split()
    return tuple(
        check
        for check in verification.checks
        if kind in ("", check.source.kind)
        and (not shown or (check.verdict == "agrees") == (shown == "agrees"))
        and all(word in _text_of(check) for word in wanted)
    )


def _text_of(check: Check) -> str:
    source, differs = check.source, check.figure.differs
    parts = (
        source.title,
        source.author,
        source.states,
        check.example.title,
        check.figure.what,
        differs.why if differs else "",
        str(source.year),
    )
    return " ".join(parts).casefold()


def row_of(check: Check) -> Row:
    """A figure in words."""
    figure, difference = check.figure, check.difference
    differs = figure.differs
    return Row(
        what=figure.what,
        published=_amount(figure.published),
        footnote=_footnote(figure.rounded_to, by_rule=figure.by_rule),
        ours=_amount(check.ours),
        difference="" if difference is None or abs(difference) < LEAST else _signed(difference),
        verdict=check.verdict,
        reason=REASONS[differs.reason] if differs else "",
        why=differs.why if differs else "",
    )


def _footnote(rounded_to: float, *, by_rule: bool) -> str:
    rounded = f"rounded to {_amount(rounded_to)}" if rounded_to else ""
    return ", ".join(filter(None, ("by its rule" if by_rule else "", rounded)))


def _amount(value: float | str) -> str:
    if isinstance(value, str):
        return DISPOSITIONS.get(value, value)
    return f"{MINUS if round(value, 2) < 0 else ''}${_digits(value)}"


def _signed(value: float) -> str:
    return f"{MINUS if value < 0 else '+'}{_digits(value)}"


def _digits(value: float) -> str:
    cents = f"{abs(value):,.2f}"
    return cents.removesuffix(".00")
