"""The program in small; `make endurance` runs it with as much as one likes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.web.live.endurance import ROOT

pytestmark = pytest.mark.processes


def found(*arguments: str) -> dict[str, Any]:
    program = [sys.executable, "-m", "tests.web.live.endurance", "--workers", "2", *arguments]
    outcome = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    answer: dict[str, Any] = json.loads(outcome.stdout)
    return answer


def test_no_save_of_many_at_once_is_lost() -> None:
    answer = found("--clients", "8", "--saves", "80")

    assert (answer["acked"], answer["lost"], answer["versions"]) == (80, 0, 80)
    assert answer["errors"] == []


def test_without_the_check_saves_are_lost_and_it_is_seen() -> None:
    answer = found("--clients", "8", "--saves", "80", "--unchecked")

    assert answer["lost"] > 0


def test_what_was_acknowledged_outlives_a_killed_server() -> None:
    answer = found("--clients", "4", "--kills", "3")

    assert answer["acked"] > 0
    assert (answer["lost"], answer["torn"]) == (0, [])
