"""From the file to the scenario: after it was looked at, all of it in one step, or nothing."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from amtweb.scenarios.models import Scenario
from amtweb.scenarios.working_copy import DOCUMENT
from tests.web.importing.forms import (
    BENCH,
    HEADINGS_3921,
    buttons,
    preview,
    problems,
    said,
    sent_by,
    take,
    upload,
)
from tests.web.importing.test_form_3921 import (
    EXERCISE,
    GRANT,
    TWO_OF_ONE_GRANT,
    stands,
    working_on,
)
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

OWNS = {"grants": [GRANT], "exercises": [EXERCISE]}
LONGEST = 0.5
"""Seconds of a processor."""

WRONG_FORM_3921 = (
    "Account number,Date option granted,Date option exercised,Exercise price per share,"
    "Fair market value,Shares\n"
    "77,1/15/2022,3/2/2026,2.50,41.40,1000\n"
    "77,31/01/2022,2026-02-30,abc,,0\n"
    "\n"
    "77,1/15/2022,1/1/2021,2.50,41.40,10\n"
    '77,1/15/2022,6/15/2026,"2,50",41.40,10\n'
    "77,1/15/2022,6/15/2026,2.50,41.40,1,000\n"
)
SAID_OF_FORM_3921 = [
    "Row 3, column B (Date option granted): “31/01/2022” has no month 31: dates with slashes are"
    " read as month/day/year. Write the day as 2026-01-31.",
    "Row 3, column C (Date option exercised): “2026-02-30” is no day of the calendar.",
    "Row 3, column D (Exercise price per share): “abc” is not a price: write it as 12.50.",
    "Row 3, column E (Fair market value): This is blank, and every row needs it.",
    "Row 3, column F (Shares): “0” is no number of shares above 0.",
    "Row 5, column C (Date option exercised): The exercise comes before its grant of 2022-01-15.",
    "Row 6, column D (Exercise price per share): “2,50” seems to have a comma where cents begin:"
    " write it with a point, as in 1,234.50.",
    "Row 7, column G: This row has 7 cells, and there are 6 headings. A number with a comma in it"
    ' stands in quotation marks: "1,234.50".',
]
WRONG_SALES = (
    "Sold\tAcquired\tQuantity\tSale price\n"
    "4/5/2027\t3/2/2026\t600\t30\n"
    "4/6/2027\t3/2/2026\t600\t30\n"
    "2/1/2026\t3/2/2026\t1\t30\n"
    "4/5/2031\t3/2/2026\t1\t30\n"
    "4/5/2027\t3/3/2026\t1\t30\n"
    "4/5/2027\t3/2/2026\t2e13\t30\n"
)
LOT = "ISO of Jan 15, 2022 at $2.50, exercised Mar 2, 2026"
SAID_OF_SALES = [
    f"Row 3, column C (Quantity): More shares are sold than are held of “{LOT}” on this day."
    " Of 1,000 shares, 398 are left beside the other sales.",
    "Row 4, column A (Sold): The sale comes before the shares are there: 2026-03-02.",
    "Row 5, column A (Sold): The date lies outside the years of this scenario, 2026 to 2027.",
    f"Row 6, column B (Acquired): No exercise or holding of the scenario is of 2026-03-03. It has"
    f" “{LOT}” (id e7).",
    "Row 7, column C (Quantity): “2e13” is not a number of shares: write it as 1,000.",
]
WRONG_GRANTS = "Name,Grnted,Shares,Strike price,Strike\nA,2022-01-15,5,1,1\n"
SAID_OF_GRANTS = [
    "Headings: There is no column “Granted”. Perhaps it is column B (“Grnted”): name that so.",
    "Headings: There is no column “Kind”.",
    "Row 1, column E (Strike): Columns D and E hold the same thing: remove one of them, or name it"
    " otherwise.",
]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("form-3921", WRONG_FORM_3921, SAID_OF_FORM_3921),
        ("sales", WRONG_SALES, SAID_OF_SALES),
        ("grants", WRONG_GRANTS, SAID_OF_GRANTS),
    ],
)
@pytest.mark.parametrize("sends", [preview, lambda v, text, kind: upload(v, text.encode(), kind)])
def test_all_that_is_wrong_with_a_file_is_said_by_row_and_column(
    kind: str, text: str, expected: list[str], sends: Callable[..., Any]
) -> None:
    visitor = working_on(OWNS)
    before = dict(visitor.client.session)

    response = sends(visitor, text, kind)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert problems(response) == expected
    assert sent_by(response)["text"] == text
    assert not [label for label in buttons(response) if label.startswith("Take over")]
    assert take(visitor, response).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert dict(visitor.client.session) == before
    assert Scenario.objects.count() == 0


def workbook() -> bytes:
    book = Workbook()
    book.active.append(["Date option granted", "Date option exercised"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


SAVE_AS_CSV = (
    "Open it in the spreadsheet, choose “Save as” or “Download”, then “CSV UTF-8 (comma"
    " delimited)”, and take that file. Nothing was taken over."
)


@pytest.mark.parametrize(
    ("content", "expected", "status"),
    [
        (workbook(), f"This is a workbook (XLSX) and not a CSV file. {SAVE_AS_CSV}", 422),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d",
            f"This file is not text, so it is no CSV file. {SAVE_AS_CSV}",
            422,
        ),
        (b"", "The file is empty. Nothing was taken over.", 422),
        (
            TWO_OF_ONE_GRANT.encode().ljust(512 * 1024 + 1),
            "The file is larger than 512 KB: make several files of it. Nothing was taken over.",
            413,
        ),
        (
            TWO_OF_ONE_GRANT.encode().ljust(3 * 1024 * 1024),
            "The file is larger than 512 KB: make several files of it. Nothing was taken over.",
            413,
        ),
    ],
)
def test_a_file_that_is_no_table_is_told_what_it_is_beside_where_it_was_chosen(
    content: bytes, expected: str, status: int
) -> None:
    visitor = working_on(OWNS)
    before = dict(visitor.client.session)

    response = upload(visitor, content)

    assert response.status_code == status
    page = Page(response.content)
    assert page.find("refusal").text == expected
    assert page.find("file").attributes["aria-describedby"] == "refusal"
    assert dict(visitor.client.session) == before


def test_a_file_of_the_largest_size_is_read() -> None:
    content = TWO_OF_ONE_GRANT.encode().ljust(512 * 1024, b"\n")

    assert upload(working_on({}), content).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"kind": "grants"}, "Choose a file first, or paste the rows."),
        ({"kind": "grants", "text": " \n"}, "Choose a file first, or paste the rows."),
        ({"text": "Name\nA\n"}, "Say what the file holds."),
        ({"kind": "passwords", "text": "Name\nA\n"}, "Say what the file holds."),
    ],
)
def test_what_is_missing_in_the_form_is_said(data: dict[str, str], expected: str) -> None:
    response = Visitor().client.post(BENCH, data)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Page(response.content).find("refusal").text.startswith(expected)


HOSTILE = {
    "problems in every cell": HEADINGS_3921 + "x,x,x,x,x\n" * 500,
    "quotation marks": HEADINGS_3921 + '"' * 200_000,
    "blank lines": HEADINGS_3921 + "\n" * 300_000,
    "markup": HEADINGS_3921 + "<script>alert(1)</script>,<b>,&amp;,\u202e,'\n",
    "formulas": HEADINGS_3921 + "=cmd|' /C calc'!A0,+1,-1,@SUM(1),=1\n",
    "template tags": HEADINGS_3921 + "{{7*7}},{% debug %},{{,{%,{#\n",
    "control characters": HEADINGS_3921 + "\x07,\x1b,\x7f,\x85,\u2028\n",
    "strange letters": HEADINGS_3921 + "\u202e" * 900 + ",\ufeff,\ufffe,\uffff,\U000e0001\n",
    "exponents": HEADINGS_3921 + "1e1000000,1e9,1e1000000,1e9999999,1e5\n",
    "digits": HEADINGS_3921 + ",".join(["9" * 900] * 5) + "\n",
    "many columns": ",".join(f"c{n}" for n in range(60_000)) + "\n",
    "no row fits": HEADINGS_3921 + (",".join("x" for _ in range(90)) + "\n") * 500,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_soon_and_shown_as_text(text: str) -> None:
    visitor = working_on(OWNS)
    before = dict(visitor.client.session)

    begun = time.process_time()
    response = preview(visitor, text)
    took = time.process_time() - begun

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert took < LONGEST
    assert len(problems(response)) <= 101
    page = Page(response.content)
    assert not [e for e in page.elements if e.tag == "script" and not e.attributes.get("src")]
    assert sent_by(response)["text"] == text
    assert dict(visitor.client.session) == before


def test_a_long_list_of_problems_is_cut_and_counted() -> None:
    response = preview(working_on({}), HOSTILE["problems in every cell"])

    assert "Nothing can be taken over yet: 2500 things to correct" in said(response)
    assert problems(response)[-1] == "and 2400 more"


def test_five_hundred_rows_are_taken_and_undone_as_one_step() -> None:
    visitor = working_on({})
    rows = "".join(f"1/15/2022,3/2/2026,2.5,{20 + n},10\n" for n in range(500))
    before = visitor.fields()

    begun = time.process_time()
    previewed = preview(visitor, HEADINGS_3921 + rows)
    assert time.process_time() - begun < 2
    assert "Take over 500 rows" in buttons(previewed)
    take(visitor, previewed)
    assert len(stands(visitor)["exercises"]) == 500
    visitor.edit(op="undo")

    assert visitor.fields().keys() == before.keys()
    assert "exercises" not in stands(visitor)
    assert "Took over 500 rows of Form 3921." in str(
        visitor.client.get("/planner/").content.decode()
    )


def test_more_rows_than_a_scenario_has_of_a_kind_are_refused() -> None:
    many = [EXERCISE | {"id": f"e{n}", "shares": 1} for n in range(499)]
    visitor = working_on({"grants": [GRANT], "exercises": many})

    assert problems(preview(visitor, TWO_OF_ONE_GRANT)) == [
        "Scenario, Exercises: There are 501 here; at most 500 are allowed."
    ]


def inputs_of(visitor: Visitor, path: str = "/planner/") -> dict[str, str]:
    changing = ("csrfmiddlewaretoken", "tab", "sequence", "selected_year", "draft_version")
    return {k: v for k, v in visitor.fields(path).items() if k not in changing}


def test_what_was_taken_over_is_undone_in_one_step_and_done_again() -> None:
    visitor = working_on(OWNS)
    before = inputs_of(visitor)
    take(visitor, preview(visitor, TWO_OF_ONE_GRANT))
    after = inputs_of(visitor)

    visitor.edit(op="undo")
    assert inputs_of(visitor) == before
    visitor.edit(op="redo")

    assert inputs_of(visitor) == after != before


def test_nothing_is_kept_of_a_preview() -> None:
    visitor = working_on(OWNS)
    before = dict(visitor.client.session)

    preview(visitor, TWO_OF_ONE_GRANT)

    assert dict(visitor.client.session) == before
    newcomer = Visitor()
    preview(newcomer, TWO_OF_ONE_GRANT)
    assert "sessionid" not in newcomer.client.cookies


def test_a_newcomers_rows_begin_a_scenario_of_their_own() -> None:
    visitor = Visitor()
    response = visitor.client.get(BENCH)
    assert sent_by(response)["into"] == "new"

    take(visitor, preview(visitor, TWO_OF_ONE_GRANT, into="new"))

    assert len(stands(visitor)["exercises"]) == 2
    assert "sales" not in stands(visitor)
    assert "undo" not in visitor.page().buttons()


def test_a_new_scenario_takes_the_place_of_the_one_on_the_bench_and_can_be_undone() -> None:
    visitor = working_on(OWNS)
    before = inputs_of(visitor)
    assert sent_by(visitor.client.get(BENCH))["into"] == "this"

    take(visitor, preview(visitor, TWO_OF_ONE_GRANT, into="new"))
    assert len(stands(visitor)["exercises"]) == 2
    visitor.edit(op="undo")

    assert inputs_of(visitor) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"text": TWO_OF_ONE_GRANT + "1/15/2022,7/1/2026,2.5,41.4,10\n"},
        {"with_duplicates": "on"},
        {"granted:2022-01-15:2.5:": "9,000"},
        {"into": "new"},
    ],
)
def test_what_was_not_previewed_is_not_taken_before_it_is(changed: dict[str, str]) -> None:
    visitor = working_on({})
    previewed = preview(visitor, TWO_OF_ONE_GRANT, into="this")

    response = visitor.client.post(BENCH, sent_by(previewed) | {"op": "take"} | changed)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "was changed since the preview" in said(response)
    assert "grants" not in stands(visitor)
    assert take(visitor, response).status_code == HTTPStatus.FOUND


def test_another_file_chosen_beside_the_preview_is_previewed_first() -> None:
    visitor = working_on({})
    previewed = preview(visitor, TWO_OF_ONE_GRANT)
    other = SimpleUploadedFile("b.csv", (HEADINGS_3921 + "1/15/22,3/2/26,1,2,3\n").encode())

    response = visitor.client.post(BENCH, sent_by(previewed) | {"op": "take", "file": other})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Take over 1 row" in buttons(response)
    assert "grants" not in stands(visitor)


def test_a_bench_that_was_changed_since_the_preview_is_previewed_anew() -> None:
    visitor = working_on({})
    previewed = preview(visitor, TWO_OF_ONE_GRANT)
    visitor.edit(**{"years[0].wages": "1,000,000"})

    response = take(visitor, previewed)

    assert response.status_code == HTTPStatus.CONFLICT
    assert "The scenario was changed since this preview was made." in said(response)
    assert "grants" not in stands(visitor)
    assert take(visitor, response).status_code == HTTPStatus.FOUND
    assert stands(visitor)["years"][0]["wages"] == 1_000_000


def test_the_same_request_twice_takes_the_rows_once() -> None:
    visitor = working_on({})
    previewed = preview(visitor, TWO_OF_ONE_GRANT)

    for _ in range(2):
        response = take(visitor, previewed)
        assert response.status_code == HTTPStatus.FOUND
        assert response["Location"] == "/planner/#exercises-title"
    assert len(stands(visitor)["exercises"]) == 2


def test_going_back_to_the_preview_of_rows_that_were_undone_is_answered_with_a_new_one() -> None:
    visitor = working_on({})
    previewed = preview(visitor, TWO_OF_ONE_GRANT)
    take(visitor, previewed)
    visitor.edit(op="undo")

    response = take(visitor, previewed)
    assert response.status_code == HTTPStatus.CONFLICT
    assert take(visitor, response).status_code == HTTPStatus.FOUND
    assert len(stands(visitor)["exercises"]) == 2


def test_what_is_typed_and_not_complete_stays_as_it_is() -> None:
    visitor = working_on(OWNS)
    visitor.edit(htmx=True, op="add:sales")

    take(visitor, preview(visitor, TWO_OF_ONE_GRANT))

    assert visitor.fields()["sales[0].id"] == "s1"
    assert len(stands(visitor)["exercises"]) == 2


def test_a_scenario_with_mistakes_takes_no_rows() -> None:
    visitor = working_on(OWNS)
    visitor.edit(htmx=True, **{"years[0].wages": "lots"})

    response = preview(visitor, TWO_OF_ONE_GRANT)

    assert problems(response) == [
        "Scenario: The scenario itself has mistakes. Correct them first: then rows can be added to"
        " it."
    ]
    assert take(visitor, response).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert preview(visitor, TWO_OF_ONE_GRANT, into="new").status_code == HTTPStatus.OK


@pytest.mark.parametrize("name", ["inputs.csv", "years.csv", "lines.csv"])
def test_a_table_that_is_only_to_be_read_is_told_so(name: str) -> None:
    visitor = working_on(OWNS)
    content = visitor.client.get(f"/download/{name}").content

    response = upload(visitor, content)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    refusal = Page(response.content).find("refusal").text
    assert refusal.startswith("This table of a download is only to be read. A whole scenario is")


@pytest.fixture
def owner() -> Visitor:
    return working_on({"title": "Kept"})


@pytest.fixture
def scenario(owner: Visitor) -> Scenario:
    return owner.saved()


@pytest.fixture
def place(scenario: Scenario) -> str:
    return f"{scenario.get_absolute_url()}import/"


def test_a_saved_scenario_takes_rows_into_its_draft(
    owner: Visitor, scenario: Scenario, place: str
) -> None:
    before = inputs_of(owner, scenario.get_absolute_url())
    previewed = preview(owner, TWO_OF_ONE_GRANT, path=place)
    assert "into" not in sent_by(previewed)

    response = take(owner, previewed, place)

    assert response["Location"] == f"{scenario.get_absolute_url()}#exercises-title"
    scenario.refresh_from_db()
    assert len(scenario.draft["exercises"]) == 2
    assert scenario.revisions.count() == 1
    owner.edit(scenario.get_absolute_url(), op="undo")
    assert inputs_of(owner, scenario.get_absolute_url()) == before


def test_a_saved_scenario_that_was_changed_since_the_preview_stays(
    owner: Visitor, scenario: Scenario, place: str
) -> None:
    previewed = preview(owner, TWO_OF_ONE_GRANT, path=place)
    owner.edit(scenario.get_absolute_url(), **{"years[0].wages": "1"})

    response = take(owner, previewed, place)

    assert response.status_code == HTTPStatus.CONFLICT
    scenario.refresh_from_db()
    assert "exercises" not in scenario.draft
    assert take(owner, response, place).status_code == HTTPStatus.FOUND


def test_the_same_request_twice_takes_rows_once_into_a_saved_scenario(
    owner: Visitor, scenario: Scenario, place: str
) -> None:
    previewed = preview(owner, TWO_OF_ONE_GRANT, path=place)

    for _ in range(2):
        assert take(owner, previewed, place).status_code == HTTPStatus.FOUND
    scenario.refresh_from_db()
    assert len(scenario.draft["exercises"]) == 2
    owner.edit(scenario.get_absolute_url(), op="undo")

    # What was undone since is not passed over in silence.
    assert take(owner, previewed, place).status_code == HTTPStatus.CONFLICT


def test_an_editor_that_is_open_elsewhere_is_asked_before_it_writes_over_the_rows(
    owner: Visitor, scenario: Scenario, place: str
) -> None:
    fields = owner.fields(scenario.get_absolute_url())
    take(owner, preview(owner, TWO_OF_ONE_GRANT, path=place), place)

    changes = {"years[0].wages": "1", "sequence": "1"}
    response = owner.send(fields, scenario.get_absolute_url(), htmx=True, **changes)

    assert response.status_code == HTTPStatus.CONFLICT
    scenario.refresh_from_db()
    assert len(scenario.draft["exercises"]) == 2


def test_nobody_elses_scenario_takes_rows(scenario: Scenario, place: str) -> None:
    other = working_on({})

    for operation in ("preview", "take"):
        response = other.client.post(
            place, {"kind": "form-3921", "text": TWO_OF_ONE_GRANT, "op": operation}
        )
        assert response.status_code == HTTPStatus.NOT_FOUND
    scenario.refresh_from_db()
    assert "exercises" not in scenario.draft


def test_the_editor_leads_to_the_import_of_each_kind_of_row(
    owner: Visitor, scenario: Scenario, place: str
) -> None:
    slugs = ("grants", "form-3921", "sales", "vestings", "holdings")
    for page, address in (("/planner/", BENCH), (scenario.get_absolute_url(), place)):
        links = [a.attributes.get("href", "") for a in owner.page(page).all("a")]
        assert [link for link in links if link.startswith(f"{address}?")] == [
            f"{address}?kind={slug}" for slug in slugs
        ]
        for slug in slugs:
            shown = owner.client.get(f"{address}?kind={slug}")
            assert sent_by(shown)["kind"] == slug
    links = [a.attributes.get("href", "") for a in owner.page("/import/").all("a")]
    assert BENCH in links


def test_an_example_is_not_led_to_the_import_of_another_scenario() -> None:
    page = Visitor().page("/examples/eso-primer-6/")

    links = [a.attributes.get("href", "") for a in page.all("a")]
    assert not [link for link in links if link.startswith(BENCH)]


def test_the_downloads_offer_the_rows_as_they_can_be_brought_in_again(
    owner: Visitor, scenario: Scenario, place: str
) -> None:
    take(owner, preview(owner, TWO_OF_ONE_GRANT, path=place), place)
    address = f"{scenario.get_absolute_url()}download/"

    for name in ("grants.csv", "exercises.csv"):
        links = [a.attributes.get("href") for a in owner.page(address).all("a")]
        assert name in links
        content = owner.client.get(f"{address}{name}").content
        other = working_on({"grants": [GRANT | {"id": "g1"}]} if name != "grants.csv" else {})
        response = upload(other, content, name.removesuffix(".csv"))
        assert take(other, response).status_code == HTTPStatus.FOUND
    assert DOCUMENT in other.client.session
