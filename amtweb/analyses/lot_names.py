"""What lots are called where one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.editor.plain_names import exercise_called, holding_called

if TYPE_CHECKING:
    from calculator import Scenario


def lot_names(scenario: Scenario) -> dict[str, str]:
    """The exercises and holdings by their ids."""
    grants = {grant.id: grant.label or grant.kind.upper() for grant in scenario.grants}
    return {
        each.id: exercise_called(grants[each.grant], each.date) for each in scenario.exercises
    } | {each.id: each.label or holding_called(each.acquired) for each in scenario.holdings}
