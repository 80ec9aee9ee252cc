"""``python -m calculator``: JSON on standard output, exit status 0 or 2, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from calculator import evaluate, parse_scenario
from calculator.__main__ import main
from calculator.document import json_schema
from tests.calculator.document.hostile import HOSTILE, SOUND, TEN_FAULTS

ROOT = Path(__file__).parents[3]

DOZEN = [
    "document-is-a-list",
    "document-is-null",
    "document-is-empty",
    "version-is-newer",
    "field-name-holds-a-surrogate",
    "years-are-nulls",
    "amount-is-text",
    "amount-is-not-a-number",
    "notes-hold-a-surrogate",
    "date-is-in-other-digits",
    "sold-above-held",
    "exercise-before-its-grant",
    "state-is-not-modelled",
]


def run(*arguments: str, given: bytes = b"") -> tuple[int, Any]:
    """The exit status and what is answered; there must be nothing on standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "calculator", *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.stderr == b""
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize("name", DOZEN)
def test_a_hostile_document_is_answered_with_its_problems(name: str) -> None:
    hostile = HOSTILE[name]
    status, answer = run("evaluate", "-", given=json.dumps(hostile.document).encode())

    assert status == 2
    assert sorted(problem["path"] for problem in answer["problems"]) == sorted(hostile.paths)


def test_both_kinds_of_problems_come_together() -> None:
    status, answer = run("evaluate", given=json.dumps(TEN_FAULTS.document).encode())

    assert status == 2
    assert sorted(problem["path"] for problem in answer["problems"]) == sorted(TEN_FAULTS.paths)
    assert [problem["path"] for problem in answer["problems"] if "kind" in problem] == [
        "household.state"
    ]


def test_a_document_is_evaluated_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(SOUND), encoding="utf-8")

    expected = evaluate(parse_scenario(SOUND)).to_dict() | {"warnings": []}
    assert run("evaluate", str(path)) == (0, json.loads(json.dumps(expected)))


def test_the_schema_is_printed() -> None:
    assert run("schema") == (0, json.loads(json.dumps(json_schema())))


@pytest.mark.parametrize("named", ["missing.json", ".", "\udcff.json", "a" * 300])
def test_a_file_that_cannot_be_read_is_a_problem(
    named: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["evaluate", named]) == 2
    (problem,) = json.loads(capfdbinary.readouterr().out)["problems"]
    assert problem["path"] == ""
    assert problem["message"].endswith(".")


def test_a_file_without_an_end_is_a_problem(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["evaluate", "/dev/zero"]) == 2
    (problem,) = json.loads(capfdbinary.readouterr().out)["problems"]
    assert "larger" in problem["message"]


@pytest.mark.parametrize("arguments", [[], ["evolve"], ["evaluate", "a", "b"]])
def test_wrong_usage_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
    assert "usage: python -m calculator" in capsys.readouterr().err


ROLLED = {
    "schema_version": 1,
    "years": [{"year": 2025, "wages": 150_000}, {"year": 2026}],
    "opening": {"minimum_tax_credit": 5_000},
}


def test_a_year_is_closed_with_the_figures_that_are_given() -> None:
    flags = ("--credit-carryforward", "900", "--amt-capital-loss", "10,20")
    status, answer = run("roll-forward", "-", *flags, given=json.dumps(ROLLED).encode())

    assert status == 0
    assert [facts["year"] for facts in answer["years"]] == [2026]
    assert answer["opening"]["minimum_tax_credit"] == 900
    assert answer["opening"]["amt_capital_loss"] == {"short_term": 10, "long_term": 20}
    assert answer["opening"]["prior_year_adjusted_gross_income"] == 150_000


@pytest.mark.parametrize(
    ("flags", "path"),
    [
        (("--year", "2026"), "years"),
        (("--year", "1999"), "year"),
        (("--capital-loss", "1"), "opening.capital_loss"),
        (("--amt-capital-loss=-1,0",), "opening.amt_capital_loss.short_term"),
        (("--tax", "nan"), "opening.prior_year_tax"),
    ],
)
def test_a_year_that_cannot_be_closed_so_is_answered_with_a_problem(
    flags: tuple[str, ...], path: str
) -> None:
    status, answer = run("roll-forward", *flags, given=json.dumps(ROLLED).encode())

    assert status == 2
    assert [problem["path"] for problem in answer["problems"]] == [path]


def test_a_wrong_document_is_refused_before_it_is_rolled_forward() -> None:
    document = {"schema_version": 1, "years": [{"year": 2025, "wage": 1}]}
    status, answer = run("roll-forward", given=json.dumps(document).encode())

    assert status == 2
    assert [problem["path"] for problem in answer["problems"]] == ["years[0].wage"]
