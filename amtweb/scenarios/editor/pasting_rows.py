"""Cells of a spreadsheet put into rows: grants, exercises, sales and the like."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from amtweb.scenarios.editor import wording, written_days
from amtweb.scenarios.editor.fields import EVENT_KINDS
from amtweb.scenarios.editor.filling import MOST_CELLS, PASTE, cells_of
from amtweb.scenarios.editor.lot_words import choices_of_lots
from amtweb.scenarios.editor.pending import REFERENCES
from amtweb.scenarios.editor.rows import KINDS, Change, free_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amtweb.scenarios.editor.fields import EventKind, Spec
    from amtweb.scenarios.editor.typed import Tree

MOST_TOLD: Final = 5
"""Cells that found no field, of those that are told."""
_AT = re.compile(r"(?P<kind>[a-z]+)\[(?P<place>[0-9]{1,4})\]\.(?P<field>[a-z0-9_]+)")
_KINDS = {kind.name: kind for kind in EVENT_KINDS}


class _Block(NamedTuple):
    """What is pasted, and the field of each of its columns."""

    columns: tuple[Spec, ...]
    rows: list[list[str]]

    @property
    def beyond(self) -> list[str]:
        """The cells that have no field."""
        return [cell for row in self.rows for cell in row[len(self.columns) :] if cell]


def are_pasted_into_rows(post: Mapping[str, str]) -> bool:
    """Whether the field where cells are pasted is one of a row."""
    match = _AT.fullmatch(post.get("pasted_at", ""))
    return match is not None and match["kind"] in _KINDS


def paste_rows(tree: Tree, post: Mapping[str, str]) -> Change:
    """Puts cells into fields, across from ``pasted_at`` on and down, into new rows if need be.

    A first line of headings says which columns there are.  A cell that cannot be read stands in
    its field as it is, to be seen and corrected; those for which there is no field are told.

    Raises:
        ValueError: There is no such field or row, or there are too many cells.
    """
    match = _AT.fullmatch(post.get("pasted_at", ""))
    kind = _KINDS.get(match["kind"]) if match else None
    if match is None or kind is None:
        raise ValueError(post.get("pasted_at"))
    block = _block(kind, match["field"], cells_of(post.get("pasted", "")))
    changed = copy.deepcopy(tree)
    rows, place = changed.setdefault(kind.name, []), int(match["place"])
    if not 0 <= place < len(rows):
        raise ValueError(post.get("pasted_at"))
    lots = choices_of_lots(changed)
    added = 0
    for number, cells in enumerate(block.rows, start=place):
        if number == len(rows):
            rows.append(_new_row(changed, kind, rows[place]))
            added += 1
        for spec, cell in zip(block.columns, cells, strict=False):
            if cell or spec.control != "choice":
                rows[number][spec.field] = _shown(spec, cell, lots.get(spec.field, ()))
    return Change(changed, match[0], _told(kind, block, added))


def _block(kind: EventKind, first: str, cells: list[list[str]]) -> _Block:
    """The cells with their columns.

    Raises:
        ValueError: There is no such field, or there are too many cells.
    """
    rows = [row for row in cells if any(row)]
    if sum(len(row) for row in rows) > MOST_CELLS:
        raise ValueError(PASTE)
    fields = [spec.field for spec in kind.fields]
    by_label = {spec.label.casefold(): spec for spec in kind.fields}
    headings = [by_label.get(cell.casefold()) for cell in rows[0]] if rows else []
    known = tuple(spec for spec in headings if spec is not None)
    if len(known) == len(headings) > 1:
        return _Block(known, rows[1:])
    return _Block(kind.fields[fields.index(first) :], rows)


def _new_row(tree: Tree, kind: EventKind, like: Tree) -> Tree:
    """A row of which nothing is known yet, but that it refers to what the first one refers to."""
    new: Tree = {"id": free_id(tree, KINDS[kind.name].prefix)}
    new |= {spec.field: spec.standing for spec in kind.fields if spec.standing}
    reference = REFERENCES.get(kind.name)
    return new | {reference: like.get(reference, "")} if reference else new


def _shown(spec: Spec, cell: str, lots: Sequence[tuple[str, str]]) -> str:
    """What a cell is in a field; what cannot be read stays as it is."""
    if spec.control == "amount":
        amount = wording.read_amount(cell)
        return cell if amount is None else wording.write_amount(amount)
    if spec.control == "date":
        try:
            day = written_days.read(cell)
        except written_days.NotADayError:
            day = None
        return day.isoformat() if day else cell
    if spec.control == "choice":
        named = {value for value, words in (*spec.choices, *lots) if _names(cell, value, words)}
        return named.pop() if len(named) == 1 else cell
    return cell


def _names(cell: str, value: str, words: str) -> bool:
    return cell.casefold() in (value.casefold(), words.casefold())


def _told(kind: EventKind, block: _Block, added: int) -> str:
    count = len(block.rows)
    new = f", {added} of them new" if added and added < count else ", new" if added else ""
    said = f"Pasted {count} {kind.one if count == 1 else kind.name}{new}."
    if not block.beyond:
        return said
    cells = ", ".join(f"“{cell[: written_days.LONGEST]}”" for cell in block.beyond[:MOST_TOLD])
    more = len(block.beyond) - MOST_TOLD
    rest = f" and {more} more" if more > 0 else ""
    return f"{said} There is no field after {block.columns[-1].label} for {cells}{rest}: left out."
