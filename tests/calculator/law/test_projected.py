"""The projected years: what indexing gives, and where it ends."""

from __future__ import annotations

from itertools import pairwise
from math import inf

import pytest

from calculator.law import law_for, published_years
from calculator.law.indexing import indexed_groups
from calculator.law.projected import INDEXING, last_projected_year
from calculator.law.published import published_groups
from calculator.scenario import FILING_STATUSES, LawChoice

CURRENT = LawChoice()
JOINT = "married_filing_jointly"
SEPARATE = "married_filing_separately"
SURVIVING = "qualifying_surviving_spouse"
PROJECTED = range(published_years()[-1] + 1, last_projected_year() + 1)


def indexed_amounts(law):
    return (
        *law.brackets.floors[1:],
        law.gains.zero_rate_ceiling,
        law.gains.middle_rate_ceiling,
        law.deductions.standard,
        law.deductions.aged_or_blind_addition,
        law.amt.exemption,
        law.amt.phaseout_start,
        law.amt.rate_break,
    )


def test_indexing_reproduces_every_published_amount_of_its_anchor_year():
    published = published_groups(2026)
    indexed = indexed_groups(INDEXING, 2026, CURRENT.indexing_rate)
    assert len(indexed) == 8
    for name, by_status in indexed.items():
        for status in FILING_STATUSES:
            assert by_status[status] == published[name][status], (name, status)


# Tops; gains ceilings; standard deduction and addition; exemption, phase-out start, 28% over:
# increase over the statutory base by 1.0313 on 2026, rounded by hand.
EXPECTED_2027 = {
    "single": (
        (12_775, 51_975, 109_000, 208_100, 264_250, 660_650),
        (51_000, 562_600),
        (16_600, 2_100),
        (92_900, 515_650, 252_200),
    ),
    JOINT: (
        (25_550, 103_950, 218_000, 416_200, 528_500, 792_750),
        (102_000, 632_900),
        (33_200, 1_700),
        (144_600, 1_031_300, 252_200),
    ),
    SEPARATE: (
        (12_775, 51_975, 109_000, 208_100, 264_250, 396_375),
        (51_000, 316_450),
        (16_600, 1_700),
        (72_300, 515_650, 126_100),
    ),
    "head_of_household": (
        (18_250, 69_550, 109_000, 208_100, 264_250, 660_650),
        (68_300, 597_750),
        (24_900, 2_100),
        (92_900, 515_650, 252_200),
    ),
    SURVIVING: (
        (25_550, 103_950, 218_000, 416_200, 528_500, 792_750),
        (102_000, 632_900),
        (33_200, 1_700),
        (144_600, 1_031_300, 252_200),
    ),
}


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_2027_is_estimated_from_the_growth_of_its_price_index(status):
    tops, ceilings, deductions, amt = EXPECTED_2027[status]
    expected = (*tops, *ceilings, *deductions, *amt)
    assert indexed_amounts(law_for(2027, status, CURRENT)) == expected


def test_the_indexing_rate_does_not_touch_the_estimated_year():
    assert law_for(2027, "single", LawChoice(indexing_rate=0.10)) == law_for(
        2027, "single", CURRENT
    )


def test_separate_addback_of_2027_starts_where_its_exemption_is_gone():
    law = law_for(2027, SEPARATE, CURRENT).amt
    assert law.separate_addback_start == 515_650 + 72_300 / 0.5
    assert law.separate_addback_rate == 0.5


def test_2028_grows_by_the_indexing_rate():
    """By hand: 70,300 x 1.28123 x 1.0313 x 1.03 = 95,676.4; increase to the nearest 100."""
    law = law_for(2028, "single", LawChoice(indexing_rate=0.03))
    assert law.amt.exemption == 95_700
    # 1,000,000 x 1.0313 x 1.03 = 1,062,239; all but joint returns have half.
    assert law.amt.phaseout_start == 531_100
    # 15,750 x 1.02275 x 1.0313 x 1.03 = 17,110.8
    assert law.deductions.standard == 17_100
    # 9,525 x 1.30238 x 1.0313 x 1.03 = 13,177.1, an increase of 3,652.1
    assert law.brackets.floors[1] == 9_525 + 3_650
    # joint 77,200 x 1.28123 x 1.0313 x 1.03 = 105,067.1, an increase of 27,867.1; half of it
    assert law.gains.zero_rate_ceiling == (77_200 + 27_850) / 2


def test_a_flat_price_index_keeps_the_amounts_of_2027():
    constant = LawChoice(indexing_rate=0.0)
    for status in FILING_STATUSES:
        kept = indexed_amounts(law_for(2060, status, constant))
        assert kept == indexed_amounts(law_for(2027, status, constant))


