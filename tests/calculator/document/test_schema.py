"""The JSON Schema says of a single field what the reader says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from calculator.document import json_schema
from tests.calculator.document.hostile import HOSTILE, SOUND

SCHEMA = json_schema()
LOOKED_AT_APART = {"additionalProperties", "$defs"}
ANNOTATIONS = {"$schema", "title", "description", "default", "format"}
TYPES: dict[str, Callable[[Any], bool]] = {
    "any": lambda _: True,
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: TYPES["number"](value) and value == int(value),
}

# Where the document is wrong only as a whole, or in a way for which JSON has no value.
BEYOND_A_SCHEMA = re.compile(
    "years-(have|descend)|year-comes|ids-of|holding-has|exercise-|sale-|exercised-above|sold-above"
    "|grant-after|holding-after|iso-exercised|special-gains|two-of-65|is-not-modelled"
    "|year-is-past|business-income|surrogate|noncharacter|not-a-number|infinite|field-name-is|does-not-exist|nested"
    "|state-is-in|date-ends"
)


def referred(reference: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["$defs"][reference.removeprefix("#/$defs/")]
    return found


# What a keyword is about, and whether a value of that kind is as the keyword wants it.
KEYWORDS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "$ref": ("any", lambda value, wanted: valid(value, referred(wanted))),
    "const": ("any", lambda value, wanted: value == wanted and type(value) is type(wanted)),
    "enum": ("any", lambda value, wanted: value in wanted),
    "type": ("any", lambda value, wanted: any(TYPES[t](value) for t in listed(wanted))),
    "anyOf": ("any", lambda value, wanted: any(valid(value, each) for each in wanted)),
    "allOf": ("any", lambda value, wanted: all(valid(value, each) for each in wanted)),
    "not": ("any", lambda value, wanted: not valid(value, wanted)),
    "minimum": ("number", lambda value, wanted: value >= wanted),
    "maximum": ("number", lambda value, wanted: value <= wanted),
    "pattern": ("string", lambda value, wanted: re.search(wanted, value) is not None),
    "maxLength": ("string", lambda value, wanted: len(value) <= wanted),
    "minItems": ("array", lambda value, wanted: len(value) >= wanted),
    "maxItems": ("array", lambda value, wanted: len(value) <= wanted),
    "items": ("array", lambda value, wanted: all(valid(item, wanted) for item in value)),
    "required": ("object", lambda value, wanted: all(key in value for key in wanted)),
    "properties": (
        "object",
        lambda value, wanted: all(valid(value[key], wanted[key]) for key in value.keys() & wanted),
    ),
}


def listed(types: str | list[str]) -> list[str]:
    return [types] if isinstance(types, str) else types


def valid(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value is valid by the keywords that the document's schema uses."""
    return all(
        not TYPES[KEYWORDS[keyword][0]](value) or KEYWORDS[keyword][1](value, wanted)
        for keyword, wanted in schema.items()
        if keyword not in ANNOTATIONS | LOOKED_AT_APART
    ) and not (
        isinstance(value, dict)
        and "additionalProperties" in schema
        and value.keys() - schema["properties"].keys()
    )


def objects() -> dict[str, dict[str, Any]]:
    return {"Scenario": SCHEMA, **SCHEMA["$defs"]}


def test_valid_documents_are_valid_by_the_schema(valid_document: dict[str, Any]) -> None:
    assert valid(valid_document, SCHEMA)
    assert valid(SOUND, SCHEMA)


@pytest.mark.parametrize("name", [name for name in HOSTILE if not BEYOND_A_SCHEMA.search(name)])
def test_the_schema_refuses_what_the_reader_refuses(name: str) -> None:
    assert not valid(HOSTILE[name].document, SCHEMA)


@pytest.mark.parametrize("name", objects())
def test_every_object_and_value_is_described(name: str) -> None:
    described = objects()[name]

    assert described["description"].endswith(".")
    for key, field in described["properties"].items():
        if "$ref" not in field and "items" not in field:
            assert field.get("description", "").endswith("."), key


def test_units_are_named() -> None:
    grant = SCHEMA["$defs"]["Grant"]["properties"]

    assert grant["shares"]["description"] == "In shares."
    assert grant["strike"]["description"] == "In dollars a share."
    assert grant["fair_market_value"]["description"] == (
        "At grant, for the $100,000 limit; left out: the strike. In dollars a share."
    )


def test_what_is_required_is_what_the_contract_says() -> None:
    required = {name: sorted(each.get("required", [])) for name, each in objects().items()}

    assert {name: keys for name, keys in required.items() if keys} == {
        "Scenario": ["schema_version", "years"],
        "YearFacts": ["year"],
        "Grant": ["date", "id", "kind", "shares", "strike"],
        "Exercise": ["date", "fair_market_value", "grant", "id", "shares"],
        "Holding": ["acquired", "id", "shares"],
        "IsoOrigin": ["exercised", "fair_market_value", "granted", "strike"],
        "Sale": ["date", "from", "id", "price", "shares"],
        "Split": ["date", "id", "ratio"],
        "Vesting": ["date", "grant", "id", "shares"],
    }
