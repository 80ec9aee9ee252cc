"""What a cell of a table holds: a day, an amount, a word of a few, a name.

Amounts are read as the editor reads them, so that the same text is the same number everywhere.
"""

from __future__ import annotations

import re
from calendar import month_name
from typing import TYPE_CHECKING

from amtweb.exchange.csv_import.table_text import CellError, Value, normal, short
from amtweb.formulas import BEGINS_A_FORMULA
from amtweb.scenarios.editor import wording, written_days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_DATE = written_days.LONGEST
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_COMMA_FOR_POINT = re.compile(r"[0-9. ]*,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")


def date(text: str) -> Value:
    """A day in one of the ways in which people and programs write it, as ``2026-01-31``."""
    try:
        day = written_days.read(text)
    except written_days.NotADayError as error:
        raise CellError(f"“{short(text)}” {error}") from None
    if day is None:
        raise CellError(_why_no_date(text, written_days.without_time(text)))
    if not written_days.could_be_day_first(text):
        return Value(day.isoformat())
    said = f"{month_name[day.month]} {day.day}, {day.year}"
    return Value(day.isoformat(), f"“{short(text)}” is read as month/day/year, {said}.")


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
