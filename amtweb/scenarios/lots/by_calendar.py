"""The days that follow from other days alone: no amount decides whether they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calculator import parse_scenario
from calculator.equity.holding_period import first_qualifying_day
from calculator.equity.iso_limits import last_day_as_iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class CalendarDay(NamedTuple):
    """A day of a grant, or of the shares of an exercise."""

    date: str
    what: str
    of: str
    """The id of the grant or the exercise."""


def days_by_calendar(document: Mapping[str, Any]) -> Iterator[CalendarDay]:
    """The ends of grants, and of the two holding periods of incentive stock options."""
    scenario = parse_scenario(document)
    grants = {grant.id: grant for grant in scenario.grants}
    for grant in scenario.grants:
        last = last_day_as_iso(grant) if grant.kind == "iso" else None
        ends = (
            (grant.employment_ended, "Employment ends"),
            (last, "Last day as an ISO"),
            (grant.expires, "Expires"),
        )
        for day, what in ends:
            if day is not None:
                yield CalendarDay(day.isoformat(), what, grant.id)
    for exercise in scenario.exercises:
        grant = grants[exercise.grant]
        last = last_day_as_iso(grant)
        if grant.kind == "iso" and (last is None or exercise.date <= last):
            day = first_qualifying_day(grant.date, exercise.date)
            yield CalendarDay(day.isoformat(), "Both holding periods are over", exercise.id)
