"""Published figures beside ours: what agrees, what is explained, and what is not."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from typing import Any

import pytest

from calculator import ENGINE_VERSION
from calculator.law import law_version
from calculator.verification import Difference, Figure, sources, verify
from calculator.verification.checking import value_at, verdict_on

RESULT: dict[str, Any] = {
    "years": [{"year": 2024, "amt": 10.0, "forms": {"form_6251": {"2k": -5.0}}}],
    "sales": [{"id": "s1", "disposition": "qualifying"}],
}


def a_figure(published: float | str = 100, **other: Any) -> Figure:
    given: dict[str, Any] = {"rounded_to": 0.0, "by_rule": False, "differs": None} | other
    return Figure(what="AMT", at="years.2024.amt", published=published, **given)


def test_no_difference_is_unexplained() -> None:
    unexplained = [c.to_dict() for c in verify().checks if c.verdict == "differs"]

    assert unexplained == []
    assert verify().is_sound


def test_every_figure_is_checked_once() -> None:
    stated = sum(len(example.figures) for source in sources() for example in source.examples)

    assert verify().count() == stated > 200
    assert verify().count("agrees") + verify().count("differs as explained") == stated


def test_a_difference_is_explained_where_there_is_one_and_nowhere_else() -> None:
    for check in verify().checks:
        assert (check.verdict == "differs as explained") == (check.figure.differs is not None)


def test_the_figures_of_the_primer_agree() -> None:
    primer = [c for c in verify().checks if c.example.id.startswith("eso-primer-")]
    by_law = ("eso-primer-by-law", "eso-primer-basis")

    assert all(c.verdict == "agrees" for c in primer if c.example.id not in by_law)
    savings = [c.ours for c in primer if c.figure.what.startswith("Largest saving")]
    assert savings == [85_000, 323_000, 51_000, 0]


def test_what_computed_the_figures_is_said() -> None:
    assert verify().engine_version == ENGINE_VERSION
    assert verify().law_version == law_version()
    assert verify().law_reviewed.year >= 2026


@pytest.mark.parametrize(
    ("figure", "ours", "verdict"),
    [
        (a_figure(), 100.0, "agrees"),
        (a_figure(), 100.02, "differs"),
        (a_figure(rounded_to=1.0), 99.5, "agrees"),
        (a_figure(rounded_to=1.0), 98.9, "differs"),
        (a_figure(differs=Difference("law", "Because.", 90)), 90.0, "differs as explained"),
        (a_figure(differs=Difference("law", "Because.", 90)), 91.0, "differs"),
        (a_figure(differs=Difference("law", "Because.", 90)), 100.0, "differs"),
        (a_figure("qualifying"), "qualifying", "agrees"),
        (a_figure("qualifying"), "disqualifying", "differs"),
    ],
)
def test_a_verdict(figure: Figure, ours: float | str, verdict: str) -> None:
    assert verdict_on(figure, ours) == verdict


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("years.2024.amt", 10),
        ("years.2024.forms.form_6251.2k", -5),
        ("years.2024.forms.form_6251.8", 0),
        ("100 - years.2024.amt", 90),
        ("other: years.2024.amt + years.2024.amt - 3", 27),
        ("sales.s1.disposition", "qualifying"),
    ],
)
def test_where_a_figure_is_found(at: str, value: float | str) -> None:
    other = {"years": [{"year": 2024, "amt": 20.0}]}

    assert value_at(at, "this", {"this": RESULT, "other": other}) == value


@pytest.mark.parametrize("at", ["years.2025.amt", "years.2024.no_such_thing"])
def test_a_place_that_is_not_there_is_a_mistake(at: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        value_at(at, "this", {"this": RESULT})


def test_the_difference_is_ours_less_theirs() -> None:
    check = verify().checks[0]

    more = dataclasses.replace(check, figure=a_figure(100), ours=98.0)

    assert more.difference == -2
    assert dataclasses.replace(check, ours="qualifying").difference is None


def test_the_command_lists_every_figure_and_succeeds() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "calculator", "verify"], capture_output=True, check=False
    )
    answer = json.loads(done.stdout)

    assert done.returncode == 0
    assert answer["figures"] == len(answer["checks"]) == verify().count()
    assert answer["differ"] == 0


def test_the_command_fails_if_a_difference_is_not_explained() -> None:
    program = (
        "import sys\n"
        "from calculator.verification import checking\n"
        "checking.verdict_on = lambda figure, ours: 'differs'\n"
        "from calculator.__main__ import main\n"
        "sys.exit(main(['verify']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert done.returncode == 1
