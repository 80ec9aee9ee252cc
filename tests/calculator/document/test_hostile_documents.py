"""Whatever is wrong with a document is said by its path, all of it at once, in a sentence."""

from __future__ import annotations

import re

import pytest

from calculator.document import parse_scenario
from calculator.errors import InvalidScenario, Problem, UnsupportedSituation
from tests.calculator.document.hostile import HOSTILE, SOUND, TEN_FAULTS, UNSUPPORTED

JARGON = re.compile(
    r"\b(str|int|float|bool|dict|tuple|list\[|NoneType|None|ndarray|dtype|Mapping|object at)\b"
)


def problems_of(document: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidScenario) as caught:
        parse_scenario(document)  # type: ignore[arg-type]
    return caught.value.problems


def test_the_document_that_the_others_are_made_from_is_sound() -> None:
    assert len(parse_scenario(SOUND).sales) == 2


@pytest.mark.parametrize("name", HOSTILE)
def test_every_problem_is_named_by_its_path(name: str) -> None:
    hostile = HOSTILE[name]

    assert sorted(p.path for p in problems_of(hostile.document)) == sorted(hostile.paths)


def test_problems_of_every_sort_are_said_together() -> None:
    problems = problems_of(TEN_FAULTS.document)

    assert sorted(p.path for p in problems) == sorted(TEN_FAULTS.paths)
    assert [p.path for p in problems if p.unsupported] == ["household.state"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_message_is_a_sentence_for_the_person_typing(name: str) -> None:
    for problem in problems_of(HOSTILE[name].document):
        assert re.fullmatch(r"[A-Z].*\.", problem.message), problem.message
        assert not JARGON.search(problem.message), problem.message
        assert len(problem.message) < 250
        assert problem.message.isprintable()


@pytest.mark.parametrize("name", HOSTILE)
def test_only_what_is_not_modelled_is_an_unsupported_situation(name: str) -> None:
    with pytest.raises(InvalidScenario) as caught:
        parse_scenario(HOSTILE[name].document)

    assert isinstance(caught.value, UnsupportedSituation) == (name in UNSUPPORTED)
    assert all(p.unsupported == (name in UNSUPPORTED) for p in caught.value.problems)


@pytest.mark.parametrize("state", ["CA", "DC", "NY", "TX"])
def test_a_state_is_refused_by_name(state: str) -> None:
    document = {**SOUND, "household": {"state": state}}
    (problem,) = problems_of(document)

    assert problem.to_dict()["kind"] == "unsupported"
    assert state in problem.message


def test_an_unknown_field_is_compared_with_the_known_ones() -> None:
    (problem,) = problems_of({**SOUND, "years": [*SOUND["years"][:2], {"year": 2028, "wagess": 1}]})

    expected = "There is no field “wagess” here; perhaps you meant “wages”."
    assert problem == Problem(path="years[2].wagess", message=expected)


def test_many_unknown_fields_are_counted_rather_than_named() -> None:
    problems = problems_of({**SOUND, **{f"field{i}": i for i in range(1000)}})

    assert len(problems) == 21
    assert problems[-1].message == "There are 980 more unknown fields here."


def test_a_fault_hides_no_fault_of_the_same_event() -> None:
    document = {**SOUND, "sales": [{"id": "s1", "from": "e9", "date": "2031-01-01", "price": -1}]}

    assert [p.path for p in problems_of(document)] == [
        "sales[0].price",
        "sales[0].shares",
        "sales[0].from",
        "sales[0].date",
    ]