def test_no_amount_falls_below_its_statutory_base():
    """IRC 1(f)(3): an adjustment is the percentage by which the index exceeds the base's."""
    falling = law_for(2060, "single", LawChoice(indexing_rate=-0.5))
    assert indexed_amounts(falling) == (
        *(9_525, 38_700, 82_500, 157_500, 200_000, 500_000),
        *(38_600, 425_800),
        *(15_750, 750),
        *(70_300, 500_000, 175_000),
    )
    head = law_for(2060, "head_of_household", LawChoice(indexing_rate=-0.5))
    assert head.deductions.standard == 23_625


def test_separate_middle_ceiling_is_half_of_the_joint_one_down_to_50():
    for year in PROJECTED:
        joint = law_for(year, JOINT, CURRENT).gains.middle_rate_ceiling
        separate = law_for(year, SEPARATE, CURRENT).gains.middle_rate_ceiling
        assert separate == joint / 2 - (joint / 2) % 50, year


@pytest.mark.parametrize("rate", [0.001, 0.02, 0.07])
@pytest.mark.parametrize("status", FILING_STATUSES)
def test_indexed_amounts_never_fall_from_2027_on(status, rate):
    choice = LawChoice(indexing_rate=rate)
    years = [indexed_amounts(law_for(year, status, choice)) for year in PROJECTED]
    for before, after in pairwise(years):
        assert all(old <= new for old, new in zip(before, after, strict=True))
    assert all(first < last for first, last in zip(years[0], years[-1], strict=True))


@pytest.mark.parametrize("year", [2027, 2043, 2060])
@pytest.mark.parametrize("status", FILING_STATUSES)
def test_brackets_rise_in_every_projected_year(status, year):
    brackets = law_for(year, status, CURRENT).brackets
    assert list(brackets.floors) == sorted(set(brackets.floors))
    assert brackets.rates == law_for(2026, status, CURRENT).brackets.rates


@pytest.mark.parametrize("year", PROJECTED)
def test_a_projected_year_says_so(year):
    law = law_for(year, "single", CURRENT)
    assert (law.year, law.origin) == (year, "projected")


@pytest.mark.parametrize(
    ("year", "amounts", "separate"),
    [
        (2027, (40_804, 510_050, 0.30, 10_000), (20_402, 255_025, 0.15, 5_000)),
        (2028, (41_212, 515_151, 0.30, 10_000), (20_606, 257_575.5, 0.15, 5_000)),
        (2029, (41_624, 520_302, 0.30, 10_000), (20_812, 260_151, 0.15, 5_000)),
        (2030, (10_000, inf, 0.0, 0), (5_000, inf, 0.0, 0)),
        (2060, (10_000, inf, 0.0, 0), (5_000, inf, 0.0, 0)),
    ],
)
def test_state_and_local_tax_cap_rises_by_a_percent_to_2029_and_then_falls_back(
    year, amounts, separate
):
    """IRC 164(b)(6)-(7)."""
    for status in FILING_STATUSES:
        law = law_for(year, status, CURRENT).deductions
        actual = (
            law.salt_cap,
            law.salt_phasedown_start,
            law.salt_phasedown_rate,
            law.salt_floor,
        )
        assert actual == (separate if status == SEPARATE else amounts), status


def test_the_senior_deduction_ends_after_2028():
    """IRC 151(d)(5)(C)."""
    last, after = (law_for(year, "single", CURRENT).deductions for year in (2028, 2029))
    assert (last.senior, last.senior_phaseout_start, last.senior_phaseout_rate) == (
        *(6_000, 75_000),
        0.06,
    )
    assert (after.senior, after.senior_phaseout_start, after.senior_phaseout_rate) == (0, inf, 0)


def test_what_is_neither_indexed_nor_scheduled_stays():
    for status in FILING_STATUSES:
        law, now = (law_for(year, status, CURRENT) for year in (2060, 2026))
        assert law.surtaxes == now.surtaxes
        assert law.gains[2:] == now.gains[2:]
        assert law.deductions.nonitemizer_gift_cap == now.deductions.nonitemizer_gift_cap
        assert law.deductions.gift_floor_fraction == now.deductions.gift_floor_fraction
        assert law.deductions.itemized_limit_rate == now.deductions.itemized_limit_rate
        assert law.amt.phaseout_rate == now.amt.phaseout_rate


def test_the_itemized_limit_starts_at_the_projected_top_bracket():
    assert law_for(2027, "single", CURRENT).deductions.itemized_limit_start == 660_650
