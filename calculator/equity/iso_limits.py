"""How much of an exercise is that of an incentive stock option.

What first becomes exercisable in a year above $100,000 is nonstatutory from the start: IRC 422(d);
Treas. Reg. 1.422-4.  What is exercised too long after the end of employment becomes so: IRC
422(a)(2) and (c)(6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, excess, is_zero, larger_of, smaller_of, total_of
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
    """By exercise, the part of its shares that the $100,000 limit leaves as incentive options.

    What becomes exercisable first is exercised first.  Of the options of one grant and one year,
    each share is one in part: Treas. Reg. 1.422-4(c)(2).
    """
    uses = _uses_by_grant(scenario)
    parts: dict[str, Dollars] = {}
    exercised: dict[str, Dollars] = {}
    for exercise in sorted(scenario.exercises, key=lambda each: each.date):
        before = exercised.get(exercise.grant, 0.0)
        exercised[exercise.grant] = before + exercise.shares
        own = uses.get(exercise.grant)
        parts[exercise.id] = WHOLE if own is None else _part_of(own, before, exercise.shares)
    return parts


def incentive_shares(scenario: Scenario) -> dict[str, Dollars]:
    """By grant, how many of its shares the limit leaves as those of an incentive option."""
    uses = _uses_by_grant(scenario)
    return {
        grant.id: total_of(use.shares - use.beyond for use in uses[grant.id])
        if grant.id in uses
        else grant.shares
        for grant in scenario.grants
    }


def limit_uses(scenario: Scenario) -> Iterator[LimitUse]:
    """What each grant asks of the limit, year by year, in the order in which the limit is used.

    It counts what is known to become exercisable: grants with vestings, and those that may be
    exercised early, in the order of their grants.  Each person, and the stock of each company, has
    a limit of its own.
    """
    room: dict[tuple[str, str, int], Dollars] = {}
    limited = [grant for grant in scenario.grants if grant.kind == "iso"]
    for grant in sorted(limited, key=lambda each: each.date):
        value = larger_of(_value_at_grant(grant), SMALLEST_VALUE)
        for year, count in _first_exercisable(grant, scenario.vestings).items():
            key = (grant.owner, grant.stock, year)
            left = room.get(key, option_law().exercisable_limit)
            worth = value * count
            yield LimitUse(grant.id, year, count, worth, left, excess(worth, over=left) / value)
            room[key] = excess(left, over=worth)


def _uses_by_grant(scenario: Scenario) -> dict[str, list[LimitUse]]:
    found: dict[str, list[LimitUse]] = {}
    for use in limit_uses(scenario):
        found.setdefault(use.grant, []).append(use)
    return found


def _part_of(uses: Sequence[LimitUse], before: Dollars, shares: Dollars) -> Dollars:
    """The part of shares that come after those exercised before."""
    if len(uses) == 1 or is_zero(shares):
        return _part_within(uses[0])
    start: Dollars = 0.0
    within: Dollars = 0.0
    for use in uses:
        end = start + use.shares
        taken = excess(smaller_of(end, before + shares), over=larger_of(start, before))
        within = within + taken * _part_within(use)
        start = end
    return smaller_of(within / larger_of(shares, SMALLEST_VALUE), WHOLE)


def _part_within(use: LimitUse) -> Dollars:
    return WHOLE - smaller_of(use.beyond / larger_of(use.shares, SMALLEST_VALUE), WHOLE)


def iso_part(grant: Grant, exercise: Exercise, part_within_limit: Dollars) -> Dollars:
    """The part of an exercise's shares that come from an incentive stock option.

    Where the company does not say which shares these are, each share is one in part.
    """
    if grant.kind != "iso" or _too_late(grant, exercise.date):
        return NONE
    if exercise.iso_shares is None or is_zero(exercise.shares):
        return part_within_limit
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


def _first_exercisable(grant: Grant, vestings: Sequence[Vesting]) -> dict[int, Dollars]:
    """How many options become exercisable by year; empty where that is not known.

    Options that end with employment in an earlier year never do.
    """
    if grant.early_exercise:
        return {grant.date.year: grant.shares}
    ended = grant.employment_ended
    counts: dict[int, Dollars] = {}
    for vesting in sorted(vestings, key=lambda each: each.date):
        year = vesting.date.year
        if vesting.grant == grant.id and (ended is None or year <= ended.year):
            counts[year] = counts.get(year, 0.0) + vesting.shares
    return counts
