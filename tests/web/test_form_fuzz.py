"""No form that anyone can send makes the site fail."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amtweb.scenarios.gallery import DEFAULT, example
from tests.web.reading import Page
from tests.web.visitors import HTMX, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.every_parameter]

EXPECTED = {HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}
REFUSED = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
KINDS = ("years", "grants", "exercises", "holdings", "sales")
STEPS = st.sampled_from(
    [
        *("title", "notes", "wages", "year", "id", "label", "date", "shares", "price", "from"),
        *("grant", "iso", "granted", "household", "filing_status", "itemized", "other", "law"),
        *("path", "flat", "amt_rate", "opening", "minimum_tax_credit", "0", "", "x", "basis"),
        *(f"{kind}[{n}]" for kind in KINDS for n in (0, 1, 2, 9999)),
        *(f"{kind}{rest}" for kind in KINDS for rest in ("", "[]", "[-1]", "[0][0]", "[99999]")),
    ]
)
OPERATIONS = st.builds(
    ":".join,
    st.lists(
        st.sampled_from(
            [
                *(
                    "add",
                    "copy",
                    "remove",
                    "earlier",
                    "remove_first",
                    "save",
                    "undo",
                    "redo",
                    "theirs",
                    "both",
                    "overwrite",
                    "apply",
                ),
                *("overwrite", "0", "1", "99", "", *KINDS, "{}", '{"edits":[]}'),
            ]
        ),
        min_size=1,
        max_size=3,
    ),
)
PROPOSALS = st.builds(
    'apply:{{"edits":[{{"path":"{}","value":{}}}]}}'.format,
    st.lists(STEPS, min_size=1, max_size=3).map(".".join) | st.just("sales[+]"),
    st.sampled_from(["1", "-1e300", "null", "[]", "{}", '"x"', "NaN", "true", '{"price":[]}']),
)
NAMES = (
    st.lists(STEPS, min_size=1, max_size=3).map(".".join)
    | st.sampled_from(["op", "tab", "sequence", "selected_year", "draft_version", "begins"])
    | st.text(max_size=12)
)
TEXTS = (
    st.sampled_from(
        [
            *("", " ", "0", "-1", "1,000", "1e5", "NaN", "999999999999", "2026", "2026-03-01"),
            *("iso", "g1", "e1", "h1", "flat", "sunset", "true", "single", "blank", "9" * 400),
        ]
    )
    | st.text(max_size=20)
    | OPERATIONS
    | PROPOSALS
)
SOUPS = st.dictionaries(NAMES, TEXTS, max_size=25)


@pytest.fixture(scope="module")
def example_fields() -> dict[str, str]:
    client = Client()
    return Page(client.get(f"/examples/{DEFAULT}/").content).fields()


@given(soup=SOUPS, htmx=st.booleans(), begins=st.booleans())
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_posted_is_answered(
    example_fields: dict[str, str], *, soup: dict[str, str], htmx: bool, begins: bool
) -> None:
    client = Client()
    fields = (example_fields if begins else {}) | soup
    headers = HTMX if htmx else {}

    assert client.post("/planner/", fields, headers=headers).status_code in EXPECTED
    # What was kept of it can be shown, and worked on.
    page = client.get("/planner/")
    assert page.status_code == HTTPStatus.OK
    again = client.post(
        "/planner/", Page(page.content).fields() | {"op": "add:sales"}, headers=headers
    )
    assert again.status_code in EXPECTED


@given(soup=SOUPS)
@settings(max_examples=20, deadline=None)
def test_whatever_is_asked_of_an_analysis_is_answered(soup: dict[str, str]) -> None:
    document = example(DEFAULT).document
    client = Client()
    for slug in ("pairing", "crossover"):
        fields = {"asked": slug, "years[0].year": str(document["years"][0]["year"])} | soup
        assert client.post(f"/analyses/{slug}/", fields, headers=HTMX).status_code in EXPECTED


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"title=" + b"x" * 2_200_000),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=" % n for n in range(20_002))),
        ("application/x-www-form-urlencoded", b"&" * 100_000),
        ("application/x-www-form-urlencoded", b"title=%00%ff%fe&%00=1&op=%ed%a0%80"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"title=+ADw-"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"title=1"),
        ("multipart/form-data; boundary=x", b"nonsense"),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\n" * 10_000),
        ("application/json", b"{" * 100_000),
        ("text/plain", b"title=1"),
        ("", b""),
    ],
    ids=lambda part: f"{part!a:.40}",
)
@pytest.mark.parametrize("path", ["/planner/", "/start-over/", "/analyses/pairing/"])
def test_a_body_that_is_no_form_is_answered(path: str, content_type: str, body: bytes) -> None:
    response = Client().generic("POST", path, body, content_type)

    assert response.status_code in EXPECTED | REFUSED


@pytest.mark.parametrize(
    "body",
    [b"title=" + b"x" * 2_200_000, b"&".join(b"a%d=" % n for n in range(20_002))],
    ids=["too long", "too many fields"],
)
def test_a_body_beyond_all_bounds_is_refused(body: bytes) -> None:
    visitor = Visitor()
    response = visitor.client.generic(
        "POST", "/planner/", body, "application/x-www-form-urlencoded"
    )

    assert response.status_code in REFUSED
    assert not visitor.client.session.items()


def test_the_largest_form_is_answered_in_time() -> None:
    years: dict[str, Any] = {f"years[{n}].year": str(2018 + n) for n in range(43)}
    rows = {
        f"sales[{n}].{field}": text
        for n in range(4_700)
        for field, text in (("id", f"s{n}"), ("from", "h1"), ("price", "1"), ("shares", "x"))
    }
    started = time.perf_counter()
    response = Client().post("/planner/", years | rows, headers=HTMX)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("name", ["title", "years[0].wages"])
def test_of_two_fields_of_a_name_the_last_counts(name: str) -> None:
    client = Client()
    client.post("/planner/", {name: ["first", "second"]})

    assert Page(client.get("/planner/").content).fields()[name] == "second"


def test_a_proposal_of_another_shape_is_passed_over() -> None:
    visitor = Visitor()
    fields = visitor.fields()
    for path, value in (
        ("years", "1"),
        ("years[0]", "1"),
        ("sales", "[]"),
        ("law", '"flat"'),
        ("title", '["a"]'),
        ("years[0].wages", '{"a": 1}'),
        ("sales[+]", '"text"'),
        ("sales[+]", '{"price": {"a": 1}}'),
        ("grants[+].label", '"x"'),
        ("years[+]", "{}"),
        ("title.x", "1"),
        ("household.filing_status", "[]"),
        ("title", '"\\ud800"'),
        ("title", "[" * 100_000),
        ("title", "1" * 5_000),
        ("household", "{}"),
        ("schema_version", "2"),
    ):
        edit = f'apply:{{"edits":[{{"path":"{path}","value":{value}}}]}}'
        response = visitor.send(fields, htmx=True, op=edit)
        assert response.status_code in EXPECTED, path
        assert visitor.client.get("/planner/").status_code == HTTPStatus.OK, path
