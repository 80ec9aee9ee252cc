"""What pairing finds, in words; terms of the glossary stand in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from amtweb.analyses.panel import Explained
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.gain_words import (
    Added,
    anyway_words,
    back_words,
    higher,
    more_than,
    through_words,
    worth_words,
    year_words,
)
from calculator import evaluate
from calculator.analysis.credit_sooner import effect_of
from calculator.analysis.pairing import gain_per_share, whole_dollars
from calculator.equity.holding_period import is_long_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amtweb.analyses.pairing_source import Source
    from calculator import ScenarioResult
    from calculator.analysis.credit_sooner import Effect
    from calculator.analysis.pairing import Pairing
    from calculator.analysis.spread import Spread

MOST_ENTERED = 3
"""Gains of the scenario that are judged."""


class Judged(NamedTuple):
    """A gain in the year, against none or against a later one."""

    source: Source
    gain: float
    effect: Effect
    otherwise: int | None
    in_all: float
    """With ``otherwise``, the gain that there is."""
    in_last_year: Effect | None
    """The same gain in the last year, against none."""


def judge(
    source: Source,
    plain: ScenarioResult,
    year: int,
    gain: float,
    otherwise: int | None,
    in_all: float,
) -> Judged:
    """What the gain does: each scenario is computed as it would be with the gain entered."""
    scenario, last = source.scenario, plain.years[-1].year
    with_it = source.realize(scenario, year, gain)
    without, in_last_year = plain, None
    if otherwise is not None:
        without = evaluate(source.realize(scenario, otherwise, in_all))
        with_it = source.realize(with_it, otherwise, in_all - gain)
    elif year < last:
        at_last = evaluate(source.realize(scenario, last, gain))
        in_last_year = effect_of(plain, at_last, last)
    effect = effect_of(without, evaluate(with_it), year)
    return Judged(source, gain, effect, otherwise, in_all, in_last_year)


def judged_words(judged: Judged) -> Iterator[str]:
    """Whether the gain helps, what it costs, and whether it is worth it."""
    years = judged.source.scenario.years
    first, last = years[0].year, years[-1].year
    effect, year = judged.effect, judged.effect.year
    what = f"{dollars(judged.gain)} of {judged.source.kind} in {year}"
    if judged.otherwise is not None:
        rest = judged.in_all - judged.gain
        what += f" rather than in {judged.otherwise}"
        what += f", and the other {dollars(rest)} then," if rest >= 1 else ""
    yield (
        f"Taking {what} {back_words(effect, last)}; {through_words(first, last)} is"
        f" {higher(Added.of(effect).tax)}."
    )
    if judged.otherwise is None:
        yield worth_words(effect, last)
    if judged.in_last_year is not None:
        yield anyway_words(effect, judged.in_last_year.after, last)
    yield year_words(effect)


def entered_words(source: Source, plain: ScenarioResult, asked: int | None = None) -> Iterator[str]:
    """What the gains of this kind that are entered already do, told by leaving them out."""
    last = plain.years[-1].year
    entered = {year.year: source.standing(year.year) for year in plain.years}
    years = sorted((year for year in entered if entered[year] >= 1), key=lambda each: each != asked)
    for year in years[:MOST_ENTERED]:
        without = source.without_standing(year)
        effect = effect_of(evaluate(without), plain, year)
        tax = Added.of(effect).tax
        pays = f"{dollars(abs(tax))} {'more' if tax > 0 else 'less'}" if tax else "as much"
        than = "than" if tax else "as"
        yield (
            f"Your {dollars(entered[year])} of {source.kind} in {year} {back_words(effect, last)};"
            f" through {last} you pay {pays} federal tax {than} without it."
        )


def terms(source: Source, year: int) -> Iterator[str]:
    """What kind of gain a holding brings by its holding period."""
    if source.holding is None:
        return
    last_day = source.holding.acquired.replace(year=year, month=12, day=31)
    term = "long" if is_long_term(source.holding.acquired, last_day) else "short"
    yield (
        f"Sold at the end of {year}, {source.holding.label or 'the holding'} brings a"
        f" {term}-term gain of ${gain_per_share(source.holding):,.2f} a share."
    )


def sentences(found: Pairing, gain: float) -> Iterator[str]:
    """Why it is so, and what lies beyond."""
    absorbing, free = whole_dollars(found.absorbing_gain), whole_dollars(found.free_gain)
    if absorbing >= 1:
        paid = ", and the credit pays the difference" if free >= absorbing else ""
        yield Explained(
            f"Up to {dollars(absorbing)} of gain, the [AMT capital loss] of {found.year} absorbs"
            f" it for AMT: [regular tax] rises, [tentative minimum tax] does not{paid}."
        )
    if free >= 1 and free not in (absorbing, whole_dollars(gain)):
        yield f"Up to {dollars(free)} of gain, the credit pays all of the regular tax that it adds."
    eroded = float(found.credit_eroded.max() - found.credit_eroded[0])
    if eroded >= 1:
        start = found.gain[np.flatnonzero(found.credit_eroded > found.credit_eroded[0] + 1)[0]]
        yield Explained(
            f"From about {dollars(float(start))} on, the gain [erodes|erosion] the credit: up to"
            f" {dollars(eroded)} of it is lost without lowering any tax."
        )
    best = whole_dollars(found.best_gain)
    if best >= 1:
        at_best = found.net_cost[np.searchsorted(found.gain, best)]
        yield (
            f"All taxes together are least, {dollars(-float(at_best))} lower, with a gain of"
            f" {dollars(best)}."
        )


def net_costs(divided: Spread) -> list[int]:
    """Of each way of dividing the gain, as it is shown."""
    return [more_than(divided.present_value, way.net_cost) for way in divided.ways]


def saves(divided: Spread) -> int:
    """What the best division costs less than the gain in one year."""
    costs = net_costs(divided)
    return costs[0] - costs[divided.ways.index(divided.best)]


def spread_words(divided: Spread) -> Iterator[str]:
    """What dividing the gain over years saves."""
    costs = net_costs(divided)
    if len(costs) > 1 and len(set(costs)) == 1:
        yield (
            f"In equal parts over 2 to {len(costs)} years, a gain of {dollars(divided.gain)} costs"
            f" the same in all, {dollars(costs[0])}."
        )
    if saves(divided) < 1:
        return
    lump, best = divided.ways[0], divided.best
    eroded = lump.credit_eroded - best.credit_eroded
    less = f" and erodes {dollars(eroded)} less of the credit" if eroded >= 1 else ""
    yield (
        f"Divided over {len(best.years)} years from {best.years[0]}, a gain of"
        f" {dollars(divided.gain)} costs {dollars(saves(divided))} less than in one year{less}."
    )
