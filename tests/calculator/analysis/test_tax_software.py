"""What is typed into a tax program: the figures of the papers, and what mistakes would change."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.analysis.tax_software import tax_software
from calculator.analysis.tax_software.sheet import CHECK, TYPE, Entry, Mistake, YearSheet
from tests.calculator.builders import Document, an_iso_exercise, result_of, years_from
from tests.calculator.households import household, structure
from tests.calculator.test_vesting import early_exercise

# Victor Ash of the Form 6251 instructions, line 2k: 200 shares exercised at $100 and worth $1,000;
# 100 sold at $750 too early, 100 at $600 long enough after.
ASH = years_from(
    2022,
    {"wages": 200_000},
    {"wages": 200_000},
    {"wages": 200_000},
    grants=[{"id": "g1", "kind": "iso", "date": "2021-01-03", "shares": 200, "strike": 100}],
    exercises=[
        {
            "id": "e1",
            "grant": "g1",
            "date": "2022-03-13",
            "shares": 200,
            "fair_market_value": 1_000,
        }
    ],
    sales=[
        {"id": "s1", "from": "e1", "date": "2023-01-18", "shares": 100, "price": 750},
        {"id": "s2", "from": "e1", "date": "2023-06-14", "shares": 100, "price": 600},
    ],
)


def sheet_of(document: Document, year: int) -> YearSheet:
    (sheet,) = tax_software(parse_scenario(document), only=year).years
    return sheet


def values(sheet: YearSheet, section: str, of: str = "") -> dict[tuple[str, str], Any]:
    """The values of a section by place and caption; those of one exercise or sale only."""
    return {
        (entry.place, entry.caption): entry.value
        for part, group, entry in sheet.entries()
        if part.kind == section and of in ("", group.of)
    }


def at(sheet: YearSheet, section: str, place: str, of: str = "") -> list[Any]:
    return [value for (where, _), value in values(sheet, section, of).items() if where == place]


def mistakes(sheet: YearSheet) -> dict[str, Mistake]:
    return {each.kind: each for section in sheet.sections for each in section.mistakes}


def filed(document: Document) -> Document:
    return document | {"method": {"figures": "as_filed"}}


def tax_of(document: Document, year: int) -> float:
    (found,) = [y for y in result_of(filed(document))["years"] if y["year"] == year]
    return float(found["federal_tax"])


def test_form_3921_is_typed_as_it_is_and_gives_the_adjustment() -> None:
    # Form 6251 instructions, line 2i: 100 shares at $10, worth $25 each: an adjustment of $1,500.
    document = years_from(2025, {}, **an_iso_exercise(shares=100, strike=10, value=25, year=2025))

    sheet = sheet_of(document, 2025)

    assert at(sheet, "exercises", "Box 1") == [date(2022, 1, 5)]
    assert at(sheet, "exercises", "Box 2") == [date(2025, 1, 15)]
    assert at(sheet, "exercises", "Box 3") == [10]
    assert at(sheet, "exercises", "Box 4") == [25]
    assert at(sheet, "exercises", "Box 5") == [100]
    assert at(sheet, "exercises", "Form 6251, 2i") == [1_500]


def test_a_disqualifying_sale_is_corrected_with_code_b() -> None:
    # Sold for $75,000, paid $10,000, $65,000 of it wages: no gain for regular tax.
    sheet = sheet_of(ASH, 2023)

    assert at(sheet, "sales", "(d)", "s1") == [75_000]
    assert at(sheet, "sales", "(e)", "s1") == [10_000, 75_000]
    assert at(sheet, "sales", "(f)", "s1") == ["B"]
    assert at(sheet, "sales", "(g)", "s1") == [-65_000, 0]
    assert at(sheet, "sales", "(h)", "s1") == [0]
    assert at(sheet, "sales", "AMT", "s1") == [100_000, -25_000]
    assert at(sheet, "sales", "W-2", "s1") == [65_000]
    assert at(sheet, "wages", "Box 1") == [65_000]


def test_a_qualifying_sale_has_two_bases_and_no_code() -> None:
    sheet = sheet_of(ASH, 2023)

    assert at(sheet, "sales", "(e)", "s2") == [10_000]
    assert at(sheet, "sales", "(f)", "s2") == []
    assert at(sheet, "sales", "(h)", "s2") == [50_000]
    assert at(sheet, "sales", "AMT", "s2") == [100_000, -40_000]


def test_the_losses_of_both_systems_are_typed_as_positive_numbers() -> None:
    sheet = sheet_of(ASH, 2024)

    assert at(sheet, "carryovers", "Schedule D, 14") == [0]
    assert at(sheet, "carryovers", "AMT Schedule D, 6") == [22_000]
    assert at(sheet, "carryovers", "AMT Schedule D, 14") == [40_000]


def test_a_loss_that_is_not_allowed_has_code_w() -> None:
    document = copy.deepcopy(ASH)
    document["sales"][1] |= {"price": 50, "loss_recognized": False}

    sheet = sheet_of(document, 2023)

    assert at(sheet, "sales", "(f)", "s2") == ["W"]
    assert at(sheet, "sales", "(g)", "s2") == [5_000]
    assert at(sheet, "sales", "(h)", "s2") == [0]


def test_shares_are_counted_as_on_the_papers_of_their_day() -> None:
    document = copy.deepcopy(ASH)
    document["splits"] = [{"id": "x1", "date": "2022-10-01", "ratio": 10}]
    for sale in document["sales"]:
        sale |= {"shares": 1_000, "price": sale["price"] / 10}

    exercised, sold = sheet_of(document, 2022), sheet_of(document, 2023)

    assert at(exercised, "exercises", "Box 3") == [100]
    assert at(exercised, "exercises", "Box 5") == [200]
    assert at(exercised, "exercises", "Kept") == [2_000]
    assert at(exercised, "exercises", "Form 6251, 2i") == [180_000]
    assert at(sold, "sales", "(a)", "s1") == [1_000]
    assert at(sold, "sales", "(e)", "s1") == [10_000, 75_000]


def test_only_shares_kept_to_the_end_of_the_year_are_adjusted() -> None:
    document = copy.deepcopy(ASH)
    document["sales"] = [
        {"id": "s1", "from": "e1", "date": "2022-06-01", "shares": 50, "price": 1_200},
        {"id": "s2", "from": "e1", "date": "2022-08-01", "shares": 50, "price": 1_200},
    ]

    sheet = sheet_of(document, 2022)
    found = mistakes(sheet)

    assert at(sheet, "exercises", "Form 6251, 2i") == [90_000]
    assert (found["sold_shares_counted"].right, found["sold_shares_counted"].wrong) == (
        90_000,
        180_000,
    )
    # Two entries of the whole exercise, each with 150 shares kept: 300 x 900.
    assert found["exercise_entered_again"].wrong == 270_000


def test_what_vests_later_is_typed_in_its_own_year() -> None:
    document = early_exercise()
    equity = {
        y["year"]: y["equity"]["bargain_element"] for y in result_of(filed(document))["years"]
    }

    for year, adjustment in equity.items():
        sheet = sheet_of(document, year)
        assert sum(at(sheet, "exercises", "Form 6251, 2i")) == adjustment
        by_hand = [e.how for s, _, e in sheet.entries() if e.place == "Form 6251, 2i"]
        assert set(by_hand) <= {TYPE}


def test_nonstatutory_options_are_wages_and_basis() -> None:
    document = years_from(
        2025,
        {"wages": 100_000},
        grants=[{"id": "g", "kind": "nso", "date": "2022-01-01", "shares": 100, "strike": 10}],
        exercises=[
            {"id": "e", "grant": "g", "date": "2025-02-01", "shares": 100, "fair_market_value": 30}
        ],
        sales=[{"id": "s", "from": "e", "date": "2025-03-01", "shares": 100, "price": 31}],
    )

    sheet = sheet_of(document, 2025)

    assert at(sheet, "wages", "Box 1") == [2_000]
    assert values(sheet, "exercises") == {}
    assert at(sheet, "sales", "(e)") == [1_000, 3_000]
    assert at(sheet, "sales", "(g)") == [-2_000, 0]
    assert at(sheet, "sales", "(h)") == [100]
    assert at(sheet, "sales", "AMT") == []


def test_last_years_form_6251_is_what_form_8801_asks_for() -> None:
    document = years_from(2026, {"wages": 200_000}, {"wages": 200_000}, **an_iso_exercise())
    lines = result_of(filed(document))["years"][0]["forms"]["form_6251"]

    sheet = sheet_of(document, 2027)

    typed = {
        entry.place: entry.value
        for _, group, entry in sheet.entries()
        if group.kind == "last_years_form_6251"
    }
    assert typed["Line 1b"] == lines["1b"]
    assert typed["Line 2a"] == lines["2a"]
    assert typed["Line 10"] == lines["10"]
    assert typed["Line 11"] == lines["11"]


def test_line_1_has_the_number_of_its_year() -> None:
    places = [e.place for _, _, e in sheet_of(ASH, 2024).entries()]

    assert "Line 1" in places
    assert "Line 1b" not in places


def test_a_year_without_credit_has_no_form_8801() -> None:
    kinds = [s.kind for s in sheet_of(years_from(2025, {"wages": 90_000}), 2025).sections]

    assert kinds == ["form_6251"]


def test_the_flat_model_has_nothing_to_type() -> None:
    assert tax_software(parse_scenario(ASH | {"law": {"path": "flat"}})).years == ()


def test_other_years_are_refused() -> None:
    with pytest.raises(InvalidScenario, match="1999"):
        tax_software(parse_scenario(ASH), only=1999)


def test_a_batch_is_refused() -> None:
    document = copy.deepcopy(ASH)
    document["sales"][0]["price"] = np.array([1.0, 2.0])

    with pytest.raises(InvalidScenario):
        tax_software(parse_scenario(document))


def test_what_matters_for_amt_is_typed_from_its_papers() -> None:
    # 2026: 2/37 of the deductions of somebody in the 37% bracket are cut, and given back on line 3.
    document = years_from(
        2026,
        {
            "wages": 2_000_000,
            "deduction": "itemized",
            "itemized": {"mortgage_interest": 37_000},
            "private_activity_bond_interest": 900,
            "state_tax_refund": 700,
            "other_amt_deferral_items": 5_000,
            "foreign_tax_credit": 400,
            "amt_foreign_tax_credit": 300,
        },
    )

    sheet = sheet_of(document, 2026)

    assert at(sheet, "items", "1099-INT, box 9") == [900]
    assert at(sheet, "items", "1099-G, box 2") == [700]
    assert at(sheet, "items", "Form 6251, 3") == [5_000, -2_000]
    assert at(sheet, "items", "Form 1116") == [400]
    assert at(sheet, "items", "Form 1116 for AMT") == [300]


# What a mistake changes: the same scenario with the mistake typed into it.

TWO_BASES = years_from(
    2025,
    {"wages": 250_000},
    opening={
        "minimum_tax_credit": 60_000,
        "capital_loss": {"short_term": 0, "long_term": 2_000},
        "amt_capital_loss": {"short_term": 0, "long_term": 50_000},
    },
    holdings=[
        {"id": "h1", "acquired": "2020-01-01", "shares": 1_000, "basis": 1, "amt_basis": 150}
    ],
    sales=[{"id": "s1", "from": "h1", "date": "2025-05-05", "shares": 1_000, "price": 100}],
)


def with_basis(basis: float, amt_basis: float) -> Document:
    document = copy.deepcopy(TWO_BASES)
    document["holdings"][0] |= {"basis": basis, "amt_basis": amt_basis}
    return document


def with_amt_loss(long_term: float) -> Document:
    document = copy.deepcopy(TWO_BASES)
    document["opening"]["amt_capital_loss"]["long_term"] = long_term
    return document


@pytest.mark.parametrize(
    ("kind", "as_entered"),
    [
        ("amt_basis_as_basis", with_basis(150, 150)),
        ("no_amt_carryover", with_amt_loss(0)),
        ("amt_carryover_as_regular", with_amt_loss(2_000)),
        ("amt_carryover_at_the_limit", with_amt_loss(3_000)),
        (
            "no_form_8801",
            TWO_BASES | {"opening": TWO_BASES["opening"] | {"minimum_tax_credit": 0}},
        ),
    ],
)
def test_a_mistake_costs_what_the_return_with_it_does(kind: str, as_entered: Document) -> None:
    found = mistakes(sheet_of(TWO_BASES, 2025))

    assert found[kind].tax == tax_of(as_entered, 2025) - tax_of(TWO_BASES, 2025)


def test_without_amt_basis_line_2k_stays_zero() -> None:
    # With the regular basis and the regular carryover in both systems line 2k is zero.
    as_entered = with_basis(1, 1)
    as_entered["opening"]["amt_capital_loss"] = as_entered["opening"]["capital_loss"]
    result = evaluate(parse_scenario(filed(as_entered))).years[0]
    assert result.forms.form_6251.part_i.disposition_difference == 0

    found = mistakes(sheet_of(TWO_BASES, 2025))["no_amt_basis"]

    assert found.tax == result.federal_tax - tax_of(TWO_BASES, 2025)
    # Regular: 99,000 - 2,000; AMT: -50,000 - 50,000, of which 3,000 count.
    assert found.right == -3_000 - 97_000


def test_the_limit_is_neither_a_cap_of_line_2k_nor_left_out_of_it() -> None:
    found = mistakes(sheet_of(ASH, 2023))

    assert found["limit_as_cap"].right == -118_000
    assert found["limit_as_cap"].wrong == -3_000
    # -65,000 of wages, and -65,000 - 50,000 of gain: 180,000 in all, which is line 2i of 2022.
    assert found["limit_left_out"].wrong == -180_000
    assert found["adjustment_twice"].wrong == -236_000


def test_wages_left_out_of_the_basis_are_taxed_again() -> None:
    found = mistakes(sheet_of(ASH, 2023))["wages_taxed_twice"]

    assert (found.wrong, found.right) == (10_000, 75_000)
    assert found.tax is not None
    assert found.tax > 0


# All of it, over random households.


@pytest.mark.parametrize("seed", range(12))
def test_rows_add_up_to_both_schedules_and_lines_are_those_of_the_return(seed: int) -> None:
    random = np.random.default_rng(seed)
    common = structure("married_filing_jointly", 2025, ("larger", "standard", "itemized"))
    document = household(random, common)
    document["splits"] = [{"id": "x", "date": "2026-07-01", "ratio": 1.0}]
    scenario = parse_scenario(document)
    on_return = replace(scenario, method=replace(scenario.method, figures="as_filed"))
    result = {year.year: year for year in evaluate(on_return).years}
    printed = {number: year.forms.printed_lines() for number, year in result.items()}

    for sheet in tax_software(scenario).years:
        equity = result[sheet.year].equity
        gains: list[Any] = [
            e.value for s, _, e in sheet.entries() if s.kind == "sales" and e.place == "(h)"
        ]
        assert sum(gains) == pytest.approx(equity.short_term_gain + equity.long_term_gain)
        parts: list[Any] = [e.value for _, _, e in sheet.entries() if e.place == "Form 6251, 2i"]
        assert sum(parts) == pytest.approx(equity.bargain_element, abs=len(parts) + 1)
        for _, group, entry in sheet.entries():
            if entry.origin and group.kind in ("form_6251", "form_8801", "last_years_form_6251"):
                form, line, year = entry.origin
                assert entry.value == printed[year][form][line]
            assert_whole(entry)


def assert_whole(entry: Entry) -> None:
    assert entry.how in (TYPE, CHECK)
    if entry.unit == "dollars":
        amount = entry.value
        assert isinstance(amount, float)
        assert amount == round(amount)
        assert str(amount) != "-0.0"
