"""A couple's scenario divided in two."""

from __future__ import annotations

from typing import Any

import pytest

from calculator import evaluate, parse_scenario
from calculator.analysis.couple import jointly
from calculator.analysis.division import PARTS, Division, divided, to_divide
from calculator.document.writing import written_document
from calculator.fields import Amount, document_fields
from calculator.scenario import Scenario, YearFacts
from tests.calculator.builders import Document, an_iso_exercise, years_from


def a_couple() -> Document:
    events = an_iso_exercise()
    second = events["grants"][0] | {"id": "g2", "owner": "spouse"}
    return years_from(
        2026,
        {"wages": 300_000, "interest": 1_000.01, "itemized": {"mortgage_interest": 30_000}},
        {"wages": 200_000, "long_term_gain": 9_000, "collectibles_gain": 4_000},
        status="married_filing_jointly",
        opening={
            "minimum_tax_credit": 12_000,
            "amt_capital_loss": {"short_term": 0, "long_term": 8_000},
        },
        grants=[*events["grants"], second],
        vestings=[{"id": "v", "grant": "g2", "date": "2024-01-01", "shares": 50}],
        exercises=[
            *events["exercises"],
            {
                "id": "e2",
                "grant": "g2",
                "date": "2026-02-02",
                "shares": 50,
                "fair_market_value": 21,
            },
        ],
        holdings=[{"id": "h", "acquired": "2020-01-01", "shares": 10, "basis": 5}],
        sales=[
            {"id": "s1", "from": "e2", "date": "2027-06-06", "shares": 50, "price": 30},
            {"id": "s2", "from": "h", "date": "2027-06-06", "shares": 10, "price": 30},
        ],
    )


def in_two(document: Document, **division: Any) -> tuple[Scenario, Scenario]:
    return divided(parse_scenario(document), Division(**division))


DIVISION: dict[str, Any] = {
    "spouses_rows": frozenset({("grants", "g2")}),
    "own_parts": {
        "wages": 0.6,
        "interest": 0.5,
        "long_term_gain": 0.25,
        "itemized.mortgage_interest": 0,
        "opening.minimum_tax_credit": 0.5,
    },
}


def test_each_has_their_part_and_files_separately() -> None:
    mine, theirs = in_two(a_couple(), **DIVISION)

    assert [facts.wages for facts in mine.years] == [180_000, 120_000]
    assert [facts.wages for facts in theirs.years] == [120_000, 80_000]
    assert (mine.years[0].interest, theirs.years[0].interest) == (500, 500.01)
    assert (mine.years[1].long_term_gain, mine.years[1].collectibles_gain) == (2_250, 1_000)
    assert theirs.years[0].itemized.mortgage_interest == 30_000
    assert (mine.opening.minimum_tax_credit, theirs.opening.minimum_tax_credit) == (6_000, 6_000)
    assert mine.opening.amt_capital_loss.long_term == 8_000
    for each in (mine, theirs):
        assert {f.household.filing_status for f in each.years} == {"married_filing_separately"}


def test_exercises_vestings_and_sales_go_with_their_rows() -> None:
    mine, theirs = in_two(a_couple(), **DIVISION)

    assert [each.id for each in mine.exercises] == ["e1"]
    assert [each.id for each in mine.sales] == ["s2"]
    assert mine.vestings == ()
    assert [each.id for each in theirs.vestings] == ["v"]
    assert [each.id for each in theirs.sales] == ["s1"]


def test_both_are_whole_documents_and_together_the_couple_again() -> None:
    documents = [written_document(each) for each in in_two(a_couple(), **DIVISION)]
    mine, theirs = map(parse_scenario, documents)
    whole = evaluate(parse_scenario(a_couple()))
    again = evaluate(jointly(mine, theirs))

    for before, after in zip(whole.years, again.years, strict=True):
        assert after.federal_tax == pytest.approx(before.federal_tax)
        assert after.credit_balance == pytest.approx(before.credit_balance)


def test_of_two_people_each_is_one() -> None:
    document = years_from(
        2026,
        {},
        household={
            "filing_status": "married_filing_jointly",
            "people_65_or_over": 2,
            "aged_or_blind_boxes": 3,
            "dependents": 2,
        },
    )
    mine, theirs = in_two(document, spouse_first=frozenset({"dependents", "aged_or_blind_boxes"}))

    assert (mine.household.people_65_or_over, theirs.household.people_65_or_over) == (1, 1)
    assert (mine.household.aged_or_blind_boxes, theirs.household.aged_or_blind_boxes) == (1, 2)
    assert (mine.household.dependents, theirs.household.dependents) == (0, 2)


def test_only_what_there_is_is_asked() -> None:
    assert to_divide(parse_scenario(a_couple())) == (
        "wages",
        "interest",
        "long_term_gain",
        "itemized.mortgage_interest",
        "opening.minimum_tax_credit",
        "opening.amt_capital_loss",
    )


def test_every_amount_of_a_year_is_divided() -> None:
    named = {each for together in PARTS.values() for each in together}

    assert named == {f.attribute for f in document_fields(YearFacts) if isinstance(f.kind, Amount)}
