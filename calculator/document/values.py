"""Reads the single values of a scenario document: one reader for each kind of value.

The kinds are those of ``fields.py``; a reader refuses what its kind does not allow.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from calculator import fields
from calculator.document.reading import NOT_TEXT, Reading, given, joined, plain_number, quoted

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
    floor = f"{MINUS}{-least:,.0f}" if least else "0"
    return f"Enter a number from {floor} to {most:,.0f}."


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
    least = f"{MINUS}{-kind.least:g}" if kind.least else "0"
    advice = f"Enter a fraction from {least} to {kind.most:g}: 26% is 0.26."

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
                f"The document is of version {number:g}, and the newest that is known here is "
                f"{kind.this}: it was written by a later release.",
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
    refused = dict(kind.refused)
    *others, last = (quoted(word) for word in kind.words)
    advice = f"Choose {', '.join(others)} or {last}"

    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        if isinstance(value, str):
            if (word := words.get(value)) is not None:
                return word
            if (reason := refused.get(value)) is not None:
                return reading.refuse(path, key, reason, unsupported=True)
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


def _date(kind: fields.Date) -> Read:
    first, last = fields.FIRST_DATE, fields.LAST_DATE

    def read(value: object, path: str, key: str, reading: Reading) -> Any:
        if value is None and kind.nullable:
            return None
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


READER_OF: Final[Mapping[type, Callable[[Any], Read]]] = {
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
