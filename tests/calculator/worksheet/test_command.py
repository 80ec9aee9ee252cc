"""``worksheets`` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.__main__ import main
from tests.calculator.builders import Document, an_iso_exercise, years_from
from tests.calculator.households import household, structure

ROOT = Path(__file__).parents[3]
SALE = {"id": "s1", "from": "e1", "date": "2027-11-02", "shares": 10_000, "price": 30}
DOCUMENT = years_from(2026, {"wages": 250_000}, {}, **an_iso_exercise(), sales=[SALE])


def answer_to(
    document: Document, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], *flags: str
) -> tuple[int, Any]:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    status = main(["worksheets", str(path), *flags])
    return status, json.loads(capfdbinary.readouterr().out)


def test_each_line_has_its_words_origins_and_citation(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, answer = answer_to(DOCUMENT, tmp_path, capfdbinary, "--year", "2027")

    assert status == 0
    (year,) = answer["years"]
    assert year["year"] == 2027
    line = year["forms"]["form_8801"]["lines"]["16"]
    assert line["words"] == "Form 6251 line 11 of 2026"
    assert line["citation"] == "Form 8801 (2025), line 16"
    (origin,) = line["origins"]
    assert origin["kind"] == "line"
    assert (origin["year"], origin["form"], origin["line"]) == (2026, "form_6251", "11")
    assert origin["amount"] == line["amount"] > 0
    (sold,) = year["dispositions"]
    assert (sold["acquired"], sold["sold"]) == ("2026-01-15", "2027-11-02")
    assert (sold["basis"], sold["amt_basis"]) == (10_000, 210_000)


@pytest.mark.parametrize("law", ["current", "sunset", "flat"])
def test_the_command_prints_every_line_of_the_result(
    law: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    common = structure("married_filing_separately", 2025, ("larger", "itemized", "larger"))
    document = household(np.random.default_rng(4), common) | {"law": {"path": law}}
    status, answer = answer_to(document, tmp_path, capfdbinary)
    forms = [
        {
            form: {number: line["amount"] for number, line in sheet["lines"].items()}
            for form, sheet in year["forms"].items()
        }
        for year in answer["years"]
    ]

    assert status == 0
    assert forms == [
        year["forms"] for year in evaluate(parse_scenario(document)).to_dict()["years"]
    ]


def test_a_year_that_is_not_there_is_a_problem(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, answer = answer_to(DOCUMENT, tmp_path, capfdbinary, "--year", "2030")

    assert status == 2
    assert answer == {"problems": [{"path": "year", "message": "The scenario has no year 2030."}]}


def test_evaluating_does_not_read_the_formulas() -> None:
    program = (
        "import sys, calculator.worksheet\n"
        "from calculator import evaluate, parse_scenario\n"
        "from calculator.worksheet.transcription import cases_of\n"
        "from calculator.worksheet.origins import labels\n"
        "evaluate(parse_scenario({'schema_version': 1, 'years': [{'year': 2026}]}))\n"
        "sys.exit(cases_of.cache_info().currsize + labels.cache_info().currsize)"
    )

    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
