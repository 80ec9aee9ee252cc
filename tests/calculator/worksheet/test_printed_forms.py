"""Every printed line has a caption, and the worksheets hold all of them."""

from __future__ import annotations

import pytest

from calculator import evaluate, parse_scenario
from calculator.worksheet import printed_forms

DOCUMENT = {
    "schema_version": 1,
    "opening": {"minimum_tax_credit": 30_000},
    "years": [
        {
            "year": year,
            "wages": 300_000,
            "long_term_gain": 60_000,
            "collectibles_gain": 5_000 if year == 2026 else 0,
            "deduction": "itemized" if year == 2026 else "standard",
            "itemized": {"state_and_local_taxes": 20_000},
        }
        for year in (2025, 2026)
    ],
}


@pytest.mark.parametrize("place", [0, 1], ids=["first year", "second year"])
def test_the_worksheets_hold_every_printed_line_with_its_amount(place):
    forms = evaluate(parse_scenario(DOCUMENT)).years[place].forms

    shown = {
        sheet.form: {line.number: line.amount for line in sheet.lines}
        for sheet in printed_forms(forms)
    }

    assert shown == forms.printed_lines()


def test_part_three_of_form_8801_has_the_captions_of_form_6251():
    forms = evaluate(parse_scenario(DOCUMENT)).years[1].forms
    sheets = {sheet.form: sheet for sheet in printed_forms(forms)}
    captions = {line.number: line.caption for line in sheets["form_8801"].lines}

    assert captions["55"] == "Smaller of lines 53 and 54"
    assert captions["53"] == "Lines 33, 46, 49 and 52"
    assert captions["33"] == "Tax on line 32 at 26 and 28%"
    assert captions["27"] == "Line 10"
    assert captions["15"] == "Net minimum tax on exclusion items"


def test_a_form_that_is_not_needed_is_left_out():
    forms = evaluate(parse_scenario(DOCUMENT)).years[0].forms

    assert "schedule_a" not in {sheet.form for sheet in printed_forms(forms)}
