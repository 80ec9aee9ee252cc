"""Numbers as the product writes them, in place of as they are typed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from amtweb.scenarios.editor import typed
from calculator import Scenario
from calculator.fields import Amount, Limit, Rate, document_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amtweb.scenarios.editor.typed import Tree


def written(tree: Tree) -> dict[str, tuple[str, str]]:
    """By path, the numbers that are shown in another way than typed: what is typed, and shown."""
    return {
        path: (row[key], shown) for path, row, key, shown in _differently_written(Scenario, tree)
    }


def as_written(tree: Tree) -> Tree:
    """The tree with its numbers as they are shown; what cannot be read stays as it is typed."""
    result = copy.deepcopy(tree)
    for _, row, key, shown in list(_differently_written(Scenario, result)):
        row[key] = shown
    return result


def _differently_written(
    of: type, tree: Tree, path: str = ""
) -> Iterator[tuple[str, Tree, str, str]]:
    """Path, place, key and what is shown of each number that is typed in another way."""
    fields = {field.key: field for field in document_fields(of)}
    for key, text in tree.items():
        field, here = fields.get(key), f"{path}.{key}" if path else key
        if field is None:
            continue
        if isinstance(text, list):
            for i, item in enumerate(item for item in text if isinstance(item, dict)):
                yield from _differently_written(field.nested, item, f"{here}[{i}]")
        elif isinstance(text, dict):
            yield from _differently_written(field.nested, text, here)
        elif isinstance(field.kind, Amount | Limit | Rate):
            value = typed.read_text(field, text)
            shown = text if value is None else typed.text_of(field, value)
            if shown != text:
                yield here, tree, key, shown
