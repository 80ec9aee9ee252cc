"""The program in small; `make endurance` computes a book of thousands."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.web.live.endurance import ROOT

pytestmark = pytest.mark.processes


def test_the_work_of_a_killed_worker_is_taken_up_and_nothing_is_done_twice() -> None:
    program = [sys.executable, "-m", "tests.web.live.killed_worker"]
    outcome = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    answer = json.loads(outcome.stdout)

    # Of its eight clients it had done three: the others stay undone until somebody looks.
    assert answer["left_without_taking_up"] == 5
    assert answer["done"] == 40
    assert answer["by_worker"] == [3, 5, 32]
    assert answer["kept_of_the_victim"]
    assert answer["taken_over"] == 1
