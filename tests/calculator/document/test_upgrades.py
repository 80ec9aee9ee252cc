from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from calculator import SCHEMA_VERSION, InvalidScenario, evaluate, parse_scenario
from calculator.document import upgrades
from calculator.document.upgrades import STEPS, upgraded

RELEASED = Path(__file__).with_name("released")
EVERY_RELEASED = sorted(RELEASED.glob("v*/*.json"))

Document = dict[str, Any]


def renamed(document: Document) -> Document:
    """A made-up step: version 1 said ``salary`` where version 2 says ``wages``."""
    years = [
        {"wages" if key == "salary" else key: value for key, value in year.items()}
        for year in document["years"]
    ]
    return document | {"years": years}


def titled(document: Document) -> Document:
    return document | {"title": "Of version 2"}


OLD: Document = {"schema_version": 1, "years": [{"year": 2026, "salary": 100}]}
MADE_UP = {1: renamed, 2: titled}


def test_every_version_but_the_present_one_has_a_step() -> None:
    assert list(STEPS) == list(range(1, SCHEMA_VERSION))


def test_every_released_version_is_kept() -> None:
    kept = {path.parent.name for path in EVERY_RELEASED}

    assert kept == {f"v{version}" for version in range(1, SCHEMA_VERSION + 1)}


@pytest.mark.parametrize("path", EVERY_RELEASED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_document_of_every_released_version_is_read(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    assert path.parent.name == f"v{document['schema_version']}"

    result = evaluate(parse_scenario(document))

    assert [year.year for year in result.years] == [2025, 2026, 2027]


def test_the_steps_are_taken_one_after_the_other() -> None:
    assert upgraded(OLD, to=3, steps=MADE_UP) == {
        "schema_version": 3,
        "title": "Of version 2",
        "years": [{"year": 2026, "wages": 100}],
    }


def test_only_the_steps_that_are_needed_are_taken() -> None:
    document = {"schema_version": 2, "years": [{"year": 2026, "salary": 100}]}

    assert upgraded(document, to=3, steps=MADE_UP) == {
        "schema_version": 3,
        "title": "Of version 2",
        "years": [{"year": 2026, "salary": 100}],
    }


def test_upgrading_never_changes_what_it_is_given() -> None:
    def careless(document: Document) -> Document:
        document["years"][0]["wages"] = document["years"][0].pop("salary")
        return document

    given = copy.deepcopy(OLD)

    upgraded(given, to=2, steps={1: careless})

    assert given == OLD


def test_a_document_of_the_present_version_is_itself() -> None:
    made = upgraded(OLD, to=3, steps=MADE_UP)

    assert upgraded(made, to=3, steps=MADE_UP) is made


def test_a_missing_step_is_refused() -> None:
    with pytest.raises(InvalidScenario) as refusal:
        upgraded(OLD, to=3, steps={1: renamed})

    (problem,) = refusal.value.problems
    assert problem.path == "schema_version"
    assert "no way from version 2 to version 3" in problem.message


@pytest.mark.parametrize("said", [None, "1", True, 0, -1, 1.5, float("nan"), [1]])
def test_a_version_that_is_none_is_left_to_the_reader(said: object) -> None:
    document = {"schema_version": said}

    assert upgraded(document, to=3, steps=MADE_UP) is document


def test_a_document_without_a_version_is_refused() -> None:
    with pytest.raises(InvalidScenario) as refusal:
        parse_scenario({"years": [{"year": 2026}]})

    assert [problem.path for problem in refusal.value.problems] == ["schema_version"]


def test_a_later_version_is_refused_with_both_numbers_and_all_else_that_is_wrong() -> None:
    with pytest.raises(InvalidScenario) as refusal:
        parse_scenario({"schema_version": 7, "years": []})

    said = {problem.path: problem.message for problem in refusal.value.problems}
    assert said.keys() == {"schema_version", "years"}
    assert "version 7" in said["schema_version"]
    assert f"here is {SCHEMA_VERSION}:" in said["schema_version"]


def test_reading_upgrades_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def from_before(document: Document) -> Document:
        return renamed(document) | {"schema_version": SCHEMA_VERSION}

    def upgraded_from_before(document: Document) -> Document:
        return from_before(document) if document["schema_version"] == "before" else document

    monkeypatch.setattr(upgrades, "upgraded", upgraded_from_before)

    (year,) = parse_scenario(OLD | {"schema_version": "before"}).years
    assert year.wages == 100
