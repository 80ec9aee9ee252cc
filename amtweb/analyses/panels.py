"""The panels that the site offers, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.analyses import (
    cash_needed,
    crossover,
    deductions,
    erosion,
    exercise_plan,
    laws,
    pairing,
    price_risk,
    sale_prices,
    sale_years,
    why,
)

if TYPE_CHECKING:
    from amtweb.analyses.panel import Panel

PANELS: tuple[Panel, ...] = (
    pairing.PANEL,
    crossover.PANEL,
    sale_prices.PANEL,
    sale_years.PANEL,
    exercise_plan.PANEL,
    deductions.PANEL,
    laws.PANEL,
    price_risk.PANEL,
    cash_needed.PANEL,
    erosion.PANEL,
    why.PANEL,
)
