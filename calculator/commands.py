"""The analyses as commands: what each is called, what may be asked, and who answers.

An analysis is loaded only when its command is given.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculator.scenario import Scenario


class Flag(NamedTuple):
    """An option of a command, as ``argparse`` takes it."""

    name: str
    settings: dict[str, Any]


class Command(NamedTuple):
    """A question about a scenario."""

    name: str
    help: str
    flags: tuple[Flag, ...]
    answer: Callable[[Scenario, argparse.Namespace], dict[str, Any]]


def flag(name: str, help_: str, **settings: Any) -> Flag:
    """An option with its help."""
    return Flag(name, {"help": help_, **settings})


def day(text: str) -> date:
    """A date written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date (YYYY-MM-DD)") from None


def numbers(text: str) -> list[float]:
    """Numbers with commas between them."""
    try:
        return [float(number) for number in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of numbers (6,20,0.5)") from None


def _sale_prices(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.sale_prices import sale_prices

    return sale_prices(scenario, asked.sale, asked.prices).to_dict()


SALE_PRICES = Command(
    "sale-prices",
    "Compare prices of one sale, each beside exercise and sale on one day.",
    (
        flag("--sale", "the sale", required=True, metavar="ID"),
        flag(
            "--prices",
            "dollars a share, with commas between",
            type=numbers,
            required=True,
            metavar="6,20,4,0.5",
        ),
    ),
    _sale_prices,
)

COMMANDS: tuple[Command, ...] = (SALE_PRICES,)
