"""What lots are called where one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculator import Scenario


def lot_names(scenario: Scenario) -> dict[str, str]:
    """The exercises and holdings by their ids."""
    grants = {grant.id: grant.label or grant.kind.upper() for grant in scenario.grants}
    return {
        each.id: f"{grants[each.grant]} exercised {each.date}" for each in scenario.exercises
    } | {each.id: each.label or f"Held since {each.acquired}" for each in scenario.holdings}
