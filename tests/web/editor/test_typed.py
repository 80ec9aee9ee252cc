from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.fields import (
    EVENT_KINDS,
    FLAT,
    HOUSEHOLD,
    HOUSEHOLD_MORE,
    LAW,
    METHOD,
    OPENING,
    YEAR_GROUPS,
)
from amtweb.scenarios.editor.inputs import Editor, Input, editor
from amtweb.scenarios.gallery import Example, examples
from calculator import InvalidScenario, Scenario, evaluate, parse_scenario
from calculator.fields import document_fields

EXAMPLES = [pytest.param(each, id=each.slug) for each in examples()]
EVERY_FIELD: dict[str, Any] = {
    "schema_version": 1,
    "title": "Every field, “quoted” & <angled>",
    "notes": "One line\nand another\n\n\tindented",
    "law": {
        "path": "flat",
        "indexing_rate": 0.0215,
        "flat": {
            "ordinary_rate": 0.35,
            "long_term_gain_rate": 0.15,
            "amt_rate": 0.26,
            "loss_deduction_limit": 3000,
        },
    },
    "method": {
        "figures": "as_filed",
        "form_8801_line_28": "form",
        "section_68_reversal": False,
    },
    "household": {
        "filing_status": "married_filing_jointly",
        "aged_or_blind_boxes": 2,
        "people_65_or_over": 1,
        "dependents": 3,
    },
    "assumptions": {"discount_rate": -0.005},
    "opening": {
        "minimum_tax_credit": 12_345.67,
        "capital_loss": {"short_term": 1, "long_term": 2},
        "amt_capital_loss": {"short_term": 3, "long_term": 4.5},
    },
    "years": [
        {"year": 2025, "wages": 220_000, "long_term_gain": -3_000.25},
        {
            "year": 2026,
            "household": {"filing_status": "single", "dependents": 0},
            "deduction": "itemized",
            "itemized": {
                "state_and_local_taxes": 40_000,
                "mortgage_interest": 12_000,
                "charitable_gifts": 500,
                "other": 0.01,
            },
            "foreign_tax_credit": 100,
            "amt_foreign_tax_credit": 90,
        },
    ],
    "grants": [
        {
            "id": "g1",
            "label": "First",
            "kind": "iso",
            "date": "2019-02-01",
            "shares": 10_000,
            "strike": 0.00001,
            "fair_market_value": None,
            "stock": "Acme",
            "owner": "spouse",
            "expires": "2029-01-31",
            "early_exercise": True,
            "employment_ended": "2026-06-30",
            "employment_ended_by": "disability",
        },
        {"id": "g2", "kind": "nso", "date": "2020-02-29", "shares": 0.5, "strike": 2},
    ],
    "vestings": [
        {
            "id": "v1",
            "grant": "g1",
            "date": "2025-09-09",
            "shares": 2_000,
            "fair_market_value": 0.5,
        }
    ],
    "exercises": [
        {
            "id": "e1",
            "grant": "g1",
            "date": "2025-03-03",
            "shares": 1_000,
            "fair_market_value": 20.125,
            "section_83b_election": True,
            "iso_shares": 999.5,
        }
    ],
    "splits": [{"id": "x1", "stock": "Acme", "date": "2026-05-05", "ratio": 10}],
    "holdings": [
        {
            "id": "h1",
            "stock": "Acme",
            "owner": "spouse",
            "acquired": "2018-01-01",
            "shares": 10,
            "basis": 1,
            "amt_basis": 2,
        },
        {
            "id": "h2",
            "acquired": "2022-06-01",
            "shares": 5,
            "iso": {
                "granted": "2020-06-01",
                "exercised": "2022-06-01",
                "strike": 1,
                "fair_market_value": 9,
            },
        },
    ],
    "sales": [
        {
            "id": "s1",
            "from": "e1",
            "date": "2026-12-31",
            "shares": 1,
            "price": 0,
            "kind": "worthless",
        },
        {
            "id": "s2",
            "from": "h2",
            "date": "2026-01-01",
            "shares": 5,
            "price": 3,
            "loss_recognized": False,
        },
    ],
}


def without_defaults(document: dict[str, Any], of: Any = Scenario) -> dict[str, Any]:
    """The document without what it need not say."""
    kept = {}
    for field in document_fields(of):
        value = document.get(field.key)
        if field.many is not None:
            value = [without_defaults(item, field.nested) for item in value or []]
        elif field.nested is not None and value is not None:
            value = without_defaults(value, field.nested)
        # Of a year's household every field that is there overrides, whatever it says.
        said = value not in (None, [], {}) and (value != field.default or field.required)
        if said:
            kept[field.key] = value
    return kept


