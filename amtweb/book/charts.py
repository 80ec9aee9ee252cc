"""The charts of the book: whose credit is large, in which years AMT comes, in which months dates.

They are of the clients that a look finds, and a bar leads to those that are in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse

from amtweb.book.lines import book_of, today
from amtweb.book.looks import seen_by
from amtweb.scenarios.charts.curve import amount_axis
from amtweb.scenarios.charts.money_words import counts, dollars

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from amtweb.book.looks import Look
    from amtweb.firms.models import Firm
    from amtweb.scenarios.charts.curve import Axis

LARGEST = 15
"""Clients with a bar of their own."""
MONTHS = 24
FEW = 8
"""Standing bars that all have a label; with less of them, the rest of the width is empty."""
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Bar(NamedTuple):
    """A bar of a chart."""

    name: str
    amount: float
    words: str
    """The amount, as it is written."""
    clients: int
    """Who are in it."""
    address: str
    """Where a press on it leads; empty for nowhere."""
    short: str = ""
    """The name where there is little room."""
    length: float = 0.0
    """In percent of the plot."""

    @property
    def down(self) -> float:
        """Where it begins, in percent from above."""
        return 100 - self.length


class Chart(NamedTuple):
    """A chart, what it says in words, and its figures."""

    id: str
    title: str
    sentence: str
    of: str
    """What the bars are by, as the head of a column."""
    counts: str
    """What they count."""
    hue: str
    lies: bool
    """Whether the bars lie, which leaves room for their names."""
    bars: tuple[Bar, ...]
    axis: Axis

    @property
    def placed(self) -> list[tuple[Bar, float, float]]:
        """Standing bars, each with its place from the left and its width in percent."""
        room, first = self._room
        return [
            (bar, first + room * (place + 0.18), room * 0.64) for place, bar in enumerate(self.bars)
        ]

    @property
    def labelled(self) -> list[tuple[Bar, float, bool]]:
        """Bars with the middle of their labels, and whether a narrow page leaves one out."""
        room, first = self._room
        step = 1 if len(self.bars) <= FEW else 3
        return [
            (bar, first + room * (place + 0.5), bool(place % (2 * step)) and len(self.bars) > FEW)
            for place, bar in enumerate(self.bars)
            if place % step == 0
        ]

    @property
    def _room(self) -> tuple[float, float]:
        """What each standing bar has of the width, and where the first begins, in percent."""
        room = 100 / max(len(self.bars), FEW)
        return room, (100 - room * len(self.bars)) / 2

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Labels beside the axis, with their distance from the top in percent."""
        return [(100 - self.axis.percent(amount), text) for amount, text in self.axis.ticks]


def charts_of(firm: Firm, look: Look) -> tuple[Chart, ...]:
    """The three charts of the clients that the look finds; in one question."""
    found = seen_by(look, book_of(firm)).filter(plan_pk__isnull=False, line__problem="")
    columns = ("name", "public_id", "line__credit_balance", "line__amt_by_year", "line__months")
    rows = list(found.values_list(*columns, "line__days"))
    return (
        _credit([(name, key, credit or 0.0) for name, key, credit, *_ in rows], look),
        _amt([by_year for *_, by_year, _, _ in rows], look),
        _dates([days for *_, days in rows], look, today()),
    )


def _credit(found: Iterable[tuple[str, str, float]], look: Look) -> Chart:
    having = sorted((each for each in found if counts(each[2])), key=lambda each: -each[2])
    total = sum(credit for *_, credit in having)
    bars = [
        Bar(name, credit, dollars(credit), 1, reverse("firms:client", args=[key]))
        for name, key, credit in having[:LARGEST]
    ]
    rest = having[LARGEST:]
    if rest:
        left = sum(credit for *_, credit in rest)
        address = look.address(needs="credit", least="", sort="-credit", page="1", view="")
        bars.append(
            Bar(f"The rest: {len(rest):,} clients", left, dollars(left), len(rest), address)
        )
    sentence = "Nobody has a credit."
    if having:
        of_them = "1 client has" if len(having) == 1 else f"{len(having):,} clients have"
        sentence = f"{of_them} {dollars(total)} of AMT credit at the end of the year"
        share = 100 * having[0][2] / total
        sentence += f"; the largest is {share:.0f}% of it." if len(having) > 1 else "."
    return _chart(
        "credit-by-client",
        "Credit balances",
        sentence,
        of="Client",
        counts="Credit",
        hue="credit",
        lies=True,
        bars=bars,
    )


