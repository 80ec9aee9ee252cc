"""The scenario document: reading it, saying what is wrong with it, and describing it.

``calculator.scenario`` takes the kinds of its fields from this package, which is why the functions
here reach for it only when they are called.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from calculator.document.json_text import read_json, read_leniently
from calculator.errors import InvalidScenario, Problem, UnsupportedSituation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculator.scenario import Scenario

__all__ = [
    "document_of",
    "json_schema",
    "parse_json",
    "parse_scenario",
    "read_json",
    "upgraded_document",
]


def parse_scenario(document: Mapping[str, Any]) -> Scenario:
    """The scenario that a document describes, read and checked.

    An amount may be a NumPy array; all arrays broadcast to ``batch_shape`` of the scenario.

    Raises:
        UnsupportedSituation: All that stands in the way is not modelled.
        InvalidScenario: The document is wrong in some way; holds every problem found.
    """
    return _parse(document, ())


def parse_json(text: bytes | str) -> Scenario:
    """The scenario that a document describes, given as JSON text.

    Raises:
        UnsupportedSituation: All that stands in the way is not modelled.
        InvalidScenario: The text or the document is wrong in some way; holds every problem found.
    """
    return _parse(*read_leniently(text))


def document_of(text: bytes | str) -> dict[str, Any]:
    """The document in a JSON text, in the present version and checked.

    Raises:
        InvalidScenario: The text or the document is wrong in some way; holds every problem found.
    """
    parse_json(text)
    return upgraded_document(read_json(text))


def upgraded_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """A stored document in the present version; itself if it is of that version.

    Raises:
        InvalidScenario: There is no way from the document's version to the present one.
    """
    from calculator.document.upgrades import upgraded

    made = upgraded(document)
    return made if isinstance(made, dict) else dict(made)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document."""
    from calculator.document.schema import schema_of_the_document

    return schema_of_the_document()


def _parse(document: Mapping[str, Any], problems: Sequence[Problem]) -> Scenario:
    from calculator.document.consistency import problems_of_sense
    from calculator.document.reader import batch_shape, object_reader
    from calculator.document.reading import Reading
    from calculator.document.upgrades import upgraded
    from calculator.scenario import Scenario

    if isinstance(document, Mapping):
        document = upgraded(document)
    reading = Reading()
    scenario: Scenario = object_reader(Scenario)(document, "", "", reading)
    mismatched = len(reading.problems)
    batch = batch_shape(reading)
    arrays_fit = len(reading.problems) == mismatched
    before = (*problems, *reading.problems)
    every = (
        *before,
        *problems_of_sense(scenario, arrays_fit=arrays_fit, all_read=not before),
    )
    if every:
        unsupported = all(problem.unsupported for problem in every)
        raise (UnsupportedSituation if unsupported else InvalidScenario)(every)
    return dataclasses.replace(scenario, batch_shape=batch) if batch else scenario
