"""What a cell of a table holds: a day, an amount, a word of a few, a name.

Amounts are read as the editor reads them, so that the same text is the same number everywhere.
"""

from __future__ import annotations

import datetime
import re
from calendar import month_name
from typing import TYPE_CHECKING

from amtweb.exchange.csv_import.table_text import CellError, Value, normal, short
from amtweb.formulas import BEGINS_A_FORMULA
from amtweb.scenarios.editor import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_DATE = 40
_TIME = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?: ?[AaPp][Mm]|Z)?$")
_YEAR_FIRST = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_MONTH_FIRST = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})")
_IN_WORDS = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_DAY_IN_WORDS = re.compile(r"([0-9]{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4}|[0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_COMMA_FOR_POINT = re.compile(r"[0-9. ]*,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
CENTURY_BEGINS = 70
"""Of years in two digits: 70 is 1970, and 69 is 2069."""


def date(text: str) -> Value:
    """A day in one of the ways in which people and programs write it, as ``2026-01-31``."""
    bare = _TIME.sub("", text[:LONGEST_DATE]).strip()
    if len(text) <= LONGEST_DATE:
        if match := _YEAR_FIRST.fullmatch(bare):
            year, month, day = match[1] or match[5], match[3] or match[6], match[4] or match[7]
            return Value(_day(text, year, month, day))
        if match := _DAY_FIRST.fullmatch(bare):
            return Value(_day(text, match[3], match[2], match[1]))
        if match := _MONTH_FIRST.fullmatch(bare):
            return _month_first(text, match[1], match[3], match[4])
        if match := _IN_WORDS.fullmatch(bare):
            return Value(_day(text, match[3], _month(text, match[1]), match[2]))
        if match := _DAY_IN_WORDS.fullmatch(bare):
            return Value(_day(text, match[3], _month(text, match[2]), match[1]))
    raise CellError(_why_no_date(text, bare))


def _month_first(text: str, month: str, day: str, year: str) -> Value:
    if int(month) > 12:
        raise CellError(
            f"“{short(text)}” has no month {month}: dates with slashes are read as"
            " month/day/year. Write the day as 2026-01-31."
        )
    read = _day(text, year, month, day)
    if int(day) > 12 or int(day) == int(month):
        return Value(read)
    written = datetime.date.fromisoformat(read)
    said = f"{month_name[written.month]} {written.day}, {written.year}"
    return Value(read, f"“{short(text)}” is read as month/day/year, {said}.")


def _day(text: str, year: str, month: str, day: str) -> str:
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= CENTURY_BEGINS else 2000
    try:
        return datetime.date(number, int(month), int(day)).isoformat()
    except ValueError:
        raise CellError(f"“{short(text)}” is no day of the calendar.") from None


def _month(text: str, word: str) -> str:
    begins = word.casefold().removesuffix("t") if word.casefold() == "sept" else word.casefold()
    for number, name in enumerate(month_name):
        if number and name.casefold().startswith(begins):
            return str(number)
    raise CellError(f"“{short(text)}” names no month: write the day as 2026-01-31.")


def _why_no_date(text: str, bare: str) -> str:
    if text.startswith("="):
        return f"“{short(text)}” is a formula: enter the day that it gives."
    if _SERIAL.fullmatch(bare):
        return (
            f"“{short(text)}” is a spreadsheet’s number for a day: show the column as dates, such"
            " as 2026-01-31, before you save the file."
        )
    return f"“{short(text)}” is not a date that can be read: write it as 2026-01-31 or 1/31/2026."


def price(text: str) -> Value:
    """Dollars a share."""
    read = _amount(text, "a price", "12.50")
    if read.value < 0:
        raise CellError(f"“{short(text)}” is below 0, and no price is.")
    return read


def dollars(text: str) -> Value:
    """An amount that is not below 0."""
    read = _amount(text, "an amount", "12,500")
    if read.value < 0:
        raise CellError(f"“{short(text)}” is below 0, and this is never.")
    return read


def shares(text: str) -> Value:
    """A number of shares, more than none."""
    read = _amount(text, "a number of shares", "1,000")
    if read.value <= 0:
        raise CellError(f"“{short(text)}” is no number of shares above 0.")
    return read


def _amount(text: str, what: str, example: str) -> Value:
    amount = wording.read_amount(text)
    if amount is not None:
        return Value(amount)
    if text.startswith("="):
        raise CellError(f"“{short(text)}” is a formula: enter the number that it gives.")
    if len(text) <= LONGEST_DATE and _COMMA_FOR_POINT.fullmatch(text.strip("$€£ ")):
        raise CellError(
            f"“{short(text)}” seems to have a comma where cents begin: write it with a point, as in"
            " 1,234.50."
        )
    raise CellError(f"“{short(text)}” is not {what}: write it as {example}.")


def text(text: str) -> Value:
    """A name.  The apostrophe by which our files keep a spreadsheet from computing it goes."""
    bare = text[1:] if text.startswith("'") and text[1:].startswith(BEGINS_A_FORMULA) else text
    return Value(bare)


def one_of(choices: Mapping[str, str | bool], advice: str) -> Callable[[str], Value]:
    """Reads one of a few words, without regard to case and signs."""
    known = {normal(word): value for word, value in choices.items()}

    def read(text: str) -> Value:
        if normal(text) not in known:
            raise CellError(f"“{short(text)}” is not known here: write {advice}.")
        return Value(known[normal(text)])

    return read


yes_or_no = one_of(
    dict.fromkeys(("yes", "y", "true", "1", "x"), True)
    | dict.fromkeys(("no", "n", "false", "0"), False),
    "yes or no",
)
