"""Attention: what in a scenario should be looked at now, for one line of a list of many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from calculator.analysis.breakpoints import last_up_to
from calculator.analysis.dates import (
    EXPIRES,
    EXPIRES_AT_LATEST,
    LAST_DAY_AS_ISO,
    LONG_TERM_FROM,
    QUALIFYING_FROM,
    SAME_YEAR_UNTIL,
    dates,
)
from calculator.analysis.pairing import absorbing_gain
from calculator.analysis.what_if import evaluate_batch, through, whole, with_facts, year_of
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from datetime import date

    from calculator.analysis.dates import DateOfShares
    from calculator.analysis.what_if import Batch
    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario

WATCHED = (
    *(EXPIRES, EXPIRES_AT_LATEST, LAST_DAY_AS_ISO),
    *(LONG_TERM_FROM, QUALIFYING_FROM, SAME_YEAR_UNTIL),
)
"""Kinds of days after which something is lost, or from which on something is won."""
DAYS_AHEAD = 90
MOST_ROOM = 10_000_000.0
"""Dollars of bargain element that are looked at; who has more room has no need to count it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Dollars; of one year of the scenario."""

    year: int
    """This year, or the modelled year that is nearest to it."""
    credit_balance: float
    """At the end of the year."""
    amt: float
    loss_to_pair: float
    """Other long-term gain that the year's AMT capital loss would absorb."""
    room_before_amt: float | None
    """Further bargain element before AMT starts; None if there is AMT already."""
    credit_at_risk: float
    """Credit that exclusion items take away, this year and later."""
    options_left: float
    """Granted ISO shares that are not exercised and have not ended."""
    days: tuple[DateOfShares, ...]
    """What begins or ends within the next days."""

    def to_dict(self) -> dict[str, Any]:
        """The line as the command line prints it."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return told | {"days": [day.to_dict() for day in self.days]}


def attention(scenario: Scenario, today: date, *, days_ahead: int = DAYS_AHEAD) -> Attention:
    """What matters as of a day, with the scenario's own plans counted as done."""
    result = evaluate(scenario)
    year = min((facts.year for facts in scenario.years), key=lambda each: abs(each - today.year))
    this = year_of(result, year)
    until = today + timedelta(days=days_ahead)
    return Attention(
        year=year,
        credit_balance=float(this.credit_balance),
        amt=float(this.amt),
        loss_to_pair=absorbing_gain(result, year),
        room_before_amt=_room(scenario, result, year),
        credit_at_risk=sum(float(y.credit_eroded) for y in result.years if y.year >= year),
        options_left=_options_left(scenario, today),
        days=tuple(
            day for day in dates(scenario) if day.kind in WATCHED and today <= day.date <= until
        ),
    )


def _room(scenario: Scenario, result: ScenarioResult, year: int) -> float | None:
    """A deferral item on Form 6251 line 3 raises AMT income as the bargain element on line 2i."""
    if float(year_of(result, year).amt) > 0.0:
        return None
    until_then = through(scenario, year)
    already = until_then.years[-1].other_amt_deferral_items

    def amt(more: Batch) -> Batch:
        added = with_facts(until_then, year, other_amt_deferral_items=already + more)
        return whole(evaluate_batch(added, more.size).years[-1].amt, more.size)

    return last_up_to(amt, 0.0, MOST_ROOM)


def _options_left(scenario: Scenario, today: date) -> float:
    ended = {
        day.of
        for day in dates(scenario)
        if day.kind in (EXPIRES, EXPIRES_AT_LATEST, LAST_DAY_AS_ISO) and day.date < today
    }
    left = 0.0
    for grant in scenario.grants:
        if grant.kind == "iso" and grant.id not in ended:
            taken = sum(float(e.shares) for e in scenario.exercises if e.grant == grant.id)
            left += max(float(grant.shares) - taken, 0.0)
    return left
