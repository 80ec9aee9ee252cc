"""The answer in words, along a curve, and at a chosen number of options."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.curve import SHARES, Axis, amount_axis
from amtweb.scenarios.charts.money_words import dollars, listed
from calculator.analysis.before_amt import HIGHER_RATE, PHASE_OUT_BEGINS, PHASE_OUT_ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amtweb.explorer.asked import Asked
    from calculator.analysis.before_amt import BeforeAmt

SEEN = 0.5
TABLE_ROWS = 11
MARK_ROW = 15
"""Pixels of a line of words above the plot."""
MIDDLE = 50
"""Percent of the width, beyond which words stand to the left of their line."""
MARKS = {
    HIGHER_RATE: "28% rate begins",
    PHASE_OUT_BEGINS: "exemption shrinks",
    PHASE_OUT_ENDS: "exemption gone",
}


class Mark(NamedTuple):
    """A line across the chart."""

    at: str
    """In percent of the width."""
    words: str
    top: int
    """Where it begins, above the plot."""
    to_the_left: bool
    main: bool


class Point(NamedTuple):
    """The amounts at a number of options."""

    shares: float
    amt: float
    strike: float
    cash: float
    credit: float


class Chart(NamedTuple):
    """The curve of AMT along the options."""

    sentence: str
    points: str
    """Of the line, in percent."""
    x_ticks: tuple[tuple[str, str], ...]
    y_ticks: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    cursor: tuple[str, str]
    table: tuple[Point, ...]
    data: str
    """The same for the script of the slider."""


class Turn(NamedTuple):
    """A grant in the order of exercise."""

    name: str
    strike: float
    value: float
    spread: float
    options: float
    before_amt: float


def words(number: float) -> str:
    """A number of options."""
    return f"{number:,.0f}"


def sentence(found: BeforeAmt) -> str:
    """The answer."""
    total, year = found.shares_available, found.year
    if not found.lots:
        return "No share is worth more than its strike price, so exercising causes no AMT."
    if found.shares is None:
        all_of = f"all {words(total)} options" if total > 1 else "the option"
        more = " any more" if found.amt_without >= SEEN else ""
        return f"You can exercise {all_of} in {year} without{more} AMT."
    return _at_once(found) if found.most < 1 else _up_to_the_line(found)


def _at_once(found: BeforeAmt) -> str:
    """Where the first option brings AMT."""
    first = step_beyond(found)
    cost = dollars(found.added_amt(0.0, first))
    if found.amt_without >= SEEN:
        due = f"{dollars(found.amt_without)} of AMT is due in {found.year} already"
        return f"{due}; the first {words(first)} options add {cost}."
    return (
        f"Every option exercised in {found.year} brings AMT; the first {words(first)} cost {cost}."
    )


def _up_to_the_line(found: BeforeAmt) -> str:
    total, beyond = found.shares_available, step_beyond(found)
    is_rest = beyond == total - found.most
    which = f"the other {words(beyond)} cost" if is_rest else f"the next {words(beyond)} cost"
    if beyond == 1:
        which = "the last one costs" if is_rest else "the next one costs"
    cost = dollars(found.added_amt(found.most, found.most + beyond))
    return (
        f"You can exercise {words(found.most)} of {words(total)} options in {found.year} before"
        f" AMT; {which} {cost} of AMT."
    )


def step_beyond(found: BeforeAmt) -> float:
    """A round number of further options to name the cost of, or the rest."""
    rest = found.shares_available - found.most
    step = 10.0 ** math.floor(math.log10(max(found.shares_available / 5, 1.0)))
    return rest if rest <= step else step


def remark(found: BeforeAmt) -> str:
    """What the answer amounts to."""
    if not found.lots or found.shares is None or found.most < 1:
        return ""
    at = point(found, found.most)
    spread = sum(
        lot.spread * number
        for lot, number in zip(found.lots, found.by_lot(found.most), strict=True)
    )
    return (
        f"That is {dollars(spread)} of spread (value less strike), for {dollars(at.strike)} of"
        " strike price."
    )


def point(found: BeforeAmt, shares: float) -> Point:
    """The amounts at a number of options."""
    along = found.along
    strike, tax = along.at(along.strike, shares), along.at(along.added_tax, shares)
    return Point(
        shares, along.at(along.amt, shares), strike, strike + tax, along.at(along.credit, shares)
    )


def proposed(found: BeforeAmt) -> float:
    """Options to begin with: as many as there are before AMT, or a first few."""
    return found.most if found.most >= 1 else step_beyond(found)


def chosen_number(asked: Asked) -> float:
    """Options that the slider stands at: those that were said, or those proposed."""
    wanted = asked.questions.chosen
    found = asked.before_amt
    return proposed(found) if wanted is None else min(wanted, found.shares_available)


def turns(asked: Asked, found: BeforeAmt) -> list[Turn]:
    """The grants in their order, if there is more than one."""
    if len(found.lots) < 2:
        return []
    names = {
        each.grant: row.name or f"Grant {row.number}"
        for each, typed in zip(asked.options, asked.questions.grants, strict=True)
        for row in asked.questions.rows
        if row.number == typed.number
    }
    return [
        Turn(names[lot.grant], lot.strike, lot.value, lot.spread, lot.shares, count)
        for lot, count in zip(found.lots, found.by_lot(found.most), strict=True)
    ]


def below_strike(asked: Asked, found: BeforeAmt) -> list[str]:
    """The grants that are not worth their strike."""
    kept = {lot.grant for lot in found.lots}
    return [
        f"Grant {row.number}"
        for each, row in zip(asked.options, asked.questions.grants, strict=True)
        if each.grant not in kept and row.options >= 1
    ]


def chart(found: BeforeAmt, chosen: float) -> Chart | None:
    """None where nothing can be exercised."""
    total = found.shares_available
    if total < 1:
        return None
    along = found.along
    x_axis = amount_axis(0.0, total, room=0.0, unit=SHARES)
    y_axis = amount_axis(0.0, float(along.amt.max()), room=0.06)

    def place(shares: float, amount: float) -> tuple[float, float]:
        return x_axis.percent(shares), 100 - y_axis.percent(amount)

    line = " ".join(
        "{:.3f},{:.3f}".format(*place(float(x), float(y)))
        for x, y in zip(along.shares, along.amt, strict=True)
    )
    x, y = place(chosen, along.at(along.amt, chosen))
    return Chart(
        sentence(found),
        line,
        _ticks(x_axis),
        tuple((f"{100 - y_axis.percent(at):.2f}%", label) for at, label in y_axis.ticks),
        _marks(found, x_axis),
        (f"{x:.2f}%", f"{y:.2f}%"),
        tuple(point(found, shares) for shares in _table_shares(found)),
        _data(found, x_axis, y_axis, chosen),
    )


def _ticks(axis: Axis) -> tuple[tuple[str, str], ...]:
    return tuple((f"{axis.percent(at):.2f}%", label) for at, label in axis.ticks)


def _marks(found: BeforeAmt, axis: Axis) -> tuple[Mark, ...]:
    known = [(each.shares, MARKS[each.kind], False) for each in found.thresholds]
    if found.shares is not None and found.most >= 1:
        known.append((found.shares, f"AMT begins at {words(found.most)}", True))
    known.sort()
    # From the top: no line reaches up to the words of one that they stand beside.
    right = [each for each in known if axis.percent(each[0]) <= MIDDLE]
    left = [each for each in reversed(known) if axis.percent(each[0]) > MIDDLE]
    return tuple(
        Mark(
            f"{axis.percent(shares):.2f}%",
            said,
            -MARK_ROW * row,
            (shares, said, main) in left,
            main,
        )
        for row, (shares, said, main) in enumerate(reversed((*right, *left)))
    )


def _table_shares(found: BeforeAmt) -> Sequence[float]:
    """Round steps, and where AMT begins."""
    total = found.shares_available
    steps = {float(round(total * i / (TABLE_ROWS - 1))) for i in range(TABLE_ROWS)}
    return sorted(steps | {found.most})


def _data(found: BeforeAmt, x_axis: Axis, y_axis: Axis, chosen: float) -> str:
    along = found.along
    data = {
        "total": found.shares_available,
        "most": found.most,
        "suggested": words(proposed(found)),
        "chosen": words(chosen),
        "x": [round(float(x), 6) for x in along.shares],
        "amt": [round(float(y), 6) for y in along.amt],
        "tax": [round(float(y), 6) for y in along.added_tax],
        "strike": [round(float(y), 6) for y in along.strike],
        "credit": [round(float(y), 6) for y in along.credit],
        "across": [x_axis.low, x_axis.high],
        "up": [y_axis.low, y_axis.high],
    }
    return json.dumps(data, allow_nan=False)


def answer_context(asked: Asked) -> dict[str, Any]:
    """What the page shows of the year.

    Raises:
        InvalidScenario: The answers do not fit together.
    """
    found = asked.before_amt
    chosen = chosen_number(asked)
    unworthy = below_strike(asked, found) if found.lots else []
    return {
        "found": found,
        "sentence": sentence(found),
        "remark": remark(found),
        "chart": chart(found, chosen),
        "suggested": words(proposed(found)),
        "chosen": words(chosen),
        "at": point(found, chosen),
        "turns": turns(asked, found),
        "below_strike": listed(unworthy),
    }