def _amt(books: Iterable[dict[str, float]], look: Look) -> Chart:
    sums: defaultdict[int, float] = defaultdict(float)
    clients: Counter[int] = Counter()
    for by_year in books:
        for key, amt in by_year.items():
            if counts(amt):
                sums[int(key.removeprefix("y"))] += amt
                clients[int(key.removeprefix("y"))] += 1
    years = range(min(sums), max(sums) + 1) if sums else ()
    bars = [
        Bar(
            str(year),
            sums[year],
            dollars(sums[year]),
            clients[year],
            look.address(needs="amt", least="", year=str(year), sort="-amt", page="1", view="")
            if clients[year]
            else "",
        )
        for year in years
    ]
    sentence = "No AMT is expected in any year."
    if bars:
        most = max(bars, key=lambda bar: bar.amount)
        sentence = f"The most AMT is expected in {most.name}: {most.words}, {_of(most.clients)}."
    return _chart(
        "amt-by-year",
        "AMT expected by year",
        sentence,
        of="Year",
        counts="AMT",
        hue="minimum",
        bars=bars,
    )


def _dates(books: Iterable[Sequence[dict[str, str]]], look: Look, now: date) -> Chart:
    number: Counter[str] = Counter()
    clients: Counter[str] = Counter()
    for days in books:
        months = [day["on"][:7] for day in days if day["on"] >= now.isoformat()]
        number.update(months)
        clients.update(set(months))
    bars = [
        Bar(
            f"{MONTH_NAMES[month - 1]} {year}",
            number[key],
            f"{number[key]:,}",
            clients[key],
            look.address(month=key, sort="date", page="1", view="") if number[key] else "",
            short=f"{MONTH_NAMES[month - 1]} {year % 100:02}",
        )
        for year, month, key in _months(now)
    ]
    total = sum(bar.amount for bar in bars)
    sentence = f"Nothing ends or qualifies in the next {MONTHS} months."
    if total:
        most = max(bars, key=lambda bar: bar.amount)
        sentence = (
            f"{total:,.0f} dates lie in the next {MONTHS} months, the most of them in {most.name}:"
            f" {most.words}, {_of(most.clients)}."
        )
    return _chart(
        "dates-by-month",
        "Dates ahead by month",
        sentence,
        of="Month",
        counts="Dates",
        hue="used",
        bars=bars if total else [],
    )


def _months(now: date) -> list[tuple[int, int, str]]:
    places = range(now.year * 12 + now.month - 1, now.year * 12 + now.month - 1 + MONTHS)
    return [(p // 12, p % 12 + 1, f"{p // 12}-{p % 12 + 1:02}") for p in places]


def _of(clients: int) -> str:
    return f"of {clients:,} client{'' if clients == 1 else 's'}"


def _chart(id_: str, title: str, sentence: str, *, lies: bool = False, **parts: Any) -> Chart:
    bars = parts.pop("bars")
    highest = max((bar.amount for bar in bars), default=0.0)
    axis = amount_axis(0.0, highest, room=0.04)
    if parts["counts"] == "Dates":
        ticks = tuple((at, text.removeprefix("$")) for at, text in axis.ticks if at == int(at))
        axis = axis._replace(ticks=ticks)
    placed = tuple(bar._replace(length=axis.percent(bar.amount)) for bar in bars)
    return Chart(id=id_, title=title, sentence=sentence, lies=lies, bars=placed, axis=axis, **parts)
