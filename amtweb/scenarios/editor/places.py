"""Where a path of the document is on the page, in the words of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from amtweb.scenarios.editor.fields import (
    EVENT_KINDS,
    FLAT,
    HOUSEHOLD,
    HOUSEHOLD_MORE,
    LAW,
    METHOD,
    OPENING,
    YEAR_GROUPS,
)

if TYPE_CHECKING:
    from amtweb.scenarios.editor.typed import Tree


_PARTS = (
    *("title", "household", "years", "grants", "exercises", "sales"),
    *("vestings", "holdings", "splits", "opening", "law", "assumptions", "method", "notes"),
)


def id_of(path: str) -> str:
    """The id of the input of a path."""
    return path.replace("[", "-").replace("].", "-").replace(".", "-").removesuffix("]")


def order_on_page(path: str) -> int:
    """Which part of the page a path is in, counted from the top."""
    part = path.partition(".")[0].partition("[")[0]
    return _PARTS.index(part) if part in _PARTS else len(_PARTS)


def place_of(path: str, tree: Tree) -> str:
    """Where a path is on the page: ``Sale 2, Sold`` or ``Wages 2026``."""
    row = _ROW.fullmatch(path)
    if row is None:
        return _LABELS.get(path) or _PANELS.get(path.partition(".")[0], "")
    name, number, field = row["name"], int(row["number"]), row["field"] or ""
    if name == "years":
        years = tree.get("years") or []
        year = years[number].get("year", "") if number < len(years) else ""
        return f"{_YEAR_LABELS.get(field, 'Year')} {year}".strip()
    label = _EVENT_LABELS[name].get(field)
    event = f"{name.removesuffix('s').capitalize()} {number + 1}"
    return f"{event}, {label}" if label else event


_ROW = re.compile(
    rf"(?P<name>years|{'|'.join(kind.name for kind in EVENT_KINDS)})"
    r"\[(?P<number>[0-9]+)\](?:\.(?P<field>.+))?"
)
_LABELS = {
    spec.field: spec.label for spec in (*HOUSEHOLD, *HOUSEHOLD_MORE, *OPENING, *LAW, *METHOD, *FLAT)
} | {
    "title": "Title",
    "notes": "Notes",
}
_PANELS = {
    "household": "Household",
    "years": "Income by year",
    **{kind.name: kind.title for kind in EVENT_KINDS},
    "opening": "Carried in from before",
    "law": "Law and assumptions",
    "assumptions": "Law and assumptions",
    "method": "Law and assumptions",
}
_YEAR_LABELS = {spec.field: spec.label for _, _, specs in YEAR_GROUPS for spec in specs}
_EVENT_LABELS = {
    kind.name: {spec.field: spec.label for spec in (*kind.fields, *kind.more)}
    for kind in EVENT_KINDS
}
