"""Whatever is done to a document, it is read or refused, never anything else."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from calculator.document import parse_json, parse_scenario
from calculator.errors import InvalidScenario, Problem
from calculator.scenario import Scenario
from tests.calculator.document.hostile import SOUND

FULL = {
    **SOUND,
    "notes": "Lines",
    "law": {"path": "flat", "indexing_rate": 0.02, "flat": {"amt_rate": 0.28}},
    "household": {"filing_status": "single", "state": None, "people_65_or_over": 1},
    "assumptions": {"discount_rate": 0.03},
    "opening": {"minimum_tax_credit": 5, "capital_loss": {"short_term": 1, "long_term": 2}},
}

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=10)
    | st.sampled_from(["g1", "e1", "h1", "CA", "sunset", "2026-03-01", "2028-12-31", 10**400, 1e13])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
keys = st.text(max_size=5) | st.sampled_from(["id", "from", "date", "iso", "household", "year"])


def places(value: object) -> list[Any]:
    """Every object and list in a document."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    here = [value] if isinstance(value, dict | list) and value else []
    return [*here, *(place for each in inner for place in places(each))]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    document = copy.deepcopy(FULL)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.sampled_from(places(document) or [document]))
        spot = draw(
            st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place)))
        )
        match draw(st.sampled_from(["replace", "remove", "double", "add", "swap"])):
            case "replace":
                place[spot] = draw(values)
            case "remove":
                del place[spot]
            case "double" if isinstance(place, list):
                place.append(copy.deepcopy(place[spot]))
            case "swap":
                place[spot] = copy.deepcopy(draw(st.sampled_from(places(FULL))))
            case _ if isinstance(place, dict):
                place[draw(keys)] = draw(values)
    return document


def problems_of(parse: Callable[[Any], Scenario], given: Any) -> tuple[Problem, ...]:
    """The problems of what is refused, none for what is read."""
    try:
        parse(given)
    except InvalidScenario as invalid:
        return invalid.problems or (Problem(path="", message="refused without a problem"),)
    return ()


def all_printable(problems: tuple[Problem, ...]) -> bool:
    return all(
        problem.message.endswith(".") and (problem.path + problem.message).encode()
        for problem in problems
    )


@settings(max_examples=400, deadline=None)
@given(document=mutated())
@example(document=FULL)
def test_a_mutated_document_is_read_or_refused(document: dict[str, Any]) -> None:
    assert all_printable(problems_of(parse_scenario, document))


@settings(max_examples=200, deadline=None)
@given(document=values)
def test_anything_at_all_is_refused(document: Any) -> None:
    problems = problems_of(parse_scenario, document)

    assert problems
    assert all_printable(problems)


@settings(max_examples=300, deadline=None)
@given(start=st.integers(0, 900), length=st.integers(0, 30), middle=st.binary(max_size=8))
def test_mutated_text_is_read_or_refused(start: int, length: int, middle: bytes) -> None:
    text = json.dumps(FULL).encode()
    mutated_text = text[:start] + middle + text[start + length :]

    assert all_printable(problems_of(parse_json, mutated_text))
