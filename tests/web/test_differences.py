from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from amtweb.scenarios.differences import Difference, differences, gathered, summary
from amtweb.scenarios.gallery import DEFAULT, example, examples
from amtweb.scenarios.input_words import lots_in_words
from calculator import parse_scenario
from calculator.analysis.differing_inputs import differing_inputs

Document = dict[str, Any]


@pytest.fixture
def document() -> Document:
    return {
        "schema_version": 1,
        "title": "Plan",
        "years": [{"year": year, "wages": 200_000} for year in range(2026, 2032)],
        "grants": [
            {"id": "g1", "kind": "iso", "date": "2024-01-02", "shares": 1000, "strike": 5},
            {
                "id": "g2",
                "kind": "nso",
                "label": "Second",
                "date": "2025-01-02",
                "shares": 900,
                "strike": 6,
            },
        ],
        "exercises": [
            {
                "id": "e1",
                "grant": "g1",
                "date": "2026-03-01",
                "shares": 500,
                "fair_market_value": 50,
            },
            {
                "id": "e2",
                "grant": "g2",
                "date": "2027-03-01",
                "shares": 500,
                "fair_market_value": 50,
            },
        ],
        "sales": [{"id": "s1", "from": "e1", "date": "2027-04-01", "shares": 100, "price": 60}],
    }


def said(before: Document, after: Document) -> list[str]:
    return [each.sentence for each in differences(before, after)]


def test_a_document_does_not_differ_from_itself(document: Document) -> None:
    assert differences(document, copy.deepcopy(document)) == ()
    assert summary(()) == "Nothing changed"


def test_what_is_left_out_is_the_same_as_its_default(document: Document) -> None:
    explicit = copy.deepcopy(document)
    explicit["years"][0] |= {"interest": 0, "deduction": "larger", "itemized": {"other": 0.0}}
    explicit["years"][1]["amt_foreign_tax_credit"] = None
    explicit |= {"notes": "", "law": {"flat": {"amt_rate": 0.28}}, "holdings": []}
    explicit["household"] = {"filing_status": "single", "state": None}

    assert differences(document, explicit) == differences(explicit, document) == ()


def test_an_input_is_named_as_on_the_page_with_both_values(document: Document) -> None:
    after = copy.deepcopy(document)
    after["years"][1]["wages"] = 1_234.5
    after["sales"][0] |= {"date": "2027-05-01", "price": 12.5, "loss_recognized": False}

    found = differences(document, after)

    assert found[0] == Difference(
        "changed",
        "years[1].wages",
        "Wages 2027",
        "Wages",
        "$200,000",
        "$1,234.50",
        2027,
        2027,
    )
    assert [each.sentence for each in found[1:]] == [
        "Sale 1, Sold: Apr 1, 2027 → May 1, 2027",
        "Sale 1, Price: $60 → $12.50",
        "Sale 1, Loss: Recognized → Not recognized",
    ]
    assert summary(found) == (
        "Wages 2027: $200,000 → $1,234.50; Sale 1, Sold: Apr 1, 2027 → May 1, 2027;"
        " Sale 1, Price: $60 → $12.50; and 1 more"
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "New"}, "Title: “Plan” → “New”"),
        ({"title": ""}, "Title: “Plan” → blank"),
        (
            {"household": {"filing_status": "head_of_household"}},
            "Filing status: Single → Head of household",
        ),
        ({"household": {"dependents": 2}}, "Dependents: 0 → 2"),
        ({"law": {"path": "flat"}}, "Law: Current law → Flat rates (textbook model)"),
        ({"law": {"indexing_rate": 0.025}}, "Indexing: 2% → 2.5%"),
        ({"law": {"flat": {"long_term_gain_rate": 0.15}}}, "Flat rates, Long-term gain: 20% → 15%"),
        (
            {"opening": {"capital_loss": {"short_term": 3000}}},
            "Carried in, Short-term loss: $0 → $3,000",
        ),
        ({"opening": {"prior_year_tax": 0}}, "Carried in, Last year’s tax: blank → $0"),
    ],
)
def test_every_kind_of_value_has_its_words(
    document: Document, change: Document, sentence: str
) -> None:
    assert said(document, document | change) == [sentence]


def test_rows_are_matched_by_their_ids(document: Document) -> None:
    after = copy.deepcopy(document)
    after["sales"].insert(
        0, {"id": "s2", "from": "e2", "date": "2028-02-01", "shares": 50.5, "price": 15}
    )
    after["grants"][1]["label"] = "Other"

    assert said(document, after) == [
        "Grant 2, Name: “Second” → “Other”",
        "Sale 1 added: 50.5 shares on Feb 1, 2028 at $15, from Other, exercised Mar 1, 2027",
    ]
    assert said(after, document)[1] == (
        "Sale 1 removed: 50.5 shares on Feb 1, 2028 at $15, from Other, exercised Mar 1, 2027"
    )


