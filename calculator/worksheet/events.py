"""The exercises, vestings and sales behind an amount that shares put on a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from calculator.equity.compensation import kept_out_of_line_2i, left_out_of_amt
from calculator.equity.dispositions import sale_date
from calculator.equity.lots import tranches_of
from calculator.equity.splits import after_splits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from calculator.amounts import Dollars
    from calculator.equity.compensation import EquityYear
    from calculator.equity.dispositions import Disposition
    from calculator.equity.lots import Lot, Tranche
    from calculator.scenario import Exercise, Sale, Scenario


class Event(NamedTuple):
    """What happened to shares, and its part of an amount."""

    path: str
    """Its place in the scenario document: ``sales[2]``."""
    label: str
    amount: float


_OF_SALES: Final[Mapping[str, Callable[[Disposition], Dollars]]] = {
    "wages": lambda part: part.ordinary_income,
    "bargain_element": kept_out_of_line_2i,
    "income_left_out_of_amt": left_out_of_amt,
    "short_term_gain": lambda part: 0.0 if part.long_term else part.gain,
    "long_term_gain": lambda part: part.gain if part.long_term else 0.0,
    "amt_short_term_gain": lambda part: 0.0 if part.amt_long_term else part.amt_gain,
    "amt_long_term_gain": lambda part: part.amt_gain if part.amt_long_term else 0.0,
}
_OF_NONSTATUTORY_OPTIONS: Final = ("wages", "medicare_wages")
_OF_INCENTIVE_OPTIONS: Final = ("bargain_element",)


def known_amounts() -> frozenset[str]:
    """What a formula may call an amount that shares put on a form."""
    return frozenset((*_OF_SALES, *_OF_NONSTATUTORY_OPTIONS, *_OF_INCENTIVE_OPTIONS))


def events_behind(
    amount: str, scenario: Scenario, year: int, equity: EquityYear
) -> Iterator[Event]:
    """The events that an amount of a year is the sum of, those without a part in it left out."""
    if amount in _OF_NONSTATUTORY_OPTIONS:
        yield from _exercised(scenario, year, lambda lot: lot.granted is None)
    if amount in _OF_INCENTIVE_OPTIONS:
        yield from _exercised(scenario, year, lambda lot: lot.granted is not None)
    of_sale = _OF_SALES.get(amount)
    if of_sale is None:
        return
    places = {sale.id: place for place, sale in enumerate(scenario.sales)}
    for sold in equity.sales:
        part_of_amount = sum(float(of_sale(part)) for part in sold.parts)
        if part_of_amount:
            place = places[sold.id]
            words = sale_in_words(scenario.sales[place], scenario)
            yield Event(f"sales[{place}]", words, part_of_amount)


def _exercised(scenario: Scenario, year: int, is_asked: Callable[[Lot], bool]) -> Iterator[Event]:
    """The spreads of options that count in the year: at the exercise, or at vesting after it."""
    tranches = tranches_of(after_splits(scenario))
    vestings = {vesting.id: place for place, vesting in enumerate(scenario.vestings)}
    for place, exercise in enumerate(scenario.exercises):
        at_exercise = 0.0
        for tranche in tranches[exercise.id]:
            lots = [
                lot
                for _, lot in tranche.lots
                if lot.counted is not None and lot.counted.year == year and is_asked(lot)
            ]
            spread = sum(float(lot.amt_spread * lot.shares) for lot in lots)
            if not spread:
                continue
            if lots[0].counted == exercise.date:
                at_exercise += spread
            else:
                words = _vesting_in_words(exercise, tranche, scenario)
                yield Event(f"vestings[{vestings[tranche.vesting]}]", words, spread)
        if at_exercise:
            yield Event(f"exercises[{place}]", exercise_in_words(exercise, scenario), at_exercise)


def exercise_in_words(exercise: Exercise, scenario: Scenario) -> str:
    """``Exercise of 1,000 shares on Nov 2, 2026 (Grant A)``."""
    of = _grant_of(exercise, scenario)
    return f"Exercise of {in_shares(exercise.shares)} on {on_day(exercise.date)} ({of})"


def _vesting_in_words(exercise: Exercise, tranche: Tranche, scenario: Scenario) -> str:
    of = _grant_of(exercise, scenario)
    vested = tranche.vested or exercise.date
    return f"Vesting on {on_day(vested)} of shares bought on {on_day(exercise.date)} ({of})"


def sale_in_words(sale: Sale, scenario: Scenario) -> str:
    """``Sale of 1,000 shares on Nov 2, 2026 (Grant A)``."""
    what = "Sale" if sale.kind == "sale" else "Worthlessness"
    of = source_in_words(sale.source, scenario)
    return f"{what} of {in_shares(sale.shares)} on {on_day(sale_date(sale))} ({of})"


def source_in_words(source: str, scenario: Scenario) -> str:
    """The grant behind an exercise, or the holding, that shares come from."""
    for exercise in scenario.exercises:
        if exercise.id == source:
            return _grant_of(exercise, scenario)
    return next((each.label for each in scenario.holdings if each.id == source), "") or source


def _grant_of(exercise: Exercise, scenario: Scenario) -> str:
    labels = {grant.id: grant.label for grant in scenario.grants}
    return labels[exercise.grant] or exercise.grant


def in_shares(shares: Dollars) -> str:
    """``1,000 shares``; a part of a share to the thousandth."""
    count = f"{float(shares):,.3f}".rstrip("0").rstrip(".")
    return f"{count} share" if count == "1" else f"{count} shares"


def on_day(day: date) -> str:
    """``Nov 2, 2026``."""
    return f"{day:%b} {day.day}, {day.year}"
