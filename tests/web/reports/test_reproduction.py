from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from amtweb.reports.reproduction import program_of
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.gallery import examples
from tests.web.reports.subjects import HOSTILE, document, subject, with_text


def document_in(program: bytes) -> object:
    tree = ast.parse(program)
    (held,) = (
        statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "DOCUMENT"
    )
    return ast.literal_eval(held)


def test_the_program_prints_the_same_figures(tmp_path: Path) -> None:
    file = tmp_path / "reproduce.py"
    file.write_bytes(program_of(subject()))
    done = subprocess.run(
        [sys.executable, "-W", "error", file],
        cwd=tmp_path,
        env={"PYTHONPATH": str(settings.BASE_DIR)},
        capture_output=True,
        text=True,
        check=True,
    )

    result = result_of(document())
    heading, *rows = done.stdout.partition("\n\n")[0].splitlines()
    names = heading.split()[1:]
    assert [int(row.split()[0]) for row in rows] == [year.year for year in result.years]
    for row, year in zip(rows, result.years, strict=True):
        printed = [float(cell.replace(",", "")) for cell in row.split()[1:]]
        assert printed == [pytest.approx(getattr(year, name), abs=0.006) for name in names]
    totals = dict(line.split() for line in done.stdout.partition("\n\n")[2].splitlines())
    assert float(totals["federal_tax"]) == result.totals.federal_tax
    assert float(totals["first_year_without_credit"]) == result.totals.first_year_without_credit


@pytest.mark.parametrize("example", [e.slug for e in examples()])
def test_the_program_holds_the_scenario(example: str) -> None:
    assert document_in(program_of(subject(document(example)))) == document(example)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_is_no_program(text: str) -> None:
    program = program_of(subject(with_text(text)))

    assert document_in(program) == with_text(text)
    assert program.isascii()
    plain = [type(s) for s in ast.parse(program_of(subject())).body]
    assert [type(statement) for statement in ast.parse(program).body] == plain
