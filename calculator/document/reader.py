"""Reads the objects of a scenario document into the dataclasses of ``scenario.py``.

A reader is made once for each dataclass from the annotations of its fields.  It never stops at a
problem: what cannot be read is noted and left as ``UNREAD``, so that everything that is wrong with
a document is said at once and its sense can be checked as far as it could be read.
"""

from __future__ import annotations

import datetime
import difflib
import math
import re
import sys
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, TypeAlias

from calculator.document import fields
from calculator.errors import Problem

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

UNREAD: Final[Any] = type("Unread", (), {"__repr__": lambda _: "UNREAD"})()
"""Stands where the document holds something that could not be read."""

MOST_UNKNOWN_FIELDS: Final = 20
"""Unknown fields of one object that are named one by one."""

MOST_SUGGESTIONS: Final = 50
"""Names compared with the known ones in one document: comparing is slow."""

# Control characters, surrogates, and the code points that Unicode keeps out of all text.
NOT_TEXT = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]"
)
NOT_TEXT_IN_LINES = re.compile(NOT_TEXT.pattern.replace("\x00-\x1f", "\x00-\x08\x0b\x0c\x0e-\x1f"))
ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")

STATES: Final = frozenset(
    (
        *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL"),
        *("IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE"),
        *("NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD"),
        *("TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY"),
    )
)

MINUS: Final = "\N{MINUS SIGN}"

Read: TypeAlias = Callable[[object, str, str, "Reading"], Any]
"""Takes a value, the path of the object that it stands in, and its key in that object."""


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
        if self._suggestions > MOST_SUGGESTIONS:
            return "."
        return suggestion(name, known)


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: perhaps what was meant, and a full stop."""
    near = difflib.get_close_matches(name, known, n=1) if len(name) <= 64 else []
    return f"; perhaps you meant {quoted(near[0])}." if near else "."


def joined(path: str, key: str) -> str:
    """The path of a field of the object at ``path``."""
    if path and key:
        return f"{path}.{key}"
    return path or key


def shown(text: str, longest: int = 64) -> str:
    """Text from the document, short and without characters that do not print."""
    cut = NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text[:longest])
    return cut if len(text) <= longest else cut + "…"


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


def _array(value: object) -> Any | None:
    """A read-only float64 view of a NumPy array of numbers, or None if it is none."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(value, numpy.ndarray):
        return None
    if isinstance(value, numpy.ma.MaskedArray) or value.dtype.kind not in "iuf" or not value.size:
        return None
    with numpy.errstate(all="ignore"):
        array = numpy.asarray(value, dtype=numpy.float64).view()
    array.flags.writeable = False
    return array


def _out_of_range(least: float, most: float, lowest: float, highest: float) -> str | None:
    """What is wrong with amounts of which these are the lowest and the highest."""
    if least <= lowest and highest <= most:
        return None
    if not (abs(lowest) < float("inf") and abs(highest) < float("inf")):
        return "Enter a finite number."
    if lowest < least == 0.0:
        return "This cannot be negative."
    return f"Enter a number from {MINUS}{most:,.0f} to {most:,.0f}."


def _amount(kind: fields.Amount) -> Read:
    most = fields.LARGEST_AMOUNT
    least = -most if kind.signed else 0.0

    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        # All but a few values of a document come this way.
        if (type(value) is float or type(value) is int) and least <= value <= most:
            return float(value)
        if value is None and kind.nullable:
            return None
        array = _array(value)
        if array is not None:
            return _checked_array(array, least, path, key, reading)
        number = plain_number(value)
        if number is None:
            return reading.refuse(path, key, f"Enter a number, not {given(value)}.")
        wrong = _out_of_range(least, most, number, number)
        return number if wrong is None else reading.refuse(path, key, wrong)

    return read


def _checked_array(array: Any, least: float, path: str, key: str, reading: Reading) -> Any:
    most = fields.LARGEST_AMOUNT
    wrong = _out_of_range(least, most, float(array.min()), float(array.max()))
    if wrong is not None:
        return reading.refuse(path, key, wrong)
    if not array.ndim:
        return float(array)
    reading.shapes.append((joined(path, key), array.shape))
    return array


def _fraction(kind: fields.Rate) -> Read:
    advice = f"Enter a fraction from {MINUS}{-kind.least:g} to {kind.most:g}: 26% is 0.26."

    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        number = plain_number(value)
        if number is None:
            return reading.refuse(path, key, f"Enter a number, not {given(value)}.")
        if not kind.least <= number <= kind.most:
            return reading.refuse(path, key, advice)
        return number

    return read


