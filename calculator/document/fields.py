"""The kinds of value a scenario document holds, as annotations on the fields of ``scenario.py``.

Each says what is valid; the reader and the JSON Schema are both made from them, so that the two
cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """Dollars, dollars a share, or shares: a finite number, or an array of them in process."""

    signed: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """A fraction (0.26), never an array."""

    least: float = -0.5
    most: float = 1.0


@dataclass(frozen=True, slots=True)
class Limit:
    """Dollars that are part of a rule, hence never an array."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text of limited length; line breaks only where there may be several lines."""

    longest: int
    lines: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date, ``YYYY-MM-DD``."""


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""
