"""A scenario written as a document reads as the same scenario."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from calculator import evaluate, parse_scenario
from calculator.document.writing import written_document
from tests.calculator.builders import Document, an_iso_exercise, years_from

GALLERY = sorted((Path(__file__).parents[3] / "amtweb/scenarios/gallery").glob("*.json"))


def rewritten(document: Document) -> Any:
    return json.loads(json.dumps(written_document(parse_scenario(document))))


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_what_is_written_comes_to_the_same(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    written = rewritten(document)

    assert evaluate(parse_scenario(written)).to_dict() == (
        evaluate(parse_scenario(document)).to_dict()
    )
    assert rewritten(written) == written


def test_defaults_are_left_out_and_whole_amounts_have_no_decimals() -> None:
    document = years_from(2026, {"wages": 5, "interest": 0.5, "short_term_gain": 0})

    assert rewritten(document) == {
        "schema_version": 1,
        "years": [{"year": 2026, "wages": 5, "interest": 0.5}],
    }


def test_a_year_says_of_its_household_what_is_otherwise() -> None:
    joint = {"filing_status": "married_filing_jointly", "dependents": 2}
    years = [
        {"year": 2026},
        {"year": 2027, "household": {"filing_status": "single", "dependents": 2}},
        {"year": 2028, "household": {"dependents": 0}},
    ]
    document = {"schema_version": 1, "household": joint, "years": years}

    assert rewritten(document)["years"] == [
        {"year": 2026},
        {"year": 2027, "household": {"filing_status": "single"}},
        {"year": 2028, "household": {"dependents": 0}},
    ]


def test_rows_keep_their_dates_their_names_and_their_origin() -> None:
    iso = {
        "granted": "2020-01-01",
        "exercised": "2021-01-02",
        "strike": 1,
        "fair_market_value": 2.25,
    }
    rows = {
        **an_iso_exercise(),
        "holdings": [{"id": "h", "acquired": "2021-01-02", "shares": 1, "iso": iso}],
        "sales": [{"id": "s", "from": "e1", "date": "2026-05-05", "shares": 1, "price": 3}],
    }
    written = rewritten(years_from(2026, {}, **rows))

    assert {name: written[name] for name in rows} == rows
