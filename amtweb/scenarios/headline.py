"""What a result says in one sentence, and the few figures beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.money_words import dollars
from calculator.analysis.kept_lines import kept_lines
from calculator.law.version import table_digests

if TYPE_CHECKING:
    from calculator import ScenarioResult, YearResult


SEEN = 0.5
"""What is less is shown as nothing."""


class Figure(NamedTuple):
    """A figure of the headline."""

    label: str
    key: str
    """The row of the year table that it follows as a year is selected; empty for a total."""
    text: str


class Headline(NamedTuple):
    """The sentence and its figures."""

    sentence: str
    remarks: tuple[str, ...]
    figures: tuple[Figure, ...]


def headline(result: ScenarioResult, selected: YearResult) -> Headline:
    """The result in words, for one scenario of plain floats."""
    totals = result.totals
    return Headline(
        _sentence(result),
        tuple(_remarks(result)),
        (
            Figure("AMT", "amt", dollars(float(selected.amt))),
            Figure("Credit used", "credit_used", dollars(float(selected.credit_used))),
            Figure("Credit left", "credit_balance", dollars(float(selected.credit_balance))),
            Figure("Federal tax", "federal_tax", dollars(float(selected.federal_tax))),
            Figure(f"Federal tax, {_span(result)}", "", dollars(float(totals.federal_tax))),
            *_present_value(result),
        ),
    )


def _present_value(result: ScenarioResult) -> list[Figure]:
    """Where time or the credit left was given a value."""
    totals = result.totals
    value = float(totals.present_value) - float(totals.value_of_credit_left)
    if round(value) == round(float(totals.federal_tax)):
        return []
    return [Figure(f"Present value in {result.years[0].year}", "", dollars(value))]


def _span(result: ScenarioResult) -> str:
    first, last = result.years[0].year, result.years[-1].year
    return str(first) if first == last else f"{first}\u2013{last}"


def _sentence(result: ScenarioResult) -> str:
    totals, last = result.totals, result.years[-1]
    back = float(totals.first_year_without_credit)
    left = float(totals.credit_left)
    had_credit = any(float(year.credit_available) > 0 for year in result.years)
    if left >= SEEN and not had_credit:
        return f"AMT in {last.year} leaves a credit of {dollars(left)} to come back later."
    if left >= SEEN:
        return f"{dollars(left)} of the AMT credit is still to come back after {last.year}."
    if not math.isnan(back) and float(totals.credit_used) >= SEEN:
        return f"The AMT credit is used up in {int(back)}."
    if float(totals.credit_eroded) >= SEEN:
        return "None of the AMT credit comes back: all of it is lost to exclusion items."
    if float(totals.amt) >= SEEN:
        return "None of the AMT comes back: exclusion items alone cause it."
    return "No AMT is due in these years, and there is no credit to recover."


def _remarks(result: ScenarioResult) -> list[str]:
    remarks = []
    for year in result.years:
        if float(year.credit_eroded) >= 1:
            remarks.append(
                f"{dollars(float(year.credit_eroded))} of the credit is lost to exclusion items"
                f" of {year.year}: Form 8801 takes it back without paying any tax."
            )
    stuck = result.years[-1].amt_capital_loss_carryforward
    loss = float(stuck.short_term) + float(stuck.long_term)
    if loss >= 1:
        remarks.append(
            f"{dollars(loss)} of AMT capital loss is still unused after {result.years[-1].year}:"
            " other capital gains could be paired with it."
        )
    projected = [year.year for year in result.years if year.law == "projected"]
    if projected:
        remarks.append(
            f"From {projected[0]} on the parameters are projected: no tables are published yet."
        )
    return remarks


def figures_of(result: ScenarioResult) -> dict[str, Any]:
    """The figures that a revision keeps as they were shown that day."""
    totals = result.totals
    back = float(totals.first_year_without_credit)
    return {
        "amt": float(totals.amt),
        "credit_left": float(totals.credit_left),
        "first_year_without_credit": None if math.isnan(back) else int(back),
        "federal_tax": float(totals.federal_tax),
        "credit_by_year": {str(year.year): float(year.credit_balance) for year in result.years},
        # So that figures of another day can be explained.
        "kept": kept_lines(result),
        "tables": dict(table_digests()),
    }
