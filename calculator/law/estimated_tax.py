"""Estimated tax: both safe harbours, and the days on which instalments and balance are due."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from calculator.law.groups import EVERYONE, check_citation, groups_in
from calculator.law.published import read_table

if TYPE_CHECKING:
    from calculator.law.groups import Groups

_SATURDAY: Final = 5
_WEEK: Final = 7


class EstimatedTaxLaw(NamedTuple):
    """What must be paid during a year: IRC 6654(d) and (e)."""

    current_year_fraction: float
    prior_year_fraction: float
    prior_year_fraction_of_high_income: float
    high_income: float
    """Adjusted gross income of the year before, above which that fraction holds."""
    small_amount: float
    """Tax less withholding, below which no instalment is due."""


@cache
def estimated_tax_law(filing_status: str) -> EstimatedTaxLaw:
    """The harbours for one filing status, that of the year for which is paid."""
    groups = _groups()
    return EstimatedTaxLaw(
        current_year_fraction=float(groups["harbour.current_year"][EVERYONE]),
        prior_year_fraction=float(groups["harbour.prior_year"][EVERYONE]),
        prior_year_fraction_of_high_income=float(
            groups["harbour.prior_year_of_high_income"][EVERYONE]
        ),
        high_income=float(groups["harbour.high_income"][filing_status]),
        small_amount=float(groups["harbour.small_amount"][EVERYONE]),
    )


@cache
def instalment_days(year: int) -> tuple[date, ...]:
    """When the instalments of a tax year are due: IRC 6654(c)(2), 7503."""
    days = _groups()["days.instalments"][EVERYONE]
    return tuple(next_business_day(date(year + later, month, day)) for later, month, day in days)


@cache
def balance_day(year: int) -> date:
    """When the balance of a tax year is due: IRC 6072(a), 6151(a), 7503."""
    later, month, day = _groups()["days.balance"][EVERYONE]
    return next_business_day(date(year + later, month, day))


def next_business_day(day: date) -> date:
    """The day itself, or the next that is no Saturday, Sunday or legal holiday: IRC 7503.

    It knows the two holidays that meet the days on which tax is due.
    """
    while day.weekday() >= _SATURDAY or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    groups = _groups()
    month, day = groups["days.emancipation_day"][EVERYONE]
    emancipation = date(year, month, day)
    if emancipation.weekday() == _SATURDAY:
        emancipation -= timedelta(days=1)
    elif emancipation.weekday() > _SATURDAY:
        emancipation += timedelta(days=1)
    month, which = groups["days.birthday_of_martin_luther_king"][EVERYONE]
    first = date(year, month, 1)
    monday = first + timedelta(days=-first.weekday() % _WEEK + _WEEK * (which - 1))
    return frozenset({emancipation, monday})


@cache
def _groups() -> Groups:
    groups = groups_in(read_table("estimated_tax.toml"))
    for name, group in groups.items():
        check_citation(name, group)
    return groups
