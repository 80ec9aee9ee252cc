"""What grants, lots and events are called, and where they stand in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.editor.places import id_of
from amtweb.scenarios.editor.plain_names import exercise_called, grant_called, holding_called

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculator import Scenario
    from calculator.scenario import Grant, Holding

MOST_LETTERS = 60
"""Of a name in a list; the editor has all of it."""


class Named(NamedTuple):
    """A row of the editor, as the results speak of it."""

    name: str
    """The person's own words, if there are any."""
    path: str
    lane: str
    """The grant or lot that it belongs to: ``grants:g1``, ``lots:e1``."""

    def input_id(self, field: str) -> str:
        """The input of a field of the row."""
        return id_of(f"{self.path}.{field}")


Names = dict[tuple[str, str], Named]
"""By the kind and the id of a row: ids of different kinds may be the same."""


def names_of(scenario: Scenario, on_page: Callable[[str], str]) -> Names:
    """All rows; ``on_page`` is given a path of the document and says where it is on the page."""
    found: Names = {}
    for i, grant in enumerate(scenario.grants):
        lane = f"grants:{grant.id}"
        found["grants", grant.id] = Named(grant_name(grant), on_page(f"grants[{i}]"), lane)
    for i, vesting in enumerate(scenario.vestings):
        of = found["grants", vesting.grant]
        found["vestings", vesting.id] = Named(of.name, on_page(f"vestings[{i}]"), of.lane)
    for i, exercise in enumerate(scenario.exercises):
        name = exercise_called(found["grants", exercise.grant].name, exercise.date)
        lane = f"lots:{exercise.id}"
        found["lots", exercise.id] = Named(name, on_page(f"exercises[{i}]"), lane)
    for i, holding in enumerate(scenario.holdings):
        lane = f"lots:{holding.id}"
        found["lots", holding.id] = Named(holding_name(holding), on_page(f"holdings[{i}]"), lane)
    for i, sale in enumerate(scenario.sales):
        of = found["lots", sale.source]
        found["sales", sale.id] = Named(of.name, on_page(f"sales[{i}]"), of.lane)
    for i, split in enumerate(scenario.splits):
        found["splits", split.id] = Named(split.stock, on_page(f"splits[{i}]"), "")
    return found


def grant_name(grant: Grant) -> str:
    """Its own name, or what it is."""
    plain = grant_called(grant.kind, grant.date, float(grant.strike))
    return shortened(grant.label) or plain


def holding_name(holding: Holding) -> str:
    """Its own name, or since when it is held."""
    return shortened(holding.label) or holding_called(holding.acquired)


def shortened(name: str) -> str:
    """As much of a name as a list has room for."""
    return name if len(name) <= MOST_LETTERS else f"{name[:MOST_LETTERS]}…"
