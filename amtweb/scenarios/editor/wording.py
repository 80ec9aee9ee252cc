"""How numbers and days are typed in inputs, and shown there and in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from amtweb.scenarios.charts.money_words import MINUS

_NUMBER = re.compile(
    r"(?P<sign>-?) ?\$? ?(?P<inner>-?) ?"
    r"(?P<whole>[0-9]{1,3}(?P<between>[, '_])[0-9]{3}(?:(?P=between)[0-9]{3})*|[0-9]*)"
    r"(?:\.(?P<part>[0-9]*))? ?(?P<scale>[kKmM]?)"
)
"""Elsewhere than between thousands a comma, a space or an apostrophe separates something else."""
_SCALES = {"": 0, "k": 3, "m": 6}
"""Powers of ten."""
_ALIKE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2212": "-"})
_DECIMAL_COMMA = re.compile(r"[-(]? ?\$? ?-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{0,2}\)?")
_SEVERAL = re.compile(r"[0-9)]\s*[\t\n;]\s*[-$(\u22120-9]")
_LONGEST = 40
"""Longer text is no amount, and is not worth reading as one."""
_PLACES = 12
"""Of decimals: no more of them can be shown again in text that is not too long."""


def read_amount(text: str) -> float | None:
    """An amount as people write it: ``$1,234.50``, ``1.2m``, ``(300)``; None if it is not one.

    What could be meant in two ways, such as ``1,5`` or ``12 34``, is not one.
    """
    if len(text) > _LONGEST:
        return None
    bare = text.strip().translate(_ALIKE)
    in_brackets = bare.startswith("(") and bare.endswith(")")
    match = _NUMBER.fullmatch(bare[1:-1].strip() if in_brackets else bare)
    if match is None or not (match["whole"] or match["part"]):
        return None
    signs = int(in_brackets) + len(match["sign"]) + len(match["inner"])
    if signs > 1:
        return None
    digits = re.sub("[^0-9]", "", match["whole"])
    # In decimal, because 1.005 times 1,000 in binary is not 1,005.
    scaled = Decimal(f"{digits}.{match['part'] or '0'}").scaleb(_SCALES[match["scale"].lower()])
    amount = round(float(scaled), _PLACES)
    return -amount if signs else amount


def why_unread(text: str) -> str:
    """A sentence about text that is no amount because it could be several; else empty."""
    bare = text.strip().translate(_ALIKE)
    if len(bare) <= _LONGEST and _DECIMAL_COMMA.fullmatch(bare):
        point = bare.replace(".", "").replace(",", ".").strip("-($) ")
        with_point = f", such as {write_amount(float(point))}" if point.strip(".") else ""
        return f"A comma separates thousands here: write decimals with a point{with_point}."
    if _SEVERAL.search(bare):
        return "These are several cells: paste them into Income by year, or one at a time."
    return ""


def read_percentage(text: str) -> float | None:
    """A fraction from a percentage: ``2.5%`` and ``2.5`` are 0.025."""
    bare = text.strip()
    if bare.endswith("%)"):
        bare = f"{bare[:-2]})"
    percentage = read_amount(bare.removesuffix("%"))
    return None if percentage is None else round(percentage / 100, _PLACES)


def write_amount(amount: float) -> str:
    """An amount as an input shows it: ``220,000`` or ``1.5``."""
    # A float by itself writes what is small as 1e-05, which nobody types.
    return f"{Decimal(repr(float(amount))):,f}".removesuffix(".0")


def write_dollars(amount: float) -> str:
    """Exact, unlike the figures of results: ``$1,234``, ``$12.50``, ``−$0.001``."""
    whole, _, cents = write_amount(abs(amount)).partition(".")
    digits = f"{whole}.{cents.ljust(2, '0')}" if cents else whole
    return f"{MINUS if amount < 0 else ''}${digits}"


def read_day(text: object) -> date | None:
    """The day that a date field names."""
    try:
        return date.fromisoformat(str(text).strip())
    except ValueError:
        return None


def write_day(day: date) -> str:
    """``Mar 3, 2027``."""
    return f"{day:%b} {day.day}, {day.year}"


def write_percentage(fraction: float) -> str:
    """A fraction as an input shows it: 0.025 is ``2.5``."""
    return write_amount(round(fraction * 100, 10))
