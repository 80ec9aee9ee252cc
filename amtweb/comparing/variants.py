"""The same with something changed: puts the changes of a reference into a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.comparing.references import EVERY, Change, UnreadableError
from amtweb.comparing.values import (
    FIELDS,
    Field,
    VariantError,
    new_text,
    normal_value,
    value_words,
)
from amtweb.scenarios.editor import places, typed
from amtweb.scenarios.editor.fields import EVENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amtweb.scenarios.editor.typed import Tree

REMOVABLE = ("exercises", "holdings", "sales")
_ONE = {kind.name: kind.one for kind in EVENT_KINDS} | {"years": "year"}


def with_changes(document: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """The document with all changes, as the editor would read it.

    Raises:
        VariantError: A change does not fit the document.
    """
    tree = typed.from_document(document)
    for change in changes:
        _carry_out(tree, change)
    reading = typed.to_document(tree)
    for path, sentence in reading.unread.items():
        raise VariantError(f"{places.place_of(path, tree)}: {sentence}")
    return reading.document


def known_field(change: Change) -> Field | None:
    """The field of a change; None for a row that is left out.

    Raises:
        UnreadableError: There is no such field to change.
    """
    if change.rows and not change.field:
        if change.rows not in REMOVABLE:
            raise UnreadableError("Only exercises, holdings and sales can be left out.")
        return None
    field = FIELDS[change.rows].get(change.field)
    if field is None:
        raise UnreadableError("That is no field that can be changed.")
    return field


def normal(change: Change) -> Change:
    """The change with its value as an address has it.

    Raises:
        UnreadableError: There is no such field, or it cannot have this value.
    """
    field = known_field(change)
    return change if field is None else change._replace(value=normal_value(field, change.value))


def words_of(change: Change, document: Mapping[str, Any]) -> str:
    """The change in words: ``Wages 2026 $250,000``, ``without Sale 2``."""
    if not change.field:
        return f"without {_row_words(change, document)}"
    field = FIELDS[change.rows][change.field]
    row = _row_words(change, document)
    value = value_words(field, change.value)
    if change.rows == "years":
        return f"{_label(field)} {value} {row}"
    return f"{row}: {_label(field).lower()} {value}" if row else f"{_label(field)} {value}"


def _label(field: Field) -> str:
    return f"{field.spec.label}:" if field.choices else field.spec.label


def _row_words(change: Change, document: Mapping[str, Any]) -> str:
    if not change.rows:
        return ""
    if change.rows == "years":
        return "every year" if change.row == EVERY else f"in {change.row}"
    if change.row == EVERY:
        return f"all {change.rows}"
    for place, row in enumerate(document.get(change.rows) or ()):
        if row["id"] == change.row:
            return f"{_ONE[change.rows]} {place + 1}"
    return f"{_ONE[change.rows]} {change.row}"


def _carry_out(tree: Tree, change: Change) -> None:
    rows = [tree] if not change.rows else _rows_of(tree, change)
    field = known_field(change)
    if field is None:
        _leave_out(tree, change.rows, rows)
        return
    *outer, last = change.field.split(".")
    for row in rows:
        place = row
        for key in outer:
            place = place.setdefault(key, {})
        place[last] = new_text(field, str(place.get(last, "")), change.value)


def _rows_of(tree: Tree, change: Change) -> list[Tree]:
    key = "year" if change.rows == "years" else "id"
    all_rows: list[Tree] = tree.get(change.rows) or []
    found = [row for row in all_rows if change.row in (EVERY, row.get(key))]
    if not found:
        named = "" if change.row == EVERY else f" {change.row}"
        raise VariantError(f"It has no {_ONE[change.rows]}{named}.")
    return found


def _leave_out(tree: Tree, kind: str, gone: list[Tree]) -> None:
    """With a lot go its sales."""
    tree[kind] = [row for row in tree[kind] if row not in gone]
    if kind != "sales":
        sources = {row.get("id") for row in gone}
        tree["sales"] = [s for s in tree.get("sales") or () if s.get("from") not in sources]
