"""Lots of shares, each with its two bases: IRC 56(b)(3), 83; Form 6251 instructions, line 2i.

An exercise makes one lot, or several: shares that have vested and shares that have not, shares of
an incentive stock option and of a nonstatutory one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, excess, is_zero, larger_of, smaller_of, total_of
from calculator.equity.iso_limits import SMALLEST_VALUE, WHOLE, iso_part, iso_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from calculator.scenario import Exercise, Grant, Holding, IsoOrigin, Scenario, Vesting


class Lot(NamedTuple):
    """Shares acquired on one day.  Prices and bases are dollars a share."""

    shares: Dollars
    acquired: date
    granted: date | None
    """When the incentive stock option behind the lot was granted; None for other shares."""
    price_paid: Dollars
    spread: Dollars
    """Fair market value over strike at exercise, or at vesting where section 83 looks there; zero
    for shares not acquired by option."""
    basis: Dollars
    amt_basis: Dollars
    amt_acquired: date
    """Where the holding period of AMT begins."""
    amt_spread: Dollars
    """What AMT counts as income of the option."""
    counted: date | None
    """When the spread counts: an incentive option's in AMT, another's as wages.  None for never."""


class Tranche(NamedTuple):
    """Shares of an exercise or a holding that may be sold from the same day on.

    Each share is of all its lots alike, in the parts that stand beside them.
    """

    shares: Dollars
    vested: date | None
    """From when they may be sold; None for never."""
    lots: tuple[tuple[Dollars, Lot], ...]
    vesting: str = ""
    """The vesting that the shares waited for when they were exercised."""


def lots_of(scenario: Scenario) -> dict[str, Lot]:
    """Every lot that a sale can name, by the id of its exercise or holding.

    Where an exercise made several, they are taken together: bases and spreads are averages, dates
    those of the first.
    """
    return {source: _together(tranches) for source, tranches in tranches_of(scenario).items()}


def tranches_of(scenario: Scenario) -> dict[str, tuple[Tranche, ...]]:
    """What every exercise and holding is made of, in the order in which it is sold."""
    grants = {grant.id: grant for grant in scenario.grants}
    parts = iso_parts(scenario)
    found: dict[str, tuple[Tranche, ...]] = {}
    exercised: dict[str, Dollars] = {}
    for exercise in _in_order(scenario):
        grant = grants[exercise.grant]
        part = iso_part(grant, exercise, parts[exercise.id])
        before = exercised.get(grant.id, 0.0)
        exercised[grant.id] = before + exercise.shares
        schedule = _schedule(grant, scenario.vestings)
        if schedule:
            pieces = tuple(_pieces(grant, exercise, part, before, schedule))
        else:
            pieces = (_vested_piece(grant, exercise, part, exercise.shares),)
        found[exercise.id] = pieces
    for holding in scenario.holdings:
        lot = lot_of_holding(holding)
        found[holding.id] = (Tranche(lot.shares, lot.acquired, ((WHOLE, lot),)),)
    return found


def lot_of_holding(holding: Holding) -> Lot:
    """A lot held from before; an incentive stock option's has both bases from its exercise."""
    if holding.iso is not None:
        return _lot_of_earlier_exercise(holding.shares, holding.iso)
    basis: Dollars = 0.0 if holding.basis is None else holding.basis
    return Lot(
        shares=holding.shares,
        acquired=holding.acquired,
        granted=None,
        price_paid=basis,
        spread=0.0,
        basis=basis,
        amt_basis=basis if holding.amt_basis is None else holding.amt_basis,
        amt_acquired=holding.acquired,
        amt_spread=0.0,
        counted=None,
    )


def _lot_of_earlier_exercise(shares: Dollars, iso: IsoOrigin) -> Lot:
    spread = excess(iso.fair_market_value, over=iso.strike)
    return Lot(
        shares=shares,
        acquired=iso.exercised,
        granted=iso.granted,
        price_paid=iso.strike,
        spread=spread,
        basis=iso.strike,
        amt_basis=iso.strike + spread,
        amt_acquired=iso.exercised,
        amt_spread=spread,
        counted=iso.exercised,
    )


def _in_order(scenario: Scenario) -> Iterable[Exercise]:
    """The exercises, by date where it matters which came first."""
    if not scenario.vestings:
        return scenario.exercises
    return sorted(scenario.exercises, key=lambda each: each.date)


def _schedule(grant: Grant, vestings: Sequence[Vesting]) -> list[Vesting]:
    """The vestings that shares exercised early wait for."""
    if not (grant.early_exercise and vestings):
        return []
    own = (vesting for vesting in vestings if vesting.grant == grant.id)
    return sorted(own, key=lambda each: each.date)


