"""The JSON Schema of the scenario document, made from the same annotations as its reader.

Descriptions are the docstrings of ``scenario.py``, read from its source.  Rules that span objects
(references, dates, sums of shares) are beyond a schema; the reader alone knows them.
"""

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from calculator import fields, scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Schema: TypeAlias = dict[str, Any]

# Written with escapes, as regular expressions of all languages understand them.
CONTROL: Final = r"\u0000-\u001f\u007f-\u009f"
CONTROL_BUT_LINES: Final = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"


def schema_of_the_document() -> Schema:
    """The JSON Schema (draft 2020-12) of the scenario document."""
    descriptions = _descriptions()
    root = _object(scenario.Scenario, descriptions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Scenario document, version {scenario.SCHEMA_VERSION}",
        **root,
        "$defs": {of.__name__: _object(of, descriptions) for of in _nested_in(scenario.Scenario)},
    }


def _descriptions() -> Mapping[tuple[str, str], str]:
    """The docstrings of the scenario's classes and, with an attribute's name, of their fields."""
    found = {}
    for node in ast.parse(inspect.getsource(scenario)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        found[node.name, ""] = _plain(ast.get_docstring(node) or "")
        for line, below in zip(node.body, node.body[1:], strict=False):
            match line, below:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ):
                    found[node.name, name] = _plain(text)
    return found


def _plain(docstring: str) -> str:
    return " ".join(docstring.replace("``", '"').split())


def _nested_in(of: type) -> list[type]:
    """The dataclasses of the objects within objects of a dataclass, however deep, each once."""
    found: dict[type, None] = {}
    for field in fields.document_fields(of):
        if field.nested is not None:
            found |= dict.fromkeys((field.nested, *_nested_in(field.nested)))
    return list(found)


def _object(of: type, descriptions: Mapping[tuple[str, str], str]) -> Schema:
    own = fields.document_fields(of)
    made: Schema = {
        "description": descriptions[of.__name__, ""],
        "type": "object",
        "properties": {
            field.key: _property(field, descriptions.get((of.__name__, field.attribute), ""))
            for field in own
        },
        "additionalProperties": False,
    }
    if required := [field.key for field in own if field.required]:
        made["required"] = required
    if alternatives := [
        {"anyOf": [_present(field.key), _present(field.needed_without)]}
        for field in own
        if field.needed_without
    ]:
        made["allOf"] = alternatives
    return made


def _present(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def _property(field: fields.DocumentField, description: str) -> Schema:
    made = _value(field)
    said = " ".join(sentence for sentence in (description, made.pop("description", "")) if sentence)
    if said:
        made["description"] = said
    if not field.required and field.nested is None:
        made["default"] = field.default
    return made


def _value(field: fields.DocumentField) -> Schema:
    if field.kind is not None:
        return WRITERS[type(field.kind)](field.kind)
    reference = {"$ref": f"#/$defs/{field.nested.__name__}"}
    if field.many is not None:
        many = {"type": "array", "items": reference, "maxItems": field.many.most}
        return many | ({"minItems": field.many.least} if field.many.least else {})
    if field.nullable:
        return {"anyOf": [reference, {"type": "null"}]}
    return reference


def _amount(kind: fields.Amount) -> Schema:
    return {
        "type": ["number", "null"] if kind.nullable else "number",
        "minimum": -fields.LARGEST_AMOUNT if kind.signed else 0,
        "maximum": fields.LARGEST_AMOUNT,
        "description": f"In {kind.unit}; may be negative." if kind.signed else f"In {kind.unit}.",
    }


def _rate(kind: fields.Rate) -> Schema:
    return {
        "type": "number",
        "minimum": kind.least,
        "maximum": kind.most,
        "description": "As a fraction: 26% is 0.26.",
    }


def _limit(_: fields.Limit) -> Schema:
    return {
        "type": "number",
        "minimum": 0,
        "maximum": fields.LARGEST_AMOUNT,
        "description": "In dollars.",
    }


def _whole(kind: fields.Whole) -> Schema:
    return {"type": "integer", "minimum": kind.least, "maximum": kind.most}


def _version(kind: fields.Version) -> Schema:
    return {"const": kind.this, "description": "The version of the document."}


def _text(kind: fields.Text) -> Schema:
    without = CONTROL_BUT_LINES if kind.lines else CONTROL
    pattern = f"^[^{without}]*$"
    if kind.required:
        pattern = rf"^[^{without}]*[^{without}\s][^{without}]*$"
    said = f"At most {kind.longest:,} characters of plain text."
    return {"type": "string", "maxLength": kind.longest, "pattern": pattern, "description": said}


def _one_of(kind: fields.OneOf) -> Schema:
    return {"enum": [*kind.words, None] if kind.nullable else [*kind.words]}


def _state(kind: fields.State) -> Schema:
    return {"enum": [None, *kind.modelled]}


def _date(kind: fields.Date) -> Schema:
    return {
        "type": ["string", "null"] if kind.nullable else "string",
        "format": "date",
        "pattern": "^(19[7-9][0-9]|20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}$",
        "description": f"A day from {fields.FIRST_DATE.year} to {fields.LAST_DATE.year}.",
    }


def _flag(_: fields.Flag) -> Schema:
    return {"type": "boolean"}


WRITERS: Final[Mapping[type, Callable[[Any], Schema]]] = {
    fields.Amount: _amount,
    fields.Rate: _rate,
    fields.Limit: _limit,
    fields.Whole: _whole,
    fields.Version: _version,
    fields.Text: _text,
    fields.OneOf: _one_of,
    fields.State: _state,
    fields.Date: _date,
    fields.Flag: _flag,
}
