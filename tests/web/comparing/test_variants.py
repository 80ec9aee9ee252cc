"""The same with something changed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from amtweb.comparing.references import Change, UnreadableError, read_change
from amtweb.comparing.values import FIELDS, VariantError
from amtweb.comparing.variants import normal, with_changes, words_of
from amtweb.scenarios.editor import typed
from amtweb.scenarios.gallery import example, examples
from calculator import evaluate, parse_scenario

DOCUMENT: dict[str, Any] = {
    "schema_version": 1,
    "years": [{"year": 2026, "wages": 200_000}, {"year": 2027, "wages": 100_000.5}],
    "grants": [
        {"id": "g1", "kind": "iso", "date": "2023-05-15", "shares": 2000, "strike": 1.5},
    ],
    "exercises": [
        {"id": "e1", "grant": "g1", "date": "2026-02-10", "shares": 2000, "fair_market_value": 20},
    ],
    "sales": [
        {"id": "s1", "from": "e1", "date": "2026-03-15", "shares": 500, "price": 25},
        {"id": "s2", "from": "e1", "date": "2027-03-15", "shares": 500, "price": 30},
    ],
}


def edited(**changes: Any) -> dict[str, Any]:
    """The document with values at paths, put there by hand."""
    document = copy.deepcopy(DOCUMENT)
    for path, value in changes.items():
        *steps, last = [int(s) if s.isdigit() else s for s in path.split("__")]
        place: Any = document
        for step in steps:
            place = place.setdefault(step, {}) if isinstance(step, str) else place[step]
        place[last] = value
    return document


CHANGES = [
    ("law.path=sunset", edited(law__path="sunset"), "Law: As if the 2017 tax cuts"),
    ("law.indexing_rate=3%", edited(law__indexing_rate=0.03), "Indexing 3%"),
    ("years.2027.wages=$250,000", edited(years__1__wages=250_000), "Wages $250,000 in 2027"),
    (
        "years.*.wages=+10%",
        edited(years__0__wages=220_000, years__1__wages=110_000.55),
        "Wages +10% every year",
    ),
    ("years.2026.wages=\N{MINUS SIGN}50 %", edited(years__0__wages=100_000), "Wages −50% in 2026"),
    ("years.2026.wages=x0", edited(years__0__wages=0), "Wages −100% in 2026"),
    ("sales.s2.price=12.5", edited(sales__1__price=12.5), "sale 2: price $12.50"),
    (
        "sales.*.price=x0.75",
        edited(sales__0__price=18.75, sales__1__price=22.5),
        "all sales: price −25%",
    ),
    ("sales.s1.date=1y", edited(sales__0__date="2027-03-15"), "sale 1: sold 1 year later"),
    ("sales.s2.date=2027-05-01", edited(sales__1__date="2027-05-01"), "sale 2: sold 2027-05-01"),
    ("years.2026.deduction=Itemized", edited(years__0__deduction="itemized"), "Deduction: Itemize"),
    ("opening.minimum_tax_credit=5k", edited(opening__minimum_tax_credit=5000), "AMT credit $5,"),
    ("household.dependents=2", edited(household__dependents=2), "Dependents 2"),
    ("sales.s1=none", edited(sales=DOCUMENT["sales"][1:]), "without sale 1"),
    ("exercises.e1=none", edited(exercises=[], sales=[]), "without exercise 1"),
    ("grants.g1.kind=NSO", edited(grants__0__kind="nso"), "grant 1: kind: NSO"),
]


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two documents say the same, as the editor shows them."""

    def bare(document: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in typed.from_document(document).items() if v}

    return bare(one) == bare(other)


@pytest.mark.parametrize(("change", "expected", "words"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_change_does_what_editing_by_hand_would_do_and_says_so(
    change: str, expected: dict[str, Any], words: str
) -> None:
    before = copy.deepcopy(DOCUMENT)
    read = normal(read_change(change))

    changed = with_changes(DOCUMENT, (read,))

    assert same(changed, expected)
    assert words_of(read, DOCUMENT).startswith(words)
    assert normal(read) == read, "what stands in the address is read as the same"
    assert before == DOCUMENT


def test_several_changes_are_made_in_their_order() -> None:
    changes = [normal(read_change(c)) for c in ("years.*.wages=1000", "years.2027.wages=x2")]

    changed = with_changes(DOCUMENT, changes)

    assert [year["wages"] for year in changed["years"]] == [1000, 2000]


def test_a_date_that_is_no_day_in_the_other_year_is_the_day_before() -> None:
    leap = edited(sales__0__date="2028-02-29")
    moved = with_changes(leap, (normal(read_change("sales.s1.date=-1y")),))

    assert moved["sales"][0]["date"] == "2027-02-28"


REFUSED = [
    "law.path=anarchy",
    "law.nothing=1",
    "title=x",
    "notes=x",
    "sales.s1.from=e1",
    "grants.g1.label=x",
    "grants.g1=none",
    "years.2026.wages=lots",
    "years.2026.wages=nan",
    "years.2026.wages=inf",
    "years.2026.wages=1e999",
    "years.2026.wages=x1000",
    "years.2026.wages=x-1",
    "years.2026.wages=-200%",
    "years.2026.wages=+99999%",
    "law.indexing_rate=x1.1",
    "sales.s1.date=1.5y",
    "sales.s1.date=10y",
    "sales.s1.date=31 March",
    "household.dependents=-1",
    "household.dependents=1.5",
    "schema_version=2",
]


@pytest.mark.parametrize("change", REFUSED)
def test_what_is_no_field_or_no_value_of_it_is_refused_in_words(change: str) -> None:
    with pytest.raises(UnreadableError, match=r"^[A-Z].*\.$"):
        normal(read_change(change))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("years.2040.wages=1", "It has no year 2040."),
        ("sales.s9.price=1", "It has no sale s9."),
        ("holdings.*.price=1", "It has no holding."),
        ("exercises.e9=none", "It has no exercise e9."),
    ],
)
def test_a_row_that_is_not_there_cannot_be_changed(change: str, words: str) -> None:
    with pytest.raises(VariantError) as refusal:
        with_changes(DOCUMENT, (normal(read_change(change)),))
    assert str(refusal.value) == words


def test_a_blank_that_stands_for_something_else_is_not_changed_in_proportion() -> None:
    change = Change("years", "2026", "amt_foreign_tax_credit", "x1.1")

    with pytest.raises(VariantError, match="blank"):
        with_changes(DOCUMENT, (change,))


@pytest.mark.parametrize("told", examples(), ids=lambda each: each.slug)
def test_a_change_that_says_what_stands_there_changes_no_figure(told: Any) -> None:
    document = example(told.slug).document
    path = document.get("law", {}).get("path", "current")

    changed = with_changes(document, (Change("", "", "law.path", path),))

    before, after = (evaluate(parse_scenario(each)).to_dict() for each in (document, changed))
    assert before == after


def test_every_amount_and_choice_of_the_editor_can_be_changed() -> None:
    names = {f"{rows}.{field}" for rows, fields in FIELDS.items() for field in fields}

    assert {".law.path", "years.wages", "years.itemized.other", "sales.price"} <= names
    assert not {"sales.from", "exercises.grant", "grants.label", ".title"} & names
