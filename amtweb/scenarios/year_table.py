"""The table of all years: one row a figure, one column a year."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.line_links import NO_LINKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from amtweb.scenarios.line_links import LineLinks
    from calculator import ScenarioResult, YearResult
    from calculator.scenario import CapitalLoss


class Column(NamedTuple):
    """A year and where its parameters come from."""

    year: int
    law: str
    law_page: str = ""
    """Where its parameters are shown."""


class Cell(NamedTuple):
    """An amount of one year."""

    year: int
    text: str
    nothing: bool
    """A zero, which recedes."""


class TableRow(NamedTuple):
    """A figure over the years."""

    key: str
    label: str
    hint: str
    cells: tuple[Cell, ...]


class RowGroup(NamedTuple):
    """Rows that belong together."""

    title: str
    rows: tuple[TableRow, ...]


class YearTable(NamedTuple):
    """The whole table."""

    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]


def _both(loss: CapitalLoss) -> float:
    return float(loss.short_term) + float(loss.long_term)


Figure = tuple[str, str, str, "Callable[[YearResult], float]"]

GROUPS: tuple[tuple[str, tuple[Figure, ...]], ...] = (
    (
        "Income",
        (
            (
                "adjusted_gross_income",
                "Adjusted gross income",
                "Form 1040 line 11",
                lambda y: float(y.adjusted_gross_income),
            ),
            (
                "taxable_income",
                "Taxable income",
                "Form 1040 line 15",
                lambda y: float(y.taxable_income),
            ),
            ("amti", "AMT income", "Form 6251 line 4", lambda y: float(y.amti)),
        ),
    ),
    (
        "The two taxes",
        (
            ("regular_tax", "Regular tax", "Form 1040 line 16", lambda y: float(y.regular_tax)),
            (
                "tentative_minimum_tax",
                "Tentative minimum tax",
                "Form 6251 line 9",
                lambda y: float(y.tentative_minimum_tax),
            ),
            ("amt", "AMT", "Form 6251 line 11", lambda y: float(y.amt)),
        ),
    ),
    (
        "AMT credit",
        (
            (
                "credit_available",
                "Available",
                "Form 8801 line 21",
                lambda y: float(y.credit_available),
            ),
            ("credit_limit", "Limit", "Form 8801 line 24", lambda y: float(y.credit_limit)),
            ("credit_used", "Used", "Form 8801 line 25", lambda y: float(y.credit_used)),
            (
                "credit_generated",
                "Added",
                "Next year's Form 8801 line 18, if positive",
                lambda y: float(y.credit_generated),
            ),
            (
                "credit_eroded",
                "Eroded",
                "Next year's Form 8801 line 18, if negative",
                lambda y: float(y.credit_eroded),
            ),
            (
                "credit_balance",
                "Left at year end",
                "Next year's credit available",
                lambda y: float(y.credit_balance),
            ),
        ),
    ),
    (
        "Losses carried over",
        (
            (
                "capital_loss_carryforward",
                "Capital loss",
                "Short-term and long-term",
                lambda y: _both(y.capital_loss_carryforward),
            ),
            (
                "amt_capital_loss_carryforward",
                "AMT capital loss",
                "Short-term and long-term",
                lambda y: _both(y.amt_capital_loss_carryforward),
            ),
        ),
    ),
    (
        "Tax",
        (
            (
                "net_investment_income_tax",
                "Net investment income tax",
                "Form 8960",
                lambda y: float(y.net_investment_income_tax),
            ),
            (
                "additional_medicare_tax",
                "Additional Medicare Tax",
                "Form 8959",
                lambda y: float(y.additional_medicare_tax),
            ),
            (
                "federal_tax",
                "Federal tax",
                "After credits, with AMT and both surtaxes",
                lambda y: float(y.federal_tax),
            ),
        ),
    ),
)


def year_table(result: ScenarioResult, links: LineLinks = NO_LINKS) -> YearTable:
    """All years of a result of plain floats, and the tax of the years so far."""
    groups = [
        RowGroup(
            title,
            tuple(
                _row((key, label, hint), [(y.year, of(y)) for y in result.years], links)
                for key, label, hint, of in figures
            ),
        )
        for title, figures in GROUPS
    ]
    sums = accumulate(float(year.federal_tax) for year in result.years)
    so_far = [(year.year, total) for year, total in zip(result.years, sums, strict=True)]
    tax = groups[-1]
    named = ("cumulative_tax", "Cumulative tax", "Of the years so far")
    groups[-1] = tax._replace(rows=(*tax.rows, _row(named, so_far, links)))
    columns = (Column(y.year, y.law, links.laws.get(y.year, "")) for y in result.years)
    return YearTable(tuple(columns), tuple(groups))


def _row(
    named: tuple[str, str, str], amounts: list[tuple[int, float]], links: LineLinks
) -> TableRow:
    return TableRow(
        *named,
        tuple(
            Cell(year, links.to(named[0], year, dollars(amount)), abs(amount) < 0.5)
            for year, amount in amounts
        ),
    )
