"""The tables against a second transcription of the amounts that the IRS printed."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest

from calculator.law import law_for, published_years
from calculator.scenario import FILING_STATUSES, LawChoice

CURRENT = LawChoice()
JOINT = "married_filing_jointly"
SEPARATE = "married_filing_separately"
SURVIVING = "qualifying_surviving_spouse"


def rows(text: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, line.split())) for line in text.strip().splitlines()]


BRACKET_TOPS = {
    "single": """
        2017   9325  37950  91900 191650 416700 418400
        2018   9525  38700  82500 157500 200000 500000
        2019   9700  39475  84200 160725 204100 510300
        2020   9875  40125  85525 163300 207350 518400
        2021   9950  40525  86375 164925 209425 523600
        2022  10275  41775  89075 170050 215950 539900
        2023  11000  44725  95375 182100 231250 578125
        2024  11600  47150 100525 191950 243725 609350
        2025  11925  48475 103350 197300 250525 626350
        2026  12400  50400 105700 201775 256225 640600
    """,
    JOINT: """
        2017  18650  75900 153100 233350 416700 470700
        2018  19050  77400 165000 315000 400000 600000
        2019  19400  78950 168400 321450 408200 612350
        2020  19750  80250 171050 326600 414700 622050
        2021  19900  81050 172750 329850 418850 628300
        2022  20550  83550 178150 340100 431900 647850
        2023  22000  89450 190750 364200 462500 693750
        2024  23200  94300 201050 383900 487450 731200
        2025  23850  96950 206700 394600 501050 751600
        2026  24800 100800 211400 403550 512450 768700
    """,
    SEPARATE: """
        2017   9325  37950  76550 116675 208350 235350
        2018   9525  38700  82500 157500 200000 300000
        2019   9700  39475  84200 160725 204100 306175
        2020   9875  40125  85525 163300 207350 311025
        2021   9950  40525  86375 164925 209425 314150
        2022  10275  41775  89075 170050 215950 323925
        2023  11000  44725  95375 182100 231250 346875
        2024  11600  47150 100525 191950 243725 365600
        2025  11925  48475 103350 197300 250525 375800
        2026  12400  50400 105700 201775 256225 384350
    """,
    "head_of_household": """
        2017  13350  50800 131200 212500 416700 444550
        2018  13600  51800  82500 157500 200000 500000
        2019  13850  52850  84200 160700 204100 510300
        2020  14100  53700  85500 163300 207350 518400
        2021  14200  54200  86350 164900 209400 523600
        2022  14650  55900  89050 170050 215950 539900
        2023  15700  59850  95350 182100 231250 578100
        2024  16550  63100 100500 191950 243700 609350
        2025  17000  64850 103350 197300 250500 626350
        2026  17700  67450 105700 201750 256200 640600
    """,
}

# single and separate, joint and surviving, head of household; addition unmarried, married
STANDARD_DEDUCTIONS = """
    2017  6350 12700  9350 1550 1250
    2018 12000 24000 18000 1600 1300
    2019 12200 24400 18350 1650 1300
    2020 12400 24800 18650 1650 1300
    2021 12550 25100 18800 1700 1350
    2022 12950 25900 19400 1750 1400
    2023 13850 27700 20800 1850 1500
    2024 14600 29200 21900 1950 1550
    2025 15750 31500 23625 2000 1600
    2026 16100 32200 24150 2050 1650
"""

# zero-rate and 15% ceilings: single, joint, separate, head of household
GAINS_CEILINGS = """
    2017 37950 418400 75900 470700 37950 235350 50800 444550
    2018 38600 425800 77200 479000 38600 239500 51700 452400
    2019 39375 434550 78750 488850 39375 244425 52750 461700
    2020 40000 441450 80000 496600 40000 248300 53600 469050
    2021 40400 445850 80800 501600 40400 250800 54100 473750
    2022 41675 459750 83350 517200 41675 258600 55800 488500
    2023 44625 492300 89250 553850 44625 276900 59750 523050
    2024 47025 518900 94050 583750 47025 291850 63000 551350
    2025 48350 533400 96700 600050 48350 300000 64750 566700
    2026 49450 545500 98900 613700 49450 306850 66200 579600
