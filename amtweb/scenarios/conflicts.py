"""What the page says where two editors of one scenario disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.differences import Difference, differences, gathered

if TYPE_CHECKING:
    import datetime

    from amtweb.scenarios.bench import Bench
    from amtweb.scenarios.models import Scenario

MOST_SHOWN = 12


class Conflict(NamedTuple):
    """What was typed here against the draft that was saved elsewhere."""

    version: int
    """Of that draft: whoever decides has seen this one."""
    changed_at: datetime.datetime
    differences: tuple[Difference, ...]
    """From there to here."""
    more: int
    """That are not shown."""
    has_mistakes: bool
    """What is typed here cannot be computed, and is not compared."""


def conflict_of(found: Scenario, bench: Bench) -> Conflict:
    """Both versions, side by side."""
    told = gathered(differences(found.draft, bench.document)) if bench.document else ()
    return Conflict(
        found.draft_version,
        found.changed_at,
        told[:MOST_SHOWN],
        max(0, len(told) - MOST_SHOWN),
        bench.document is None,
    )
