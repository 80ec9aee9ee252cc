"""Strict JSON text (RFC 8259): what it leaves to the reader to allow is refused.

That is duplicate keys, a byte order mark, ``NaN``, and numbers that overflow to infinity.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from calculator.document.reading import joined, quoted, shown
from calculator.errors import InvalidScenario, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_TEXT: Final = 2 * 1024 * 1024
"""Bytes."""

DEEPEST: Final = 20
"""Objects and lists within one another."""

MOST_VALUES: Final = 50_000
"""In all objects and lists.  The largest scenario has less than half as many."""

LONGEST_INTEGER: Final = 20
"""Digits.  What is longer is out of every range, and is read as a floating-point number because
reading a whole one takes time that grows with the square of its length."""

MOST_DOUBLED: Final = 100
"""Duplicate keys that are named."""

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
STRING_OR_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)


class Doubled(dict[str, Any]):
    """An object in which some keys come more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.doubled = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def read_json(text: bytes | str) -> dict[str, Any]:
    """The document in a JSON text.

    Raises:
        InvalidScenario: The text is not strict JSON, or holds no object; holds every problem found.
    """
    document, problems = read_leniently(text)
    for path, value in _everything(document, ""):
        if isinstance(value, float) and not abs(value) < float("inf"):
            problems.append(Problem(path=path, message="Enter a finite number."))
    if problems:
        raise InvalidScenario(tuple(problems))
    return document


def read_leniently(text: bytes | str) -> tuple[dict[str, Any], list[Problem]]:
    """The document in a JSON text, and what is wrong with the text although it can be read.

    Numbers that are not finite are left in the document, for its reader to refuse.

    Raises:
        InvalidScenario: The text cannot be read as a JSON object.
    """
    characters = _decoded(text)
    _refuse_what_is_too_much(characters)
    objects: list[Doubled] = []

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        objects.append(Doubled(pairs))
        return objects[-1]

    try:
        document = json.loads(characters, object_pairs_hook=made, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise _unreadable(_not_json(error)) from None
    if not isinstance(document, dict):
        raise _unreadable("The document must be an object in braces.")
    return document, list(islice(_doubled_keys(document), MOST_DOUBLED)) if objects else []


def _unreadable(message: str) -> InvalidScenario:
    return InvalidScenario((Problem(path="", message=message),))


def _decoded(text: bytes | str) -> str:
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST_TEXT:
        raise _unreadable(f"The text is larger than {LARGEST_TEXT // 1024:,} KiB.")
    try:
        characters = text.decode("utf-8") if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        raise _unreadable("The text is not UTF-8.") from None
    if characters.startswith(BYTE_ORDER_MARK):
        raise _unreadable("The text begins with a byte order mark; save it as UTF-8 without one.")
    if not characters.strip():
        raise _unreadable("The text is empty.")
    return characters


def _refuse_what_is_too_much(characters: str) -> None:
    """Before it is read, which would take as much memory and time as somebody likes."""
    depth = values = 0
    for found in STRING_OR_MARK.finditer(characters):
        mark = found[0]
        if mark in "[{,":
            # One for every list and object, or for the value before a comma.
            values += 1
            depth += mark != ","
        elif mark in "]}":
            depth -= 1
        if depth > DEEPEST:
            raise _unreadable(f"Objects and lists are nested more than {DEEPEST} deep.")
        if values > MOST_VALUES:
            raise _unreadable(f"The document holds more than {MOST_VALUES:,} values.")


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= LONGEST_INTEGER else float(digits)


def _not_json(error: json.JSONDecodeError) -> str:
    where = f"line {error.lineno:,}, column {error.colno:,}"
    if error.msg == "Extra data":
        return f"There is something after the end of the document, at {where}."
    return f"The text is not JSON from {where} on."


def _everything(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value in a document, with its path."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _everything(inner, joined(path, shown(key)))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _everything(inner, f"{path}[{i}]")


def _doubled_keys(document: dict[str, Any]) -> Iterator[Problem]:
    for path, value in _everything(document, ""):
        if isinstance(value, Doubled):
            for key in value.doubled:
                message = f"The field {quoted(key)} is given more than once."
                yield Problem(path=joined(path, shown(key)), message=message)
