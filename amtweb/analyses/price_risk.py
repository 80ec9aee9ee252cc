"""How soon the credit comes back if nobody knows what the stock will be worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.analyses.controls import (
    AmountField,
    Controls,
    CountField,
    DayField,
    PercentageField,
)
from amtweb.analyses.panel import Panel, sale_to_add
from amtweb.analyses.pictures import Band, Fan, Histogram
from amtweb.analyses.tables import Table, TableRow
from amtweb.scenarios.charts.curve import Mark
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.charts.palette import CREDIT, TOTAL
from calculator.analysis.monte_carlo import MOST_PATHS, monte_carlo
from calculator.analysis.price_paths import FallAndStay, Lognormal

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.analysis.monte_carlo import MonteCarlo
    from calculator.analysis.price_paths import PricePaths

AT_FIRST = 10_000
"""Paths that are computed while somebody waits; more of them come in growing answers."""
LOGNORMAL, FALL = "lognormal", "fall"
MOST_SEEDS = 1_000_000


class PriceRiskControls(Controls):
    kind = forms.ChoiceField(
        label="The price",
        choices=[(LOGNORMAL, "goes up and down by chance"), (FALL, "falls in a year and stays")],
    )
    price = AmountField(label="Price today $")
    start = DayField(label="Today")
    drift = PercentageField(
        label="Growth a year %", required=False, least=None, help_text="Of the mean of all paths"
    )
    volatility = PercentageField(
        label="Volatility a year %", required=False, help_text="Of a single stock often 40 to 80"
    )
    fall = PercentageField(label="Falls by %", required=False, help_text="If it falls and stays")
    paths = CountField(label="Paths", least=1, most=MOST_PATHS)
    seed = CountField(
        label="Draw", least=0, most=MOST_SEEDS, help_text="Another number, other paths"
    )
    exercises = forms.BooleanField(label="Later exercises are at these prices, too", required=False)
    so_far = CountField(
        label="", least=1, most=MOST_PATHS, required=False, widget=forms.HiddenInput
    )

    def defaults(self) -> dict[str, str]:
        start, price = today(self.scenario)
        return {
            "kind": LOGNORMAL,
            "price": f"{price:,.12g}",
            "start": start.isoformat(),
            "drift": "5",
            "volatility": "60",
            "fall": "80",
            "paths": f"{AT_FIRST:,}",
            "seed": "1",
        }


def today(scenario: Scenario) -> tuple[date, float]:
    """The last exercise before the last sale, or the first day; and the price of that day."""
    last_sale = max(sale.date for sale in scenario.sales)
    before = [each for each in scenario.exercises if each.date < last_sale]
    if before:
        last = max(before, key=lambda each: each.date)
        return last.date, float(last.fair_market_value)
    first_sale = min(scenario.sales, key=lambda sale: sale.date)
    return date(scenario.years[0].year - 1, 12, 31), float(first_sale.price)


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """What all paths together say; with many paths some of them at first, and how to go on."""
    paths = asked["paths"]
    if asked["by_script"]:
        paths = min(paths, asked["so_far"] or AT_FIRST)
    of_the_stock = {each.id for each in scenario.exercises}
    found = monte_carlo(
        scenario,
        model(asked),
        paths=paths,
        seed=asked["seed"],
        exercises=asked["exercises"],
        holdings=sorted({sale.source for sale in scenario.sales} - of_the_stock),
    )
    said = sentences(found)
    return {
        "found": found,
        "sentences": said,
        "progress": progress(found.paths, asked["paths"]) if found.paths > 1 else None,
        "fan": fan(found, said),
        "histogram": histogram(found, said) if found.paths > 1 else None,
        "table": table(found),
    }


@dataclass(frozen=True)
class Progress:
    """How many paths of how many are in the answer, and how many are in the next."""

    done: int
    wanted: int
    next: int

    @property
    def words(self) -> str:
        """As the page says it."""
        return f"{self.done:,} of {self.wanted:,} paths"


def progress(done: int, wanted: int) -> Progress | None:
    """None if all are done.  Each answer has twice the paths of the one before."""
    return Progress(done, wanted, min(2 * done, wanted)) if done < wanted else None


def model(asked: dict[str, Any]) -> PricePaths:
    """The paths that are asked for."""
    if asked["kind"] == FALL:
        return FallAndStay(asked["start"], asked["price"], asked["fall"] or 0.0)
    return Lognormal(
        asked["start"], asked["price"], asked["drift"] or 0.0, asked["volatility"] or 0.0
    )


def sentences(found: MonteCarlo) -> list[str]:
    """The chances, in words."""
    last = found.years[-1]
    if found.chance_recovered is None:
        return ["There is no credit on any path."]
    if found.paths == 1:
        return [
            f"On this path {dollars(float(found.credit_balance[50][-1]))} of the credit is left"
            f" after {last}, and {dollars(found.federal_tax.mean)} of federal tax is paid in all"
            " years."
        ]
    chance = float(found.chance_recovered[-1])
    said = [f"The credit is all back by the end of {last} on {percent(chance)} of the paths."]
    half = next(
        (
            year
            for year, share in zip(found.years, found.chance_recovered, strict=True)
            if share >= 0.5
        ),
        None,
    )
    if half is not None and half < last:
        said.append(f"On every second path it is back by the end of {half}.")
    left = found.credit_left.percentiles
    said.append(
        f"After {last}, {dollars(left[50])} is left on the middle path, and more than"
        f" {dollars(left[95])} on one path in twenty."
    )
    tax = found.federal_tax.percentiles
    said.append(
        f"Federal tax of all years is {dollars(tax[50])} on the middle path; on nine paths of ten"
        f" it lies between {dollars(tax[5])} and {dollars(tax[95])}."
    )
    return said


def percent(share: float) -> str:
    """A chance in words that do not promise more than so many paths can tell."""
    if 0 < share < 0.01:
        return "fewer than 1%"
    if 0.99 < share < 1:
        return "more than 99%"
    return f"{share:.0%}"


def fan(found: MonteCarlo, said: list[str]) -> Fan:
    """The balance of the credit at the end of each year."""
    balance = {rank: amounts.tolist() for rank, amounts in found.credit_balance.items()}
    return Fan(
        "credit-balance",
        "Credit left at the end of each year",
        " ".join(said),
        found.years,
        (
            Band("9 paths of 10", balance[5], balance[95]),
            Band("Every second path", balance[25], balance[75]),
        ),
        "Middle path",
        balance[50],
        CREDIT,
    )


def histogram(found: MonteCarlo, said: list[str]) -> Histogram:
    """The federal tax of all years."""
    tax = found.federal_tax
    return Histogram(
        "federal-tax",
        "Federal tax of all years",
        " ".join(said),
        tax.edges.tolist(),
        tax.counts.tolist(),
        (Mark(tax.percentiles[50], "middle"), Mark(tax.mean, "mean")),
        TOTAL,
    )


def table(found: MonteCarlo) -> Table:
    """A line a year."""
    ranks = sorted(found.credit_balance)
    chances = found.chance_recovered
    rows = [
        TableRow(
            str(year),
            (
                "none" if chances is None else f"{float(chances[place]):.1%}",
                *(dollars(float(found.credit_balance[rank][place])) for rank in ranks),
            ),
        )
        for place, year in enumerate(found.years)
    ]
    columns = ("Credit all back", *(f"{rank}% of paths below" for rank in ranks))
    return Table("Credit left at the end of each year", "Year", columns, tuple(rows))


PANEL = Panel(
    slug="price-risk",
    name="If the price is uncertain",
    title="How soon does the credit come back if the price of the stock is uncertain?",
    needs="There is no sale in this scenario: add one first, its price is then left to chance.",
    leads_on=sale_to_add,
    is_possible=lambda scenario: bool(scenario.sales),
    controls=PriceRiskControls,
    answer=answer,
)
