"""The proposed plans side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.analyses.plan_words import shares_by_year
from amtweb.scenarios.charts.money_words import dollars
from calculator.analysis.option_plans import CHEAPEST, EVEN, LINE, NOW
from calculator.analysis.what_if import whole

if TYPE_CHECKING:
    from amtweb.explorer.asked import Asked
    from calculator.analysis.option_plans import OptionPlan

SEEN = 0.5


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
    sentence: str
    amt: str
    credit_words: str
    credit: str
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
    tax_without: float


def title_of(name: str, within: int) -> str:
    """As the card is called."""
    over = f"over {within} years" if within > 1 else "in one year"
    return {
        NOW: "All now",
        LINE: "Up to the AMT line every year",
        EVEN: f"Spread evenly {over}",
        CHEAPEST: f"Cheapest found {over}",
    }[name]


def quick_cards(asked: Asked) -> list[Card]:
    """The plans that need no search; one, if nothing costs any AMT."""
    if asked.before_amt.shares is None:
        return [card(asked, asked.plans.now())]
    return [
        card(asked, plan) for plan in (asked.plans.now(), asked.plans.line(), asked.plans.even())
    ]


def cheapest_card(asked: Asked) -> Card:
    """The plan that is searched for."""
    return card(asked, asked.plans.cheapest())


def card(asked: Asked, plan: OptionPlan) -> Card:
    """One plan."""
    scale = _scale(asked)
    credit_words, credit = _credit(plan)
    paid = sum(plan.amt)
    most = max(range(len(plan.years)), key=lambda place: plan.cash[place])
    first, last = asked.scenario.years[0].year, plan.years[-1]
    return Card(
        name=plan.name,
        title=title_of(plan.name, asked.plans.within),
        sentence=_sentence(asked, plan),
        amt=dollars(paid),
        credit_words=credit_words,
        credit=credit,
        tax_words=f"{first}\N{EN DASH}{last}" if first != last else str(last),
        tax=dollars(plan.federal_tax),
        difference=_difference(plan.federal_tax - scale.tax_without),
        cash=f"{dollars(plan.cash[most])} in {plan.years[most]}",
        left=f"{plan.shares_left:,.0f} left after {asked.plans.days[-1].year}"
        if plan.shares_left >= 1
        else "",
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
    title = title_of(plan.name, asked.plans.within)
    return f"Applied “{title}”: exercise {shares_by_year(plan.years, plan.shares)}."


def _sentence(asked: Asked, plan: OptionPlan) -> str:
    said = f"Exercise {shares_by_year(plan.years, plan.shares)}."
    if plan.same_as:
        return f"The same as “{title_of(plan.same_as, asked.plans.within)}”. {said}"
    return said


def _credit(plan: OptionPlan) -> tuple[str, str]:
    """When the credit is back, or what of it is not."""
    if plan.credit_left >= SEEN:
        return f"Credit left after {plan.years[-1]}", dollars(plan.credit_left)
    if plan.first_year_without_credit is not None:
        return "Credit all back", f"in {plan.first_year_without_credit}"
    return "Credit", "none"


def _difference(more: float) -> str:
    if more < -SEEN:
        return f"{dollars(-more)} less than without these options"
    return (
        f"{dollars(more)} more than without these options"
        if more >= SEEN
        else "as without these options"
    )


def _scale(asked: Asked) -> Scale:
    now = asked.plans.now()
    return Scale(
        max(asked.plans.turn.shares, 1.0),
        max(*now.amt, *now.credit_balance, 1.0),
        float(whole(asked.plans.without.totals.federal_tax, 1)[0]),
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