def _limit(_: fields.Limit) -> Read:
    most = fields.LARGEST_AMOUNT

    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        number = plain_number(value)
        if number is None:
            return reading.refuse(path, key, f"Enter a number, not {given(value)}.")
        if (wrong := _out_of_range(0.0, most, number, number)) is not None:
            return reading.refuse(path, key, wrong)
        return number

    return read


def _whole(kind: fields.Whole) -> Read:
    advice = f"Enter a whole number from {kind.least} to {kind.most}"

    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        number = plain_number(value)
        if number is None:
            return reading.refuse(path, key, f"{advice}, not {given(value)}.")
        if not (number.is_integer() and kind.least <= number <= kind.most):
            return reading.refuse(path, key, f"{advice}.")
        return int(number)

    return read


def _version(kind: fields.Version) -> Read:
    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        number = plain_number(value)
        if number is None:
            return reading.refuse(path, key, f"Enter {kind.this}, not {given(value)}.")
        if number > kind.this:
            return reading.refuse(
                path,
                key,
                "The document is of a version that is not known here; "
                f"the newest known version is {kind.this}.",
            )
        if number != kind.this:
            return reading.refuse(
                path, key, f"There is no such version; the version is {kind.this}."
            )
        return kind.this

    return read


def _text(kind: fields.Text) -> Read:
    not_text = NOT_TEXT_IN_LINES if kind.lines else NOT_TEXT
    forbidden = (
        "The text holds control characters or other characters that are not text; remove them."
        if kind.lines
        else "The text holds line breaks, tabs or other characters that are not text; remove them."
    )

    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        if not isinstance(value, str):
            message = f"Enter text in quotation marks, not {given(value)}."
            return reading.refuse(path, key, message)
        if len(value) > kind.longest:
            size = f"The text is {len(value):,} characters long"
            return reading.refuse(path, key, f"{size}; at most {kind.longest:,} are allowed.")
        if not_text.search(value):
            return reading.refuse(path, key, forbidden)
        if kind.required and not value.strip():
            return reading.refuse(path, key, "This cannot be blank.")
        return str(value)

    return read


def _one_of(kind: fields.OneOf) -> Read:
    words = {word: word for word in kind.words}
    *others, last = (quoted(word) for word in kind.words)
    advice = f"Choose {', '.join(others)} or {last}"

    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        if isinstance(value, str):
            if (word := words.get(value)) is not None:
                return word
            return reading.refuse(path, key, f"{advice}{reading.suggestion(value, words)}")
        if value is None and kind.nullable:
            return None
        return reading.refuse(path, key, f"{advice}, not {given(value)}.")

    return read


def _state(kind: fields.State) -> Read:
    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        if value is None or (isinstance(value, str) and value in kind.modelled):
            return value
        if isinstance(value, str) and value in STATES:
            message = f"The income tax of {value} is not modelled; leave the state out (null)."
            return reading.refuse(path, key, message, unsupported=True)
        return reading.refuse(
            path, key, "Enter the postal code of a state in two capital letters, or null."
        )

    return read


def _date(_: fields.Date) -> Read:
    first, last = fields.FIRST_DATE, fields.LAST_DATE

    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        if not isinstance(value, str) or ISO_DATE.fullmatch(value) is None:
            return reading.refuse(
                path, key, "Enter a date as year-month-day in quotation marks, like “2026-03-01”."
            )
        try:
            date = datetime.date.fromisoformat(value)
        except ValueError:
            return reading.refuse(path, key, f"There is no day {value} in the calendar.")
        if not first <= date <= last:
            return reading.refuse(path, key, f"Enter a date from {first.year} to {last.year}.")
        return date

    return read


def _flag(_: fields.Flag) -> Read:
    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        if isinstance(value, bool):
            return value
        return reading.refuse(path, key, f"Enter true or false, not {given(value)}.")

    return read


MAKERS: Final[Mapping[type, Callable[[Any], Read]]] = {
    fields.Amount: _amount,
    fields.Rate: _fraction,
    fields.Limit: _limit,
    fields.Whole: _whole,
    fields.Version: _version,
    fields.Text: _text,
    fields.OneOf: _one_of,
    fields.State: _state,
    fields.Date: _date,
    fields.Flag: _flag,
}


def _list(kind: fields.Many, read_item: Read) -> Read:
    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        if not isinstance(value, list | tuple):
            return reading.refuse(
                path, key, f"Enter a list in square brackets, not {given(value)}."
            )
        if len(value) < kind.least:
            return reading.refuse(path, key, f"At least {kind.least} is needed here.")
        inside = joined(path, key)
        items = tuple(
            read_item(item, f"{inside}[{i}]", "", reading)
            for i, item in enumerate(value[: kind.most])
        )
        if len(value) > kind.most:
            return reading.refuse(
                path, key, f"There are {len(value):,} here; at most {kind.most} are allowed."
            )
        return items

    return read


