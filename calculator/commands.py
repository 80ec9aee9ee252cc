"""The analyses as commands: what each is called, what may be asked, and who answers.

An analysis is loaded only when its command is given.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculator.law.changed import LawChange
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


def _monte_carlo(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.monte_carlo import monte_carlo
    from calculator.analysis.price_paths import FallAndStay, Lognormal

    model = (
        FallAndStay(asked.start, asked.price, asked.fall)
        if asked.sale_prices_from == "fall"
        else Lognormal(asked.start, asked.price, asked.drift, asked.volatility)
    )
    return monte_carlo(
        scenario,
        model,
        paths=asked.paths,
        seed=asked.seed,
        exercises=asked.exercises,
        holdings=asked.holding,
    ).to_dict()


MONTE_CARLO = Command(
    "monte-carlo",
    "Follow the credit over many paths of the stock’s price.",
    (
        flag(
            "--sale-prices-from",
            "the kind of path",
            choices=("lognormal", "fall"),
            default="lognormal",
        ),
        flag("--price", "today's price, dollars a share", type=float, required=True),
        flag("--start", "the day of that price", type=day, required=True),
        flag("--drift", "yearly growth of the mean price (0.07)", type=float, default=0.0),
        flag("--volatility", "yearly volatility (0.6)", type=float, default=0.0),
        flag("--fall", "fraction lost in a year, on a path that falls", type=float, default=0.0),
        flag("--exercises", "later fair market values follow the paths too", action="store_true"),
        flag(
            "--holding",
            "a further holding whose sales follow the paths",
            action="append",
            default=[],
        ),
        flag("--paths", "how many", type=int, default=10_000),
        flag("--seed", "the same number, the same paths", type=int, default=0),
    ),
    _monte_carlo,
)


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


def _deduction_election(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.deduction_election import deduction_election

    return deduction_election(scenario, asked.year, credit_value=asked.credit_value).to_dict()


DEDUCTION_ELECTION = Command(
    "deduction-election",
    "Compare the standard deduction with itemizing, by the tax of all years.",
    (
        flag("--year", "only this year", type=int),
        flag(
            "--credit-value",
            "what a dollar of credit left at the end is worth (0)",
            type=float,
            default=0.0,
        ),
    ),
    _deduction_election,
)


def _pairing(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.pairing import pairing

    return pairing(
        scenario,
        asked.year,
        holding=asked.holding,
        points=asked.points,
        upto=asked.upto,
        otherwise=asked.otherwise,
        long_term=not asked.short_term,
    ).to_dict()


PAIRING = Command(
    "pairing",
    "Follow the credit as further gain is realized in a year.",
    (
        flag("--year", "the year of the gain", type=int, required=True),
        flag("--holding", "the id of the holding to sell for it"),
        flag("--points", "how many points the curve has", type=int, default=200),
        flag("--upto", "the largest gain, in dollars", type=float),
        flag("--otherwise", "the year in which it would be realized if not now", type=int),
        flag("--short-term", "a short-term gain", action="store_true"),
    ),
    _pairing,
)


def _crossover(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.crossover import crossover

    return crossover(scenario, asked.exercise, budget=asked.budget).to_dict()


CROSSOVER = Command(
    "crossover",
    "Say how many shares can be exercised before AMT starts.",
    (
        flag("--exercise", "the id of the exercise", required=True),
        flag("--budget", "dollars of AMT that would be accepted", type=float),
    ),
    _crossover,
)


def _law_comparison(scenario: Scenario, asked: argparse.Namespace) -> dict[str, Any]:
    from calculator.analysis.law_comparison import law_comparison

    return law_comparison(scenario, asked.change).to_dict()


LAW_COMPARISON = Command(
    "law-comparison",
    "Compute the same facts under current law, the sunset, flat rates, and a law of one’s own.",
    (
        flag(
            "--change",
            "a parameter of one’s own law, from a year on if one is given",
            action="append",
            default=[],
            type=law_change,
            metavar="amt.phaseout_rate=0.25@2027",
        ),
    ),
    _law_comparison,
)

COMMANDS: tuple[Command, ...] = (
    PAIRING,
    CROSSOVER,
    MONTE_CARLO,
    SALE_PRICES,
    DEDUCTION_ELECTION,
    LAW_COMPARISON,
)
