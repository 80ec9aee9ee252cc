"""The four charts of a scenario, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.charts.capital_losses import losses_figure
from amtweb.scenarios.charts.credit import credit_figure
from amtweb.scenarios.charts.figure import Figure, Row
from amtweb.scenarios.charts.total_tax import total_figure
from amtweb.scenarios.charts.two_taxes import taxes_figure
from amtweb.scenarios.line_links import NO_LINKS

if TYPE_CHECKING:
    from amtweb.scenarios.line_links import LineLinks
    from calculator.results import ScenarioResult

__all__ = ["Figure", "Row", "figures"]


def figures(result: ScenarioResult, links: LineLinks = NO_LINKS) -> tuple[Figure, ...]:
    """The credit, the two taxes, the capital losses and the total, of a scenario without arrays."""
    charts = credit_figure, taxes_figure, losses_figure, total_figure
    return tuple(chart(result).linked(links) for chart in charts)
