"""A tree as single texts by names that stay: of a row its id and of a year its number.

So a change of one row is the same change wherever the row stands, and is small.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from amtweb.scenarios.editor import typed
from calculator import Scenario
from calculator.fields import document_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from amtweb.scenarios.editor.typed import Tree
    from calculator.fields import DocumentField

Leaves = dict[str, str]
"""``years[2026].wages`` or ``sales[s1].price``; ``sales#`` holds the ids in their order."""
Changes = dict[str, list[Any]]
"""By name what was and what is, None where there is nothing.

Of a long text only what differs: where that begins, what was and what is.
"""
LONG = 100


def leaves_of(tree: Tree) -> Leaves:
    """The texts of a tree; of line breaks a browser makes two characters, a document one."""
    leaves: Leaves = {}
    for key, value in tree.items():
        if isinstance(value, list):
            names = _names(key, value)
            leaves[f"{key}#"] = json.dumps(names)
            for name, row in zip(names, value, strict=True):
                _add(leaves, f"{key}[{name}].", row)
        else:
            _add(leaves, "", {key: value})
    return leaves


def tree_of(leaves: Leaves) -> Tree:
    """The tree of these texts; what is of no row that stands is left out."""
    tree: Tree = {}
    rows: dict[str, Tree] = {}
    for key in (key for key in leaves if key.endswith("#")):
        names = json.loads(leaves[key])
        tree[key[:-1]] = [rows.setdefault(f"{key[:-1]}[{name}]", {}) for name in names]
    for key, text in leaves.items():
        row, field = _parted(key)
        place = rows.get(row) if row else tree
        if place is None or key.endswith("#"):
            continue
        *outer, last = field.split(".")
        for step in outer:
            place = place.setdefault(step, {})
        place[last] = text
    return tree


def changes(before: Leaves, after: Leaves) -> Changes:
    """What a person changed: two ways to write one value are no change."""
    found: Changes = {}
    for key in (*before, *(key for key in after if key not in before)):
        was, now = before.get(key), after.get(key)
        if was != now and (key.endswith("#") or _value(key, was) != _value(key, now)):
            found[key] = _shortened(was, now)
    return found


def changed(leaves: Leaves, made: Changes, *, back: bool) -> Leaves:
    """The texts after the changes, or before them."""
    result = dict(leaves)
    for key, change in made.items():
        text = _restored(result.get(key), change, back=back)
        if text is None:
            result.pop(key, None)
        else:
            result[key] = text
    return result


def path_of(key: str, tree: Tree) -> str:
    """Where a text stands in a tree, as the name of an input; empty if nowhere."""
    row, field = _parted(key)
    if not row:
        return "" if key.endswith("#") else field
    kind, _, name = row[:-1].partition("[")
    rows = tree.get(kind) or []
    names = _names(kind, rows)
    return f"{kind}[{names.index(name)}].{field}" if name in names else ""


def field_name(key: str) -> str:
    """The name without the row: ``years.wages``."""
    row, field = _parted(key)
    return f"{row.partition('[')[0]}.{field}" if row else field


def _parted(key: str) -> tuple[str, str]:
    """The row, and the field in it; ids may hold brackets and points, fields do not."""
    before, bracket, field = key.rpartition("].")
    return (f"{before}]", field) if bracket else ("", key)


def _names(kind: str, rows: list[Any]) -> list[str]:
    """What rows are called by: an id that another row has too is told apart by a number."""
    key = "year" if kind == "years" else "id"
    names: list[str] = []
    taken: set[str] = set()
    for number, row in enumerate(rows):
        name = str(row.get(key, "")) if isinstance(row, dict) else ""
        name = f"{name}~{number}" if name in taken else name
        names.append(name)
        taken.add(name)
    return names


def _add(leaves: Leaves, prefix: str, place: Mapping[str, Any]) -> None:
    for key, value in place.items():
        if isinstance(value, dict):
            _add(leaves, f"{prefix}{key}.", value)
        else:
            leaves[f"{prefix}{key}"] = str(value).replace("\r\n", "\n")


def _value(key: str, text: str | None) -> Any:
    """What a text stands for: a blank for the default, what cannot be read for itself."""
    found = _fields().get(field_name(key))
    if found is None:
        return text
    field, is_override = found
    if text is None or not text.strip():
        return None if is_override or field.required else field.default
    value = typed.read_text(field, text)
    return ("unread", text) if value is None else value


def _shortened(was: str | None, now: str | None) -> list[Any]:
    if was is None or now is None or max(len(was), len(now)) <= LONG:
        return [was, now]
    same = range(min(len(was), len(now)))
    start = next((i for i in same if was[i] != now[i]), len(same))
    rest = range(min(len(was), len(now)) - start)
    end = next((i for i in rest if was[-1 - i] != now[-1 - i]), len(rest))
    return [start, was[start : len(was) - end], now[start : len(now) - end]]


def _restored(text: str | None, change: list[Any], *, back: bool) -> str | None:
    *start, was, now = change
    there, instead = (now, was) if back else (was, now)
    if not start:
        return None if instead is None else str(instead)
    (at,) = start
    if text is None or text[at : at + len(there)] != there:
        return text
    return f"{text[:at]}{instead}{text[at + len(there) :]}"


@cache
def _fields() -> dict[str, tuple[DocumentField, bool]]:
    """The single values of a document by name, and whether a blank leaves another to stand."""
    return dict(_fields_in(Scenario, "", is_override=False))


def _fields_in(
    of: type, prefix: str, *, is_override: bool
) -> Iterator[tuple[str, tuple[DocumentField, bool]]]:
    for field in document_fields(of):
        overrides = is_override or field.overrides
        if field.kind is not None:
            yield f"{prefix}{field.key}", (field, overrides)
        else:
            yield from _fields_in(field.nested, f"{prefix}{field.key}.", is_override=overrides)
