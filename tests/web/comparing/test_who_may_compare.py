"""Whose scenarios can be compared, and what becomes of an address that names anything else."""

from __future__ import annotations

import random
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amtweb.scenarios.gallery import example
from tests.web.comparing.comparison_page import Comparison, address, kept
from tests.web.visitors import HTMX, Visitor

pytestmark = pytest.mark.django_db

SECRET = "Canary of the owner"
WAY = "example:way-back"
PAIRED = "example:pairing-paired"


@pytest.fixture
def owner() -> Visitor:
    return Visitor()


def titled(title: str) -> dict[str, Any]:
    return example("way-back").document | {"title": title}


def test_anyone_compares_examples_without_saving_anything() -> None:
    client = Client()

    found = Comparison(client, WAY, PAIRED)

    assert len(found.sentences) == 1
    assert not client.cookies


def test_a_draft_a_revision_and_the_working_copy_are_compared(owner: Visitor) -> None:
    saved = kept(owner, titled("First"))
    owner.edit(saved.get_absolute_url(), op="save", title="Second")
    owner.edit("/planner/", htmx=True, title="On the bench")

    found = Comparison(owner.client, saved.public_id, f"{saved.public_id}@1", "bench", WAY)

    chips = [e for e in found.page.elements if e.attributes.get("class") == "chip-name"]
    names = [e.text for chip in chips for e in chip.elements if e.tag == "a"]
    assert names == ["Second", "First", "On the bench", example("way-back").title]
    assert "revision 1" in found.text


@pytest.mark.parametrize("suffix", ["", "@1", "@2", "~law.path=sunset", "@1~years.*.wages=x2"])
def test_what_is_anothers_is_like_what_is_not_there(owner: Visitor, suffix: str) -> None:
    foreign = kept(owner, titled(SECRET)).public_id
    stranger = Visitor()
    kept(stranger, titled("Mine"))
    absent = "x" * len(foreign)

    answers = []
    for name in (foreign, absent):
        response = stranger.client.get(address(f"{name}{suffix}", WAY, PAIRED))
        assert response.status_code == HTTPStatus.NOT_FOUND
        answers.append(response.content.decode().replace(name, "NAME"))
    assert answers[0] == answers[1]
    assert SECRET not in answers[0]
    assert "or it is not yours" in answers[0]


def test_the_rest_is_compared_all_the_same(owner: Visitor) -> None:
    foreign = kept(owner, titled(SECRET)).public_id

    found = Comparison(Client(), WAY, foreign, PAIRED, status=HTTPStatus.NOT_FOUND)

    assert len(found.sentences) == 1
    assert found.sentences[0].startswith("B pays")


def test_the_download_of_anothers_is_refused(owner: Visitor) -> None:
    foreign = kept(owner, titled(SECRET)).public_id

    response = Client().get(f"/compare/comparison.csv?with={foreign}&with={WAY}")

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert SECRET not in response.content.decode()


def test_a_deleted_scenario_is_not_there(owner: Visitor) -> None:
    saved = kept(owner, titled(SECRET))
    owner.client.post(f"{saved.get_absolute_url()}delete/", owner.fields())

    found = Comparison(owner.client, saved.public_id, WAY, PAIRED, status=HTTPStatus.NOT_FOUND)

    assert SECRET not in found.text


def test_at_most_four_are_compared_and_the_page_says_so() -> None:
    five = [f"{WAY}~years.*.wages=x1.{n}" for n in range(1, 6)]

    found = Comparison(Client(), *five)

    assert len(found.sentences) == 3
    assert "at most 4 are compared at once" in found.text


def test_the_same_twice_is_compared_once() -> None:
    found = Comparison(Client(), WAY, WAY, PAIRED)

    assert len(found.sentences) == 1
    assert "It is in the comparison already." in found.text


def test_one_alone_is_not_compared_but_can_be_varied() -> None:
    found = Comparison(Client(), WAY)

    assert "the two are compared" in found.text
    assert found.page.find("variant").attributes.get("open") == ""
    assert "Compare with the same Every exercise a year later" in found.text


def test_a_variant_that_cannot_be_computed_is_said_in_words() -> None:
    found = Comparison(Client(), WAY, PAIRED, f"{WAY}~sales.s3.date=9y")

    assert len(found.sentences) == 1
    assert "It cannot be computed. Sale 3" in found.text


def test_the_form_adds_a_variant_and_leads_to_its_address() -> None:
    asked = {"of": "A", "field": "years.wages", "when": "2027", "to": "+10%"}

    response = Client().get(address(WAY, PAIRED, base="B", **asked))

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == (
        f"/compare/?with={WAY}&with={PAIRED}&with={WAY}~years.2027.wages=x1.1&base=B"
    )


def test_a_choice_needs_no_value() -> None:
    response = Client().get(address(WAY, of="A", field="law.path=sunset", when="*", to=""))

    assert response["Location"] == f"/compare/?with={WAY}&with={WAY}~law.path=sunset"


@pytest.mark.parametrize(
    ("field", "to", "words"),
    [
        ("years.wages", "", "Say what it is changed to."),
        ("years.wages", "lots", "Wages: enter an amount"),
        ("sales.s1.date", "soon", "Sold: enter a date"),
        ("sales.s1.date", "2020-01-01", "Sale 1"),
        ("opening.minimum_tax_credit", "-5", "AMT credit"),
    ],
)
def test_a_mistake_in_the_form_stands_beside_the_field_and_nothing_typed_is_lost(
    field: str, to: str, words: str
) -> None:
    found = Comparison(
        Client(),
        WAY,
        PAIRED,
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        of="A",
        field=field,
        when="*",
        to=to,
    )

    mistake = found.page.find("variant-to_error")
    assert words in mistake.text
    assert found.page.find("variant-to").attributes.get("value", "") == to
    assert found.page.find("variant-to").attributes["aria-invalid"] == "true"
    assert len(found.sentences) == 1


