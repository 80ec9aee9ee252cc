"""The proposed plans side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.analyses.plan_words import MOST_LISTED, shares_by_year
from amtweb.explorer.answer import words
from amtweb.scenarios.charts.money_words import dollars
from calculator.analysis.option_plans import CHEAPEST, EVEN, FIRST, LINE, NOW

if TYPE_CHECKING:
    from amtweb.explorer.asked import Asked
    from calculator.analysis.option_plans import OptionPlan

SEEN = 0.5
CLOSE = 1.0
"""Dollars of rounding in a sum over years, which nobody loses."""


class Bar(NamedTuple):
    """A year of the small chart, in percents of its width and of each lane's height."""

    x: str
    width: str
    middle: str
    options_top: str
    options_height: str
    amt_top: str
    amt_height: str
    credit_top: str
    label: str
    """Under the first and the last year."""


class CardRow(NamedTuple):
    """A year in the table."""

    year: int
    options: float
    amt: float
    cash: float
    credit: float


class Card(NamedTuple):
    """A plan as the page shows it."""

    name: str
    title: str
    same_as: str
    """What the simpler plan is called that this one turned out to be."""
    sentence: str
    amt: str
    credit_words: str
    credit: str
    lost: str
    """Of the tax that the plan adds, what no credit is left for."""
    tax_words: str
    """Which years the tax is of."""
    tax: str
    difference: str
    cash: str
    left: str
    bars: tuple[Bar, ...]
    line: str
    """Of the credit, in percent."""
    rows: tuple[CardRow, ...]
    has_amt: bool


class Scale(NamedTuple):
    """What the charts of all cards have in common."""

    options: float
    money: float


def title_of(asked: Asked, name: str) -> str:
    """As the card is called: what the plan does."""
    every = words(asked.plans.turn.shares)
    every = f"all {every}" if asked.plans.turn.shares > 1 else "the option"
    within = asked.plans.within
    years = f"{within} year{'' if within == 1 else 's'}"
    return {
        NOW: f"Exercise {every} in {asked.year}",
        LINE: "Exercise each year what adds no AMT",
        EVEN: f"Exercise {every} evenly over {years}",
        CHEAPEST: f"Exercise {every} at least tax within {years}",
    }[name]


def quick_cards(asked: Asked) -> list[Card]:
    """The plans that need no search, the one without AMT first; none twice."""
    if asked.before_amt.shares is None:
        return [card(asked, asked.plans.now())]
    plans = [asked.plans.line(), asked.plans.now(), asked.plans.even()]
    different: dict[tuple[tuple[float, ...], ...], OptionPlan] = {}
    for plan in plans:
        if any(plan.shares):
            different.setdefault(plan.by_lot, plan)
    return [card(asked, plan) for plan in different.values()]


def cheapest_card(asked: Asked) -> Card:
    """The plan that is searched for."""
    return card(asked, asked.plans.cheapest())


def card(asked: Asked, plan: OptionPlan) -> Card:
    """One plan."""
    scale = _scale(asked)
    credit_words, credit = _credit(plan)
    paid = sum(plan.amt)
    first, last = asked.scenario.years[0].year, plan.years[-1]
    return Card(
        name=plan.name,
        title=title_of(asked, plan.name),
        same_as=title_of(asked, plan.same_as) if plan.same_as else "",
        sentence=f"{_course(plan)}.",
        amt=dollars(paid),
        credit_words=credit_words,
        credit=credit,
        lost=dollars(plan.lost) if abs(plan.lost) >= CLOSE else "none",
        tax_words=f"{first}\N{EN DASH}{last}" if first != last else str(last),
        tax=dollars(plan.federal_tax),
        difference=_difference(plan),
        cash=_most_cash(plan),
        left=_left(asked, plan) if plan.shares_left >= 1 else "",
        bars=_bars(plan, scale),
        line=_line(plan, scale),
        rows=tuple(
            CardRow(*row)
            for row in zip(
                plan.years, plan.shares, plan.amt, plan.cash, plan.credit_balance, strict=True
            )
        ),
        has_amt=paid >= SEEN or max(plan.credit_balance) >= SEEN,
    )