def _blank(of: type) -> Any:
    """An object of which nothing could be read."""
    return of(
        **{
            field.attribute: UNREAD if field.kind or field.many else _blank(field.nested)
            for field in fields.document_fields(of)
        }
    )


def _reader(field: fields.DocumentField) -> Read:
    if field.kind is not None:
        return MAKERS[type(field.kind)](field.kind)
    read_object = object_reader(field.nested, overrides=field.overrides)
    if field.many is not None:
        return _list(field.many, read_object)
    if not field.nullable:
        return read_object

    def read_or_none(value: object, path: str, key: str, reading: Reading) -> Any:
        return None if value is None else read_object(value, path, key, reading)

    return read_or_none


class ObjectReader:
    """The reader of the document's objects of one dataclass.

    With ``overrides``, fields that are left out come from the object of this type that was read
    before, further out.
    """

    def __init__(self, of: type, *, overrides: bool) -> None:
        own = fields.document_fields(of)
        self._of = of
        self._overrides = overrides
        self._readers = tuple((field.key, field.attribute, _reader(field)) for field in own)
        self._required = () if overrides else tuple(field for field in own if field.required)
        self._inherited = tuple(field for field in own if field.overrides)
        self._needed = tuple(field for field in own if field.needed_without)
        self._defaults = {field.attribute: field.default for field in own if not field.required}
        self._blank = _blank(of)

    def __call__(self, value: object, path: str, key: str, reading: Reading) -> Any:
        if not isinstance(value, dict | Mapping):
            reading.refuse(path, key, f"Enter an object in braces, not {given(value)}.")
            return self._blank
        here = joined(path, key)
        values = self._start(reading)
        known = 0
        for name, attribute, read in self._readers:
            if name in value:
                known += 1
                values[attribute] = read(value[name], here, name, reading)
        if known < len(value):
            _refuse_unknown(value, [name for name, _, _ in self._readers], here, reading)
        self._refuse_missing(values, here, reading)
        made = self._of(**values)
        if not self._overrides:
            reading.standing[self._of] = made
        return made

    def _start(self, reading: Reading) -> dict[str, Any]:
        """What the fields are that the document leaves out."""
        values = self._defaults.copy()
        if self._overrides and (standing := reading.standing.get(self._of)):
            for attribute in values:
                values[attribute] = getattr(standing, attribute)
        for field in self._inherited:
            values[field.attribute] = reading.standing.get(field.nested, field.default)
        return values

    def _refuse_missing(self, values: dict[str, Any], here: str, reading: Reading) -> None:
        for field in self._required:
            if field.attribute not in values:
                message = f"The field “{field.key}” is missing."
                values[field.attribute] = reading.refuse(here, field.key, message)
        for field in self._needed:
            if values[field.attribute] is None and values[field.needed_without] is None:
                message = f"The field “{field.key}” is needed without “{field.needed_without}”."
                values[field.attribute] = reading.refuse(here, field.key, message)


@cache
def object_reader(of: type, *, overrides: bool = False) -> ObjectReader:
    """The reader of the document's objects of one dataclass, made once."""
    return ObjectReader(of, overrides=overrides)


def _refuse_unknown(
    value: Mapping[object, object], known: list[str], here: str, reading: Reading
) -> None:
    unknown = [name for name in value if name not in known]
    for name in unknown[:MOST_UNKNOWN_FIELDS]:
        if isinstance(name, str):
            message = f"There is no field {quoted(name)} here{reading.suggestion(name, known)}"
            reading.refuse(here, shown(name), message)
        else:
            reading.refuse(here, "", "The name of a field must be text in quotation marks.")
    more = len(unknown) - MOST_UNKNOWN_FIELDS
    if more > 0:
        reading.refuse(here, "", f"There are {more:,} more unknown fields here.")


def batch_shape(reading: Reading) -> tuple[int, ...]:
    """The shape that all arrays of the document broadcast to; what does not fit is refused."""
    if not reading.shapes:
        return ()
    import numpy as np

    batch: tuple[int, ...] = ()
    for path, shape in reading.shapes:
        try:
            wider = np.broadcast_shapes(batch, shape)
        except ValueError:
            message = (
                f"An array of shape {shape} does not fit the shape {batch} of those before it."
            )
            reading.refuse(path, "", message)
            continue
        if math.prod(wider) > fields.MOST_CELLS:
            message = f"The arrays make a batch of more than {fields.MOST_CELLS:,} scenarios."
            reading.refuse(path, "", message)
            continue
        batch = wider
    return batch
