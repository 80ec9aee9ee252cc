"""The rate schedules."""

from __future__ import annotations

import numpy as np
import pytest

from calculator.law import law_for
from calculator.law.parameters import Brackets
from calculator.scenario import FILING_STATUSES, LawChoice

CURRENT = LawChoice()
SINGLE_2025 = law_for(2025, "single", CURRENT)


@pytest.mark.parametrize(
    ("income", "tax"),
    [
        (0.0, 0.0),
        (11_924.0, 1_192.40),
        (11_925.0, 1_192.50),
        (11_926.0, 1_192.62),
        (48_474.0, 5_578.38),
        (48_475.0, 5_578.50),
        (48_476.0, 5_578.72),
        (103_350.0, 17_651.00),
        (197_300.0, 40_199.00),
        (250_525.0, 57_231.00),
        (626_350.0, 188_769.75),
        (626_351.0, 188_770.12),
        (1_000_000.0, 327_020.25),
    ],
)
def test_tax_is_that_of_the_printed_schedule_x_for_2025(income, tax):
    assert SINGLE_2025.brackets.tax(income) == pytest.approx(tax, abs=1e-9)


@pytest.mark.parametrize("year", [2018, 2022, 2026, 2027, 2060])
@pytest.mark.parametrize("status", FILING_STATUSES)
def test_one_income_and_an_array_of_them_are_taxed_alike(status, year):
    brackets = law_for(year, status, CURRENT).brackets
    around = (0.0, 1.0, *(edge + step for edge in brackets.floors[1:] for step in (-1.0, 0.0, 1.0)))
    incomes = (*around, 1e9)
    alone = [brackets.tax(income) for income in incomes]
    assert all(type(tax) is float for tax in alone)
    assert brackets.tax(np.array(incomes)).tolist() == alone


def test_an_array_keeps_its_shape():
    incomes = np.array([[0.0, 11_925.0], [48_475.0, 1e6]])
    taxes = SINGLE_2025.brackets.tax(incomes)
    assert taxes.shape == (2, 2)
    assert taxes[1, 0] == SINGLE_2025.brackets.tax(48_475.0)


def test_a_schedule_of_one_rate_taxes_arrays_too():
    assert Brackets.of((), (0.5,)).tax(np.array([0.0, 10.0])).tolist() == [0.0, 5.0]


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_tax_does_not_jump_at_a_bracket(status):
    brackets = law_for(2026, status, CURRENT).brackets
    for edge in brackets.floors[1:]:
        below, above = brackets.tax(edge - 1e-6), brackets.tax(edge + 1e-6)
        assert above - below == pytest.approx(0.0, abs=1e-5)


@pytest.mark.parametrize(
    ("year", "status", "top"),
    [
        (2024, "single", 191_950),
        (2024, "married_filing_jointly", 383_900),
        (2025, "single", 197_300),
        (2026, "married_filing_separately", 201_775),
        (2027, "head_of_household", 208_100),
    ],
)
def test_rates_below_that_of_unrecaptured_gain_end_at_the_top_of_24_percent(year, status, top):
    """Schedule D Tax Worksheet, line 19."""
    law = law_for(year, status, CURRENT)
    assert law.brackets.top_of_rates_below(law.gains.unrecaptured_1250_rate) == top


def test_rates_that_are_all_below_never_end():
    assert SINGLE_2025.brackets.top_of_rates_below(0.5) == float("inf")
