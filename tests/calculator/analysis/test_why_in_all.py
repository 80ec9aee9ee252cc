"""The lines that make the difference in federal tax of all years together."""

from __future__ import annotations

import math

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.analysis.why_in_all import why_in_all
from tests.calculator.builders import Document, years_from
from tests.calculator.households import household, structure


@pytest.mark.parametrize("seed", range(12))
def test_the_parts_add_up_to_the_difference_of_random_households(seed: int) -> None:
    random = np.random.default_rng(seed)
    common = structure("single", 2025, ("larger", "itemized", "standard"))
    before, after = (evaluate(parse_scenario(household(random, common))) for _ in range(2))

    causes = why_in_all(before, after)

    difference = float(after.totals.federal_tax - before.totals.federal_tax)
    slack = 0.01 * 3 * 100  # parts below a cent are left out, in each year
    assert math.fsum(cause.ends for cause in causes) == pytest.approx(difference, abs=slack)
    assert [*causes] == sorted(causes, key=lambda cause: -abs(cause.ends))


def flat(wages: float, years: int) -> Document:
    facts = [{"wages": wages}] * years
    return years_from(2026, *facts) | {"law": {"path": "flat"}}


def test_higher_wages_under_flat_rates_are_the_only_cause() -> None:
    before, after = (evaluate(parse_scenario(flat(wages, 3))) for wages in (100_000, 150_000))

    (cause,) = why_in_all(before, after)

    assert (cause.form, cause.line) == ("Form 1040", "1z")
    assert cause.ends == pytest.approx(3 * 50_000 * 0.37)
    assert cause.years == (2026, 2027, 2028)


def test_years_that_only_one_has_are_no_cause() -> None:
    before, after = (evaluate(parse_scenario(flat(100_000, years))) for years in (2, 5))

    assert why_in_all(before, after) == ()
