"""The panels that the site offers, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.analyses import crossover, deductions, pairing, price_risk, sale_prices

if TYPE_CHECKING:
    from amtweb.analyses.panel import Panel

PANELS: tuple[Panel, ...] = (
    pairing.PANEL,
    crossover.PANEL,
    sale_prices.PANEL,
    deductions.PANEL,
    price_risk.PANEL,
)
