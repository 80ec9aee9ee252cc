"""A day as people and programs write it."""

from __future__ import annotations

import datetime
import re
from calendar import month_name
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 40
_TIME = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?: ?[AaPp][Mm]|Z)?$")
_YEAR_FIRST = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_MONTH_FIRST = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})")
_IN_WORDS = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_DAY_IN_WORDS = re.compile(r"([0-9]{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4}|[0-9]{2})")
CENTURY_BEGINS = 70
"""Of years in two digits: 70 is 1970, and 69 is 2069."""


class NotADayError(ValueError):
    """Why a text that has the form of a day is none, to follow the text itself."""


def read(text: str) -> datetime.date | None:
    """The day; None if it is not written as one.

    Raises:
        NotADayError: It is written as a day that the calendar does not have.
    """
    bare = without_time(text)
    ways = _WAYS if len(text) <= LONGEST else {}
    matches = ((match, day) for form, day in ways.items() if (match := form.fullmatch(bare)))
    return next((day(match) for match, day in matches), None)


def without_time(text: str) -> str:
    """What is left of a day with a time of day."""
    return _TIME.sub("", text[:LONGEST]).strip()


def could_be_day_first(text: str) -> bool:
    """Whether a day that is read as month/day/year would be another as day/month/year."""
    match = _MONTH_FIRST.fullmatch(without_time(text))
    return match is not None and int(match[3]) <= 12 and int(match[3]) != int(match[1])


def _month_first(month: str, day: str, year: str) -> datetime.date:
    if int(month) > 12:
        raise NotADayError(
            f"has no month {month}: dates with slashes are read as month/day/year. Write the day as"
            " 2026-01-31."
        )
    return _day(year, month, day)


def _day(year: str, month: str, day: str) -> datetime.date:
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= CENTURY_BEGINS else 2000
    try:
        return datetime.date(number, int(month), int(day))
    except ValueError:
        raise NotADayError("is no day of the calendar.") from None


def _month(word: str) -> str:
    begins = word.casefold().removesuffix("t") if word.casefold() == "sept" else word.casefold()
    for number, name in enumerate(month_name):
        if number and name.casefold().startswith(begins):
            return str(number)
    raise NotADayError("names no month: write the day as 2026-01-31.")


_WAYS: Final[dict[re.Pattern[str], Callable[[re.Match[str]], datetime.date]]] = {
    _YEAR_FIRST: lambda m: _day(m[1] or m[5], m[3] or m[6], m[4] or m[7]),
    _DAY_FIRST: lambda m: _day(m[3], m[2], m[1]),
    _MONTH_FIRST: lambda m: _month_first(m[1], m[3], m[4]),
    _IN_WORDS: lambda m: _day(m[3], _month(m[1]), m[2]),
    _DAY_IN_WORDS: lambda m: _day(m[3], _month(m[2]), m[1]),
}
