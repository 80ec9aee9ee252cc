"""The options of commands, and how what is typed for one is read."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from calculator.law.changed import LawChange


class Flag(NamedTuple):
    """An option of a command, as ``argparse`` takes it."""

    name: str
    settings: dict[str, Any]


def flag(name: str, help_: str, **settings: Any) -> Flag:
    """An option with its help."""
    return Flag(name, {"help": help_, **settings})


def day(text: str) -> date:
    """A date written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date (YYYY-MM-DD)") from None


def law_change(text: str) -> LawChange:
    """A changed parameter: PATH=VALUE, or PATH=VALUE@YEAR for that year and later ones."""
    from calculator.law.changed import LawChange

    path, _, rest = text.partition("=")
    value, _, year = rest.partition("@")
    try:
        return LawChange(path.strip(), float(value), int(year) if year else None)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not PATH=VALUE or PATH=VALUE@YEAR") from None


def numbers(text: str) -> list[float]:
    """Numbers with commas between them."""
    try:
        return [float(number) for number in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of numbers (6,20,0.5)") from None


def amount_of_year(text: str) -> tuple[int, float]:
    """An amount of one year, written 2026=20000."""
    year, _, amount = text.partition("=")
    try:
        return int(year), float(amount)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not YEAR=DOLLARS") from None


def span(text: str) -> tuple[int, int]:
    """A range of years written 2026-2030, or one year."""
    first, _, last = text.partition("-")
    try:
        return int(first), int(last or first)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a range of years (2026-2030)") from None