"""

# exemption single, joint, separate; phase-out start of the same; percent; phase-out end of the
# same; add-back used up; 28% over; 28% subtrahend
AMT = """
    2017 54300  84500 42250 120700  160900  80450 25 337900  498900 249450  418450 187800 3756
    2018 70300 109400 54700 500000 1000000 500000 25 781200 1437600 718800 937600 191100 3822
    2019 71700 111700 55850 510300 1020600 510300 25 797100 1467400 733700 957100 194800 3896
    2020 72900 113400 56700 518400 1036800 518400 25 810000 1490400 745200 972000 197900 3958
    2021 73600 114600 57300 523600 1047200 523600 25 818000 1505600 752800 982000 199900 3998
    2022 75900 118100 59050 539900 1079800 539900 25 843500 1552200 776100 1012300 206100 4122
    2023 81300 126500 63250 578150 1156300 578150 25 903350 1662300 831150 1084150 220700 4414
    2024 85700 133300 66650 609350 1218700 609350 25 952150 1751900 875950 1142550 232600 4652
    2025 88100 137000 68500 626350 1252700 626350 25 978750 1800700 900350 1174350 239100 4782
    2026 90100 140200 70100 500000 1000000 500000 50 680200 1280400 640200 780400 244500 4890
"""


@pytest.mark.parametrize("status", BRACKET_TOPS)
def test_bracket_tops_are_those_of_the_tax_rate_schedules(status):
    for year, *tops in rows(BRACKET_TOPS[status]):
        assert law_for(year, status, CURRENT).brackets.floors == (0, *tops), year


def test_the_tables_above_cover_every_published_year():
    published = list(published_years())
    for text in (*BRACKET_TOPS.values(), STANDARD_DEDUCTIONS, GAINS_CEILINGS, AMT):
        assert [row[0] for row in rows(text)] == published


@pytest.mark.parametrize("year", published_years())
def test_a_surviving_spouse_has_the_joint_amounts_of_the_income_tax(year):
    joint, surviving = law_for(year, JOINT, CURRENT), law_for(year, SURVIVING, CURRENT)
    assert surviving.brackets == joint.brackets
    assert surviving.gains == joint.gains
    assert surviving.amt == joint.amt
    assert surviving.deductions.standard == joint.deductions.standard


@pytest.mark.parametrize("year", published_years())
def test_rates_have_been_the_same_since_2018(year):
    before = (0.10, 0.15, 0.25, 0.28, 0.33, 0.35, 0.396)
    since = (0.10, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37)
    for status in FILING_STATUSES:
        law = law_for(year, status, CURRENT)
        assert law.brackets.rates == (before if year == 2017 else since)
        assert law.gains[2:8] == (0.0, 0.15, 0.20, 0.25, 0.28, True)
        assert (law.amt.low_rate, law.amt.high_rate) == (0.26, 0.28)
        assert law.surtaxes.net_investment_income_rate == 0.038
        assert law.surtaxes.additional_medicare_rate == 0.009


@pytest.mark.parametrize("row", rows(STANDARD_DEDUCTIONS), ids=lambda row: str(row[0]))
def test_standard_deductions_are_as_printed(row):
    year, single, joint, head, unmarried, married = row
    expected = {
        "single": (single, unmarried),
        JOINT: (joint, married),
        SEPARATE: (single, married),
        "head_of_household": (head, unmarried),
        SURVIVING: (joint, married),
    }
    for status, amounts in expected.items():
        law = law_for(year, status, CURRENT).deductions
        assert (law.standard, law.aged_or_blind_addition) == amounts, status


@pytest.mark.parametrize("row", rows(GAINS_CEILINGS), ids=lambda row: str(row[0]))
def test_gains_ceilings_are_as_printed(row):
    year, *ceilings = row
    for i, status in enumerate(("single", JOINT, SEPARATE, "head_of_household")):
        law = law_for(year, status, CURRENT).gains
        expected = tuple(ceilings[2 * i : 2 * i + 2])
        assert (law.zero_rate_ceiling, law.middle_rate_ceiling) == expected, status


@pytest.mark.parametrize("row", rows(AMT), ids=lambda row: str(row[0]))
def test_amt_amounts_are_as_printed(row):
    year, *amounts, percent, _, _, _, _, rate_break, _ = row
    statuses = {"single": 0, "head_of_household": 0, JOINT: 1, SURVIVING: 1, SEPARATE: 2}
    for status, column in statuses.items():
        law = law_for(year, status, CURRENT).amt
        assert law.exemption == amounts[column], status
        assert law.phaseout_start == amounts[column + 3], status
        assert law.phaseout_rate == percent / 100, status
        assert law.rate_break == (rate_break / 2 if status == SEPARATE else rate_break), status


@pytest.mark.parametrize("row", rows(AMT), ids=lambda row: str(row[0]))
def test_exemption_is_gone_at_the_printed_end_of_the_phaseout(row):
    year, *ends = row[0], *row[8:11]
    for status, end in zip(("single", JOINT, SEPARATE), ends, strict=True):
        law = law_for(year, status, CURRENT).amt
        assert law.phaseout_start + law.exemption / law.phaseout_rate == end, status


@pytest.mark.parametrize("row", rows(AMT), ids=lambda row: str(row[0]))
def test_separate_addback_runs_between_the_printed_amounts(row):
    """Form 6251 instructions, line 4."""
    year, start, used_up = row[0], row[10], row[11]
    law = law_for(year, SEPARATE, CURRENT).amt
    assert law.separate_addback_start == start
    assert law.separate_addback_start + law.exemption / law.separate_addback_rate == used_up


@pytest.mark.parametrize("row", rows(AMT), ids=lambda row: str(row[0]))
def test_rate_break_gives_the_printed_subtrahend(row):
    """Form 6251, line 7: 28% less 3,822 for 2018."""
    law = law_for(row[0], "single", CURRENT).amt
    assert law.rate_break * (law.high_rate - law.low_rate) == pytest.approx(row[13])


@pytest.mark.parametrize("year", published_years())
def test_only_the_separate_return_has_an_addback(year):
    for status in FILING_STATUSES:
        if status != SEPARATE:
            law = law_for(year, status, CURRENT).amt
            assert (law.separate_addback_start, law.separate_addback_rate) == (inf, 0.0)


@pytest.mark.parametrize(
    ("year", "amounts", "separate"),
    [
        (2017, (inf, inf, 0.0, 0), (inf, inf, 0.0, 0)),
        (2018, (10_000, inf, 0.0, 0), (5_000, inf, 0.0, 0)),
        (2024, (10_000, inf, 0.0, 0), (5_000, inf, 0.0, 0)),
        (2025, (40_000, 500_000, 0.30, 10_000), (20_000, 250_000, 0.15, 5_000)),
        (2026, (40_400, 505_000, 0.30, 10_000), (20_200, 252_500, 0.15, 5_000)),
    ],
)
def test_state_and_local_tax_cap(year, amounts, separate):
    """IRC 164(b)(6)-(7)."""
    for status in FILING_STATUSES:
        law = law_for(year, status, CURRENT).deductions
        expected = separate if status == SEPARATE else amounts
        actual = (
            law.salt_cap,
            law.salt_phasedown_start,
            law.salt_phasedown_rate,
            law.salt_floor,
        )
        assert actual == expected, status


def test_there_is_no_senior_deduction_before_2025():
    for status in FILING_STATUSES:
        law = law_for(2024, status, CURRENT).deductions
        assert (law.senior, law.senior_phaseout_start, law.senior_phaseout_rate) == (0, inf, 0)


@pytest.mark.parametrize("year", [2025, 2026])
def test_senior_deduction(year):
    """IRC 151(d)(5)(C): 6,000, from 75,000 or jointly 150,000; none on a separate return."""
    expected = dict.fromkeys(FILING_STATUSES, (6_000, 75_000, 0.06))
    expected[JOINT] = (6_000, 150_000, 0.06)
    for status in FILING_STATUSES:
        law = law_for(year, status, CURRENT).deductions
        if status == SEPARATE:
            assert law.senior == 0
        else:
            actual = (law.senior, law.senior_phaseout_start, law.senior_phaseout_rate)
            assert actual == expected[status], status


@pytest.mark.parametrize(
    ("year", "single", "joint", "separate", "above_the_line"),
    [
        (2017, 0, 0, 0, False),
        (2018, 0, 0, 0, False),
        (2019, 0, 0, 0, False),
        (2020, 300, 300, 150, True),
        (2021, 300, 600, 300, False),
        (2022, 0, 0, 0, False),
        (2025, 0, 0, 0, False),
        (2026, 1_000, 2_000, 1_000, False),
    ],
)
def test_gifts_of_nonitemizers(year, single, joint, separate, above_the_line):
    expected = dict.fromkeys(FILING_STATUSES, single) | {JOINT: joint, SEPARATE: separate}
    for status in FILING_STATUSES:
        law = law_for(year, status, CURRENT).deductions
        assert law.nonitemizer_gift_cap == expected[status], status
        assert law.nonitemizer_gift_above_the_line is above_the_line, status


@pytest.mark.parametrize("year", published_years())
def test_gifts_are_limited_by_income(year):
    law = law_for(year, "single", CURRENT).deductions
    ceilings = {2017: 0.5, 2020: 1.0, 2021: 1.0}
    assert law.gift_ceiling_fraction == ceilings.get(year, 0.6)
    assert law.gift_floor_fraction == (0.005 if year >= 2026 else 0.0)


def test_itemized_deductions_are_limited_by_two_thirty_sevenths_from_the_top_bracket_in_2026():
    """IRC 68."""
    tops = {"single": 640_600, JOINT: 768_700, SEPARATE: 384_350}
    for status, top in tops.items():
        law = law_for(2026, status, CURRENT).deductions
        assert law.itemized_limit_rate == float(Fraction(2, 37))
        assert law.itemized_limit_start == top


@pytest.mark.parametrize("year", range(2017, 2026))
def test_itemized_deductions_are_not_limited_in_the_top_bracket_before_2026(year):
    law = law_for(year, "single", CURRENT).deductions
    assert (law.itemized_limit_rate, law.itemized_limit_start) == (0.0, inf)


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_exemptions_and_itemized_deductions_of_2017_are_limited_from_the_same_income(status):
    """Rev. Proc. 2016-55; IRC 68(b), 151(d)(3)."""
    starts = {"single": 261_500, SEPARATE: 156_900, "head_of_household": 287_650}
    start = starts.get(status, 313_800)
    law = law_for(2017, status, CURRENT)
    assert law.exemptions == (
        4_050,
        2 if status == JOINT else 1,
        start,
        1_250 if status == SEPARATE else 2_500,
        0.02,
    )
    assert law.deductions.pease_start == start
    assert (law.deductions.pease_rate, law.deductions.pease_ceiling) == (0.03, 0.8)


@pytest.mark.parametrize("year", published_years()[1:])
def test_neither_exemptions_nor_their_phaseouts_have_been_there_since_2018(year):
    law = law_for(year, "single", CURRENT)
    assert law.exemptions == (0.0, 0.0, inf, inf, 0.0)
    assert (law.deductions.pease_rate, law.deductions.pease_start) == (0.0, inf)


@pytest.mark.parametrize("year", published_years())
def test_business_income_is_deducted_since_2018(year):
    assert law_for(year, "single", CURRENT).deductions.business_income_deduction is (year >= 2018)


@pytest.mark.parametrize("year", published_years())
def test_fixed_thresholds(year):
    """IRC 1211(b), 1411(b), 3101(b)(2): a surviving spouse is not joint for Medicare."""
    expected = {
        "single": (3_000, 200_000, 200_000),
        JOINT: (3_000, 250_000, 250_000),
        SEPARATE: (1_500, 125_000, 125_000),
        "head_of_household": (3_000, 200_000, 200_000),
        SURVIVING: (3_000, 250_000, 200_000),
    }
    for status, amounts in expected.items():
        law = law_for(year, status, CURRENT)
        actual = (
            law.gains.loss_limit,
            law.surtaxes.net_investment_income_threshold,
            law.surtaxes.additional_medicare_threshold,
        )
        assert actual == amounts, status


@pytest.mark.parametrize("status", FILING_STATUSES)
def test_every_parameter_is_a_float_so_that_forms_stay_on_their_fast_path(status):
    law = law_for(2026, status, CURRENT)
    flags = {
        "special_rates",
        "allowed",
        "nonitemizer_gift_above_the_line",
        "business_income_deduction",
    }
    for part in (law.gains, law.deductions, law.exemptions, law.amt, law.surtaxes):
        for name, value in part._asdict().items():
            assert type(value) is (bool if name in flags else float), name
