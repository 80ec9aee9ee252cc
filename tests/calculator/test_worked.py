"""Every worked case alone, and stacked in one batch with two strangers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.calculator.builders import result_of, with_amounts
from tests.calculator.comparison import all_lines, differences, element
from tests.calculator.worked_cases import TIERS, worked_cases

CASES = [pytest.param(case, id=f"{case['tier']}/{case['id']}") for case in worked_cases()]
EXACT = 1e-6

# These are parts of a whole, and only scaled, so that they stay within it; so is a price of
# nothing, which worthless stock needs.
PARTS = {"shares", "unrecaptured_section_1250_gain", "collectibles_gain"}


def small_stranger(name: str, amount: float) -> float:
    """Another household's amount in the place of this one."""
    stays_nothing = name in PARTS or (name == "price" and not amount)
    return 0.3 * amount + (0.0 if stays_nothing else math.copysign(1234.0, amount))


def large_stranger(_: str, amount: float) -> float:
    """Yet another household's amount in the place of this one."""
    return 7.0 * amount


def as_it_is(_: str, amount: float) -> float:
    return float(amount)


HOUSEHOLDS: tuple[Callable[[str, float], float], ...] = (
    as_it_is,
    small_stranger,
    large_stranger,
)


def stacked(name: str, amount: float) -> Any:
    return np.array([household(name, amount) for household in HOUSEHOLDS])


@pytest.mark.parametrize("case", CASES)
def test_a_worked_case_comes_out_as_its_authority_has_it(case: dict[str, Any]) -> None:
    actual = result_of(case["document"])

    assert list(differences(case["expected"], actual, case["tolerance"])) == []


@pytest.mark.parametrize("case", CASES)
def test_a_worked_case_comes_out_the_same_in_the_company_of_strangers(
    case: dict[str, Any],
) -> None:
    # There is an amount to stack even in a case without any income.
    document = {"opening": {"minimum_tax_credit": 0}} | case["document"]

    together = result_of(with_amounts(document, stacked))

    for i, household in enumerate(HOUSEHOLDS):
        alone = result_of(with_amounts(document, household))
        in_company = element(together, (i,), (len(HOUSEHOLDS),))
        assert list(differences(all_lines(alone, in_company), in_company, EXACT)) == []
        assert list(differences(in_company, alone, EXACT)) == []


def test_every_case_names_its_source_and_tier() -> None:
    assert {case["tier"] for case in worked_cases()} == set(TIERS)
    assert all(len(case.values[0]["source"]) > 30 for case in CASES)
    assert len(CASES) > 250
