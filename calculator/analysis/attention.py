"""Attention: what in a scenario should be looked at now, for one line of a list of many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from calculator.analysis.breakpoints import last_at_zero
from calculator.analysis.dates import (
    EXPIRES,
    EXPIRES_AT_LATEST,
    LAST_DAY_AS_ISO,
    LONG_TERM_FROM,
    QUALIFYING_FROM,
    SAME_YEAR_UNTIL,
    dates,
)
from calculator.analysis.pairing import absorbing_gain_of
from calculator.analysis.what_if import whole
from calculator.equity.dispositions import sale_date
from calculator.equity.splits import after_splits
from calculator.timeline import each_year_with_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calculator.analysis.dates import DateOfShares
    from calculator.analysis.what_if import Batch
    from calculator.scenario import Grant, Scenario
    from calculator.timeline import YearInputs

ENDS = (EXPIRES, EXPIRES_AT_LATEST, LAST_DAY_AS_ISO)
"""Kinds of last days of a grant."""
WATCHED = (*ENDS, LONG_TERM_FROM, QUALIFYING_FROM, SAME_YEAR_UNTIL)
"""Kinds of days after which something is lost, or from which on something is won."""
DAYS_AHEAD = 90
MOST_ROOM = 10_000_000.0
"""Dollars of bargain element that are looked at; who has more room has no need to count it."""
ROUNDING = 1e-6
"""Shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Dollars; of one year of the scenario."""

    year: int
    """This year, or the modelled year that is nearest to it."""
    credit_balance: float
    """At the end of the year."""
    amt: float
    amt_by_year: tuple[tuple[int, float], ...]
    """Of every year of the scenario."""
    loss_to_pair: float
    """Other long-term gain that the year's AMT capital loss would absorb."""
    room_before_amt: float | None
    """Further bargain element before AMT starts; None if there is AMT already."""
    credit_at_risk: float
    """Credit that exclusion items take away, this year and later."""
    options_left: float
    """Granted ISO shares that are not exercised and have not ended."""
    days: tuple[DateOfShares, ...]
    """What begins or ends within the next days, of options and shares that there still are then."""

    def to_dict(self) -> dict[str, Any]:
        """The line as the command line prints it."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return told | {
            "amt_by_year": dict(self.amt_by_year),
            "days": [day.to_dict() for day in self.days],
        }


def attention(scenario: Scenario, today: date, *, days_ahead: int | None = DAYS_AHEAD) -> Attention:
    """What matters as of a day, with the scenario's own plans counted as done.

    Args:
        scenario: Without arrays.
        today: The day.
        days_ahead: How far to look for days; None for all that are still to come.
    """
    computed = {result.year: (inputs, result) for inputs, result in each_year_with_inputs(scenario)}
    year = min(computed, key=lambda each: abs(each - today.year))
    inputs, this = computed[year]
    found, counted = dates(scenario), after_splits(scenario)
    until = date.max if days_ahead is None else today + timedelta(days=days_ahead)
    ahead = [day for day in found if day.kind in WATCHED and today <= day.date <= until]
    return Attention(
        year=year,
        credit_balance=float(this.credit_balance),
        amt=float(this.amt),
        amt_by_year=tuple((each, float(result.amt)) for each, (_, result) in computed.items()),
        loss_to_pair=absorbing_gain_of(this),
        room_before_amt=_room(inputs) if float(this.amt) <= 0.0 else None,
        credit_at_risk=sum(float(r.credit_eroded) for y, (_, r) in computed.items() if y >= year),
        options_left=_options_left(counted, found, today),
        days=tuple(_that_matter(counted, ahead)),
    )


def _room(inputs: YearInputs) -> float:
    """A deferral item on Form 6251 line 3 raises AMT income as the bargain element on line 2i."""
    already = inputs.facts.other_amt_deferral_items

    def amt(more: Batch) -> Batch:
        facts = replace(inputs.facts, other_amt_deferral_items=already + more)
        result, _ = inputs._replace(facts=facts).compute()
        return whole(result.amt, more.size)

    return last_at_zero(amt, MOST_ROOM)


def _options_left(scenario: Scenario, found: Iterable[DateOfShares], today: date) -> float:
    ended = {day.of for day in found if day.kind in ENDS and day.date < today}
    return sum(
        _unexercised(scenario, grant, date.max)
        for grant in scenario.grants
        if grant.kind == "iso" and grant.id not in ended
    )


def _that_matter(scenario: Scenario, days: Iterable[DateOfShares]) -> Iterator[DateOfShares]:
    """Without the days of what is exercised or sold by then; one day is told once."""
    days = tuple(days)
    qualifying = {(day.date, day.of) for day in days if day.kind == QUALIFYING_FROM}
    grants = {grant.id: grant for grant in scenario.grants}
    for day in days:
        if day.kind == LONG_TERM_FROM and (day.date, day.of) in qualifying:
            continue
        if day.kind in ENDS:
            left = _unexercised(scenario, grants[day.of], day.date)
        else:
            left = _unsold(scenario, day)
        if left > ROUNDING:
            yield day


def _unexercised(scenario: Scenario, grant: Grant, day: date) -> float:
    """Options of a grant after what is exercised up to the day."""
    taken = sum(
        float(each.shares)
        for each in scenario.exercises
        if each.grant == grant.id and each.date <= day
    )
    return max(float(grant.shares) - taken, 0.0)


def _unsold(scenario: Scenario, day: DateOfShares) -> float:
    """Shares of a lot that there still are when its day begins; on a last day, when it ends."""
    had = {each.id: float(each.shares) for each in scenario.exercises}
    had |= {each.id: float(each.shares) for each in scenario.holdings}
    last = day.date if day.kind == SAME_YEAR_UNTIL else day.date - timedelta(days=1)
    sales = (each for each in scenario.sales if each.source == day.of)
    return had[day.of] - sum(float(sale.shares) for sale in sales if sale_date(sale) <= last)
