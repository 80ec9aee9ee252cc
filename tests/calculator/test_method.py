"""The two readings that a person can switch: Form 8801 line 28, and section 68 for AMT."""

from __future__ import annotations

from typing import Any

import pytest

from tests.calculator.builders import Document, a_year, result_of, year_of, years_from


def sale_year(**method: Any) -> Document:
    """2025, single, wages of 200,000; a regular gain of 500,000 that is none for AMT."""
    held = {"id": "h", "acquired": "2020-01-01", "shares": 1, "basis": 0, "amt_basis": 500_000}
    sale = {"id": "s", "from": "h", "date": "2025-06-01", "shares": 1, "price": 500_000}
    return years_from(
        2025,
        {"wages": 200_000},
        {"wages": 200_000},
        opening={"minimum_tax_credit": 100_000},
        holdings=[held],
        sales=[sale],
        method=method,
    )


def test_by_the_statute_the_gain_of_the_year_causes_no_tax_on_exclusion_items() -> None:
    years = result_of(sale_year())["years"]

    assert years[0]["exclusion_items_tax"] == 0
    assert years[1]["forms"]["form_8801"]["28"] == 500_000


def test_to_the_letter_of_line_28_it_does() -> None:
    # Exemption 88,100 − 25% of 73,650 = 69,687.50; 28% of 630,312.50 less 4,782 = 171,705.50.
    # Regular tax: 37,067 on 184,250; 15% of 349,150 and 20% of 150,850: 119,609.50 in all.
    years = result_of(sale_year(form_8801_line_28="form"))["years"]

    assert years[0]["exclusion_items_tax"] == pytest.approx(171_705.50 - 119_609.50)
    assert years[0]["credit_eroded"] == pytest.approx(min(52_096, years[0]["credit_carryforward"]))
    # No AMT gain and no dividends: Part III is not filled in at all.
    assert "28" not in years[1]["forms"]["form_8801"]


def test_to_the_letter_a_smaller_amt_gain_stands_on_line_28() -> None:
    document = sale_year(form_8801_line_28="form")
    document["holdings"][0]["amt_basis"] = 440_000

    assert result_of(document)["years"][1]["forms"]["form_8801"]["28"] == 60_000


def test_where_both_gains_are_the_same_so_are_both_readings() -> None:
    document = sale_year()
    document["holdings"][0]["amt_basis"] = 0

    assert result_of(document) == result_of(document | {"method": {"form_8801_line_28": "form"}})


def high_itemizer(**method: Any) -> dict[str, Any]:
    """2026, single, 1,000,000: taxes of 10,000 within the cap, interest of 90,000."""
    document = a_year(
        2026,
        wages=1_000_000,
        itemized={"state_and_local_taxes": 50_000, "mortgage_interest": 90_000},
    )
    return year_of(document | {"method": method})


def test_what_section_68_cuts_is_given_back_for_amt_and_is_an_exclusion_item() -> None:
    # 2/37 of 100,000 = 5,405.41, as income is above 640,600 by more than that.
    year = high_itemizer()

    assert year["forms"]["form_6251"]["3"] == pytest.approx(-200_000 / 37)
    assert year["amti"] == pytest.approx(910_000)
    assert year["taxable_income"] == pytest.approx(900_000 + 200_000 / 37)


def test_it_can_be_left_as_it_is_like_on_the_draft_of_the_form() -> None:
    year = high_itemizer(section_68_reversal=False)

    assert year["forms"]["form_6251"]["3"] == 0
    assert year["amti"] == pytest.approx(910_000 + 200_000 / 37)
    assert year["taxable_income"] == pytest.approx(900_000 + 200_000 / 37)


@pytest.mark.parametrize("reversed_", [True, False])
def test_either_way_the_exclusion_items_of_form_8801_agree_with_form_6251(
    reversed_: bool,
) -> None:
    itemized = {"state_and_local_taxes": 50_000, "mortgage_interest": 90_000}
    facts = {"wages": 1_000_000, "itemized": itemized}
    method = {"section_68_reversal": reversed_}
    first, second = result_of(years_from(2026, facts, facts, method=method))["years"]

    assert second["forms"]["form_8801"]["4"] == pytest.approx(first["amti"])
