"""What a result says in one sentence, and the few figures beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.line_links import NO_LINKS
from calculator.analysis.kept_lines import kept_lines
from calculator.law.version import table_digests

if TYPE_CHECKING:
    from amtweb.scenarios.line_links import LineLinks
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


FIGURES = (
    ("AMT", "amt"),
    ("Credit used", "credit_used"),
    ("Credit left", "credit_balance"),
    ("Federal tax", "federal_tax"),
)
"""Of the selected year."""


def headline(result: ScenarioResult, selected: YearResult, links: LineLinks = NO_LINKS) -> Headline:
    """The result in words, for one scenario of plain floats."""
    total = links.to(
        "cumulative_tax", result.years[-1].year, dollars(float(result.totals.federal_tax))
    )
    return Headline(
        _sentence(result, links),
        tuple(_remarks(result, links)),
        (
            *(
                Figure(
                    label,
                    key,
                    links.to(key, selected.year, dollars(float(getattr(selected, key)))),
                )
                for label, key in FIGURES
            ),
            Figure(f"Federal tax, {_span(result)}", "", total),
            *_present_value(result, links),
        ),
    )


def _present_value(result: ScenarioResult, links: LineLinks) -> list[Figure]:
    """Where time or the credit left was given a value."""
    totals = result.totals
    value = float(totals.present_value) - float(totals.value_of_credit_left)
    if round(value) == round(float(totals.federal_tax)):
        return []
    year = result.years[0].year
    text = links.to("present_value", year, dollars(value))
    return [Figure(f"Present value in {year}", "", text)]


def _span(result: ScenarioResult) -> str:
    first, last = result.years[0].year, result.years[-1].year
    return str(first) if first == last else f"{first}\u2013{last}"


def _sentence(result: ScenarioResult, links: LineLinks) -> str:
    totals, last = result.totals, result.years[-1]
    back = float(totals.first_year_without_credit)
    left = float(totals.credit_left)
    if left >= SEEN:
        had_credit = any(float(year.credit_available) > 0 for year in result.years)
        text = dollars(left)
        sentence = (
            f"{text} of the AMT credit is still to come back after {last.year}."
            if had_credit
            else f"AMT in {last.year} leaves a credit of {text} to come back later."
        )
        return links.in_sentence(sentence, "credit_balance", last.year, text)
    if not math.isnan(back) and float(totals.credit_used) >= SEEN:
        return f"The AMT credit is used up in {int(back)}."
    if float(totals.credit_eroded) >= SEEN:
        return "None of the AMT credit comes back: all of it is lost to exclusion items."
    if float(totals.amt) >= SEEN:
        return "None of the AMT comes back: exclusion items alone cause it."
    return "No AMT is due in these years, and there is no credit to recover."


def _remarks(result: ScenarioResult, links: LineLinks) -> list[str]:
    remarks = []
    for year in result.years:
        if float(year.credit_eroded) >= 1:
            text = dollars(float(year.credit_eroded))
            remark = (
                f"{text} of the credit is lost to exclusion items"
                f" of {year.year}: Form 8801 takes it back without paying any tax."
            )
            remarks.append(links.in_sentence(remark, "credit_eroded", year.year, text))
    last = result.years[-1]
    stuck = last.amt_capital_loss_carryforward
    loss = float(stuck.short_term) + float(stuck.long_term)
    if loss >= 1:
        text = dollars(loss)
        remark = (
            f"{text} of AMT capital loss is still unused after {last.year}:"
            " other capital gains could be paired with it."
        )
        remarks.append(links.in_sentence(remark, "amt_capital_loss_carryforward", last.year, text))
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
