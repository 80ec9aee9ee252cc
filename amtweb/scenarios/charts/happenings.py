"""What is exercised and sold in a year, under the axis of a chart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from amtweb.scenarios.charts.figure import Lane
from amtweb.scenarios.charts.money_words import short_dollars
from calculator.equity.dispositions import sale_date

if TYPE_CHECKING:
    from calculator import Scenario


def happenings(scenario: Scenario) -> tuple[Lane, ...]:
    """Shares exercised and sold by year, where there are any."""
    exercised: dict[int, float] = defaultdict(float)
    sold: dict[int, float] = defaultdict(float)
    for exercise in scenario.exercises:
        exercised[exercise.date.year] += float(exercise.shares)
    for sale in scenario.sales:
        sold[sale_date(sale).year] += float(sale.shares)
    years = {facts.year for facts in scenario.years}
    lanes = (_lane("Exercised", exercised, years), _lane("Sold", sold, years))
    return tuple(lane for lane in lanes if lane.words)


def _lane(name: str, shares: dict[int, float], years: set[int]) -> Lane:
    words = {
        year: short_dollars(float(f"{number:.4g}")).replace("$", "")
        for year, number in sorted(shares.items())
        if year in years and number >= 0.5
    }
    return Lane(name, words)
