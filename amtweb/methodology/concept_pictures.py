"""The picture of each concept, drawn by the server as those of the planner are."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from amtweb.analyses import crossover as shares_before_amt
from amtweb.analyses.tables import Table, TableRow
from amtweb.analyses.year_bars import Series, year_bars
from amtweb.methodology.concepts import STATUS, concepts
from amtweb.scenarios.charts.capital_losses import losses_figure
from amtweb.scenarios.charts.credit import credit_figure
from amtweb.scenarios.charts.curve import Curve, Line, Mark, curve_figure
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.charts.palette import AMT_BAR, ERODED, MINIMUM, REGULAR, REGULAR_BAR
from calculator import evaluate, parse_scenario
from calculator.analysis.crossover import crossover
from calculator.analysis.pairing import absorbing_gain
from calculator.analysis.spread import spread
from calculator.analysis.what_if import evaluate_batch, whole, with_extra_gain, year_of
from calculator.law import law_for
from calculator.scenario import LawChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from amtweb.scenarios.charts.figure import Figure
    from calculator import Scenario
    from calculator.analysis.crossover import Crossover
    from calculator.analysis.spread import Spread
    from calculator.law.parameters import YearLaw

EXERCISE, SALE = "e1", "s1"
OLD_LAW, NEW_LAW = 2025, 2026
GAINS = (0.0, 100_000.0, 200_000.0, 500_000.0, 900_000.0)
"""Other gains to look at, beside that which the AMT loss absorbs."""
POINTS = 181
STATUSES = (("single", "Single"), ("married_filing_jointly", "Married filing jointly"))


class Picture(NamedTuple):
    """A figure over years, or a curve over amounts; the other one is None."""

    figure: Figure | None = None
    curve: Curve | None = None


@cache
def pictures_of(slug: str) -> tuple[Picture, ...]:
    """What one sees of a concept; the first picture stands in the reading list too."""
    return PICTURES[slug](parse_scenario(concepts()[slug].example.document))


@cache
def before_amt() -> Crossover:
    """How many options of the example can be exercised before AMT begins."""
    return crossover(parse_scenario(concepts()["amt"].example.document), EXERCISE)


def _amt(scenario: Scenario) -> tuple[Picture, ...]:
    return (Picture(curve=shares_before_amt.figure(scenario, before_amt())),)


def _two_bases(scenario: Scenario) -> tuple[Picture, ...]:
    result = evaluate(scenario)
    with_sales = [place for place, year in enumerate(result.years) if year.equity.sales]
    sold = result.years[with_sales[0] : with_sales[-1] + 1]
    first = sold[0]
    bars = year_bars(
        "two-bases",
        "Gain of each sale, by the two bases",
        f"In {first.year} the gain is {dollars(float(first.equity.long_term_gain))} for regular tax"
        f" and {dollars(float(first.equity.amt_long_term_gain))} for the AMT: less by the spread"
        " that was AMT income at exercise.",
        [year.year for year in sold],
        [
            Series("Regular gain", [float(year.equity.long_term_gain) for year in sold]),
            Series("AMT gain", [float(year.equity.amt_long_term_gain) for year in sold]),
        ],
        looks=(REGULAR_BAR, AMT_BAR),
    )
    return (Picture(figure=bars.figure),)


def _pairing(scenario: Scenario) -> tuple[Picture, ...]:
    return tuple(_paired(sold_in(year), year) for year in (OLD_LAW, NEW_LAW))


def _paired(scenario: Scenario, year: int) -> Picture:
    gains = np.linspace(0.0, GAINS[-1], POINTS)
    of = year_of(evaluate_batch(with_extra_gain(scenario, year, gains), POINTS), year)
    absorbed = absorbing_gain(evaluate(scenario), year)
    eroded = whole(of.credit_eroded, POINTS)
    said = (
        f"Up to {dollars(absorbed)} of other gain, tentative minimum tax stays where it is, and the"
        " credit pays what regular tax rises by."
    )
    most = float(eroded.max())
    if most >= 1:
        first = dollars(float(gains[int((eroded >= 1).argmax())]))
        said += f" From about {first} on the credit erodes, by up to {dollars(most)}."
    curve = curve_figure(
        f"pairing-{year}",
        f"Sold in {year}",
        said,
        x_name="Other long-term gain",
        x=gains.tolist(),
        lines=[
            Line("Regular tax", whole(of.regular_tax, POINTS).tolist(), REGULAR),
            Line(
                "Tentative minimum tax",
                whole(of.tentative_minimum_tax, POINTS).tolist(),
                MINIMUM,
                "dash",
            ),
            Line("Credit eroded", eroded.tolist(), ERODED, "dot"),
        ],
        marks=[Mark(absorbed, "AMT loss used up")],
    )
    return Picture(curve=curve)


def _thresholds(_: Scenario) -> tuple[Picture, ...]:
    laws = {year: _law(year, STATUS) for year in (OLD_LAW, NEW_LAW)}
    income = np.linspace(0.0, 1_100_000.0, POINTS)
    lines = [
        Line(f"Exemption, {year}", _exemption(laws[year], income).tolist(), hue, dash)
        for year, hue, dash in ((OLD_LAW, REGULAR, "dash"), (NEW_LAW, MINIMUM, "solid"))
    ]
    gone = {year: _gone_at(law) for year, law in laws.items()}
    curve = curve_figure(
        "thresholds",
        "The exemption of a single person, by AMT income",
        f"In {OLD_LAW} it begins to shrink at {dollars(laws[OLD_LAW].amt.phaseout_start)} and is"
        f" gone at {dollars(gone[OLD_LAW])}; in {NEW_LAW} it begins at"
        f" {dollars(laws[NEW_LAW].amt.phaseout_start)} and is gone at {dollars(gone[NEW_LAW])}.",
        x_name="AMT income",
        x=income.tolist(),
        lines=lines,
    )
    return (Picture(curve=curve),)


def _named(chart: Callable[[Any], Figure], scenario: Scenario, id_: str) -> Picture:
    """A chart of the planner, with an id of its own: the reading list has several of a kind."""
    return Picture(figure=chart(evaluate(scenario))._replace(id=id_))


PICTURES: dict[str, Callable[[Scenario], tuple[Picture, ...]]] = {
    "amt": _amt,
    "two-bases": _two_bases,
    "amt-capital-loss": lambda scenario: (_named(losses_figure, scenario, "amt-loss"),),
    "credit": lambda scenario: (_named(credit_figure, scenario, "credit-back"),),
    "erosion": lambda scenario: (_named(credit_figure, scenario, "credit-eroded"),),
    "pairing": _pairing,
    "thresholds": _thresholds,
}


class Paired(NamedTuple):
    """The sale of the example in one year, with so much of other gains beside it."""

    sold_in: int
    gain: float
    regular_tax: float
    tentative_minimum_tax: float
    credit_used: float
    amt_loss_left: float
    net_investment_income_tax: float
    credit_eroded: float


@cache
def sold_in(year: int) -> Scenario:
    """The example of pairing with its sale in another year."""
    document: dict[str, Any] = json.loads(concepts()["pairing"].example.text)
    sale = document["sales"][0]
    sale["date"] = f"{year}{sale['date'][4:]}"
    return parse_scenario(document)


@cache
def paired() -> tuple[Paired, ...]:
    """The same sale and the same other gains, under the law of two years."""
    return tuple(each for year in (OLD_LAW, NEW_LAW) for each in _paired_in(sold_in(year), year))


def _paired_in(scenario: Scenario, year: int) -> list[Paired]:
    gains = np.array(sorted({*GAINS, absorbing_gain(evaluate(scenario), year)}))
    of = year_of(evaluate_batch(with_extra_gain(scenario, year, gains), gains.size), year)
    columns = (
        of.regular_tax,
        of.tentative_minimum_tax,
        of.credit_used,
        of.amt_capital_loss_carryforward.long_term,
        of.net_investment_income_tax,
        of.credit_eroded,
    )
    amounts = [whole(each, gains.size).tolist() for each in columns]
    return [Paired(year, gain, *rest) for gain, *rest in zip(gains.tolist(), *amounts, strict=True)]


@cache
def divided() -> Spread:
    """What the AMT loss of the example absorbs, in one year or in parts over several."""
    scenario = sold_in(NEW_LAW)
    return spread(scenario, NEW_LAW, absorbing_gain(evaluate(scenario), NEW_LAW))


class Rates(NamedTuple):
    """What a dollar costs while the exemption shrinks, as fractions; gains at 15%."""

    low: float
    high: float
    gain_low: float
    gain_high: float


def rates_of(year: int) -> Rates:
    """The rates of the AMT in the phase-out of a year."""
    amt = _law(year, STATUS).amt
    gain = _law(year, STATUS).gains.middle_rate
    low, high, lost = amt.low_rate, amt.high_rate, amt.phaseout_rate
    return Rates(low * (1 + lost), high * (1 + lost), gain + low * lost, gain + high * lost)


@cache
def thresholds() -> Table:
    """Where the next dollar begins to cost more, by filing status and year."""
    columns, rows = [], []
    for status, words in STATUSES:
        for year in (OLD_LAW, NEW_LAW):
            law = _law(year, status)
            columns.append(f"{words}, {year}")
            rows.append(
                (
                    law.amt.exemption,
                    law.amt.phaseout_start,
                    _gone_at(law),
                    law.amt.rate_break,
                    law.gains.middle_rate_ceiling,
                )
            )
    names = (
        "AMT exemption",
        "It shrinks from AMT income of",
        "Nothing is left from",
        "28% rate above",
        "20% rate of gains above taxable income of",
    )
    cells = zip(*rows, strict=True)
    return Table(
        "Thresholds",
        "Dollars",
        tuple(columns),
        tuple(
            TableRow(name, tuple(map(dollars, row))) for name, row in zip(names, cells, strict=True)
        ),
    )


def _law(year: int, status: str) -> YearLaw:
    return law_for(year, status, LawChoice())


def _gone_at(law: YearLaw) -> float:
    return law.amt.phaseout_start + law.amt.exemption / law.amt.phaseout_rate


def _exemption(law: YearLaw, income: Any) -> Any:
    lost = law.amt.phaseout_rate * np.maximum(0.0, income - law.amt.phaseout_start)
    return np.maximum(0.0, law.amt.exemption - lost)
