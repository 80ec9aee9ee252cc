"""What a person has typed: a tree of text in the shape of the scenario document.

Inputs are named by their path in the document (``sales[2].date``), which is also where the
calculator says that a problem is.  Blank text stands for the default.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor import wording
from calculator import SCHEMA_VERSION, Scenario
from calculator.fields import (
    Amount,
    Date,
    DocumentField,
    Flag,
    Limit,
    Rate,
    Version,
    Whole,
    document_fields,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Tree = dict[str, Any]
"""Text by name; a nested object is a tree, a list of objects a list of trees."""

_STEP = re.compile(r"(?P<key>[a-z0-9_]+)(?:\[(?P<number>[0-9]{1,4})\])?")
_ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SENTENCES = {
    "dollars": "Enter an amount, such as 12,500 or 1.2m.",
    "dollars a share": "Enter a price per share, such as 12.50.",
    "shares": "Enter a number of shares, such as 1,000.",
}


class Reading(NamedTuple):
    """A document made from what was typed."""

    document: dict[str, Any]
    unread: dict[str, str]
    """By path, a sentence about text that could not be read, or that is missing."""


def from_post(post: Mapping[str, str]) -> Tree:
    """The tree that a posted form holds; names that are not paths of the document are left out."""
    typed: dict[str | int, Any] = {}
    for name, text in post.items():
        *steps, last = _steps(name) or ("",)
        if last:
            place = typed
            for step in steps:
                place = place.setdefault(step, {})
            place[last] = text
    tree: Tree = _with_lists(typed)
    return tree


def from_document(document: Mapping[str, Any]) -> Tree:
    """The tree that shows a valid document."""
    return tree_of(Scenario, document)


def to_document(tree: Tree) -> Reading:
    """The document that the tree describes.

    Text that cannot be read stays in the document as text: the calculator then reports it in its
    place, together with everything else, and takes no conclusion from it.
    """
    unread: dict[str, str] = {}
    document = _read(Scenario, tree, "", unread)
    return Reading({"schema_version": SCHEMA_VERSION} | document, unread)


@cache
def _fields(of: type) -> dict[str, DocumentField]:
    return {field.key: field for field in document_fields(of)}


def _steps(name: str) -> tuple[str | int, ...]:
    """The names and numbers that lead to a value of the document; none if there is no such value.

    Because the document says where there is an object and where a list, two names that are left
    never claim the same place for different things.
    """
    steps: list[str | int] = []
    of: Any = Scenario
    for part in name.split("."):
        match = _STEP.fullmatch(part)
        field = _fields(of).get(match["key"]) if match and of else None
        if match is None or field is None or (match["number"] is None) != (field.many is None):
            return ()
        steps.append(field.key)
        if match["number"]:
            steps.append(int(match["number"]))
        of = None if field.kind else field.nested
        if isinstance(field.kind, Version):
            return ()
    return () if of else tuple(steps)


def _with_lists(place: dict[str | int, Any]) -> Any:
    """The same with lists in place of objects whose names are numbers, in their order."""
    items = {key: _with_lists(v) if isinstance(v, dict) else v for key, v in place.items()}
    if items and all(isinstance(key, int) for key in items):
        return [items[key] for key in sorted(items)]
    return items


def tree_of(of: type, value: Mapping[str, Any]) -> Tree:
    """The tree that shows an object of the document, of the type that reads it."""
    tree: Tree = {}
    for field in document_fields(of):
        given = value.get(field.key)
        if given is None or isinstance(field.kind, Version):
            continue
        if field.kind is not None:
            tree[field.key] = text_of(field, given)
        elif field.many is not None:
            tree[field.key] = [tree_of(field.nested, item) for item in given]
        else:
            tree[field.key] = tree_of(field.nested, given)
    return tree


def text_of(field: DocumentField, value: Any) -> str:
    """What an input shows for a value of the document."""
    if isinstance(field.kind, Amount | Limit):
        return wording.write_amount(value)
    if isinstance(field.kind, Rate):
        return wording.write_percentage(value)
    if isinstance(field.kind, Flag):
        return "true" if value else "false"
    return str(value)


def _read(of: type, tree: Tree, path: str, unread: dict[str, str]) -> Tree:
    document: Tree = {}
    fields = _fields(of)
    for key, typed in tree.items():
        here = f"{path}.{key}" if path else key
        field = fields.get(key)
        if field is None:
            document[key] = typed
        elif isinstance(typed, list):
            document[key] = [
                _read(field.nested, item, f"{here}[{i}]", unread)
                if isinstance(item, dict) and field.many
                else item
                for i, item in enumerate(typed)
            ]
        elif isinstance(typed, dict):
            if nested := _read(field.nested, typed, here, unread):
                document[key] = nested
        else:
            _read_text(field, typed, here, document, unread)
    if document or path.endswith("]"):
        _note_missing(fields.values(), document, path, unread)
    return document


def _note_missing(
    fields: Iterable[DocumentField], document: Tree, path: str, unread: dict[str, str]
) -> None:
    """The calculator says that something is missing; here is how a person would fill it in."""
    for field in fields:
        ours = field.kind is None or isinstance(field.kind, Version)
        if field.required and not ours and field.key not in document:
            unread.setdefault(f"{path}.{field.key}" if path else field.key, _sentence(field))


def _read_text(
    field: DocumentField, text: str, here: str, document: dict[str, Any], unread: dict[str, str]
) -> None:
    if not text.strip():
        return
    value = _reader(field)(text)
    if value is None:
        is_number = isinstance(field.kind, Amount | Limit | Rate)
        unread[here] = (is_number and wording.why_unread(text)) or _sentence(field)
        value = text
    document[field.key] = value


def read_text(field: DocumentField, text: str) -> Any:
    """The value that a text stands for; None if it cannot be read."""
    return _reader(field)(text)


def _reader(field: DocumentField) -> Callable[[str], Any]:
    kind = field.kind
    if isinstance(kind, Amount | Limit):
        return wording.read_amount
    if isinstance(kind, Rate):
        return wording.read_percentage
    if isinstance(kind, Whole):
        return _read_whole
    if isinstance(kind, Flag):
        return {"true": True, "false": False}.get
    if isinstance(kind, Date):
        return _read_date
    # A browser sends the line breaks of a text area as two characters.
    return lambda text: text.replace("\r\n", "\n")


def _read_whole(text: str) -> int | None:
    bare = text.strip()
    return int(bare) if re.fullmatch(r"[0-9]{1,6}", bare) else None


def _read_date(text: str) -> str | None:
    bare = text.strip()
    return bare if _ISO_DATE.fullmatch(bare) else None


def _sentence(field: DocumentField) -> str:
    kind = field.kind
    if isinstance(kind, Amount):
        return _SENTENCES.get(kind.unit, _SENTENCES["dollars"])
    if isinstance(kind, Limit):
        return _SENTENCES["dollars"]
    if isinstance(kind, Rate):
        return "Enter a percentage, such as 2 or 2.5."
    if isinstance(kind, Whole):
        return f"Enter a whole number from {kind.least} to {kind.most}."
    if isinstance(kind, Date):
        return "Enter a date, such as 2026-03-31."
    return "Fill this in."
