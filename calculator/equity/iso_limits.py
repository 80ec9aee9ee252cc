"""How much of an exercise is that of an incentive stock option.

What first becomes exercisable in a year above $100,000 is nonstatutory from the start: IRC 422(d);
Treas. Reg. 1.422-4.  What is exercised too long after the end of employment becomes so: IRC
422(a)(2) and (c)(6).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, excess, is_zero, larger_of, smaller_of
from calculator.equity.holding_period import months_after
from calculator.law.options import option_law

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from calculator.scenario import Exercise, Grant, Scenario, Vesting

WHOLE = 1.0
NONE = 0.0
SMALLEST_VALUE = 1e-9
"""Dollars a share; keeps stock without value from being divided by."""


class LimitUse(NamedTuple):
    """What options of a grant that first become exercisable in a year ask of the limit."""

    grant: str
    year: int
    shares: Dollars
    worth: Dollars
    """Value at grant of these shares."""
    room: Dollars
    """Dollars that earlier grants have left."""
    beyond: Dollars
    """Shares for which there is no room."""


def iso_parts(scenario: Scenario) -> dict[str, Dollars]:
    """By grant, the part of its options that the $100,000 limit leaves as incentive options.

    It counts what is known to become exercisable: grants with vestings, and those that may be
    exercised early, in the order of their grants.  Each person, and the stock of each company, has
    a limit of its own.
    """
    parts: dict[str, Dollars] = {grant.id: WHOLE for grant in scenario.grants}
    for name, uses in groupby(limit_uses(scenario), key=lambda use: use.grant):
        shares: Dollars = 0.0
        beyond: Dollars = 0.0
        for use in uses:
            beyond = beyond + use.beyond
            shares = shares + use.shares
        if not is_zero(shares):
            parts[name] = WHOLE - smaller_of(beyond / larger_of(shares, SMALLEST_VALUE), WHOLE)
    return parts


def limit_uses(scenario: Scenario) -> Iterator[LimitUse]:
    """What each grant asks of the limit, year by year, in the order in which the limit is used."""
    room: dict[tuple[str, str, int], Dollars] = {}
    limited = [grant for grant in scenario.grants if grant.kind == "iso"]
    for grant in sorted(limited, key=lambda each: each.date):
        value = larger_of(_value_at_grant(grant), SMALLEST_VALUE)
        for year, count in _first_exercisable(grant, scenario.vestings):
            key = (grant.owner, grant.stock, year)
            left = room.get(key, option_law().exercisable_limit)
            worth = value * count
            yield LimitUse(grant.id, year, count, worth, left, excess(worth, over=left) / value)
            room[key] = excess(left, over=worth)


def iso_part(grant: Grant, exercise: Exercise, part_of_grant: Dollars) -> Dollars:
    """The part of an exercise's shares that come from an incentive stock option.

    Where the company does not say which shares these are, each share is one in part.
    """
    if grant.kind != "iso" or _too_late(grant, exercise.date):
        return NONE
    if exercise.iso_shares is None or is_zero(exercise.shares):
        return part_of_grant
    return exercise.iso_shares / larger_of(exercise.shares, SMALLEST_VALUE)


def last_day_as_iso(grant: Grant) -> date | None:
    """The last day on which an exercise is that of an incentive option; None without end."""
    if grant.employment_ended is None:
        return None
    law = option_law()
    by_disability = grant.employment_ended_by == "disability"
    months = law.months_after_disability if by_disability else law.months_after_leaving
    return months_after(grant.employment_ended, months)


def _too_late(grant: Grant, day: date) -> bool:
    last = last_day_as_iso(grant)
    return last is not None and day > last


def _value_at_grant(grant: Grant) -> Dollars:
    return grant.strike if grant.fair_market_value is None else grant.fair_market_value


def _first_exercisable(
    grant: Grant, vestings: Sequence[Vesting]
) -> tuple[tuple[int, Dollars], ...]:
    """In which years how many options become exercisable; none where that is not known.

    Options that end with employment in an earlier year never do.
    """
    if grant.early_exercise:
        return ((grant.date.year, grant.shares),)
    return tuple(_vesting_years(grant, vestings))


def _vesting_years(grant: Grant, vestings: Sequence[Vesting]) -> Iterator[tuple[int, Dollars]]:
    ended = grant.employment_ended
    for vesting in sorted(vestings, key=lambda each: each.date):
        if vesting.grant == grant.id and (ended is None or vesting.date.year <= ended.year):
            yield vesting.date.year, vesting.shares
