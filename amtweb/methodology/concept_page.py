"""What the page of a concept is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.methodology.concept_pictures import (
    NEW_LAW,
    OLD_LAW,
    before_amt,
    divided,
    paired,
    pictures_of,
    rates_of,
    thresholds,
)
from amtweb.methodology.concepts import concepts, figures_of, law_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from amtweb.methodology.concept_pictures import Paired


def concept_context(slug: str) -> dict[str, Any]:
    """All of a concept: the same on every page, and what its own words ask for."""
    order = list(concepts().values())
    place = next(i for i, each in enumerate(order) if each.slug == slug)
    lines, more = lines_of(slug), MORE.get(slug)
    return {
        "concept": order[place],
        "place": place + 1,
        "count": len(order),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
        "f": figures_of(slug),
        "lines": lines,
        "line_years": sorted({line.year for line in lines}),
        "law": law_of(slug),
        "pictures": pictures_of(slug),
        **(more() if more else {}),
    }


def _amt() -> dict[str, Any]:
    return {"crossover": before_amt()}


def _pairing() -> dict[str, Any]:
    ways = divided()
    return {
        "paired": paired(),
        "old_law": OLD_LAW,
        "new_law": NEW_LAW,
        "absorbed": _knee(NEW_LAW, ways.gain),
        "absorbed_before": _knee(OLD_LAW, ways.gain),
        "divided": ways,
        "saved": ways.ways[0].net_cost - ways.best.net_cost,
    }


def _knee(year: int, gain: float) -> Paired:
    """With as much gain as the AMT loss absorbs."""
    return next(row for row in paired() if (row.sold_in, row.gain) == (year, gain))


def _thresholds() -> dict[str, Any]:
    return {
        "thresholds": thresholds(),
        "old_law": OLD_LAW,
        "new_law": NEW_LAW,
        "old_rates": rates_of(OLD_LAW),
        "new_rates": rates_of(NEW_LAW),
    }


MORE: dict[str, Callable[[], dict[str, Any]]] = {
    "amt": _amt,
    "pairing": _pairing,
    "thresholds": _thresholds,
}
