"""One scenario is computed with plain floats, whatever kinds of numbers its document holds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.calculator.builders import a_year, an_iso_exercise, result_of, with_amounts, years_from
from tests.calculator.households import household, structure
from tests.calculator.worked_cases import worked_cases

WHOLE = {"year", "first_year_without_credit"}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{i}]")
    else:
        yield path, value


def unusual(result: dict[str, Any]) -> list[tuple[str, type]]:
    """What in a result is neither text, true or false, a plain float, nor a year or nothing."""
    return [
        (path, type(value))
        for path, value in leaves(result)
        if type(value) not in (str, bool, float)
        and not (type(value) is int and path.rsplit(".", 1)[-1] in WHOLE)
        and not (value is None and path.endswith((".state", ".first_year_without_credit")))
    ]


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: str(case["id"]))
def test_every_amount_of_a_worked_case_is_a_plain_float(case: dict[str, Any]) -> None:
    assert unusual(result_of(case["document"])) == []


def test_every_amount_of_a_household_with_everything_is_a_plain_float() -> None:
    common = structure("married_filing_separately", 2025, ("larger",) * 5)

    document = household(np.random.default_rng(1040), common)

    assert unusual(result_of(document)) == []


def test_a_document_may_hold_whole_numbers() -> None:
    scenario = years_from(2026, {"wages": 200_000}, {"wages": 200_000}, **an_iso_exercise())
    floats = with_amounts(scenario, lambda _, amount: float(amount))

    assert result_of(scenario) == result_of(floats)
    assert unusual(result_of(scenario)) == []


def test_a_document_may_hold_numpy_scalars() -> None:
    scenario = years_from(2026, {"wages": 200_000}, {"wages": 200_000}, **an_iso_exercise())
    scalars = with_amounts(scenario, lambda _, amount: np.float64(amount))

    assert result_of(scalars) == result_of(scenario)
    assert unusual(result_of(scalars)) == []


def test_an_array_without_dimensions_is_one_scenario() -> None:
    result = result_of(a_year(2025, wages=np.array(200_000.0)))

    assert unusual(result) == []


def test_a_result_is_json() -> None:
    result = result_of(years_from(2026, {"wages": 200_000}, **an_iso_exercise()))

    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_one_scenario_is_computed_without_numpy() -> None:
    program = (
        "import sys\n"
        "from tests.calculator.builders import *\n"
        "result_of(years_from(2026, {'wages': 200_000}, **an_iso_exercise()))\n"
        "sys.exit('numpy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_calculator_needs_no_django() -> None:
    program = (
        "import sys\n"
        "sys.modules['django'] = None\n"
        "from tests.calculator.builders import *\n"
        "result_of(years_from(2026, {'wages': 200_000}, **an_iso_exercise()))"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
