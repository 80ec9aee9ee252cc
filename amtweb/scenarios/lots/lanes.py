"""The timeline: a lane for each grant and each lot, with the days of each on one scale of years."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.editor.wording import write_day, write_dollars
from amtweb.scenarios.lots.days import DISQUALIFYING, QUALIFYING
from amtweb.scenarios.lots.names import grant_name, holding_name
from calculator.analysis import dates as kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from amtweb.scenarios.lots.days import Day
    from calculator import Scenario
    from calculator.scenario import Exercise

MOST_LANES = 24
"""In the picture; the table has all."""
YEARS_BEFORE, YEARS_AFTER = 6, 10
"""As far as the scale goes beyond the years of the scenario; what lies further is at its edge."""
MARGIN = 0.02
"""Of the scale, on either side."""
YEAR_LABELS = 9

TERM, WAITING, WINDOW, WASH = "term", "waiting", "window", "wash"

SHAPES: Mapping[str, str] = {
    kinds.GRANTED: "granted",
    kinds.VESTS: "vests",
    kinds.EXPIRES: "ends",
    kinds.EXPIRES_AT_LATEST: "ends",
    kinds.EMPLOYMENT_ENDED: "left",
    kinds.LAST_DAY_AS_ISO: "deadline",
    kinds.ELECT_UNTIL: "deadline",
    kinds.EXERCISED: "exercised",
    kinds.ACQUIRED: "exercised",
    kinds.LONG_TERM_FROM: "long-term",
    kinds.AMT_LONG_TERM_FROM: "long-term",
    kinds.QUALIFYING_FROM: "qualifies",
    kinds.SAME_YEAR_UNTIL: "deadline",
}
SALE_SHAPES = {QUALIFYING: "sold-qualifying", DISQUALIFYING: "sold-too-early"}
LABELLED: Mapping[str, str] = {
    kinds.QUALIFYING_FROM: "qualifies",
    kinds.LAST_DAY_AS_ISO: "last day as ISO",
    kinds.EXPIRES: "expires",
    kinds.ELECT_UNTIL: "83(b)",
    kinds.EMPLOYMENT_ENDED: "left",
}
"""The days whose words stand in the lane, the most important first, if there is room."""
LETTER = 1.1
"""Of a lane's width in percent, for a letter where it is narrowest."""


class Mark(NamedTuple):
    """A day in a lane."""

    x: float
    """From 0 to 100."""
    shape: str
    day: Day


class Bar(NamedTuple):
    """Between two days of a lane."""

    look: str
    x: float
    width: float


class Label(NamedTuple):
    """Words below a mark."""

    x: float
    anchor: str
    words: str


class Lane(NamedTuple):
    """A grant, or a lot of shares."""

    name: str
    kind: str
    """``grant``, ``exercise`` (below its grant) or ``holding``."""
    note: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]


class Timeline(NamedTuple):
    """All lanes on one scale."""

    lanes: tuple[Lane, ...]
    more: int
    """Lanes that are left out."""
    years: tuple[tuple[float, str], ...]
    """Where each labelled year begins."""
    today: float | None
    """None where it is beyond the scale."""
    shapes: frozenset[str]
    looks: frozenset[str]


class Scale(NamedTuple):
    """From days to percents."""

    first: date
    last: date

    @classmethod
    def of(cls, scenario: Scenario, days: Sequence[Day]) -> Scale:
        """As far as the days go, within bounds."""
        least = date(max(scenario.years[0].year - YEARS_BEFORE, 1), 1, 1)
        most = date(min(scenario.years[-1].year + YEARS_AFTER, 9998), 12, 31)
        first = max(min(day.on for day in days), least)
        last = max(min(max(day.on for day in days), most), first)
        room = timedelta(days=max(int((last - first).days * MARGIN), 20))
        return cls(first - room, last + room)

    def across(self, day: date) -> float:
        """Where a day is; beyond the scale, at its edge."""
        share = (day - self.first).days / (self.last - self.first).days
        return 100 * min(max(share, 0.0), 1.0)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def timeline_of(scenario: Scenario, days: Sequence[Day], today: date) -> Timeline:
    """The lanes in the order of the document, each lot below its grant."""
    scale = Scale.of(scenario, days)
    by_lane: dict[str, list[Day]] = {}
    for day in days:
        by_lane.setdefault(day.lane, []).append(day)
    heads = list(_heads(scenario))
    lanes = tuple(_lane(*head[1:], by_lane[head[0]], scale) for head in heads[:MOST_LANES])
    return Timeline(
        lanes,
        max(len(heads) - MOST_LANES, 0),
        tuple(_years(scale)),
        scale.across(today) if scale.holds(today) else None,
        frozenset(mark.shape for lane in lanes for mark in lane.marks),
        frozenset(bar.look for lane in lanes for bar in lane.bars),
    )


