"""The totals of what is compared, and how each differs from the baseline's.

Where two cover different years, their totals are each one's own, and the difference is of the years
that both have.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import counts, dollars, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amtweb.comparing.columns import Column
    from calculator import YearResult


class Delta(NamedTuple):
    """A difference from the baseline."""

    text: str
    nothing: bool = False
    """No difference, or none that can be told."""


class TotalCell(NamedTuple):
    """One column's total; the baseline has no difference."""

    text: str
    delta: Delta | None


class TotalRow(NamedTuple):
    """A total across the columns."""

    key: str
    label: str
    hint: str
    cells: tuple[TotalCell, ...]


def loss_of(year: YearResult) -> float:
    """The AMT capital loss carried out of a year, short-term and long-term."""
    loss = year.amt_capital_loss_carryforward
    return float(loss.short_term) + float(loss.long_term)


Amount = tuple[str, str, str, "Callable[[Sequence[YearResult]], float]"]

AMOUNTS: tuple[Amount, ...] = (
    (
        "federal_tax",
        "Federal tax",
        "After credits, with AMT and both surtaxes",
        lambda years: math.fsum(float(year.federal_tax) for year in years),
    ),
    ("amt", "AMT", "", lambda years: math.fsum(float(year.amt) for year in years)),
    (
        "credit_used",
        "AMT credit used",
        "",
        lambda years: math.fsum(float(year.credit_used) for year in years),
    ),
    (
        "credit_eroded",
        "AMT credit eroded",
        "Lost to exclusion items",
        lambda years: math.fsum(float(year.credit_eroded) for year in years),
    ),
    (
        "credit_left",
        "AMT credit left",
        "At the end of the last year",
        lambda years: float(years[-1].credit_balance),
    ),
    (
        "amt_loss_left",
        "AMT capital loss left",
        "At the end of the last year",
        lambda years: loss_of(years[-1]),
    ),
    (
        "surtaxes",
        "Surtaxes",
        "Net investment income tax and Additional Medicare Tax",
        lambda years: math.fsum(
            float(year.net_investment_income_tax) + float(year.additional_medicare_tax)
            for year in years
        ),
    ),
)
"""Amounts over some years of a result."""
TAKEN = {key: of for key, _, _, of in AMOUNTS}
UNKNOWN = Delta("other years", nothing=True)


class Difference(NamedTuple):
    """How a column differs from the baseline over the years that both have."""

    column: Column
    baseline: Column
    years: tuple[int, ...]

    @property
    def covers_all(self) -> bool:
        """Whether both cover the same years."""
        return self.column.years == self.baseline.years

    def pair(self, key: str) -> tuple[float, float]:
        """An amount of the baseline and of the column, over the years that both have."""
        taken = TAKEN[key]
        return (taken(self._years_of(self.baseline)), taken(self._years_of(self.column)))

    def of(self, key: str) -> float:
        """What the column has more of an amount."""
        before, after = self.pair(key)
        return after - before

    @property
    def present_value(self) -> float | None:
        """What the taxes of the column are worth more; None where other years are covered."""
        if not self.covers_all:
            return None
        return present_value(self.column) - present_value(self.baseline)

    def _years_of(self, column: Column) -> list[YearResult]:
        return [year for year in column.result.years if year.year in self.years]


def present_value(column: Column) -> float:
    """Of all taxes, less what the credit left is said to be worth."""
    totals = column.result.totals
    return float(totals.present_value) - float(totals.value_of_credit_left)


def differences(columns: Sequence[Column], baseline: int) -> list[Difference | None]:
    """Each column against the baseline; None for the baseline itself."""
    base = columns[baseline]
    return [
        None
        if column is base
        else Difference(column, base, tuple(y for y in column.years if y in base.years))
        for column in columns
    ]


def without_credit(column: Column) -> int | None:
    """The year in which the credit is used up; None for never."""
    year = float(column.result.totals.first_year_without_credit)
    return None if math.isnan(year) else int(year)


def had_credit(column: Column) -> bool:
    """Whether there is a credit in any year."""
    return any(
        counts(float(year.credit_available)) or counts(float(year.credit_balance))
        for year in column.result.years
    )


def total_rows(columns: Sequence[Column], compared: Sequence[Difference | None]) -> list[TotalRow]:
    """All totals; a row of zeros is left out."""
    rows = []
    for key, label, hint, of in AMOUNTS:
        amounts = [of(column.result.years) for column in columns]
        if key not in ("federal_tax", "amt") and not any(map(counts, amounts)):
            continue
        cells = [
            TotalCell(dollars(amount), None if each is None else _delta(each, key))
            for amount, each in zip(amounts, compared, strict=True)
        ]
        rows.append(TotalRow(key, label, hint, tuple(cells)))
    if any(map(had_credit, columns)):
        of_the_credit = [place for place, row in enumerate(rows) if row.key.startswith("credit")]
        rows.insert(max(of_the_credit, default=0) + 1, _used_up(columns, compared))
    return [*rows, *_present_values(columns, compared)]


def signed(amount: float) -> str:
    """A difference with its sign, as it is shown."""
    return f"+{dollars(amount)}" if whole(amount) > 0 else dollars(amount)


def delta(amount: float) -> Delta:
    """A difference in dollars; none if nothing of it is seen in whole dollars."""
    return Delta(signed(amount)) if counts(amount) else Delta("=", nothing=True)


def _delta(each: Difference, key: str) -> Delta:
    return delta(each.of(key)) if each.years else UNKNOWN


def _used_up(columns: Sequence[Column], compared: Sequence[Difference | None]) -> TotalRow:
    cells = []
    for column, each in zip(columns, compared, strict=True):
        year = without_credit(column)
        none = "no credit" if not had_credit(column) else f"not by {column.years[-1]}"
        text = none if year is None else str(year)
        cells.append(TotalCell(text, None if each is None else _sooner(each)))
    return TotalRow("used_up", "AMT credit used up in", "", tuple(cells))


def _sooner(each: Difference) -> Delta:
    before, after = without_credit(each.baseline), without_credit(each.column)
    if before == after:
        alike = had_credit(each.baseline) == had_credit(each.column)
        return Delta("=" if alike else "", nothing=True)
    if before is None or after is None:
        return Delta("", nothing=True)
    years = abs(before - after)
    return Delta(f"{years} year{'s' * (years > 1)} {'sooner' if after < before else 'later'}")


def _present_values(
    columns: Sequence[Column], compared: Sequence[Difference | None]
) -> list[TotalRow]:
    """Where time or the credit left was given a value."""
    values = [present_value(column) for column in columns]
    taxes = [float(column.result.totals.federal_tax) for column in columns]
    if all(whole(value) == whole(tax) for value, tax in zip(values, taxes, strict=True)):
        return []
    cells = []
    for value, each in zip(values, compared, strict=True):
        more = None if each is None else each.present_value
        change = None if each is None else UNKNOWN if more is None else delta(more)
        cells.append(TotalCell(dollars(value), change))
    hint = "Of all taxes, in the first year, less what the credit left is worth"
    return [TotalRow("present_value", "Present value", hint, tuple(cells))]
