"""Why a client needs attention, in words."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.editor.wording import write_day
from calculator.analysis.attention import DAYS_AHEAD, MOST_ROOM
from calculator.analysis.dates import (
    EXPIRES,
    EXPIRES_AT_LATEST,
    LAST_DAY_AS_ISO,
    LONG_TERM_FROM,
    QUALIFYING_FROM,
    SAME_YEAR_UNTIL,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from amtweb.book.models import Line

DATE, LOSS, AMT, EROSION, ROOM = "date", "loss", "amt", "erosion", "room"
SOON = 30
"""Days."""

_DAYS: Mapping[str, str] = {
    EXPIRES: "{name} expires {day}",
    EXPIRES_AT_LATEST: "{name} ends by {day}, ten years from its grant",
    LAST_DAY_AS_ISO: "{name} is an ISO until {day}",
    LONG_TERM_FROM: "{name}: long-term from {day}",
    QUALIFYING_FROM: "{name}: qualifies from {day}",
    SAME_YEAR_UNTIL: "{name}: same-year sale until {day}",
}


class Reason(NamedTuple):
    """Something to look at."""

    kind: str
    words: str
    is_soon: bool = False


class Ahead(NamedTuple):
    """A day of a client's that is to come."""

    on: datetime.date
    kind: str
    name: str
    """Of the grant or the lot."""
    key: str
    """The same for the same day of the same thing."""

    @property
    def words(self) -> str:
        """``ISO-2 expires Dec 14, 2026``."""
        return _DAYS[self.kind].format(name=self.name, day=write_day(self.on))


def days_ahead(line: Line, today: datetime.date, within: int | None = DAYS_AHEAD) -> list[Ahead]:
    """The line's days from that day on, in their order; ``within`` so many days, or all."""
    until = datetime.date.max if within is None else today + datetime.timedelta(days=within)
    days = (
        Ahead(datetime.date.fromisoformat(day["on"]), day["kind"], day["name"], day["key"])
        for day in line.days
    )
    return [day for day in days if today <= day.on <= until]


def reasons(line: Line, today: datetime.date) -> list[Reason]:
    """All that there is to look at, what cannot wait first; none for a line without figures."""
    return [] if line.problem else list(_reasons(line, today))


def _reasons(line: Line, today: datetime.date) -> Iterator[Reason]:
    for day in days_ahead(line, today):
        yield Reason(DATE, day.words, is_soon=(day.on - today).days <= SOON)
    if counts(line.loss_to_pair or 0.0):
        yield Reason(LOSS, f"AMT loss of {dollars(line.loss_to_pair or 0.0)} could be paired")
    if counts(line.amt or 0.0):
        yield Reason(AMT, f"AMT of {dollars(line.amt or 0.0)} expected for {line.year}")
    if counts(line.credit_at_risk or 0.0):
        eroded = dollars(line.credit_at_risk or 0.0)
        yield Reason(EROSION, f"exclusion items will erode {eroded} of the credit")
    if line.options_left and counts(line.room_before_amt or 0.0):
        yield Reason(ROOM, f"room for {room_in_words(line)} of spread before AMT")


def room_in_words(line: Line) -> str:
    """The room, or that it is more than anybody counts; empty where there is none to tell."""
    if line.room_before_amt is None:
        return ""
    if line.room_before_amt >= MOST_ROOM:
        return f"over {dollars(MOST_ROOM)}"
    return dollars(line.room_before_amt)
