"""The formulas come to the printed amounts: a second transcription of every form."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import calculator.worksheet
from calculator import evaluate, parse_scenario
from calculator.scenario import FILING_STATUSES
from calculator.worksheet import sheets, worked_out
from calculator.worksheet.notation import formula
from calculator.worksheet.transcription import cases_of
from tests.calculator.builders import Document, years_from
from tests.calculator.households import household, structure

WORKED = sorted(Path(__file__).parents[1].glob("worked/*/*.json"))
A_TENTH_OF_A_CENT = 0.001
HOUSEHOLDS = 24
ELECTIONS = ("larger", "itemized", "standard", "larger")


def flat_rates(random: np.random.Generator) -> Document:
    """Rates of the flat model, on gains now below and now above the one of AMT."""
    return {
        "ordinary_rate": round(random.uniform(0.2, 0.45), 3),
        "long_term_gain_rate": round(random.uniform(0.1, 0.4), 3),
        "amt_rate": round(random.uniform(0.1, 0.4), 3),
        "loss_deduction_limit": 3_000.0,
    }


def wrong_lines(document: Document) -> Iterator[tuple[Any, ...]]:
    """The lines whose formula does not come to what is printed, or that have none."""
    scenario = parse_scenario(document)
    result = evaluate(scenario)
    for year in scenario.years:
        for line in worked_out(scenario, result, year.year):
            if line.worked_out is None or abs(line.worked_out - line.printed) > A_TENTH_OF_A_CENT:
                yield year.year, *line


@pytest.mark.parametrize("path", WORKED, ids=lambda path: path.stem)
def test_formulas_come_to_the_lines_of_worked_cases(path: Path) -> None:
    for case in json.loads(path.read_text(encoding="utf-8")):
        assert list(wrong_lines(case["document"])) == [], case["id"]


@pytest.mark.parametrize(
    ("first", "law"),
    [
        (2017, "current"),
        (2019, "current"),
        (2024, "current"),
        (2025, "current"),
        (2028, "current"),
        (2025, "sunset"),
        (2025, "flat"),
    ],
)
@pytest.mark.parametrize("status", FILING_STATUSES)
def test_formulas_come_to_the_lines_of_random_households(status: str, first: int, law: str) -> None:
    seniors = int(status == "head_of_household") + 2 * int(status == "married_filing_jointly")
    common = structure(status, first, ELECTIONS, events=first == 2025, seniors=seniors)
    random = np.random.default_rng(first)
    for count in range(HOUSEHOLDS):
        document = household(random, common) | {"law": {"path": law, "flat": flat_rates(random)}}
        if first == 2017:
            document["years"][0]["qualified_business_income_deduction"] = 0.0
        document["method"] = {
            "figures": "as_filed" if count % 3 == 1 else "exact",
            "form_8801_line_28": "form" if count % 2 else "statute",
            "section_68_reversal": count % 4 < 2,
        }

        assert list(wrong_lines(document)) == []


@pytest.mark.parametrize("wages", range(640_000, 720_000, 10_000))
@pytest.mark.parametrize("figures", ["exact", "as_filed"])
def test_formulas_come_to_the_limit_on_itemized_deductions(wages: int, figures: str) -> None:
    """Where income has just reached the highest bracket, with deductions beside Schedule A."""
    facts = {
        "wages": wages,
        "deduction": "itemized",
        "itemized": {"mortgage_interest": 30_000, "charitable_gifts": 8_000, "other": 1_000},
        "qualified_business_income_deduction": 4_000,
        "schedule_1a_deductions": 2_500,
    }

    assert list(wrong_lines(years_from(2026, facts, {}) | {"method": {"figures": figures}})) == []


def test_a_wrong_formula_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    document = years_from(2025, {"wages": 300_000, "long_term_gain": 50_000})
    cases = dict(cases_of("form_6251"))
    cases["11"] = (cases["11"][-1]._replace(made=formula("9 - 8")),)
    own = {"form_6251": cases}
    monkeypatch.setattr(sheets, "cases_of", lambda form: own.get(form) or cases_of(form))

    assert [wrong[:3] for wrong in wrong_lines(document)] == [(2025, "form_6251", "11")]


@pytest.mark.parametrize("law", ["current", "flat"])
def test_forms_and_parts_are_there_where_the_forms_ask_for_them(law: str) -> None:
    """Part III for dividends or gain on both lines; the worksheets by Schedule D line 20."""
    random = np.random.default_rng(20)
    for _ in range(40):
        document = household(random, structure("single", 2025, ELECTIONS)) | {"law": {"path": law}}
        before = None
        for year in evaluate(parse_scenario(document)).years:
            forms = year.forms.printed_lines()
            dividends = forms["form_1040"]["3a"]
            gain, amt_gain = (
                min(forms[schedule]["15"], forms[schedule]["16"])
                for schedule in ("schedule_d", "amt_schedule_d")
            )
            special = forms["schedule_d"]["18"] > 0 or forms["schedule_d"]["19"] > 0

            assert ("schedule_d_tax_worksheet" in forms) == special
            plain = not special and (dividends > 0 or gain > 0)
            assert ("qualified_dividends_worksheet" in forms) == plain
            assert ("40" in forms["form_6251"]) == (dividends > 0 or amt_gain > 0)
            assert ("1" in forms["form_8801"]) == (before is not None)
            assert ("55" in forms["form_8801"]) == (before is True)
            before = dividends > 0 or gain > 0


@pytest.mark.parametrize(
    ("form", "line", "cited"),
    [
        ("form_1040", "7", "line 7a;"),
        ("form_1040", "11", "line 11a;"),
        ("form_1040", "12", "line 12e;"),
        ("form_6251", "1a", "IRC 56(b)(1)(D)"),
        ("form_6251", "2a", "IRC 56(b)(1)(A)(ii) and (D);"),
        ("form_6251", "2b", "IRC 56(b)(1)(C);"),
        ("form_6251", "6", "IRC 55(b)(1)(B);"),
    ],
)
def test_lines_cite_the_form_of_2025_and_the_law_as_it_has_been_since_2021(
    form: str, line: str, cited: str
) -> None:
    folder = Path(calculator.worksheet.__file__).parent / "formulas"
    told = tomllib.loads((folder / f"{form}.toml").read_text())

    assert cited in told["lines"][line]["cites"]
