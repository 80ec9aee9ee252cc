"""Options and shares of what stands on the bench."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from amtweb.scenarios.editor.fields import EVENT_KINDS
from amtweb.scenarios.lots.section import lots_section
from calculator import parse_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.scenarios.bench import Bench


def lots_context(bench: Bench, last_good: Mapping[str, Any]) -> dict[str, Any]:
    """What the results say of options and shares; with mistakes, as in the last good document."""
    if bench.scenario is None or bench.counted is None:
        return {"lots": lots_section(parse_scenario(last_good))}
    section = lots_section(bench.scenario, bench.counted.path_on_page)
    return {"lots": section, "lots_digest": digest_of_lots(bench)}


def digest_of_lots(bench: Bench) -> str:
    """The same as long as what the results say of options and shares is."""
    scenario, places = bench.scenario, bench.counted and bench.counted.places
    if scenario is None:
        return ""
    rows = [getattr(scenario, kind.name) for kind in EVENT_KINDS]
    span = (scenario.years[0].year, scenario.years[-1].year, timezone.now().date())
    text = repr((rows, span, places))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