def inputs_of(shown: Editor) -> list[Input]:
    """All inputs of the editor, those of rows included."""
    of_years = [i for group in shown.year_groups for row in group.rows for i in row.inputs]
    of_events = [
        i for kind in shown.events for event in kind.events for i in (*event.inputs, *event.more)
    ]
    plain = (shown.title, shown.notes, *shown.household, *shown.household_more)
    return [
        *plain,
        *shown.years,
        *of_years,
        *of_events,
        *shown.opening,
        *shown.law,
        *shown.method,
        *shown.flat,
    ]


def posted(tree: typed.Tree) -> dict[str, str]:
    """What a browser sends of the editor that shows a tree."""
    shown = editor(tree, {})
    ids = {event.id_name: event.id for kind in shown.events for event in kind.events}
    return ids | {each.name: each.value for each in inputs_of(shown)}


@pytest.mark.parametrize("told", EXAMPLES)
def test_an_example_that_is_shown_reads_as_the_same_document(told: Example) -> None:
    reading = typed.to_document(typed.from_document(told.document))

    assert reading.unread == {}
    assert without_defaults(reading.document) == without_defaults(told.document)


@pytest.mark.parametrize("told", EXAMPLES)
def test_an_example_that_is_sent_back_comes_to_the_same(told: Example) -> None:
    sent = typed.from_post(posted(typed.from_document(told.document)))
    reading = typed.to_document(sent)

    assert without_defaults(reading.document) == without_defaults(told.document)
    assert (
        evaluate(parse_scenario(reading.document)).to_dict()
        == evaluate(parse_scenario(told.document)).to_dict()
    )


def test_every_field_is_shown_and_reads_as_itself() -> None:
    parse_scenario(EVERY_FIELD)
    sent = typed.from_post(posted(typed.from_document(EVERY_FIELD)))
    reading = typed.to_document(sent)

    assert reading.unread == {}
    assert without_defaults(reading.document) == without_defaults(EVERY_FIELD)
    assert reading.document["years"][1]["household"] == EVERY_FIELD["years"][1]["household"]


def test_every_value_that_a_person_may_set_has_an_input() -> None:
    def values(of: Any, path: str = "") -> set[str]:
        found = set()
        for field in document_fields(of):
            here = f"{path}.{field.key}" if path else field.key
            found |= values(field.nested, here) if field.nested else {here}
        return found

    offered = {spec.field for spec in (*HOUSEHOLD, *HOUSEHOLD_MORE, *OPENING, *LAW, *METHOD, *FLAT)}
    offered |= {f"years.{spec.field}" for _, _, specs in YEAR_GROUPS for spec in specs}
    offered |= {
        f"{kind.name}.{spec.field}" for kind in EVENT_KINDS for spec in (*kind.fields, *kind.more)
    }
    of_the_page_itself = {"title", "notes", "years.year"}
    of_the_page_itself |= {f"{kind.name}.id" for kind in EVENT_KINDS}
    # No state is modelled, so there is none to choose; the version is the site's.
    not_for_people = {"schema_version", "household.state", "years.household.state"}

    assert offered | of_the_page_itself | not_for_people == values(Scenario)


def test_showing_a_document_leaves_it_as_it_is() -> None:
    before = copy.deepcopy(EVERY_FIELD)
    typed.from_document(EVERY_FIELD)["years"][0]["wages"] = "1"

    assert before == EVERY_FIELD


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "...",
        "nonsense",
        "__proto__",
        "__class__.x",
        "constructor.prototype",
        "title.x",
        "title[0]",
        "title.",
        ".title",
        "Title",
        "title\x00",
        "title ",
        "years",
        "years.wages",
        "years.0.wages",
        "years[].wages",
        "years[0]",
        "years[0][1]",
        "years[0][1].wages",
        "years[-1].wages",
        "years[+].wages",
        "years[1e3].wages",
        "years[99999].wages",
        "years[٢].wages",
        "years[0].wages.x",
        "years[0].nonsense",
        "years[0].household",
        "years[0].household[0].dependents",
        "years[0].itemized.0",
        "household",
        "household.0",
        "grants",
        "grants.label",
        "grants[0].iso.strike",
        "holdings[0].iso",
        "sales[0].source",
        "schema_version",
        "batch_shape",
        "owner",
        "csrfmiddlewaretoken",
        "law.flat",
        "a" * 100_000,
        "years[0]." * 20_000,
    ],
    ids=lambda name: ascii(name)[1:40],
)
def test_a_name_that_is_no_path_of_the_document_is_left_out(name: str) -> None:
    assert typed.from_post({name: "1", "years[0].wages": "5"}) == {"years": [{"wages": "5"}]}
    assert typed.from_post({"years[0].wages": "5", name: "1"}) == {"years": [{"wages": "5"}]}


