"""Writes a scenario as a document: what stands at its default is left out."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from calculator.fields import DocumentField, document_fields

if TYPE_CHECKING:
    from calculator.scenario import Scenario


def written_document(scenario: Scenario) -> dict[str, Any]:
    """The document that reads as this scenario, which holds no arrays."""
    return _object(scenario, {})


def _object(value: Any, standing: dict[type, Any], inherited: Any = None) -> dict[str, Any]:
    """What an object says beyond its defaults, or beyond the object whose fields it inherits.

    Args:
        value: The object.
        standing: The objects further out, by their type.
        inherited: The one of them that stands where this one is silent.
    """
    made: dict[str, Any] = {}
    kind: type = type(value)
    for field in document_fields(kind):
        own = getattr(value, field.attribute)
        default = field.default if inherited is None else getattr(inherited, field.attribute)
        if field.kind is not None:
            if field.required or own != default:
                made[field.key] = _plain(own)
            continue
        nested = _nested(own, field, standing)
        if nested or field.required:
            made[field.key] = nested
        standing = standing if field.many else {**standing, field.nested: own}
    return made


def _nested(own: Any, field: DocumentField, standing: dict[type, Any]) -> Any:
    if own is None:
        return None
    if field.many is not None:
        return [_object(each, standing) for each in own]
    return _object(own, standing, standing.get(field.nested) if field.overrides else None)


def _plain(value: Any) -> Any:
    """As JSON has it: whole amounts without decimals."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value
