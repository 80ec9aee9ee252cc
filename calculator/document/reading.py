"""What comes up while a document is read, and the words in which it is said."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from calculator.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

UNREAD: Final[Any] = object()
"""Stands where the document holds something that could not be read."""

MOST_SUGGESTIONS: Final = 50
"""Names compared with the known ones in one document: comparing is slow."""

LONGEST_SHOWN: Final = 64
"""Characters of the document's text that a path or a message repeats."""

# Control characters, surrogates, and the code points that Unicode keeps out of all text.
NOT_TEXT = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]"
)


class Reading:
    """What comes up while one document is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.shapes: list[tuple[str, tuple[int, ...]]] = []
        """The path and shape of each array."""
        self.standing: dict[type, object] = {}
        """The object of each type that overrides further in start from."""
        self._suggestions = 0

    def refuse(self, path: str, key: str, message: str, *, unsupported: bool = False) -> Any:
        """Notes a problem with a field, and gives what stands in its place."""
        self.problems.append(
            Problem(path=joined(path, key), message=message, unsupported=unsupported)
        )
        return UNREAD

    def suggestion(self, name: str, known: Iterable[str]) -> str:
        """The end of a sentence about an unknown name: perhaps what was meant, and a full stop."""
        self._suggestions += 1
        if self._suggestions > MOST_SUGGESTIONS or len(name) > LONGEST_SHOWN:
            return "."
        near = difflib.get_close_matches(name, known, n=1)
        return f"; perhaps you meant {quoted(near[0])}." if near else "."


def joined(path: str, key: str) -> str:
    """The path of a field of the object at ``path``."""
    if path and key:
        return f"{path}.{key}"
    return path or key


def shown(text: str) -> str:
    """Text from the document, short and without characters that are not text."""
    cut = NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text[:LONGEST_SHOWN])
    return cut if len(text) <= LONGEST_SHOWN else cut + "…"


def quoted(text: str) -> str:
    """Text from the document, as a sentence quotes it."""
    return f"“{shown(text)}”"


def given(value: object) -> str:
    """What a value is, in the words of somebody who types a document."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "text in quotation marks"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    return "a number" if plain_number(value) is not None else "something else"


def plain_number(value: object) -> float | None:
    """The number that a value is, or None; a boolean, text or an array is none."""
    if isinstance(value, bool):
        return None
    if not isinstance(value, int | float):
        numpy = sys.modules.get("numpy")
        if numpy is None or not isinstance(value, numpy.generic) or value.dtype.kind not in "iuf":
            return None
    try:
        return float(value)
    except OverflowError:
        return float("inf")
