"""Grants, vesting, exercises, holdings and sales out of files."""

from __future__ import annotations

import datetime
from http import HTTPStatus
from typing import Any

import numpy as np
import pytest

from amtweb.exchange.csv_import.table_kinds import EXERCISES, FORM_3921, KINDS, TableKind
from amtweb.exchange.csv_import.templates import rows_as_table
from amtweb.exchange.csv_text import csv_of
from amtweb.scenarios.gallery import Example, examples
from calculator import evaluate, parse_scenario
from tests.calculator.households import household, structure
from tests.web.importing.forms import preview, problems, said, take, upload
from tests.web.importing.test_form_3921 import EXERCISE, GRANT, stands, working_on
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

HELD = {"id": "h1", "label": "Old lot", "acquired": "2020-06-01", "shares": 300, "basis": 4}
OWNS = {"grants": [GRANT], "exercises": [EXERCISE], "holdings": [HELD]}


def template(kind: TableKind) -> bytes:
    response = Visitor().client.get(f"/import/csv/{kind.slug}.csv")
    assert response["Content-Disposition"] == f'attachment; filename="{kind.slug}.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return bytes(response.content)


def test_the_templates_fill_a_scenario_in_their_order() -> None:
    visitor = working_on({})

    for kind in KINDS:
        if kind is FORM_3921:
            continue
        response = upload(visitor, template(kind), kind.slug)
        assert response.status_code == HTTPStatus.OK, problems(response)
        assert take(visitor, response).status_code == HTTPStatus.FOUND

    document = stands(visitor)
    assert [len(document[kind.adds]) for kind in KINDS] == [1] * len(KINDS)
    assert document["sales"][0]["from"] == document["exercises"][0]["id"]
    parse_scenario(document)


def test_the_template_of_form_3921_is_of_the_grant_in_the_other_template() -> None:
    visitor = working_on({})
    grants = next(kind for kind in KINDS if kind.slug == "grants")
    take(visitor, upload(visitor, template(grants), "grants"))

    take(visitor, upload(visitor, template(FORM_3921)))

    assert len(stands(visitor)["grants"]) == 1
    assert len(stands(visitor)["exercises"]) == 1


def test_there_is_no_other_template() -> None:
    assert Visitor().client.get("/import/csv/passwords.csv").status_code == HTTPStatus.NOT_FOUND


def test_grants_take_the_words_of_brokers() -> None:
    visitor = working_on({})
    text = (
        "Grant Number,Award Date,Type,Options granted,Grant Price,Expiration Date,Early exercise\n"
        'G-1,15-Jan-22,Incentive Stock Option,"10,000",$2.50,1/14/2032,Y\n'
        "G-2,2023-05-20,NQ,500,10,--,no\n"
    )

    assert take(visitor, preview(visitor, text, "grants")).status_code == HTTPStatus.FOUND

    assert stands(visitor)["grants"] == [
        {
            "id": "g1",
            "label": "G-1",
            "kind": "iso",
            "date": "2022-01-15",
            "shares": 10_000,
            "strike": 2.5,
            "expires": "2032-01-14",
            "early_exercise": True,
        },
        {
            "id": "g2",
            "label": "G-2",
            "kind": "nso",
            "date": "2023-05-20",
            "shares": 500,
            "strike": 10,
            "early_exercise": False,
        },
    ]


def test_a_grant_must_say_whether_it_is_of_isos() -> None:
    visitor = working_on({})

    response = preview(visitor, "Granted,Shares,Strike,Kind\n2022-01-15,5,1,RSU\n", "grants")

    assert problems(response) == [
        "Row 2, column D (Kind): “RSU” is not known here: write ISO or NSO."
    ]


SALES = "Lot,Acquired,Sold,Shares,Price\n"


@pytest.mark.parametrize(
    ("lot", "acquired", "expected"),
    [
        *(("e7", "", "e7"), ("h1", "", "h1"), ("old LOT", "", "h1")),
        *(("", "3/2/2026", "e7"), ("", "2020-06-01", "h1"), ("6/1/2020", "", "h1")),
        *(
            ("ISO of Jan 15, 2022 at $2.50, exercised Mar 2, 2026", "", "e7"),
            ("e7", "3/2/2026", "e7"),
        ),
        ("ISO of 2022-01-15 at $2.5, exercised 2026-03-02", "", "e7"),  # of an older file
    ],
)
def test_a_sale_names_its_lot_or_the_day_of_it(lot: str, acquired: str, expected: str) -> None:
    visitor = working_on(OWNS)

    take(visitor, preview(visitor, f'{SALES}"{lot}",{acquired},4/5/2027,100,30\n', "sales"))

    (sale,) = stands(visitor)["sales"]
    assert sale == {"id": "s1", "from": expected, "date": "2027-04-05", "shares": 100, "price": 30}


LOTS = "“ISO of Jan 15, 2022 at $2.50, exercised Mar 2, 2026” (id e7) and “Old lot” (id h1)"


