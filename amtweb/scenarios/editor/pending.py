"""Rows that were begun and are not complete yet.

A row just added is not a mistake: it is left out, and the page says so, until its required fields
are filled in.  A row that counted before and lost a required field is a mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor.fields import EVENT_KINDS
from calculator import Scenario
from calculator.fields import document_fields
from calculator.scenario import IsoOrigin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from amtweb.scenarios.editor.typed import Tree

REFERENCES = {"vestings": "grant", "exercises": "grant", "sales": "from"}


class Counted(NamedTuple):
    """The rows that count."""

    tree: Tree
    pending: tuple[str, ...]
    """The others, as the page calls them: ``Sale 2``."""
    places: dict[str, list[int]]
    """By kind, where each row that counts stands on the page."""

    def path_on_page(self, path: str) -> str:
        """A path of what counts as a path of the page."""
        kind, bracket, rest = path.partition("[")
        number, _, field = rest.partition("]")
        if not bracket or kind not in self.places:
            return path
        return f"{kind}[{self.places[kind][int(number)]}]{field}"


def complete_rows(tree: Tree, last_good: Mapping[str, Any]) -> Counted:
    """Leaves out the rows that are begun: incomplete, and not yet in the last good document.

    What refers to such a row is left out with it.
    """
    counted_before = {
        row["id"] for kind in EVENT_KINDS for row in last_good.get(kind.name, ()) if "id" in row
    }
    counted: Tree = dict(tree)
    pending: list[str] = []
    places: dict[str, list[int]] = {}
    pending_ids: set[str] = set()
    for kind in EVENT_KINDS:
        rows = tree.get(kind.name) or []
        if not all(isinstance(row, dict) for row in rows):
            continue
        places[kind.name] = []
        for number, row in enumerate(rows):
            begun = row.get("id") not in counted_before and is_incomplete(kind.name, row)
            if begun or row.get(REFERENCES.get(kind.name, "")) in pending_ids:
                pending.append(f"{kind.one.capitalize()} {number + 1}")
                pending_ids.add(str(row.get("id")))
            else:
                places[kind.name].append(number)
        if rows:
            counted[kind.name] = [rows[number] for number in places[kind.name]]
    return Counted(counted, tuple(pending), places)


def is_incomplete(kind: str, row: Tree) -> bool:
    """Whether a row lacks something that it needs."""
    if not _filled(row, REQUIRED[kind]):
        return True
    if kind != "holdings":
        return False
    iso = row.get("iso") or {}
    begun = any(str(text).strip() for text in iso.values())
    return not (_filled(iso, REQUIRED_OF_ISO) if begun else _filled(row, ("basis",)))


def _filled(row: Tree, fields: Iterable[str]) -> bool:
    return all(str(row.get(field, "")).strip() for field in fields)


def _required(of: type) -> tuple[str, ...]:
    return tuple(field.key for field in document_fields(of) if field.required)


REQUIRED = {
    field.key: _required(field.nested)
    for field in document_fields(Scenario)
    if field.key in {kind.name for kind in EVENT_KINDS}
}
REQUIRED_OF_ISO = _required(IsoOrigin)
