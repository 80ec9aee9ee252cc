"""Inputs in the words of the page: what a value, a row or a year says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from amtweb.scenarios.editor import typed, wording
from amtweb.scenarios.editor.fields import (
    EVENT_KINDS,
    FLAT,
    HOUSEHOLD,
    HOUSEHOLD_MORE,
    LAW,
    OPENING,
    YEAR_GROUPS,
    Spec,
)
from amtweb.scenarios.editor.lot_words import choices_of_lots
from calculator.fields import Amount, Date, Flag, Limit, Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.fields import DocumentField

    Document = Mapping[str, Any]

BLANK = "blank"
MOST_OF_A_YEAR = 4
"""Amounts that describe a year."""


def row_in_words(name: str, row: Document, lots: Mapping[Any, str]) -> str:
    """A row of a kind: ``500 shares on Feb 1, 2027 at $15, from Astra``; ``lots`` are in words."""
    shares = wording.write_amount(row.get("shares") or 0)
    money = {key: wording.write_dollars(row.get(key) or 0) for key in ("strike", "price")}
    if name == "grants":
        kind = f"{str(row.get('kind', '')).upper()}, "
        called = f"“{row['label']}”, " if row.get("label") else ""
        return f"{called}{kind}{shares} shares at {money['strike']}, granted {_day(row, 'date')}"
    if name == "exercises":
        value = wording.write_dollars(row.get("fair_market_value") or 0)
        lot = lots.get(row.get("grant"), "")
        return f"{shares} shares on {_day(row, 'date')}, worth {value} each, of {lot}"
    if name == "holdings":
        called = f"“{row['label']}”, " if row.get("label") else ""
        return f"{called}{shares} shares held since {_day(row, 'acquired')}"
    lot = lots.get(row.get("from"), "")
    return f"{shares} shares on {_day(row, 'date')} at {money['price']}, from {lot}"


def _day(row: Document, field: str) -> str:
    day = wording.read_day(row.get(field))
    return wording.write_day(day) if day else ""


def text_of(field: DocumentField, value: Any, spec: Spec | None = None) -> str:
    """A value as a person reads it: ``$1,234``, ``2.5%``, ``yes``, ``Married filing jointly``."""
    if value is None or value == "":
        return BLANK
    if isinstance(field.kind, Amount | Limit):
        counted = isinstance(field.kind, Amount) and field.kind.unit == "shares"
        return wording.write_amount(value) if counted else wording.write_dollars(value)
    if isinstance(field.kind, Date):
        day = wording.read_day(value)
        return wording.write_day(day) if day else str(value)
    if isinstance(field.kind, Rate):
        return f"{wording.write_percentage(value)}%"
    of_flag = {True: "yes", False: "no"} if isinstance(field.kind, Flag) else {}
    words = "true" if value is True else "false" if value is False else str(value)
    choices = dict(spec.choices) if spec else {}
    return choices.get(words) or of_flag.get(value, words)


def year_in_words(row: Document) -> str:
    told = [
        f"{spec.label.lower()} {wording.write_dollars(row[spec.field])}"
        for _, _, specs in YEAR_GROUPS
        for spec in specs
        if spec.control == "amount" and row.get(spec.field)
    ]
    more = [f"and {len(told) - MOST_OF_A_YEAR} more"] if len(told) > MOST_OF_A_YEAR else []
    return ", ".join([*told[:MOST_OF_A_YEAR], *more])


def lots_in_words(document: Document) -> dict[Any, str]:
    """What rows can refer to, in words, by id."""
    kinds = {kind.name: document.get(kind.name) or [] for kind in EVENT_KINDS}
    choices = choices_of_lots(typed.from_document(kinds))
    return {lot: words for of_kind in choices.values() for lot, words in of_kind}


@cache
def specs() -> dict[str, Spec]:
    """The inputs by their paths without numbers."""
    plain = (*HOUSEHOLD, *HOUSEHOLD_MORE, *OPENING, *LAW, *FLAT)
    of_years = {f"years.{spec.field}": spec for _, _, specs in YEAR_GROUPS for spec in specs}
    of_events = {
        f"{kind.name}.{spec.field}": spec
        for kind in EVENT_KINDS
        for spec in kind.fields + kind.more
    }
    return {spec.field: spec for spec in plain} | of_years | of_events
