"""How numbers are typed and shown in inputs."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(
    r"(?P<sign>[-\u2212]?)(?P<digits>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?P<scale>[kKmM]?)"
)
_MISPLACED_COMMA = re.compile(r",(?![0-9]{3}(?![0-9]))|\..*,")
"""Elsewhere a comma is no thousands separator: 1,5 is not to be read as 15."""
_SCALES = {"": 0, "k": 3, "m": 6}
"""Powers of ten."""
_HARMLESS = str.maketrans("", "", "$, \t\u00a0\u202f_'")
_LONGEST = 40
"""Longer text is no amount, and is not worth reading as one."""
_PLACES = 12
"""Of decimals: no more of them can be shown again in text that is not too long."""


def read_amount(text: str) -> float | None:
    """An amount as people write it: ``$1,234.50``, ``1.2m``, ``(300)``; None if it is not one."""
    if len(text) > _LONGEST:
        return None
    if _MISPLACED_COMMA.search(text):
        return None
    bare = text.translate(_HARMLESS)
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return None
    # In decimal, because 1.005 times 1,000 in binary is not 1,005.
    scaled = Decimal(match["digits"]).scaleb(_SCALES[match["scale"].lower()])
    amount = round(float(scaled), _PLACES)
    return -amount if match["sign"] else amount


def read_percentage(text: str) -> float | None:
    """A fraction from a percentage: ``2.5%`` and ``2.5`` are 0.025."""
    percentage = read_amount(text.strip().removesuffix("%"))
    return None if percentage is None else round(percentage / 100, _PLACES)


def write_amount(amount: float) -> str:
    """An amount as an input shows it: ``220,000`` or ``1.5``."""
    # A float by itself writes what is small as 1e-05, which nobody types.
    return f"{Decimal(repr(float(amount))):,f}".removesuffix(".0")


def write_percentage(fraction: float) -> str:
    """A fraction as an input shows it: 0.025 is ``2.5``."""
    return write_amount(round(fraction * 100, 10))
