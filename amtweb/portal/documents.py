"""What of a scenario a client gets, and how the client's figures come back into it.

A client sees what the holder of a share link would: the listed fields, under ids that say nothing.
What is not listed stays with the firm, also when it takes over the client's figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.scenarios.differences import Difference, differences, gathered
from amtweb.sharing.shown import LETTERS, SHOWN, numbers_of, only_shown, shown_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.portal.models import Document, Edition
    from amtweb.sharing.shown import Shape

REFERENCES = {"exercises": "grant", "vestings": "grant", "sales": "from"}


def of_edition(edition: Edition) -> Document:
    """What the client reads."""
    return shown_document(edition.revision.document, hides_names=False)


def from_client(document: Document) -> Document:
    """What of a client's own scenario the firm gets."""
    return only_shown(document)


def changes_for_client(before: Document, after: Document) -> tuple[Difference, ...]:
    """What differs between two documents of the firm's, as far as the client sees them."""
    numbers = numbers_of(before, after)
    pair = (shown_document(each, hides_names=False, numbers=numbers) for each in (before, after))
    return gathered(differences(*pair))


def taken_over(figures: Document, edition: Edition, into: Document) -> Document:
    """The firm's document with the client's figures.

    Args:
        figures: What the client proposes, in place of the edition.
        edition: What the client saw.
        into: The firm's document as it stands; what no client sees is kept from it.
    """
    returned = _with_own_ids(figures, edition.revision.document, into)
    merged: Document = _merged(SHOWN, into, returned)
    return merged


def _with_own_ids(figures: Document, seen: Document, into: Document) -> Document:
    own: dict[str, dict[str, str]] = {}
    for kind, letter in LETTERS.items():
        back = {shown: row_id for row_id, shown in numbers_of(seen)[kind].items()}
        taken = {row["id"] for each in (seen, into) for row in each.get(kind, ())}
        new = (name for n in range(1, 100_000) if (name := f"{letter}{n}") not in taken)
        own[kind] = {row["id"]: back.get(row["id"]) or next(new) for row in figures.get(kind, ())}
    lots = own["exercises"] | own["holdings"]
    names = {"grant": own["grants"], "from": lots}
    returned = dict(figures)
    for kind in LETTERS.keys() & figures.keys():
        returned[kind] = [
            _renamed(row, own[kind], REFERENCES.get(kind), names) for row in figures[kind]
        ]
    return returned


def _renamed(
    row: Mapping[str, Any],
    own: Mapping[str, str],
    reference: str | None,
    names: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    renamed = {**row, "id": own[row["id"]]}
    if reference:
        renamed[reference] = names[reference][row[reference]]
    return renamed


def _merged(shape: Shape, ours: Any, theirs: Any) -> Any:
    """Theirs in all that is listed, ours in all else."""
    if isinstance(theirs, list):
        known = {_key(row): row for row in ours or ()}
        return [_merged(shape, known.get(_key(row)), row) for row in theirs]
    if not isinstance(theirs, dict):
        return theirs
    ours = ours if isinstance(ours, dict) else {}
    kept = {name: value for name, value in ours.items() if name not in shape}
    taken = {
        name: _merged(inner, ours.get(name), theirs[name]) if inner else theirs[name]
        for name, inner in shape.items()
        if name in theirs
    }
    return kept | taken


def _key(row: Mapping[str, Any]) -> Any:
    return row.get("id", row.get("year"))