def test_every_kind_of_row_says_what_it_is(document: Document) -> None:
    held = {"id": "h1", "label": "Astra", "acquired": "2020-01-01", "shares": 10, "basis": 1}
    after = copy.deepcopy(document) | {"holdings": [held], "grants": [], "exercises": []}

    assert said(document, after) == [
        "Grant 1 removed: ISO, 1,000 shares at $5, granted Jan 2, 2024",
        "Grant 2 removed: “Second”, NSO, 900 shares at $6, granted Jan 2, 2025",
        "Exercise 1 removed: 500 shares on Mar 1, 2026, worth $50 each, of ISO of Jan 2, 2024"
        " at $5",
        "Exercise 2 removed: 500 shares on Mar 1, 2027, worth $50 each, of Second",
        "Holding 1 added: “Astra”, 10 shares held since Jan 1, 2020",
    ]


def test_what_a_row_refers_to_is_said_in_words(document: Document) -> None:
    after = copy.deepcopy(document)
    after["sales"][0]["from"] = "e2"

    assert said(document, after) == [
        "Sale 1, From: ISO of Jan 2, 2024 at $5, exercised Mar 1, 2026 → Second, exercised"
        " Mar 1, 2027"
    ]


def test_lots_of_the_same_words_are_told_apart(document: Document) -> None:
    document["exercises"].append(document["exercises"][0] | {"id": "e3"})
    after = copy.deepcopy(document)
    after["sales"][0]["from"] = "e3"

    (sentence,) = said(document, after)

    assert "(e1) → " in sentence
    assert sentence.endswith("(e3)")


def test_rows_in_another_order_are_noticed(document: Document) -> None:
    after = document | {"grants": document["grants"][::-1]}

    assert said(document, after) == ["Grants: in another order"]


def test_years_are_matched_by_year(document: Document) -> None:
    after = document | {"years": [{"year": 2025, "wages": 1, "interest": 2}, *document["years"]]}

    assert said(document, after) == ["2025 added: wages $1, interest $2"]
    assert said(after, document) == ["2025 removed: wages $1, interest $2"]


def test_a_year_that_follows_the_household_says_so(document: Document) -> None:
    after = copy.deepcopy(document)
    after["years"][2]["household"] = {"filing_status": "married_filing_jointly", "dependents": 0}

    assert said(document, after) == [
        "Filing status 2028: as above → Married filing jointly",
        "Dependents 2028: as above → 0",
    ]


def test_one_change_of_successive_years_is_told_once(document: Document) -> None:
    after = copy.deepcopy(document)
    for number in (0, 1, 2, 4):
        after["years"][number]["wages"] = 5
    after["years"][1]["interest"] = 7

    assert [each.sentence for each in gathered(differences(document, after))] == [
        "Wages 2026–2028: $200,000 → $5",
        "Wages 2030: $200,000 → $5",
        "Interest 2027: $0 → $7",
    ]


def test_of_long_texts_the_place_is_shown_where_they_part(document: Document) -> None:
    long = "word " * 400
    (sentence,) = said(document | {"notes": long + "one"}, document | {"notes": long + "two\nmore"})

    assert sentence.startswith("Notes: “…")
    assert "word one” → “…" in sentence
    assert sentence.endswith("two more”")


@pytest.mark.parametrize("one", examples(), ids=lambda e: e.slug)
def test_all_examples_can_be_told_from_the_default(one: Any) -> None:
    before = example(DEFAULT).document
    found = differences(before, one.document)

    assert bool(found) == (before != one.document)
    assert all(each.place and each.sentence for each in found)


@pytest.mark.parametrize("before", examples(), ids=lambda e: e.slug)
@pytest.mark.parametrize("after", examples(), ids=lambda e: e.slug)
def test_it_sees_whatever_the_calculator_sees(before: Any, after: Any) -> None:
    seen = differing_inputs(parse_scenario(before.document), parse_scenario(after.document))
    found = differences(before.document, after.document)

    assert found or not seen
    assert len(found) == len(differences(after.document, before.document))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        if isinstance(each, dict | list):
            yield from leaves(each, (*path, key))
        elif key not in ("schema_version", "id", "year"):
            yield (*path, key)


@pytest.mark.parametrize("one", examples(), ids=lambda e: e.slug)
def test_every_value_that_changes_is_one_difference_at_its_path(one: Any) -> None:
    for *steps, last in leaves(one.document):
        changed = copy.deepcopy(one.document)
        place: Any = changed
        for step in steps:
            place = place[step]
        value = place[last]
        place[last] = f"{value} " if isinstance(value, str) else 0.987654
        parts = (f"[{s}]" if isinstance(s, int) else f".{s}" for s in (*steps, last))
        path = "".join(parts).removeprefix(".")

        (found,) = differences(one.document, changed)

        assert found.path == path
        assert found.place


def test_the_lots_of_many_rows_are_put_into_words_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[object] = []

    def counted(document: Any) -> dict[Any, str]:
        looked_at.append(document)
        return lots_in_words(document)

    monkeypatch.setattr("amtweb.scenarios.differences.lots_in_words", counted)
    years = [{"year": 2026}]
    grants = [
        {"id": f"g{n}", "kind": "iso", "date": "2020-01-15", "shares": 9, "strike": 1}
        for n in range(20)
    ]
    exercises = [
        {"id": f"e{n}", "grant": f"g{n}", "date": "2026-01-15", "shares": 9} for n in range(20)
    ]
    empty = {"schema_version": 1, "years": years}

    found = differences(empty, empty | {"grants": grants, "exercises": exercises})

    assert len(found) == 40
    assert len(looked_at) <= 2
