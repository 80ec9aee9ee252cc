"""The fields that a variant can change, and the values that they can take.

An amount may be changed in proportion (``x1.1``, typed as +10%) and a date moved by years
(``-1y``); else a value is what the editor would read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.comparing.references import LONGEST_VALUE, UnreadableError
from amtweb.scenarios.charts.money_words import MINUS, dollars
from amtweb.scenarios.editor import wording
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
from calculator import Scenario
from calculator.fields import Amount, DocumentField, Limit, Rate, document_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST_FACTOR = 100.0
DECIMALS = 4
"""Of an amount that was changed in proportion."""

_FACTOR = re.compile(r"x(?P<factor>[0-9]{1,3}(?:\.[0-9]{1,6})?)")
_PERCENT = re.compile(r"(?P<sign>[+\-\u2212])\s*(?P<percent>[0-9]{1,4}(?:\.[0-9]{1,4})?)\s*%")
_MOVED = re.compile("(?P<sign>-?)(?P<years>[1-9])y")
_COUNT = re.compile("[0-9]{1,3}")
_DATE = re.compile("(?P<year>[0-9]{4})(?P<day>-[0-9]{2}-[0-9]{2})")


class VariantError(ValueError):
    """A change that cannot be made; the message is for the person at the page."""


class Field(NamedTuple):
    """A field that can be changed."""

    spec: Spec
    field: DocumentField

    @property
    def is_amount(self) -> bool:
        """Whether it can be changed in proportion."""
        return isinstance(self.field.kind, Amount | Limit)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What it can be set to, where that is one of a few."""
        return tuple((code, words) for code, words in self.spec.choices if code)


def _fields_of(specs: Iterable[Spec], of: type) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for spec in specs:
        refers = spec.control == "choice" and not spec.choices
        if spec.control != "text" and not refers:
            fields[spec.field] = Field(spec, _document_field(of, spec.field))
    return fields


def _document_field(of: Any, path: str) -> DocumentField:
    key, _, rest = path.partition(".")
    field = next(each for each in document_fields(of) if each.key == key)
    return _document_field(field.nested, rest) if rest else field


_ROW_TYPES = {field.key: field.nested for field in document_fields(Scenario) if field.many}
FIELDS: dict[str, dict[str, Field]] = {
    "": _fields_of((*LAW, *FLAT, *HOUSEHOLD, *HOUSEHOLD_MORE, *OPENING), Scenario),
    "years": _fields_of((s for _, _, specs in YEAR_GROUPS for s in specs), _ROW_TYPES["years"]),
    **{
        kind.name: _fields_of((*kind.fields, *kind.more), _ROW_TYPES[kind.name])
        for kind in EVENT_KINDS
    },
}
"""What can be changed: by the list that a row is in, and the field."""


def normal_value(field: Field, value: str) -> str:
    """The value as an address has it: ``+10%`` is ``x1.1``, ``$1,000`` is 1000.

    Raises:
        UnreadableError: The field cannot have it.
    """
    bare = value.strip()
    if field.choices:
        return _chosen(field, bare)
    if field.is_amount:
        found = _normal_amount(field, bare)
    elif isinstance(field.field.kind, Rate):
        rate = wording.read_percentage(bare)
        found = None if rate is None else _number(rate * 100)
    else:
        shapes = (_MOVED, _DATE) if field.spec.control == "date" else (_COUNT,)
        found = bare if any(shape.fullmatch(bare) for shape in shapes) else None
    if found is None or len(found) > LONGEST_VALUE:
        raise UnreadableError(_expected(field))
    return found


def _normal_amount(field: Field, value: str) -> str | None:
    if percent := _PERCENT.fullmatch(value):
        part = float(percent["percent"]) / 100
        factor = 1 + (part if percent["sign"] == "+" else -part)
    elif found := _FACTOR.fullmatch(value):
        factor = float(found["factor"])
    else:
        amount = wording.read_amount(value)
        return None if amount is None else _number(amount)
    if not 0 <= factor <= LARGEST_FACTOR:
        most = f"{LARGEST_FACTOR:.0f} times as much"
        raise UnreadableError(f"{field.spec.label}: at least nothing, and at most {most}.")
    return f"x{_number(factor)}"


def value_words(field: Field, value: str) -> str:
    """The value in words: ``$250,000``, ``+10%``, ``1 year later``."""
    if field.choices:
        return dict(field.choices).get(value, value)
    if factor := _FACTOR.fullmatch(value):
        change = round(100 * (float(factor["factor"]) - 1), 4)
        return f"{'+' if change > 0 else MINUS if change < 0 else '±'}{abs(change):g}%"
    if moved := _MOVED.fullmatch(value):
        years = int(moved["years"])
        return f"{years} year{'s' * (years > 1)} {'earlier' if moved['sign'] else 'later'}"
    if isinstance(field.field.kind, Rate):
        return f"{value}%"
    return _amount_words(field, value)


def _amount_words(field: Field, value: str) -> str:
    amount = wording.read_amount(value) if field.is_amount else None
    if amount is None:
        return value
    unit = field.field.kind.unit if isinstance(field.field.kind, Amount) else "dollars"
    if unit == "shares":
        return wording.write_amount(amount)
    return dollars(amount) if unit == "dollars" else f"${amount:,.2f}"


def new_text(field: Field, now: str, value: str) -> str:
    """What the editor's input would hold after the change.

    Raises:
        VariantError: What stands there now cannot be changed so.
    """
    if field.is_amount and (factor := _FACTOR.fullmatch(value)):
        amount = wording.read_amount(now or "" if field.field.nullable else now or "0")
        if amount is None:
            raise VariantError(f"{field.spec.label} is blank: there is nothing to change.")
        return wording.write_amount(round(amount * float(factor["factor"]), DECIMALS))
    if moved := _MOVED.fullmatch(value):
        date = _DATE.fullmatch(now)
        if field.spec.control != "date" or date is None:
            raise VariantError(f"{field.spec.label} is no date that can be moved.")
        years = int(moved["years"]) * (-1 if moved["sign"] else 1)
        day = "-02-28" if date["day"] == "-02-29" and years % 4 else date["day"]
        return f"{int(date['year']) + years}{day}"
    return value


def _chosen(field: Field, value: str) -> str:
    for code, words in field.choices:
        if value.lower() in (code, words.lower()):
            return code
    listed = ", ".join(words for _, words in field.choices)
    raise UnreadableError(f"{field.spec.label}: choose one of {listed}.")


def _number(amount: float) -> str:
    return wording.write_amount(round(amount, 6)).replace(",", "")


def _expected(field: Field) -> str:
    label, control = field.spec.label, field.spec.control
    if field.is_amount:
        return f"{label}: enter an amount, such as 12,500, or a change, such as +10%."
    if isinstance(field.field.kind, Rate):
        return f"{label}: enter a percentage, such as 2 or 2.5."
    if control == "date":
        return (
            f"{label}: enter a date, such as 2027-03-31, or 1y for a year later, \N{MINUS SIGN}1y."
        )
    return f"{label}: enter a whole number."
