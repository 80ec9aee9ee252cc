"""How long shares must be held; every period ends with its last day, so a sale on it is early."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

MONTHS_OF_A_YEAR = 12
DAY = timedelta(days=1)


def anniversary(start: date, years: int) -> date:
    """The last day of a period of whole years that begins the day after ``start``.

    A period from 29 February ends on 28 February where there is no 29th.
    """
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def months_after(start: date, months: int) -> date:
    """The last day of a period of whole months that begins the day after ``start``.

    Where the month has no such day, it is the month's last.
    """
    years, month = divmod(start.month - 1 + months, MONTHS_OF_A_YEAR)
    year = start.year + years
    last = monthrange(year, month + 1)[1]
    return start.replace(year=year, month=month + 1, day=start.day if start.day < last else last)


def is_long_term(acquired: date, sold: date) -> bool:
    """Held for more than one year: IRC 1222."""
    return sold > anniversary(acquired, 1)


def is_qualifying(granted: date, exercised: date, sold: date) -> bool:
    """More than two years after the grant and more than one after the transfer: IRC 422(a)(1)."""
    return sold > anniversary(granted, 2) and sold > anniversary(exercised, 1)


def first_qualifying_day(granted: date, exercised: date) -> date:
    """The first day on which a sale of incentive stock option shares qualifies."""
    two_years, one_year = anniversary(granted, 2), anniversary(exercised, 1)
    return (two_years if two_years > one_year else one_year) + DAY
