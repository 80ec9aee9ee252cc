"""The figures of a comparison as rows: of each year, and of all years together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from amtweb.comparing.totals import delta
from amtweb.exchange.tables import Table
from amtweb.scenarios.charts.money_words import counts, dollars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amtweb.comparing.totals import Delta
    from amtweb.couples.pairs import Couple
    from calculator.analysis.joint_or_separate import JointOrSeparate, YearOfCouple


class Amounts(NamedTuple):
    """An amount on the joint return, and on the two separate ones."""

    joint: float
    yours: float
    spouses: float

    @property
    def separate(self) -> float:
        """Both separate returns together."""
        return self.yours + self.spouses

    @property
    def more(self) -> float:
        """What separate returns have more."""
        return self.separate - self.joint


class Cell(NamedTuple):
    """An amount as it is shown."""

    text: str
    nothing: bool


class Row(NamedTuple):
    """A figure: of the joint return and both separate ones, the difference, and each one's."""

    key: str
    label: str
    joint: Cell
    separate: Cell
    delta: Delta
    yours: Cell
    spouses: Cell


class Block(NamedTuple):
    """A year."""

    year: int
    deductions: tuple[str, str]
    """What the joint return takes, and what the separate ones take."""
    rows: tuple[Row, ...]


FIGURES = (
    ("federal_tax", "Federal tax"),
    ("regular_tax", "Regular tax"),
    ("amt", "AMT"),
    ("credit_used", "AMT credit used"),
    ("credit_balance", "AMT credit left"),
    ("net_investment_income_tax", "Net investment income tax"),
    ("additional_medicare_tax", "Additional Medicare Tax"),
    ("amt_exemption", "AMT exemption"),
    ("capital_loss_carryforward", "Capital loss carried over"),
    ("amt_capital_loss_carryforward", "AMT capital loss carried over"),
)
ALWAYS = ("federal_tax", "amt")
"""Rows that stand there even where there is nothing."""
PARTS_OF_TAX = (
    ("regular_tax", "Regular tax", 1),
    ("amt", "AMT", 1),
    ("credit_used", "AMT credit used", -1),
    ("net_investment_income_tax", "Net investment income tax", 1),
    ("additional_medicare_tax", "Additional Medicare Tax", 1),
)
"""What federal tax is made of, and whether it adds to it; other credits are the rest."""


def amounts_of(year: YearOfCouple, key: str) -> Amounts:
    """An amount of a year."""
    mine, theirs = year.separate
    return Amounts(year.joint[key], mine[key], theirs[key])


def in_sum(years: Sequence[YearOfCouple], key: str) -> Amounts:
    """An amount over some years."""
    taken = [amounts_of(year, key) for year in years]
    return Amounts(*(math.fsum(each) for each in zip(*taken, strict=True)))


def blocks(compared: JointOrSeparate) -> list[Block]:
    """Every year, each without the rows in which there is nothing."""
    return [
        Block(
            year.year,
            (year.joint_deduction, year.deduction),
            tuple(
                _row(key, label, own)
                for key, label in FIGURES
                for own in (amounts_of(year, key),)
                if key in ALWAYS or any(map(counts, own))
            ),
        )
        for year in compared.years
    ]


def totals(compared: JointOrSeparate) -> list[Row]:
    """What the difference in federal tax is made of, over all years."""
    rows, rest = [], in_sum(compared.years, "federal_tax")
    whole = _row("federal_tax", "Federal tax", rest)
    for key, label, sign in PARTS_OF_TAX:
        part = in_sum(compared.years, key)
        rest = Amounts(*(left - sign * own for left, own in zip(rest, part, strict=True)))
        if any(map(counts, part)):
            rows.append(_row(key, label, Amounts(*(sign * own for own in part))))
    if any(map(counts, rest)):
        rows.append(_row("other_credits", "Other credits", rest))
    last = amounts_of(compared.years[-1], "credit_balance")
    if any(map(counts, last)):
        left = _row("credit_left", f"AMT credit left after {compared.years[-1].year}", last)
        return [*rows, whole, left]
    return [*rows, whole]


def years_table(couple: Couple) -> Table:
    """Every amount of every year, for whatever program opens it."""
    mine, theirs = couple.spouses
    heads = (
        *("year", "figure", "joint"),
        *(f"yours: {mine.title}", f"spouse: {theirs.title}"),
        *("separate", "separate minus joint"),
    )
    return Table("Joint or separate", heads, tuple(_lines(couple)), in_dollars=True, labels=2)


def _lines(couple: Couple) -> Iterator[tuple[str | int | float, ...]]:
    for year in couple.compared.years:
        for key in year.joint:
            own = amounts_of(year, key)
            shown = (*own, own.separate, own.more)
            yield (year.year, key, *(amount + 0.0 for amount in shown))


def _row(key: str, label: str, own: Amounts) -> Row:
    joint, separate, yours, spouses = (
        Cell(dollars(amount), not counts(amount))
        for amount in (own.joint, own.separate, own.yours, own.spouses)
    )
    return Row(key, label, joint, separate, delta(own.more), yours, spouses)
