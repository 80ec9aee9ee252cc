"""What a result says in a few sentences, and the few figures beside them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.erosion_words import reasons
from amtweb.scenarios.line_links import NO_LINKS, Sentence
from amtweb.scenarios.recovery_words import Fate, how_it_comes_back, what_it_costs
from amtweb.scenarios.sooner_words import what_could_be_exercised, what_would_bring_it_sooner
from calculator.analysis.erosion import erosion
from calculator.analysis.kept_lines import kept_lines
from calculator.law.version import table_digests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amtweb.scenarios.line_links import LineLinks
    from calculator import Scenario, ScenarioResult, YearResult


SEEN = 0.5
"""What is less is shown as nothing."""


class Figure(NamedTuple):
    """A figure of the headline."""

    label: str
    key: str
    """The row of the year table that it follows as a year is selected; empty for a total."""
    text: str


class Headline(NamedTuple):
    """The sentence, what there is to say beside it, and its figures."""

    sentence: str
    remarks: tuple[str, ...]
    """Those that can be asked about are `Sentence`s."""
    figures: tuple[Figure, ...]


FIGURES = (
    ("AMT", "amt"),
    ("Credit used", "credit_used"),
    ("Credit left", "credit_balance"),
    ("Federal tax", "federal_tax"),
)
"""Of the selected year."""


def headline(
    result: ScenarioResult,
    selected: YearResult,
    links: LineLinks = NO_LINKS,
    scenario: Scenario | None = None,
) -> Headline:
    """The result in words, for one scenario of plain floats; more of them if it is given."""
    total = links.to(
        "cumulative_tax", result.years[-1].year, dollars(float(result.totals.federal_tax))
    )
    return Headline(
        what_it_costs(result, links),
        tuple(_remarks(result, links, scenario)),
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


def _remarks(
    result: ScenarioResult, links: LineLinks, scenario: Scenario | None
) -> Iterator[Sentence]:
    how = how_it_comes_back(result, links)
    if how:
        yield how
    yield from _lost(result, links, scenario)
    yield from _stuck(result, links)
    if scenario is not None:
        yield from (
            what_would_bring_it_sooner(scenario, result)
            if counts(Fate.of(result).credit)
            else what_could_be_exercised(scenario)
        )
    projected = [year.year for year in result.years if year.law == "projected"]
    if projected:
        yield Sentence.of(
            f"From {projected[0]} on the law’s amounts are projected: none are published yet."
        )


def _lost(
    result: ScenarioResult, links: LineLinks, scenario: Scenario | None
) -> Iterator[Sentence]:
    """Where the credit shrinks without lowering tax, and why."""
    for year in result.years:
        lost = float(year.credit_eroded)
        if lost < 1:
            continue
        remark = Sentence.of(
            links.to("credit_eroded", year.year, dollars(lost)),
            f" of the credit is lost in {year.year} without lowering any tax.",
        )
        remark.question = f"erosion?year={year.year}"
        remark.asks = "Why?"
        if scenario is not None:
            remark.because = tuple(reasons(erosion(scenario, year.year), scenario)[1:])
        yield remark


def _stuck(result: ScenarioResult, links: LineLinks) -> Iterator[Sentence]:
    last = result.years[-1]
    carried = last.amt_capital_loss_carryforward
    loss = float(carried.short_term) + float(carried.long_term)
    if loss >= 1:
        yield Sentence.of(
            links.to("amt_capital_loss_carryforward", last.year, dollars(loss)),
            f" of AMT capital loss is still unused after {last.year}.",
        )


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
