"""The formulas come to the printed amounts: a second transcription of every form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.scenario import FILING_STATUSES
from calculator.worksheet import worked_out
from tests.calculator.builders import Document
from tests.calculator.households import household, structure

WORKED = sorted(Path(__file__).parents[1].glob("worked/*/*.json"))
A_TENTH_OF_A_CENT = 0.001
HOUSEHOLDS = 24
ELECTIONS = ("larger", "itemized", "standard", "larger")


def wrong_lines(document: Document) -> Iterator[tuple[Any, ...]]:
    """The lines whose formula does not come to what is printed, or that have none."""
    scenario = parse_scenario(document)
    result = evaluate(scenario)
    for year in scenario.years:
        for form, number, printed, made in worked_out(scenario, result, year.year):
            if made is None or abs(made - printed) > A_TENTH_OF_A_CENT:
                yield year.year, form, number, printed, made


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
        document = household(random, common) | {"law": {"path": law}}
        if first == 2017:
            document["years"][0]["qualified_business_income_deduction"] = 0.0
        document["method"] = {
            "figures": "as_filed" if count % 3 == 1 else "exact",
            "form_8801_line_28": "form" if count % 2 else "statute",
            "section_68_reversal": count % 4 < 2,
        }

        assert list(wrong_lines(document)) == []
