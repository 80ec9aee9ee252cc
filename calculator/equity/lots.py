"""Lots of shares, each with its two bases: IRC 56(b)(3); Form 6251 instructions, line 2i."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, excess

if TYPE_CHECKING:
    from datetime import date

    from calculator.scenario import Exercise, Grant, Holding, IsoOrigin, Scenario


class Lot(NamedTuple):
    """Shares acquired on one day.  Prices and bases are dollars a share."""

    shares: Dollars
    acquired: date
    granted: date | None
    """When the incentive stock option behind the lot was granted; None for other shares."""
    price_paid: Dollars
    spread: Dollars
    """Fair market value over strike at exercise; zero for shares not acquired by option."""
    basis: Dollars
    amt_basis: Dollars


def lots_of(scenario: Scenario) -> dict[str, Lot]:
    """Every lot that a sale can name, by the id of its exercise or holding."""
    grants = {grant.id: grant for grant in scenario.grants}
    bought = {
        exercise.id: lot_of_exercise(grants[exercise.grant], exercise)
        for exercise in scenario.exercises
    }
    return bought | {holding.id: lot_of_holding(holding) for holding in scenario.holdings}


def lot_of_exercise(grant: Grant, exercise: Exercise) -> Lot:
    """The lot that an exercise makes.

    The spread of a nonstatutory option is wages and hence part of both bases; that of an
    incentive stock option is part of the AMT basis alone, whether or not any AMT was owed.
    """
    spread = excess(exercise.fair_market_value, over=grant.strike)
    with_spread = grant.strike + spread
    is_iso = grant.kind == "iso"
    return Lot(
        shares=exercise.shares,
        acquired=exercise.date,
        granted=grant.date if is_iso else None,
        price_paid=grant.strike,
        spread=spread,
        basis=grant.strike if is_iso else with_spread,
        amt_basis=with_spread,
    )


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
    )
