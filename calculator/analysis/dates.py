"""Dates: from which day on shares are long-term or qualify, and when options vest and end.

Every period ends with its last day; the day that counts is the one after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from calculator.cautions import INCOME_OF_WASH_SALE, WASH_SALE, cautions
from calculator.equity.dispositions import sale_date
from calculator.equity.holding_period import DAY, anniversary, first_qualifying_day
from calculator.equity.iso_limits import last_day_as_iso
from calculator.equity.lots import tranches_of
from calculator.equity.splits import after_splits
from calculator.law.estimated_tax import balance_day
from calculator.law.options import option_law

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.equity.lots import Lot, Tranche
    from calculator.scenario import Grant, Scenario

GRANTED = "granted"
VESTS = "vests"
EXERCISED = "exercised"
ACQUIRED = "acquired"
SOLD = "sold"
ELECT_UNTIL = "elect_until"
"""The last day to file an election under section 83(b)."""
SAME_YEAR_UNTIL = "same_year_until"
"""The last day on which a sale takes an ISO's spread off the AMT of the year that counts it."""
LONG_TERM_FROM = "long_term_from"
AMT_LONG_TERM_FROM = "amt_long_term_from"
QUALIFYING_FROM = "qualifying_from"
EMPLOYMENT_ENDED = "employment_ended"
LAST_DAY_AS_ISO = "last_day_as_iso"
EXPIRES = "expires"
EXPIRES_AT_LATEST = "expires_at_latest"
"""Of an ISO whose last day is not given: ten years from the grant."""
SPLIT = "split"
WASH_SALE_FROM = "wash_sale_from"
WASH_SALE_UNTIL = "wash_sale_until"
"""Around a sale that seems to be a wash sale, shares that come replace those sold."""
TAX_DUE = "tax_due"
"""The return of a year in which options were exercised or shares sold, and what it leaves to pay.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOfShares:
    """A day that matters for a grant, a lot or a sale."""

    date: date
    kind: str
    of: str
    """The id of the grant, vesting, exercise, holding, sale or split; of a tax, its year."""
    vesting: str = ""
    """Of shares that waited for a vesting, its id."""

    def to_dict(self) -> dict[str, Any]:
        """The day as the command line prints it."""
        return {
            "date": self.date.isoformat(),
            "kind": self.kind,
            "of": self.of,
            "vesting": self.vesting or None,
        }


def dates(scenario: Scenario) -> tuple[DateOfShares, ...]:
    """All days that matter, in their order."""
    counted = after_splits(scenario)
    found = {
        *_of_grants(counted),
        *_of_lots(counted),
        *_of_events(scenario),
        *_of_wash_sales(scenario),
        *_of_taxes(scenario),
    }
    return tuple(sorted(found, key=lambda each: (each.date, each.of, each.kind, each.vesting)))


def _of_grants(scenario: Scenario) -> Iterator[DateOfShares]:
    for grant in scenario.grants:
        yield DateOfShares(date=grant.date, kind=GRANTED, of=grant.id)
        yield from _ends_of(grant)


def _ends_of(grant: Grant) -> Iterator[DateOfShares]:
    if grant.expires is not None:
        yield DateOfShares(date=grant.expires, kind=EXPIRES, of=grant.id)
    elif grant.kind == "iso":
        last_of_all = anniversary(grant.date, option_law().years_of_term)
        yield DateOfShares(date=last_of_all, kind=EXPIRES_AT_LATEST, of=grant.id)
    if grant.employment_ended is None:
        return
    yield DateOfShares(date=grant.employment_ended, kind=EMPLOYMENT_ENDED, of=grant.id)
    last = last_day_as_iso(grant)
    if grant.kind == "iso" and last is not None:
        yield DateOfShares(date=last, kind=LAST_DAY_AS_ISO, of=grant.id)


def _of_lots(scenario: Scenario) -> Iterator[DateOfShares]:
    exercised = {exercise.id: exercise.date for exercise in scenario.exercises}
    for source, tranches in tranches_of(scenario).items():
        if any(tranche.vesting for tranche in tranches):
            last = exercised[source] + timedelta(days=option_law().election_days)
            yield DateOfShares(date=last, kind=ELECT_UNTIL, of=source)
        for tranche in tranches:
            for _, lot in tranche.lots:
                if tranche.vested is not None:
                    yield from _of_lot(source, tranche, lot)


def _of_lot(source: str, tranche: Tranche, lot: Lot) -> Iterator[DateOfShares]:
    long_term = anniversary(lot.acquired, 1) + DAY
    yield DateOfShares(date=long_term, kind=LONG_TERM_FROM, of=source)
    if lot.amt_acquired != lot.acquired:
        amt_long_term = anniversary(lot.amt_acquired, 1) + DAY
        yield DateOfShares(
            date=amt_long_term, kind=AMT_LONG_TERM_FROM, of=source, vesting=tranche.vesting
        )
    if lot.granted is None:
        return
    day = first_qualifying_day(lot.granted, lot.acquired)
    yield DateOfShares(date=day, kind=QUALIFYING_FROM, of=source)
    if lot.counted is not None:
        waited = tranche.vesting if lot.counted != lot.acquired else ""
        year_end = lot.counted.replace(month=12, day=31)
        yield DateOfShares(date=year_end, kind=SAME_YEAR_UNTIL, of=source, vesting=waited)


def _of_events(scenario: Scenario) -> Iterator[DateOfShares]:
    ended = {grant.id: grant.employment_ended for grant in scenario.grants}
    for vesting in scenario.vestings:
        end = ended[vesting.grant]
        if end is None or vesting.date <= end:
            yield DateOfShares(date=vesting.date, kind=VESTS, of=vesting.id)
    for exercise in scenario.exercises:
        yield DateOfShares(date=exercise.date, kind=EXERCISED, of=exercise.id)
    for sale in scenario.sales:
        yield DateOfShares(date=sale_date(sale), kind=SOLD, of=sale.id)
    for split in scenario.splits:
        yield DateOfShares(date=split.date, kind=SPLIT, of=split.id)
    for holding in scenario.holdings:
        yield DateOfShares(date=holding.acquired, kind=ACQUIRED, of=holding.id)


def _of_wash_sales(scenario: Scenario) -> Iterator[DateOfShares]:
    days = timedelta(days=option_law().wash_sale_days)
    suspected = {
        caution.path.partition(".")[0]
        for caution in cautions(scenario)
        if caution.kind in (WASH_SALE, INCOME_OF_WASH_SALE)
    }
    for i, sale in enumerate(scenario.sales):
        if f"sales[{i}]" in suspected:
            day = sale_date(sale)
            yield DateOfShares(date=day - days, kind=WASH_SALE_FROM, of=sale.id)
            yield DateOfShares(date=day + days, kind=WASH_SALE_UNTIL, of=sale.id)


def _of_taxes(scenario: Scenario) -> Iterator[DateOfShares]:
    modelled = {facts.year for facts in scenario.years}
    busy = {exercise.date.year for exercise in scenario.exercises}
    busy |= {sale.date.year for sale in scenario.sales}
    for year in sorted(busy & modelled):
        yield DateOfShares(date=balance_day(year), kind=TAX_DUE, of=str(year))
