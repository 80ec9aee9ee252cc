"""Where the law bends: one dollar or day before, there, and one after."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from calculator.equity.holding_period import anniversary, is_long_term, is_qualifying
from tests.calculator.builders import (
    Document,
    a_year,
    an_iso_exercise,
    result_of,
    year_of,
    years_from,
)

SINGLE, JOINT, SEPARATE = "single", "married_filing_jointly", "married_filing_separately"


def with_income(amti: float, year: int, status: str) -> dict[str, Any]:
    """The year of a household with the standard deduction, so that AMTI is its wages."""
    return year_of(a_year(year, status, wages=amti, deduction="standard"))


def beside(edge: float, *amounts: float) -> list[object]:
    """An expectation for one dollar less than an edge, the edge, and one dollar more."""
    words = ("a dollar below", "at the edge", "a dollar above")
    incomes = (edge - 1, edge, edge + 1)
    return [
        pytest.param(income, amount, id=f"{word} {edge:,.0f}")
        for income, amount, word in zip(incomes, amounts, words, strict=True)
    ]


@pytest.mark.parametrize(
    ("year", "status", "start", "exemption", "rate"),
    [
        (2025, SINGLE, 626_350, 88_100, 0.25),
        (2025, JOINT, 1_252_700, 137_000, 0.25),
        (2025, SEPARATE, 626_350, 68_500, 0.25),
        (2026, SINGLE, 500_000, 90_100, 0.50),
        (2026, JOINT, 1_000_000, 140_200, 0.50),
        (2026, SEPARATE, 500_000, 70_100, 0.50),
    ],
)
def test_the_exemption_begins_to_phase_out_at_the_start(
    year: int, status: str, start: float, exemption: float, rate: float
) -> None:
    left = [with_income(start + over, year, status)["amt_exemption"] for over in (-1, 0, 1)]

    assert left == pytest.approx([exemption, exemption, exemption - rate])


@pytest.mark.parametrize(
    ("year", "status", "end", "rate"),
    [
        (2025, SINGLE, 978_750, 0.25),
        (2025, JOINT, 1_800_700, 0.25),
        (2025, SEPARATE, 900_350, 0.25),
        (2026, SINGLE, 680_200, 0.50),
        (2026, JOINT, 1_280_400, 0.50),
        (2026, SEPARATE, 640_200, 0.50),
    ],
)
def test_the_exemption_is_gone_at_the_end_of_its_phaseout(
    year: int, status: str, end: float, rate: float
) -> None:
    left = [with_income(end + over, year, status)["amt_exemption"] for over in (-1, 0, 1)]

    assert left == pytest.approx([rate, 0, 0])


@pytest.mark.parametrize(
    ("income", "added"),
    [*beside(900_350, 0, 0, 0.25), *beside(1_174_350, 68_499.75, 68_500, 68_500)],
)
def test_separate_returns_of_2025_add_a_quarter_back_to_amti(income: float, added: float) -> None:
    year = with_income(income, 2025, SEPARATE)

    assert year["amti"] - income == pytest.approx(added)


@pytest.mark.parametrize(
    ("income", "added"),
    [*beside(640_200, 0, 0, 0.50), *beside(780_400, 70_099.50, 70_100, 70_100)],
)
def test_separate_returns_of_2026_add_half_back_to_amti(income: float, added: float) -> None:
    year = with_income(income, 2026, SEPARATE)

    assert year["amti"] - income == pytest.approx(added)


@pytest.mark.parametrize(("income", "tax"), beside(327_200, 62_165.74, 62_166, 62_166.28))
def test_28_percent_begin_239_100_above_the_exemption_in_2025(income: float, tax: float) -> None:
    assert with_income(income, 2025, SINGLE)["tentative_minimum_tax"] == pytest.approx(tax)


@pytest.mark.parametrize(("income", "tax"), beside(188_050, 31_082.74, 31_083, 31_083.28))
def test_28_percent_begin_at_half_of_that_on_separate_returns(income: float, tax: float) -> None:
    assert with_income(income, 2025, SEPARATE)["tentative_minimum_tax"] == pytest.approx(tax)


@pytest.mark.parametrize(
    ("status", "loss", "allowed"),
    [
        (SINGLE, 2_999, 2_999),
        (SINGLE, 3_000, 3_000),
        (SINGLE, 3_001, 3_000),
        (JOINT, 3_001, 3_000),
        (SEPARATE, 1_499, 1_499),
        (SEPARATE, 1_500, 1_500),
        (SEPARATE, 1_501, 1_500),
    ],
)
@pytest.mark.parametrize("term", ["short_term", "long_term"])
def test_a_net_capital_loss_is_deducted_up_to_its_limit(
    status: str, loss: float, allowed: float, term: str
) -> None:
    year = year_of(a_year(2025, status, wages=100_000))
    with_loss = year_of(a_year(2025, status, wages=100_000, **{f"{term}_gain": -loss}))

    income = year["adjusted_gross_income"] - with_loss["adjusted_gross_income"]
    assert income == pytest.approx(allowed)
    assert with_loss["capital_loss_carryforward"][term] == pytest.approx(loss - allowed)
    assert with_loss["amt_capital_loss_carryforward"][term] == pytest.approx(loss - allowed)


def test_an_amt_loss_is_limited_by_itself() -> None:
    sale = {"id": "s1", "from": "e1", "date": "2028-02-01", "shares": 1_000, "price": 11}
    exercise = an_iso_exercise(shares=1_000, strike=1, value=21)

    year = year_of(years_from(2026, {}, {}, {"wages": 90_000}, **exercise, sales=[sale]), 2028)

    assert year["forms"]["form_6251"]["2k"] == pytest.approx(-3_000 - 10_000)
    assert year["amt_capital_loss_carryforward"]["long_term"] == pytest.approx(7_000)
    assert year["capital_loss_carryforward"]["long_term"] == 0


@pytest.mark.parametrize(
    ("grant", "exercise", "sale", "qualifies"),
    [
        pytest.param("2022-05-10", "2022-06-01", "2024-05-09", False, id="day before two years"),
        pytest.param("2022-05-10", "2022-06-01", "2024-05-10", False, id="two years to the day"),
        pytest.param("2022-05-10", "2022-06-01", "2024-05-11", True, id="two years and a day"),
        pytest.param("2020-05-10", "2023-06-01", "2024-05-31", False, id="day before one year"),
        pytest.param("2020-05-10", "2023-06-01", "2024-06-01", False, id="one year to the day"),
        pytest.param("2020-05-10", "2023-06-01", "2024-06-02", True, id="one year and a day"),
        pytest.param("2024-02-29", "2024-03-01", "2026-02-28", False, id="leap grant, 28th"),
        pytest.param("2024-02-29", "2024-03-01", "2026-03-01", True, id="leap grant, 1 March"),
        pytest.param("2024-02-29", "2025-03-01", "2026-03-01", False, id="only the grant is old"),
        pytest.param("2020-01-01", "2024-02-29", "2025-02-28", False, id="leap exercise, 28th"),
        pytest.param("2020-01-01", "2024-02-29", "2025-03-01", True, id="leap exercise, 1 March"),
        pytest.param("2020-02-29", "2021-01-01", "2022-02-28", False, id="leap to common year"),
        pytest.param("2022-02-28", "2022-03-01", "2024-02-29", True, id="29th after the 28th"),
        pytest.param("2022-02-28", "2022-03-01", "2024-02-28", False, id="28th after the 28th"),
    ],
)
def test_a_sale_qualifies_the_day_after_both_anniversaries(
    grant: str, exercise: str, sale: str, qualifies: bool
) -> None:
    days = map(datetime.date.fromisoformat, (grant, exercise, sale))

    assert is_qualifying(*days) is qualifies


@pytest.mark.parametrize(
    ("acquired", "sold", "long"),
    [
        ("2023-06-01", "2024-06-01", False),
        ("2023-06-01", "2024-06-02", True),
        ("2024-02-29", "2025-02-28", False),
        ("2024-02-29", "2025-03-01", True),
        ("2023-02-28", "2024-02-28", False),
        ("2023-02-28", "2024-02-29", True),
    ],
)
def test_a_holding_is_long_term_the_day_after_its_anniversary(
    acquired: str, sold: str, long: bool
) -> None:
    days = map(datetime.date.fromisoformat, (acquired, sold))

    assert is_long_term(*days) is long


def test_the_anniversary_of_a_leap_day_is_the_28th_where_there_is_no_29th() -> None:
    leap_day = datetime.date(2024, 2, 29)

    assert anniversary(leap_day, 1) == datetime.date(2025, 2, 28)
    assert anniversary(leap_day, 4) == datetime.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("sold", "disposition"),
    [
        ("2026-12-31", "disqualifying_same_year"),
        ("2027-01-01", "disqualifying"),
        ("2027-01-15", "disqualifying"),
        ("2027-01-16", "qualifying"),
    ],
)
def test_a_disposition_turns_with_the_calendar_year_and_the_anniversary(
    sold: str, disposition: str
) -> None:
    sale = {"id": "s1", "from": "e1", "date": sold, "shares": 10_000, "price": 30}

    years = result_of(years_from(2026, {}, {}, **an_iso_exercise(), sales=[sale]))["years"]

    (found,) = [each for year in years for each in year["equity"]["sales"]]
    assert found["disposition"] == disposition


def test_a_tie_of_both_deductions_takes_the_standard_one() -> None:
    year = year_of(a_year(2025, wages=90_000, itemized={"mortgage_interest": 15_750}))

    assert year["deduction"]["kind"] == "standard"


@pytest.mark.parametrize(("interest", "kind"), [(17_000, "standard"), (18_000, "itemized")])
def test_gifts_beside_the_standard_deduction_count_in_the_comparison(
    interest: float, kind: str
) -> None:
    # 2026: 16,100 and 1,000 of gifts, against the interest and gifts of 1,000 less 500.
    itemized = {"mortgage_interest": interest - 500, "charitable_gifts": 1_000}
    year = year_of(a_year(2026, wages=100_000, itemized=itemized))

    assert year["deduction"]["kind"] == kind


@pytest.mark.parametrize(("income", "agi"), [(-1_000, -1_000), (0, 0), (100, 0), (1_000, 700)])
def test_gifts_above_the_line_are_within_income(income: float, agi: float) -> None:
    facts = {"other_income": income, "itemized": {"charitable_gifts": 900}}

    assert year_of(a_year(2020, **facts))["adjusted_gross_income"] == agi


def test_section_68_looks_at_income_after_other_deductions() -> None:
    # 650,000 less 3,000 and 2,000 is 4,400 over 640,600.
    year = year_of(
        a_year(
            2026,
            wages=650_000,
            itemized={"mortgage_interest": 100_000},
            qualified_business_income_deduction=3_000,
            schedule_1a_deductions=2_000,
        )
    )

    assert year["deduction"]["amount"] == pytest.approx(100_000 - 4_400 * 2 / 37)


def test_28_percent_gain_without_any_long_term_gain_is_none() -> None:
    year = year_of(a_year(2025, wages=100_000, long_term_gain=0, collectibles_gain=5_000))

    assert year["forms"]["schedule_d"]["18"] == 0
    assert "schedule_d_tax_worksheet" not in year["forms"]


def flat(**rates: float) -> Document:
    return {"law": {"path": "flat", "flat": rates}}


def test_line_8_is_blank_where_both_taxes_are_the_same() -> None:
    rates = flat(ordinary_rate=0.28, amt_rate=0.28)
    year = year_of(a_year(2025, wages=100_000, amt_foreign_tax_credit=1_000) | rates)

    assert year["tentative_minimum_tax"] == pytest.approx(28_000)


def test_the_flat_model_taxes_gain_at_its_rate_even_where_the_others_are_lower() -> None:
    rates = flat(ordinary_rate=0.2, long_term_gain_rate=0.3, amt_rate=0.2)
    year = year_of(a_year(2025, long_term_gain=100_000) | rates)

    assert year["regular_tax"] == pytest.approx(30_000)
    assert year["tentative_minimum_tax"] == pytest.approx(30_000)
    assert "schedule_a" not in year["forms"]


@pytest.mark.parametrize(("interest", "kind"), [(12_350, "standard"), (12_450, "itemized")])
def test_gifts_above_the_line_count_in_the_comparison(interest: float, kind: str) -> None:
    # 2020: 12,400 and 300 above the line, against the interest and 300.
    itemized = {"mortgage_interest": interest, "charitable_gifts": 300}
    year = year_of(a_year(2020, wages=100_000, itemized=itemized))

    assert year["deduction"]["kind"] == kind
