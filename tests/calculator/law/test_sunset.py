"""The amounts of the law had the act of 2017 expired."""

from __future__ import annotations

from itertools import pairwise

import pytest

from calculator.law import law_for
from calculator.law.sunset import last_sunset_year
from calculator.scenario import FILING_STATUSES, LawChoice

CURRENT = LawChoice()
SUNSET = LawChoice(path="sunset")
JOINT = "married_filing_jointly"
SEPARATE = "married_filing_separately"
SURVIVING = "qualifying_surviving_spouse"

# Tops; standard deduction and addition; start of both limits; AMT exemption, start, 28% over.
EXPECTED_2026 = {
    "single": (
        (12_150, 49_400, 119_650, 249_650, 542_700, 544_950),
        (8_300, 2_050),
        340_600,
        (70_700, 157_200, 244_500),
    ),
    JOINT: (
        (24_300, 98_800, 199_400, 303_900, 542_700, 613_050),
        (16_600, 1_650),
        408_700,
        (110_000, 209_600, 244_500),
    ),
    SEPARATE: (
        (12_150, 49_400, 99_700, 151_950, 271_350, 306_525),
        (8_300, 1_650),
        204_350,
        (55_000, 104_800, 122_250),
    ),
    "head_of_household": (
        (17_350, 66_200, 170_900, 276_800, 542_700, 579_000),
        (12_200, 2_050),
        374_600,
        (70_700, 157_200, 244_500),
    ),
}
EXPECTED_2026[SURVIVING] = EXPECTED_2026[JOINT]


def indexed_amounts(law):
    return (
        *law.brackets.floors[1:],
        law.deductions.standard,
        law.deductions.aged_or_blind_addition,
        law.exemptions.amount,
        law.exemptions.phaseout_start,
        law.amt.exemption,
        law.amt.phaseout_start,
        law.amt.rate_break,
    )


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_2026_is_2017_grown_with_the_chained_index(status):
    law = law_for(2026, status, SUNSET)
    tops, deductions, start, amt = EXPECTED_2026[status]
    assert indexed_amounts(law) == (*tops, *deductions, 5_300, start, *amt)
    assert law.deductions.pease_start == start
    assert (law.year, law.origin) == (2026, "counterfactual")


@pytest.mark.parametrize("year", [2026, 2027, 2040, 2060])
@pytest.mark.parametrize("status", FILING_STATUSES)
def test_gains_are_taxed_at_0_and_15_percent_to_the_ends_of_two_brackets(status, year):
    law = law_for(year, status, SUNSET)
    tops = law.brackets.floors[1:]
    assert (law.gains.zero_rate_ceiling, law.gains.middle_rate_ceiling) == (tops[1], tops[5])


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_what_is_not_indexed_is_as_in_2017(status):
    law, then = law_for(2040, status, SUNSET), law_for(2017, status, CURRENT)
    assert law.brackets.rates == then.brackets.rates
    assert law.gains[2:] == then.gains[2:]
    assert law.surtaxes == then.surtaxes
    fixed = {"standard", "aged_or_blind_addition", "pease_start"}
    for name in set(law.deductions._fields) - fixed:
        assert getattr(law.deductions, name) == getattr(then.deductions, name), name
    assert law.exemptions._replace(amount=0.0, phaseout_start=0.0) == then.exemptions._replace(
        amount=0.0, phaseout_start=0.0
    )
    assert law.amt.phaseout_rate == then.amt.phaseout_rate == 0.25


def test_2027_grows_like_the_projected_law_by_the_estimated_index():
    """By hand: 78,750 x 1.39735 x 1.0313 = 113,485.7, to the nearest 100.

    2,000 x 2.665 x 1.0313 = 5,496.8, an increase of 3,496.8 down to 50; 250,000 x 1.36242 x
    1.0313 = 351,265.9, an increase of 101,265.9 down to 50.
    """
    for rate in (0.0, 0.1):
        law = law_for(2027, JOINT, LawChoice(path="sunset", indexing_rate=rate))
        assert law.amt.exemption == 113_500
        assert law.exemptions.amount == 5_450
    assert law_for(2027, "single", SUNSET).exemptions.phaseout_start == 351_250


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_separate_addback_starts_where_the_exemption_is_gone(status):
    law = law_for(2026, status, SUNSET).amt
    if status == SEPARATE:
        assert law.separate_addback_start == 104_800 + 4 * 55_000
        assert law.separate_addback_rate == 0.25
    else:
        assert law.separate_addback_rate == 0


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_amounts_never_fall_and_brackets_stay_in_order(status):
    years = [law_for(year, status, SUNSET) for year in range(2026, last_sunset_year() + 1)]
    for before, after in pairwise(map(indexed_amounts, years)):
        assert all(old <= new for old, new in zip(before, after, strict=True))
    for law in years:
        assert list(law.brackets.floors) == sorted(set(law.brackets.floors))


@pytest.mark.parametrize("year", [2017, 2025])
def test_years_before_2026_are_those_of_the_current_law(year):
    for status in FILING_STATUSES:
        assert law_for(year, status, SUNSET) == law_for(year, status, CURRENT)
