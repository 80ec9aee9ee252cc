"""The part of the results about options and shares; none where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from amtweb.scenarios.charts.money_words import listed
from amtweb.scenarios.lots.days import DISQUALIFYING, QUALIFYING, days_of
from amtweb.scenarios.lots.happened import happened
from amtweb.scenarios.lots.lanes import timeline_of
from amtweb.scenarios.lots.names import names_of
from calculator.analysis.determinations import determinations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from amtweb.scenarios.lots.days import Day
    from amtweb.scenarios.lots.happened import Happened
    from amtweb.scenarios.lots.lanes import Timeline
    from calculator import Scenario

MOST_DAYS = 300
"""In the table; the calendar file has all."""
MOST_HAPPENED = 60
NEXT_DAYS = 5


class LotsSection(NamedTuple):
    """What the results say of options and shares."""

    sentence: str
    happened: tuple[Happened, ...]
    more_happened: int
    next_days: tuple[Day, ...]
    days: tuple[Day, ...]
    more_days: int
    timeline: Timeline
    today: date

    @property
    def ahead(self) -> tuple[Day, ...]:
        """Those of the days that are not past."""
        return tuple(day for day in self.days if not day.is_past)


def lots_section(
    scenario: Scenario, on_page: Callable[[str], str] = str, today: date | None = None
) -> LotsSection | None:
    """What the results say of a scenario.

    Args:
        scenario: As it is computed.
        on_page: Where a path of the document is on the page, if rows of it are left out.
        today: Left out, the day that it is.
    """
    if not scenario.grants and not scenario.holdings:
        return None
    today = today or timezone.now().date()
    names = names_of(scenario, on_page)
    determined = determinations(scenario)
    days = days_of(scenario, names, today, determined)
    ahead = tuple(day for day in days if not day.is_past)
    return LotsSection(
        sentence=_sentence(days, ahead),
        happened=happened(scenario, names, determined[:MOST_HAPPENED]),
        more_happened=max(len(determined) - MOST_HAPPENED, 0),
        next_days=ahead[:NEXT_DAYS],
        days=days[:MOST_DAYS],
        more_days=max(len(days) - MOST_DAYS, 0),
        timeline=timeline_of(scenario, days, today),
        today=today,
    )


def _sentence(days: Sequence[Day], ahead: Sequence[Day]) -> str:
    """How many sales are early, and what comes next."""
    sales = [day.sale for day in days if day.sale]
    kinds = ((QUALIFYING, "qualifies", "qualify"), (DISQUALIFYING, "is too early", "are too early"))
    told = []
    for kind, one, many in kinds:
        if count := sales.count(kind):
            told.append(
                f"{count} {'sale' if count == 1 else 'sales'} {one if count == 1 else many}"
            )
    said = f"{listed(told)}. " if told else ""
    if not ahead:
        return f"{said}All of these days are past."
    first = ahead[0]
    return f"{said}The next day is {first.in_words}, {first.away}: {first.what}."