def _pieces(
    grant: Grant,
    exercise: Exercise,
    part: Dollars,
    before: Dollars,
    schedule: Sequence[Vesting],
) -> Iterator[Tranche]:
    """The tranches of an exercise before all has vested; what vests first is exercised first.

    ``before`` is what was exercised earlier under the grant.
    """
    vested: Dollars = 0.0
    waiting: list[tuple[Vesting, Dollars]] = []
    start: Dollars = 0.0
    for vesting in schedule:
        end = start + vesting.shares
        shares = excess(smaller_of(end, before + exercise.shares), over=larger_of(start, before))
        start = end
        if vesting.date <= exercise.date:
            vested = vested + shares
        elif not is_zero(shares):
            waiting.append((vesting, shares))
    if not is_zero(vested) or not waiting:
        yield _vested_piece(grant, exercise, part, vested)
    for vesting, shares in waiting:
        yield _unvested_piece(grant, exercise, part, vesting, shares)


def _vested_piece(grant: Grant, exercise: Exercise, part: Dollars, shares: Dollars) -> Tranche:
    """Shares that are their owner's from the exercise on."""
    spread = excess(exercise.fair_market_value, over=grant.strike)
    lots = _lots(grant, exercise, part, shares, (spread, spread, exercise.date, exercise.date))
    return Tranche(shares, exercise.date, lots)


def _unvested_piece(
    grant: Grant, exercise: Exercise, part: Dollars, vesting: Vesting, shares: Dollars
) -> Tranche:
    """Shares that have yet to vest: IRC 83(a), or (b) where it is elected.

    The election does nothing for the regular tax of an incentive stock option, whose income on a
    disqualifying disposition is measured at vesting: Treas. Reg. 1.422-1(b)(3).
    """
    at_exercise = excess(exercise.fair_market_value, over=grant.strike)
    value = exercise.fair_market_value
    if vesting.fair_market_value is not None:
        value = vesting.fair_market_value
    at_vesting = excess(value, over=grant.strike)
    ended = grant.employment_ended
    vested = vesting.date if ended is None or vesting.date <= ended else None
    elected = exercise.section_83b_election
    income = at_exercise if elected else at_vesting
    begins = exercise.date if elected else vesting.date
    counted = exercise.date if elected else vested
    lots = _lots(grant, exercise, part, shares, (at_vesting, income, begins, counted))
    return Tranche(shares, vested, lots, vesting.id)


def _lots(
    grant: Grant,
    exercise: Exercise,
    part: Dollars,
    shares: Dollars,
    income: tuple[Dollars, Dollars, date, date | None],
) -> tuple[tuple[Dollars, Lot], ...]:
    """The lots of a tranche, of which ``part`` is that of an incentive stock option.

    The spread of a nonstatutory option is wages and hence part of both bases; that of an
    incentive stock option is part of the AMT basis alone, whether or not any AMT was owed.

    Args:
        grant: The option.
        exercise: Its exercise.
        part: Of each share.
        shares: Of the tranche.
        income: The spread of a disqualifying disposition, the spread that counts before, where the
            holding period for it begins, and when it counts.
    """
    spread, counted_spread, begins, counted = income
    found = []
    if not is_zero(part):
        incentive = Lot(
            shares=shares * part,
            acquired=exercise.date,
            granted=grant.date,
            price_paid=grant.strike,
            spread=spread,
            basis=grant.strike,
            amt_basis=grant.strike + counted_spread,
            amt_acquired=begins,
            amt_spread=counted_spread,
            counted=counted,
        )
        found.append((part, incentive))
    if not (type(part) is float and part == WHOLE):
        rest = WHOLE - part
        with_spread = grant.strike + counted_spread
        nonstatutory = Lot(
            shares=shares * rest,
            acquired=begins,
            granted=None,
            price_paid=grant.strike,
            spread=counted_spread,
            basis=with_spread,
            amt_basis=with_spread,
            amt_acquired=begins,
            amt_spread=counted_spread,
            counted=counted,
        )
        found.append((rest, nonstatutory))
    return tuple(found)


def _together(tranches: Sequence[Tranche]) -> Lot:
    lots = [lot for tranche in tranches for _, lot in tranche.lots]
    first = lots[0]
    if len(lots) == 1:
        return first
    shares = total_of(lot.shares for lot in lots)
    counted = larger_of(shares, SMALLEST_VALUE)

    def average(name: str) -> Dollars:
        return total_of(lot.shares * getattr(lot, name) for lot in lots) / counted

    return first._replace(
        shares=shares,
        spread=average("spread"),
        basis=average("basis"),
        amt_basis=average("amt_basis"),
        amt_spread=average("amt_spread"),
    )
