"""Dates: from which day on shares are long-term or qualify, and when options vest and end.

Every period ends with its last day; the day that counts is the one after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from calculator.equity.holding_period import anniversary
from calculator.equity.iso_limits import last_day_as_iso
from calculator.equity.lots import tranches_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculator.equity.lots import Lot
    from calculator.scenario import Grant, Scenario

DAY = timedelta(days=1)

GRANTED = "granted"
VESTS = "vests"
EXERCISED = "exercised"
ACQUIRED = "acquired"
SOLD = "sold"
LONG_TERM_FROM = "long_term_from"
AMT_LONG_TERM_FROM = "amt_long_term_from"
QUALIFYING_FROM = "qualifying_from"
EMPLOYMENT_ENDED = "employment_ended"
LAST_DAY_AS_ISO = "last_day_as_iso"
EXPIRES = "expires"
SPLIT = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOfShares:
    """A day that matters for a grant, a lot or a sale."""

    date: date
    kind: str
    of: str
    """The id of the grant, vesting, exercise, holding, sale or split."""

    def to_dict(self) -> dict[str, Any]:
        """The day as the command line prints it."""
        return {"date": self.date.isoformat(), "kind": self.kind, "of": self.of}


def dates(scenario: Scenario) -> tuple[DateOfShares, ...]:
    """All days that matter, in their order."""
    found = [*_of_grants(scenario), *_of_lots(scenario), *_of_events(scenario)]
    return tuple(sorted(set(found), key=lambda each: (each.date, each.of, each.kind)))


def qualifying_from(granted: date, exercised: date) -> date:
    """The first day on which a sale of incentive stock option shares qualifies."""
    two_years, one_year = anniversary(granted, 2), anniversary(exercised, 1)
    return (two_years if two_years > one_year else one_year) + DAY


def _of_grants(scenario: Scenario) -> Iterator[DateOfShares]:
    for grant in scenario.grants:
        yield DateOfShares(date=grant.date, kind=GRANTED, of=grant.id)
        yield from _ends_of(grant)


def _ends_of(grant: Grant) -> Iterator[DateOfShares]:
    if grant.expires is not None:
        yield DateOfShares(date=grant.expires, kind=EXPIRES, of=grant.id)
    if grant.employment_ended is None:
        return
    yield DateOfShares(date=grant.employment_ended, kind=EMPLOYMENT_ENDED, of=grant.id)
    last = last_day_as_iso(grant)
    if grant.kind == "iso" and last is not None:
        yield DateOfShares(date=last, kind=LAST_DAY_AS_ISO, of=grant.id)


def _of_lots(scenario: Scenario) -> Iterator[DateOfShares]:
    for source, tranches in tranches_of(scenario).items():
        for tranche in tranches:
            for _, lot in tranche.lots:
                if tranche.vested is not None:
                    yield from _of_lot(source, lot)


def _of_lot(source: str, lot: Lot) -> Iterator[DateOfShares]:
    long_term = anniversary(lot.acquired, 1) + DAY
    yield DateOfShares(date=long_term, kind=LONG_TERM_FROM, of=source)
    if lot.amt_acquired != lot.acquired:
        amt_long_term = anniversary(lot.amt_acquired, 1) + DAY
        yield DateOfShares(date=amt_long_term, kind=AMT_LONG_TERM_FROM, of=source)
    if lot.granted is not None:
        day = qualifying_from(lot.granted, lot.acquired)
        yield DateOfShares(date=day, kind=QUALIFYING_FROM, of=source)


def _of_events(scenario: Scenario) -> Iterator[DateOfShares]:
    ended = {grant.id: grant.employment_ended for grant in scenario.grants}
    for vesting in scenario.vestings:
        end = ended[vesting.grant]
        if end is None or vesting.date <= end:
            yield DateOfShares(date=vesting.date, kind=VESTS, of=vesting.id)
    for kind, events in (
        (EXERCISED, scenario.exercises),
        (SOLD, scenario.sales),
        (SPLIT, scenario.splits),
    ):
        for event in events:
            yield DateOfShares(date=event.date, kind=kind, of=event.id)
    for holding in scenario.holdings:
        yield DateOfShares(date=holding.acquired, kind=ACQUIRED, of=holding.id)