def _heads(scenario: Scenario) -> Iterator[tuple[str, str, str, str]]:
    """The lanes: their key, name, kind and note."""
    exercises: dict[str, list[Exercise]] = {}
    for exercise in scenario.exercises:
        exercises.setdefault(exercise.grant, []).append(exercise)
    for grant in scenario.grants:
        note = f"{grant.kind.upper()} at {write_dollars(float(grant.strike))}"
        yield f"grants:{grant.id}", grant_name(grant), "grant", note
        for exercise in exercises.get(grant.id, ()):
            day = write_day(exercise.date)
            words = f"{float(exercise.shares):,.10g} exercised {day}"
            yield f"lots:{exercise.id}", "", "exercise", words
    for holding in scenario.holdings:
        note = f"{float(holding.shares):,.10g} shares held"
        yield f"lots:{holding.id}", holding_name(holding), "holding", note


def _lane(name: str, kind: str, note: str, days: list[Day], scale: Scale) -> Lane:
    marks = [Mark(scale.across(day.on), shape, day) for day in days if (shape := _shape_of(day))]
    return Lane(name, kind, note, tuple(_bars(days, scale)), tuple(marks), tuple(_labels(marks)))


def _shape_of(day: Day) -> str:
    return SALE_SHAPES.get(day.sale, "sold") if day.sale else SHAPES.get(day.kind, "")


def _bars(days: list[Day], scale: Scale) -> Iterator[Bar]:
    first = {day.kind: day.on for day in reversed(days)}
    spans = (
        (TERM, kinds.GRANTED, kinds.EXPIRES),
        (TERM, kinds.GRANTED, kinds.EXPIRES_AT_LATEST),
        (WINDOW, kinds.EMPLOYMENT_ENDED, kinds.LAST_DAY_AS_ISO),
        (WAITING, kinds.EXERCISED, kinds.QUALIFYING_FROM),
        (WAITING, kinds.ACQUIRED, kinds.QUALIFYING_FROM),
    )
    for look, start, end in spans:
        if start in first and end in first:
            yield _bar(look, first[start], first[end], scale)
    opens = [day.on for day in days if day.kind == kinds.WASH_SALE_FROM]
    closes = [day.on for day in days if day.kind == kinds.WASH_SALE_UNTIL]
    for opened, closed in zip(opens, closes, strict=True):
        yield _bar(WASH, opened, closed, scale)


def _bar(look: str, start: date, end: date, scale: Scale) -> Bar:
    x = scale.across(start)
    return Bar(look, x, max(scale.across(end) - x, 0.0))


def _labels(marks: Iterable[Mark]) -> Iterator[Label]:
    """Words for as many of the marks as there is room for, without one over another."""
    taken: list[tuple[float, float]] = []
    order = list(LABELLED)
    wanted = [mark for mark in marks if mark.day.kind in LABELLED]
    for mark in sorted(wanted, key=lambda mark: order.index(mark.day.kind)):
        words = f"{LABELLED[mark.day.kind]} {mark.day.in_words}"
        width = LETTER * len(words)
        to_the_left = mark.x + width > 100
        start = mark.x - width if to_the_left else mark.x
        if start >= 0 and _is_free(taken, start, start + width):
            taken.append((start, start + width))
            taken.sort()
            yield Label(mark.x, "end" if to_the_left else "start", words)


def _is_free(taken: list[tuple[float, float]], start: float, end: float) -> bool:
    after = bisect_right(taken, (start, end))
    clear_before = after == 0 or taken[after - 1][1] < start
    return clear_before and (after == len(taken) or end < taken[after][0])


def _years(scale: Scale) -> Iterator[tuple[float, str]]:
    years = [
        year
        for year in range(scale.first.year, scale.last.year + 1)
        if scale.holds(date(year, 1, 1))
    ]
    step = -(-len(years) // YEAR_LABELS) or 1
    for year in years[::step]:
        yield scale.across(date(year, 1, 1)), str(year)
