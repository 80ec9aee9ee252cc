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


def test_the_flat_model_fills_in_no_worksheet_of_a_rule_that_it_does_not_have():
    document = DOCUMENT | {"law": {"path": "flat"}}

    filled_in = set(evaluate(parse_scenario(document)).years[1].forms.printed_lines())

    assert filled_in == {
        "form_1040",
        "schedule_2",
        "schedule_3",
        "schedule_d",
        "amt_schedule_d",
        "qualified_dividends_worksheet",
        "amt_qualified_dividends_worksheet",
        "form_6251",
        "form_8801",
        "capital_loss_carryover",
        "amt_capital_loss_carryover",
    }


def test_the_worksheets_of_limits_are_there_where_the_limits_begin():
    def forms_of(year, path, wages):
        facts = {"year": year, "wages": wages, "deduction": "itemized"}
        document = {
            "schema_version": 1,
            "law": {"path": path},
            "household": {"people_65_or_over": 1},
            "years": [facts | {"itemized": {"state_and_local_taxes": 20_000}}],
        }
        return set(evaluate(parse_scenario(document)).years[0].forms.printed_lines())

    limits = {
        "exemption_worksheet",
        "section_68_worksheet",
        "itemized_deductions_worksheet",
        "exemptions_worksheet",
        "schedule_1a",
    }
    assert forms_of(2026, "current", 300_000) & limits == {"schedule_1a"}
    assert forms_of(2026, "current", 900_000) & limits == {
        "schedule_1a",
        "exemption_worksheet",
        "section_68_worksheet",
    }
    assert forms_of(2017, "current", 100_000) & limits == set()
    assert forms_of(2017, "current", 900_000) & limits == {
        "exemption_worksheet",
        "itemized_deductions_worksheet",
        "exemptions_worksheet",
    }