def hostile() -> list[str]:
    """References that nobody's page makes."""
    numbers = [
        "0",
        "-1",
        "1.5",
        "1e309",
        "NaN",
        "Infinity",
        "9" * 4000,
        "0x10",
        "\N{FULLWIDTH DIGIT ONE}",
        "",
    ]
    fields = ["years.*.wages", "years.2026.household.filing_status", "sales.s1.price", "law.path"]
    values = [
        *numbers,
        *("x", "x-1", "xNaN", "x1e9", "+1%", "1y", "--1y", "none", "null", "true", "[]", "{}"),
        *("\x00", "\ud7ff", "\u202e", "'; DROP TABLE x;--", "<script>", "%00", "{{7*7}}", "a" * 41),
    ]
    refs = [f"{WAY}~{field}={value}" for field in fields for value in values]
    refs += [f"abc@{number}" for number in numbers]
    refs += [
        *("~", "@", ":", "example:", "example:x", "example:../way-back", "bench@1", "bench~bench"),
        f"{WAY}~years.99999.wages=1",
        f"{WAY}~years.2026.years.2026.wages=1",
        f"{WAY}~{'a.' * 60}b=1",
        f"{WAY}~__class__.__init__=1",
        f"{WAY}~years.__class__.wages=1",
        f"{WAY}~sales.s1.from=e1~sales.s1.id=x",
        f"{WAY}~exercises.*=none~sales.*.price=1",
        f"{WAY}~holdings.*=none",
        f"{WAY}~sales.*.date=9y~sales.s1.date=0001-01-01",
        f"{WAY}~exercises.e1.date=9999-99-99",
        f"{WAY}~years.*.wages=999999999999999",
        f"{WAY}~household.dependents=999",
        f"{WAY}~law.indexing_rate=-999",
        f"{WAY}~law.flat.loss_deduction_limit=-1~law.path=flat",
        "\x00",
        "\ufffe",
        "💥" * 200,
        "a" * 10_000,
        "/etc/passwd",
        "http://evil.example/",
    ]
    return refs


def test_there_are_a_hundred_hostile_references() -> None:
    assert len(set(hostile())) > 100


def test_no_hostile_reference_breaks_the_page(owner: Visitor) -> None:
    foreign = kept(owner, titled(SECRET)).public_id
    client = Client(raise_request_exception=False)
    everyone = [*hostile(), *(f"{foreign}{suffix}" for suffix in ("", "@1", "~law.path=flat"))]
    expected = {HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}

    for place, reference in enumerate(everyone):
        three = {"with": [WAY, reference, PAIRED]}
        response = client.get("/compare/", three)
        assert response.status_code in expected, reference
        body = response.content.decode()
        assert SECRET not in body
        assert "<script>" not in body
        # The two that can be compared still are, whatever stands between them.
        assert "B pays" in body, reference
        if place % 5 == 0:
            response = client.get("/compare/comparison.csv", three)
            assert response.status_code in expected, reference
            assert SECRET not in response.content.decode()


def test_any_mixture_of_hostile_parameters_is_answered() -> None:
    rng = random.Random(4)  # noqa: S311
    client = Client(raise_request_exception=False)
    junk = [
        "",
        "A",
        "Z",
        "99",
        "B\x00",
        "-1",
        "9" * 5000,
        "2026",
        "NaN",
        "all",
        "years.wages",
        "💥",
    ]

    for _ in range(150):
        query: dict[str, Any] = {"with": rng.choices([*hostile(), WAY, PAIRED, "bench"], k=5)}
        for name in ("base", "year", "show", "of", "field", "when", "to", "add"):
            if rng.random() < 0.5:
                query[name] = rng.choice(junk)
        response = client.get("/compare/", query, headers=HTMX if rng.random() < 0.3 else None)
        assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, query


def test_thousands_of_references_are_not_looked_at() -> None:
    with CaptureQueriesContext(connection) as queries:
        response = Client().get("/compare/?" + "&".join(f"with=x{n}" for n in range(900)))

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert len(queries) <= 2


def test_user_text_is_escaped_and_set_apart(owner: Visitor) -> None:
    title = "<b>\u202eTitle</b> & more"
    saved = kept(owner, titled(title))

    found = Comparison(owner.client, saved.public_id, WAY)

    assert "<b>" not in found.html
    assert re.search(r"<bdi>&lt;b&gt;\u202eTitle&lt;/b&gt; &amp; more</bdi>", found.html)


def test_the_page_asks_the_database_the_same_of_four_as_of_two(owner: Visitor) -> None:
    saved = [kept(owner, titled(f"Number {n}")) for n in range(4)]
    revisions = [f"{each.public_id}@1" for each in saved]

    def asked(*references: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            Comparison(owner.client, *references)
        return len(queries)

    two = asked(saved[0].public_id, revisions[1])
    assert asked(*[each.public_id for each in saved[:2]], *revisions[2:]) <= two
    assert two <= 6


def test_the_part_of_a_year_comes_alone_to_a_script() -> None:
    headers = HTMX | {"HX-Target": "of-year"}

    html = Client().get(address(WAY, PAIRED, year="2026"), headers=headers).content.decode()

    assert html.strip().startswith('<div id="of-year"')
    assert "2026: B instead of A" in html


def test_nothing_is_kept_of_a_look(owner: Visitor) -> None:
    owner.edit("/planner/", htmx=True, title="On the bench")
    before = dict(owner.client.session)

    Comparison(owner.client, "bench", WAY)

    assert dict(owner.client.session) == before
