"""How an address names what is compared: ``way~years.2026.wages=250000``.

A reference is what it starts from, and up to ten changes after tildes.  It starts from a scenario's
draft (its id), one of its revisions (``id@3``), what the visitor works on (``bench``) or a worked
example (``example:slug``).  A change names a field as the document does, with the year or the id
of a row, or ``*`` for all rows, and the value: ``law.path=sunset``, ``sales.*.price=x0.9``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CHANGES = 10
LONGEST = 500
LONGEST_VALUE = 40
BENCH = "bench"
EXAMPLE = "example:"
EVERY = "*"
WITHOUT = "none"
"""The value of a row that is left out."""
ROWS = ("years", "grants", "exercises", "holdings", "sales")

_SAVED = re.compile("(?P<id>[A-Za-z0-9_-]{1,32})(?:@(?P<number>[1-9][0-9]{0,8}))?")
_SLUG = re.compile("[a-z0-9-]{1,60}")
_ROW = re.compile(r"\*|[A-Za-z0-9_-]{1,64}")
_FIELD = re.compile(r"[a-z0-9_]{1,50}(?:\.[a-z0-9_]{1,50}){0,3}")
_PRINTABLE = re.compile("[^\x00-\x1f\x7f-\x9f~\ud800-\udfff]{1,40}")


class UnreadableError(ValueError):
    """The text is no reference; the message is for the person at the page."""


class Change(NamedTuple):
    """A field and what is put there; without a field, the row as a whole."""

    rows: str
    """Which list the row is in; empty for a field of the scenario itself."""
    row: str
    """A year, an id, or all."""
    field: str
    value: str

    @property
    def name(self) -> str:
        """The field as an address has it."""
        return ".".join(part for part in (self.rows, self.row, self.field) if part)

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Reference(NamedTuple):
    """What an address names."""

    start: str
    """``bench``, or the id of a scenario, or the slug of an example."""
    number: int | None
    """Of the revision; None for the draft."""
    is_example: bool
    changes: tuple[Change, ...]

    @property
    def base(self) -> str:
        """The reference without its changes."""
        if self.is_example:
            return f"{EXAMPLE}{self.start}"
        return self.start if self.number is None else f"{self.start}@{self.number}"

    def __str__(self) -> str:
        return "~".join((self.base, *map(str, self.changes)))

    def changed(self, change: Change) -> Reference:
        """With a change more, in the place of one of the same field.

        Raises:
            UnreadableError: There would be too many.
        """
        kept = tuple(each for each in self.changes if each.name != change.name)
        if len(kept) >= MOST_CHANGES:
            raise UnreadableError(f"A variant has at most {MOST_CHANGES} changes.")
        return self._replace(changes=(*kept, change))


def read_reference(text: str) -> Reference:
    """The reference that the text is.

    Raises:
        UnreadableError: It is none.
    """
    if len(text) > LONGEST:
        raise UnreadableError("That is too long to name a scenario.")
    base, *changes = text.split("~")
    if len(changes) > MOST_CHANGES:
        raise UnreadableError(f"A variant has at most {MOST_CHANGES} changes.")
    read = tuple(map(read_change, changes))
    if len({each.name for each in read}) < len(read):
        raise UnreadableError("A field is changed twice.")
    if base.startswith(EXAMPLE) and _SLUG.fullmatch(slug := base.removeprefix(EXAMPLE)):
        return Reference(slug, None, is_example=True, changes=read)
    saved = _SAVED.fullmatch(base)
    if saved is None or (saved["id"] == BENCH and saved["number"]):
        raise UnreadableError("That names no scenario.")
    number = int(saved["number"]) if saved["number"] else None
    return Reference(saved["id"], number, is_example=False, changes=read)


def read_change(text: str) -> Change:
    """The change that the text is; whether there is such a field is not looked at.

    Raises:
        UnreadableError: It is none.
    """
    name, equals, value = text.partition("=")
    if not equals or not _PRINTABLE.fullmatch(value):
        raise UnreadableError("A change has a field and a value, such as law.path=sunset.")
    rows, row, field = "", "", name
    if name.partition(".")[0] in ROWS:
        rows, row, field = (*name.split(".", 2), "", "")[:3]
        if not _ROW.fullmatch(row) or (not field and value != WITHOUT):
            raise UnreadableError("A change of a row names its year or its id, and a field.")
    if not _FIELD.fullmatch(field) and not (rows and not field):
        raise UnreadableError("A change names a field, such as law.path.")
    return Change(rows, row, field, value)


def in_a_log(references: Iterable[Reference]) -> list[str]:
    """What a firm's log calls those that are not everybody's, each once."""
    names = (
        "the bench" if each.start == BENCH else f"scenario {each.start}"
        for each in references
        if not each.is_example
    )
    return list(dict.fromkeys(names))
