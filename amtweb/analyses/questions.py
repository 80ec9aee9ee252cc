"""The panels by what one wants to know, what matters most for a scenario first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
from amtweb.scenarios.headline import SEEN

if TYPE_CHECKING:
    from amtweb.analyses.panel import Panel
    from calculator import ScenarioResult


class Group(NamedTuple):
    """Questions of one kind."""

    name: str
    panels: tuple[Panel, ...]


SOONER = Group(
    "Get the credit back sooner",
    (pairing.PANEL, sale_years.PANEL, sale_prices.PANEL, price_risk.PANEL),
)
BEFORE = Group("Before you exercise", (crossover.PANEL, exercise_plan.PANEL, cash_needed.PANEL))
UNDERSTAND = Group("Understand the result", (why.PANEL, erosion.PANEL))
UNDERSTAND_EROSION = Group(UNDERSTAND.name, UNDERSTAND.panels[::-1])
CHOOSE = Group("Compare choices", (deductions.PANEL, laws.PANEL))


def questions(result: ScenarioResult | None) -> tuple[Group, ...]:
    """All groups; without a result, as for somebody who has not exercised yet."""
    if result is None:
        return BEFORE, SOONER, UNDERSTAND, CHOOSE
    totals = result.totals
    if float(totals.credit_eroded) >= SEEN:
        return UNDERSTAND_EROSION, SOONER, BEFORE, CHOOSE
    if float(totals.credit_used) + float(totals.credit_left) >= SEEN:
        return SOONER, BEFORE, UNDERSTAND, CHOOSE
    return BEFORE, SOONER, UNDERSTAND, CHOOSE