def test_rows_stand_in_the_order_of_their_numbers_without_gaps() -> None:
    names = ("sales[10].price", "sales[9].price", "sales[0002].price", "sales[9999].price")
    tree = typed.from_post({name: name for name in names})

    assert [row["price"] for row in tree["sales"]] == [names[2], names[1], names[0], names[3]]


def test_as_many_fields_as_a_form_may_have_are_read() -> None:
    post = {f"sales[{n}].{field}": "1" for n in range(4_750) for field in ("price", "x", "id", "y")}

    tree = typed.from_post(post)

    assert len(post) == 19_000
    assert len(tree["sales"]) == 4_750
    with pytest.raises(InvalidScenario):
        parse_scenario(typed.to_document(tree).document)


NAMES = st.one_of(
    st.sampled_from(sorted(posted(typed.from_document(EVERY_FIELD)))),
    st.from_regex(
        r"(years|grants|sales|holdings|law|title|household|opening)(\[[0-9]{1,3}\])?"
        r"(\.(id|iso|flat|wages|household|from|date|capital_loss|x)(\[[0-9]\])?){0,3}",
        fullmatch=True,
    ),
    st.text(max_size=20),
)
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "2026", "1,000", "-5", "iso", "g1", "e1", "flat", "true", "2026-02-30"]
    ),
    st.text(max_size=20),
)


@given(st.dictionaries(NAMES, TEXTS, max_size=30))
def test_whatever_is_posted_can_be_read_and_shown(post: dict[str, str]) -> None:
    tree = typed.from_post(post)
    reading = typed.to_document(tree)

    with suppress(InvalidScenario):
        evaluate(parse_scenario(reading.document))
    assert inputs_of(editor(tree, {}))


def test_blank_text_stands_for_the_default() -> None:
    tree = {"title": " ", "years": [{"year": "2026", "wages": "", "amt_foreign_tax_credit": " "}]}

    assert typed.to_document(tree).document == {"schema_version": 1, "years": [{"year": 2026}]}


def test_text_that_cannot_be_read_stays_and_is_explained_in_its_place() -> None:
    tree = {
        "law": {"indexing_rate": "two"},
        "household": {"dependents": "1.5"},
        "years": [{"year": "2026", "wages": "lots"}],
        "grants": [
            {"id": "g1", "kind": "iso", "date": "31.12.2020", "shares": "ten", "strike": "1/2"}
        ],
    }
    reading = typed.to_document(tree)

    assert reading.unread == {
        "law.indexing_rate": "Enter a percentage, such as 2 or 2.5.",
        "household.dependents": "Enter a whole number from 0 to 99.",
        "years[0].wages": "Enter an amount, such as 12,500 or 1.2m.",
        "grants[0].date": "Enter a date, such as 2026-03-31.",
        "grants[0].shares": "Enter a number of shares, such as 1,000.",
        "grants[0].strike": "Enter a price per share, such as 12.50.",
    }
    with pytest.raises(InvalidScenario) as refusal:
        parse_scenario(reading.document)
    assert {problem.path for problem in refusal.value.problems} == set(reading.unread)


def test_what_is_missing_is_explained_as_a_person_would_fill_it_in() -> None:
    reading = typed.to_document({"years": [{"wages": "1"}], "sales": [{"id": "s1", "from": "e1"}]})

    assert reading.unread == {
        "years[0].year": "Enter a whole number from 1970 to 2100.",
        "sales[0].date": "Enter a date, such as 2026-03-31.",
        "sales[0].shares": "Enter a number of shares, such as 1,000.",
        "sales[0].price": "Enter a price per share, such as 12.50.",
    }


def test_the_line_breaks_of_a_browser_are_line_breaks() -> None:
    tree = typed.from_post({"notes": "One\r\ntwo\r\n", "years[0].year": "2026"})

    assert typed.to_document(tree).document["notes"] == "One\ntwo\n"
