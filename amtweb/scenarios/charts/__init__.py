"""The charts of a scenario, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.charts.capital_losses import losses_figure
from amtweb.scenarios.charts.credit import credit_figure
from amtweb.scenarios.charts.figure import Figure, Row
from amtweb.scenarios.charts.happenings import happenings
from amtweb.scenarios.charts.income import income_figure
from amtweb.scenarios.charts.total_tax import total_figure
from amtweb.scenarios.charts.two_taxes import taxes_figure
from amtweb.scenarios.line_links import NO_LINKS

if TYPE_CHECKING:
    from amtweb.scenarios.line_links import LineLinks
    from calculator import Scenario
    from calculator.results import ScenarioResult

__all__ = ["Figure", "Row", "figures"]


def figures(
    result: ScenarioResult, links: LineLinks = NO_LINKS, scenario: Scenario | None = None
) -> tuple[Figure, ...]:
    """The credit, the two taxes, the capital losses and the total, of a scenario without arrays.

    If the scenario is given, also its income against the thresholds of the law, and what is
    exercised and sold when.
    """
    credit, taxes, losses, total = (
        chart(result) for chart in (credit_figure, taxes_figure, losses_figure, total_figure)
    )
    if scenario is None:
        charts = [credit, taxes, losses, total]
    else:
        credit = credit._replace(lanes=happenings(scenario))
        charts = [credit, taxes, income_figure(result, scenario), total, losses]
    return tuple(chart.linked(links) for chart in charts)