@pytest.mark.parametrize(
    ("lot", "acquired", "expected"),
    [
        (
            *("", ""),
            "Row 2, column A (Lot): From which shares? Name the lot, or in a column “Acquired” the"
            " day of its exercise or purchase.",
        ),
        (
            *("Foo", ""),
            "Row 2, column A (Lot): “Foo” names no exercise or holding of the scenario. It has"
            f" {LOTS}.",
        ),
        (
            *("", "2021-01-01"),
            "Row 2, column B (Acquired): No exercise or holding of the scenario is of 2021-01-01."
            f" It has {LOTS}.",
        ),
        (
            *("h1", "2021-01-01"),
            "Row 2, column A (Lot): “Old lot” (id h1) is of 2020-06-01, and the row says"
            " 2021-01-01.",
        ),
    ],
)
def test_a_sale_whose_lot_is_not_clear_is_a_problem(lot: str, acquired: str, expected: str) -> None:
    response = preview(working_on(OWNS), f"{SALES}{lot},{acquired},4/5/2027,100,30\n", "sales")

    assert problems(response) == [expected]


def test_two_lots_of_one_day_must_be_told_apart() -> None:
    visitor = working_on(OWNS | {"exercises": [EXERCISE, EXERCISE | {"id": "e8"}]})

    response = preview(visitor, f"{SALES},3/2/2026,4/5/2027,100,30\n", "sales")

    (problem,) = problems(response)
    assert problem.startswith(
        "Row 2, column B (Acquired): 2026-03-02 is the day of 2 exercises or holdings: “ISO"
    )
    assert problem.endswith("(id e8). Name one of them by its id.")


def test_a_scenario_with_nothing_to_sell_says_so() -> None:
    response = preview(working_on({}), f"{SALES}e1,,4/5/2027,100,30\n", "sales")

    assert problems(response) == [
        "Row 2, column A (Lot): The scenario has no exercises and no holdings to sell from yet:"
        " bring those in first."
    ]


def test_vesting_names_its_grant_by_name_id_or_day() -> None:
    visitor = working_on({"grants": [GRANT | {"label": "Hiring grant"}]})
    text = (
        "Grant,Vest date,Shares\nhiring grant,2023-01-15,1\ng7,2024-01-15,2\n1/15/22,2025-01-15,3\n"
    )

    take(visitor, preview(visitor, text, "vestings"))

    assert [row["grant"] for row in stands(visitor)["vestings"]] == ["g7"] * 3


def test_a_holding_needs_a_basis_or_an_iso_behind_it() -> None:
    text = "Name,Acquired,Shares,ISO granted\nA,2020-06-01,5,\nB,2020-06-01,5,2019-01-01\n"

    found = problems(preview(working_on({}), text, "holdings"))

    assert [each.partition(":")[0] for each in found] == [
        *("Row 2, no column “Basis”", "Row 3, no column “ISO exercised”"),
        *("Row 3, no column “ISO strike”", "Row 3, no column “ISO value at exercise”"),
    ]


def test_a_table_of_another_kind_is_recognized() -> None:
    response = preview(working_on(OWNS), f"{SALES}e7,,4/5/2027,100,30\n", "holdings")

    assert "These columns are those of “Sales”: choose that below" in said(response)


def test_an_id_that_is_taken_is_a_problem_of_its_row() -> None:
    text = "Id,Acquired,Shares,Basis\nh1,2019-01-01,5,1\nx,2019-01-01,5,1\n"

    assert problems(preview(working_on(OWNS), text, "holdings")) == [
        "Row 2, column A (Id): The identifier “Old lot” is already taken."
    ]


def rows_of(document: dict[str, Any]) -> dict[str, Any]:
    return {kind.adds: document[kind.adds] for kind in KINDS if document.get(kind.adds)}


def through_files(document: dict[str, Any]) -> dict[str, Any]:
    """The rows of a scenario, taken over from its own tables into one without any."""
    visitor = working_on({k: v for k, v in document.items() if k not in rows_of(document)})
    for kind in KINDS:
        if kind is FORM_3921 or not document.get(kind.adds):
            continue
        response = upload(visitor, csv_of(rows_as_table(kind, document)), kind.slug)
        assert response.status_code == HTTPStatus.OK, problems(response)
        assert take(visitor, response).status_code == HTTPStatus.FOUND
    return stands(visitor)


@pytest.mark.parametrize("example", [pytest.param(each, id=each.slug) for each in examples()])
def test_the_tables_of_a_scenario_are_the_same_rows_again(example: Example) -> None:
    again = through_files(example.document)

    assert evaluate(parse_scenario(again)).to_dict() == (
        evaluate(parse_scenario(example.document)).to_dict()
    )


def test_the_tables_of_random_scenarios_are_the_same_rows_again() -> None:
    random = np.random.default_rng(2026)
    for _ in range(10):
        document = household(random, structure("single", 2025, ("larger",) * 3, events=True))
        document |= {"schema_version": 1}

        again = through_files(document)

        # Inputs hold twelve places.
        assert nearly(rows_of(again)) == nearly(rows_of(document))


def nearly(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: nearly(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [nearly(inner) for inner in value]
    return round(value, 9) if isinstance(value, float) else value


def test_every_field_of_a_row_has_a_column() -> None:
    from calculator import Scenario
    from calculator.fields import document_fields

    types = {field.key: field.nested for field in document_fields(Scenario) if field.many}
    for kind in KINDS:
        if kind is FORM_3921:
            continue
        fields = {field.key for field in document_fields(types[kind.adds])}
        assert fields == {column.key.partition(".")[0] for column in kind.columns} - (
            {"acquired"} if kind.adds == "sales" else set()
        )
    assert EXERCISES.adds == FORM_3921.adds
    assert datetime.date.fromisoformat(EXERCISES.columns[2].example)