def applied_words(asked: Asked, plan: OptionPlan) -> str:
    """What applying the plan did."""
    title = "" if plan.name == FIRST else f" “{title_of(asked, plan.name)}”"
    left = f"; {_left(asked, plan)}" if plan.shares_left >= 1 else ""
    cash = f"Most cash in a year: {_most_cash(plan)}."
    return f"Applied{title}: exercise {_course(plan)}{left}. {cash}"


def _course(plan: OptionPlan) -> str:
    """How many in which years; of many years that rise or fall, the first and the last."""
    some = [
        (year, number)
        for year, number in zip(plan.years, plan.shares, strict=True)
        if number >= SEEN
    ]
    numbers = [number for _, number in some]
    if len(some) <= MOST_LISTED or numbers not in (sorted(numbers), sorted(numbers)[::-1]):
        return shares_by_year(plan.years, plan.shares)
    (first, begun), (last, ended) = some[0], some[-1]
    if abs(ended - begun) < 1:
        return shares_by_year(plan.years, plan.shares)
    turns = "rising" if ended > begun else "falling"
    every = f"{words(sum(numbers))} in all"
    return f"{words(begun)} in {first}, {turns} to {words(ended)} in {last}, {every}"


def _left(asked: Asked, plan: OptionPlan) -> str:
    return f"{words(plan.shares_left)} of {words(asked.plans.turn.shares)} stay unexercised"


def _most_cash(plan: OptionPlan) -> str:
    most = max(range(len(plan.years)), key=lambda place: plan.cash[place])
    return f"{dollars(plan.cash[most])} in {plan.years[most]}"


def _credit(plan: OptionPlan) -> tuple[str, str]:
    """When the credit is back, or what of it is still owed."""
    if plan.credit_left >= SEEN:
        return f"Credit owed to you after {plan.years[-1]}", dollars(plan.credit_left)
    if plan.first_year_without_credit is not None:
        return "Credit all back", f"in {plan.first_year_without_credit}"
    return "Credit owed to you", "none"


def _difference(plan: OptionPlan) -> str:
    """Beside the tax of all years: how much of it is advanced only."""
    more, owed = plan.added_tax, plan.added_credit
    if more < -SEEN:
        return f"{dollars(-more)} less than without these options"
    if more < SEEN:
        return "as without these options"
    said = f"{dollars(more)} more than without these options"
    if abs(plan.lost) < CLOSE:
        return f"{said}, all of it an advance that is still owed to you"
    return f"{said}, {dollars(owed)} of it an advance" if SEEN <= owed < more else said


def _scale(asked: Asked) -> Scale:
    now = asked.plans.now()
    return Scale(
        max(asked.plans.turn.shares, 1.0),
        max(*now.amt, *now.credit_balance, 1.0),
    )


def _bars(plan: OptionPlan, scale: Scale) -> tuple[Bar, ...]:
    step = 100 / len(plan.years)
    last = len(plan.years) - 1
    found = []
    for place, year in enumerate(plan.years):
        options = 100 * plan.shares[place] / scale.options
        amt = min(100.0, 100 * plan.amt[place] / scale.money)
        credit = min(100.0, 100 * plan.credit_balance[place] / scale.money)
        found.append(
            Bar(
                _percent(step * (place + 0.16)),
                _percent(step * 0.68),
                _percent(step * (place + 0.5)),
                _percent(100 - options),
                _percent(options),
                _percent(100 - amt),
                _percent(amt),
                _percent(100 - credit),
                str(year) if place in (0, last) else "",
            )
        )
    return tuple(found)


def _line(plan: OptionPlan, scale: Scale) -> str:
    step = 100 / len(plan.years)
    return " ".join(
        f"{step * (place + 0.5):.2f},{100 - min(100.0, 100 * amount / scale.money):.2f}"
        for place, amount in enumerate(plan.credit_balance)
    )


def _percent(number: float) -> str:
    return f"{number:.2f}%"
