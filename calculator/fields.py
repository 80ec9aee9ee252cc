"""The kinds of value a scenario document holds, as annotations on the fields of ``scenario.py``.

Each says what is valid; the reader and the JSON Schema are both made from them, so that the two
cannot differ.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

LARGEST_AMOUNT = 1e12
MOST_YEARS = 60
MOST_EVENTS = 500
"""Of one kind: grants, exercises, holdings or sales."""
MOST_CELLS = 10_000_000
"""Of the batch that the arrays of one scenario broadcast to."""
FIRST_DATE = datetime.date(1970, 1, 1)
LAST_DATE = datetime.date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Amount:
    """Dollars, dollars a share, or shares: a finite number, or an array of them in process."""

    signed: bool = False
    nullable: bool = False
    unit: str = "dollars"


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
class Version:
    """The version of the document; a document always says it."""

    this: int


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text of limited length; line breaks only where there may be several lines.

    ``required`` text may not be blank.
    """

    longest: int
    lines: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]
    nullable: bool = False
    refused: tuple[tuple[str, str], ...] = ()
    """Words for what is not modelled, each with the sentence that says so."""


@dataclass(frozen=True, slots=True)
class State:
    """None, or the postal code of the state lived in; a state not modelled is refused by name."""

    modelled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date, ``YYYY-MM-DD``."""

    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list of objects."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Named:
    """The document calls the field by another name, as its own is a word of Python."""

    key: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """The object of the same type further out stands, but for the fields that are given here."""


@dataclass(frozen=True, slots=True)
class NeededWithout:
    """The field may be left out (or null) only if this other field is given."""

    other: str


@dataclass(frozen=True, slots=True)
class Derived:
    """Not part of the document."""


Kind: TypeAlias = Amount | Rate | Limit | Whole | Version | Text | OneOf | State | Date | Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentField:
    """One field of a dataclass, as the document has it."""

    attribute: str
    key: str
    """Its name in the document."""
    kind: Kind | None
    """What value it holds, unless it holds one object or many."""
    nested: Any
    """The dataclass of the object or objects that it holds."""
    many: Many | None
    overrides: bool
    nullable: bool
    needed_without: str
    """Another field of which one or the other must be given; empty for none."""
    required: bool
    default: Any


@cache
def document_fields(of: type) -> tuple[DocumentField, ...]:
    """The fields that the document has for a dataclass, in its order."""
    hints = typing.get_type_hints(of, include_extras=True)
    declared = dataclasses.fields(of)
    made = (_document_field(field, hints[field.name]) for field in declared)
    return tuple(field for field in made if field is not None)


def _document_field(field: dataclasses.Field[Any], hint: Any) -> DocumentField | None:
    marks = {type(mark): mark for mark in getattr(hint, "__metadata__", ())}
    if Derived in marks:
        return None
    kinds = [mark for mark in marks.values() if isinstance(mark, Kind)]
    bare = hint.__origin__ if marks else hint
    alternatives = typing.get_args(bare) if isinstance(bare, types.UnionType) else (bare,)
    default = field.default
    if field.default_factory is not dataclasses.MISSING:
        default = field.default_factory()
    return DocumentField(
        attribute=field.name,
        key=marks[Named].key if Named in marks else field.name,
        kind=kinds[0] if kinds else None,
        nested=None if kinds else typing.get_args(bare)[0] if Many in marks else alternatives[0],
        many=marks.get(Many),
        overrides=Overrides in marks,
        nullable=type(None) in alternatives,
        needed_without=marks[NeededWithout].other if NeededWithout in marks else "",
        required=default is dataclasses.MISSING or Version in marks,
        default=default,
    )
