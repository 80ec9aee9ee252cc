"""What the holder of a link never gets, and what only with the owner's leave."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from amtweb.sharing.shown import SHOWN, shown_document
from calculator import evaluate, parse_scenario
from calculator.fields import document_fields
from calculator.scenario import Scenario as Parsed
from tests.web.reading import Page
from tests.web.sharing.links import link_of, made, make
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

NEVER_SHOWN = {"notes"}
"""What is in the schema and not on the list: the rest of it is shown."""
FIRST_YEAR = 2026


def full_document(scale: float = 1.0, path: str = "current") -> dict[str, Any]:
    """Every kind of row and a text in every field that takes one."""
    return {
        "schema_version": 1,
        "title": "CanaryTitle",
        "notes": "CanaryNotes",
        "law": {"path": path},
        "opening": {"amt_capital_loss": {"long_term": 40_000 * scale}},
        "years": [
            {"year": year, "wages": 210_123 * scale, "interest": 1_234 * scale}
            for year in range(FIRST_YEAR, FIRST_YEAR + 8)
        ],
        "grants": [
            {
                "id": "CanaryGrantId",
                "label": "CanaryGrant",
                "stock": "CanaryStock",
                "kind": "iso",
                "date": "2023-05-15",
                "shares": 9_010,
                "strike": 2.17 * scale,
            }
        ],
        "vestings": [
            {
                "id": "CanaryVestingId",
                "grant": "CanaryGrantId",
                "date": "2025-05-15",
                "shares": 9_010,
            }
        ],
        "splits": [
            {"id": "CanarySplitId", "stock": "CanaryStock", "date": "2024-01-02", "ratio": 1}
        ],
        "exercises": [
            {
                "id": "CanaryExerciseId",
                "grant": "CanaryGrantId",
                "date": "2026-02-10",
                "shares": 9_010,
                "fair_market_value": 53.19 * scale,
            }
        ],
        "holdings": [
            {
                "id": "CanaryHoldingId",
                "label": "CanaryHolding",
                "stock": "CanaryStock",
                "acquired": "2020-01-10",
                "shares": 77,
                "basis": 11.29 * scale,
                "price": 31.13 * scale,
            }
        ],
        "sales": [
            {
                "id": "CanarySaleId",
                "from": "CanaryExerciseId",
                "date": "2028-03-15",
                "shares": 8_111,
                "price": 21.31 * scale,
            },
            {
                "id": "CanarySale2Id",
                "from": "CanaryHoldingId",
                "date": "2029-03-15",
                "shares": 76,
                "price": 41.43 * scale,
            },
        ],
    }


def shared(owner: Visitor, document: dict[str, Any], **settled: str) -> str:
    """The token of a link to the document."""
    scenario = owner.saved()
    Scenario.objects.filter(pk=scenario.pk).update(draft=document, title=document["title"])
    scenario.refresh_from_db()
    scenario.make_revision(document, {}, note="CanaryRevisionNote")
    token = made(owner, scenario, label="CanaryLabel", **settled)
    assert link_of(token).label == "CanaryLabel"
    return token


def everything_said(token: str) -> str:
    """All that a holder can get through a link, as it is sent."""
    reader = Client()
    page = reader.get(f"/shared/{token}/")
    answers = [
        page,
        reader.get(f"/shared/{token}/?year=2029"),
        reader.get(f"/shared/{token}/copy/"),
        reader.get(f"/shared/{token}/scenario.json"),
    ]
    if b'id="what-if"' in page.content:
        fields = Page(page.content).fields("what-if") | {"wages": "10"}
        for headers in ({}, {"HX-Request": "true"}):
            answers.append(reader.post(f"/shared/{token}/", fields, headers=headers))
    texts = [f"{answer.headers}{answer.content.decode()}" for answer in answers]
    return html.unescape("\n".join(texts))


@pytest.mark.parametrize("shows", ["pinned", "live"])
@pytest.mark.parametrize("may_copy", ["", "on"])
def test_notes_labels_and_ids_of_the_owners_are_never_shown(
    owner: Visitor, shows: str, may_copy: str
) -> None:
    token = shared(owner, full_document(), shows=shows, may_copy=may_copy)

    seen = set(re.findall("Canary[A-Za-z0-9]+", everything_said(token)))

    assert {"CanaryTitle", "CanaryGrant", "CanaryHolding"} <= seen
    assert seen <= {"CanaryTitle", "CanaryGrant", "CanaryHolding", "CanaryStock"}


@pytest.mark.parametrize("shows", ["pinned", "live"])
@pytest.mark.parametrize("also", [{}, {"may_copy": "on"}, {"hides_amounts": "on"}])
def test_no_text_of_the_owners_is_shown_where_names_are_hidden(
    owner: Visitor, shows: str, also: dict[str, str]
) -> None:
    token = shared(owner, full_document(), shows=shows, hides_names="on", **also)

    said = everything_said(token)

    assert not re.findall("canary", said, re.IGNORECASE)
    assert "Grant 1" in said
    assert "Holding 1" in said
    assert "Shared scenario" in said


class TestTheList:
    def test_has_every_field_of_the_document_but_those_that_stay(self) -> None:
        """A new field of the schema stays with the owner until somebody decides about it."""

        def fields(of: Any, prefix: str = "") -> Iterator[str]:
            for field in document_fields(of):
                yield prefix + field.key
                if not field.kind:
                    yield from fields(field.nested, f"{prefix}{field.key}.")

        def listed(shape: dict[str, Any], prefix: str = "") -> Iterator[str]:
            for name, inner in shape.items():
                yield prefix + name
                yield from listed(inner or {}, f"{prefix}{name}.")

        assert {*fields(Parsed)} - {*listed(SHOWN)} == NEVER_SHOWN
        assert {*listed(SHOWN)} <= {*fields(Parsed)}

    def test_lets_nothing_through_that_is_not_on_it(self) -> None:
        document = full_document() | {"private": 1}
        document["years"][0]["private"] = 1
        document["grants"][0]["private"] = {"title": 1}
        document["household"] = {"filing_status": "single", "spouse": "Canary"}

        assert "private" not in str(shown_document(document, hides_names=False))
        assert "spouse" not in str(shown_document(document, hides_names=False))

    @pytest.mark.parametrize("hides_names", [True, False])
    def test_leaves_what_computes_the_same(self, *, hides_names: bool) -> None:
        document = full_document()
        shown = shown_document(document, hides_names=hides_names)

        def figures(of: dict[str, Any]) -> str:
            result = evaluate(parse_scenario(of)).to_dict()
            return re.sub(r'"id": "[^"]*"', "", json.dumps(result))

        assert figures(shown) == figures(document)
        assert document == full_document()


class TestHiddenAmounts:
    """The textbook law has no dollars of its own: there, all amounts can be scaled."""

    @pytest.mark.parametrize("scale", [1.37, 0.011, 250.0])
    def test_leave_a_page_that_is_the_same_for_any_amounts(
        self, owner: Visitor, scale: float
    ) -> None:
        # Options that vest meet the limit of $100,000, which is no part of the textbook.
        documents = [full_document(by, "flat") | {"vestings": []} for by in (1.0, scale)]
        tokens = [shared(owner, document, hides_amounts="on") for document in documents]

        one, other = (re.sub("[0-9a-f]{32}", "", everything_said(t).replace(t, "")) for t in tokens)

        assert one == other

    def test_show_when_what_happens(self, owner: Visitor) -> None:
        token = shared(owner, full_document(), hides_amounts="on")
        page = Visitor().page(f"/shared/{token}/")

        said = " ".join(page.root.text.split())
        assert "Feb 10, 2026 Exercised: CanaryGrant" in said
        assert "Mar 15, 2028 Sold: CanaryGrant, exercised Feb 10, 2026" in said
        assert "Mar 15, 2029 Sold: CanaryHolding" in said
        assert "AMT is due in 2026." in said
        credit = [e.text for e in page.find("table-credit").elements if e.tag == "td"]
        assert "100%" in credit

    @pytest.mark.parametrize("hides_names", ["", "on"])
    def test_show_days_that_follow_from_days_where_names_may_be_seen(
        self, owner: Visitor, hides_names: str
    ) -> None:
        hidden = {"hides_names": hides_names} if hides_names else {}
        token = shared(owner, full_document(), hides_amounts="on", **hidden)

        said = Visitor().page(f"/shared/{token}/").root.text

        assert ("Both holding periods are over" in said) == (not hides_names)
        assert "What happened to the options" not in said

    def test_leave_no_dollars_and_no_amount_of_the_document_or_the_result(
        self, owner: Visitor
    ) -> None:
        document = full_document()
        token = shared(owner, document, hides_amounts="on")
        said = everything_said(token).replace(token, "")

        amounts = {*_numbers(document), *_numbers(evaluate(parse_scenario(document)).to_dict())}
        years = range(FIRST_YEAR, FIRST_YEAR + 8)
        large = {round(a) for a in amounts if abs(a) > 100 and round(a) not in years}
        assert len(large) > 50
        assert "$" not in said
        written = re.sub("[0-9a-f]{32}|[0-9]{4}-[0-9]{2}-[0-9]{2}", "", said).replace(",", "")
        numbers = {int(digits) for digits in re.findall("[0-9]+", written)}
        assert not [n for n in large if abs(n) in numbers]
        for price in ("2.17", "53.19", "11.29", "31.13", "21.31", "41.43"):
            assert price not in said

    def test_are_in_whole_percents_everywhere(self, owner: Visitor) -> None:
        token = shared(owner, full_document(), hides_amounts="on")
        page = Visitor().page(f"/shared/{token}/")
        spec = json.loads(page.find("figures-data").text)["credit"]

        drawn = [y for trace in spec["data"] for y in trace["y"] if y is not None]
        assert drawn
        assert all(y == int(y) and abs(y) <= 100 for y in drawn)
        cells = [e.text for e in page.find("year-table").elements if e.tag == "td"]
        assert all(re.fullmatch(r"[0-9]{1,3}%|under 1%", cell) for cell in cells)

    def test_cannot_be_tried_out_nor_copied(self, owner: Visitor) -> None:
        token = shared(owner, full_document(), hides_amounts="on")
        page = Visitor().page(f"/shared/{token}/")

        assert "what-if" not in page.ids
        assert [f.attributes.get("id") for f in page.all("form")].count("opened") == 1
        for levers in ({}, {"wages": "10"}, {"sales[0].price": "1"}):
            assert Client().post(f"/shared/{token}/", levers).status_code == 404
        assert Client().get(f"/shared/{token}/copy/").status_code == 404
        assert Client().get(f"/shared/{token}/scenario.json").status_code == 404

    def test_are_explained_to_the_owner_before_the_link_is_made(
        self, owner: Visitor, saved: Scenario
    ) -> None:
        said = owner.page(f"{saved.get_absolute_url()}links/").find("hidden-amounts").text

        assert "whole percents" in said
        assert "Whoever knows your income" in said

    def test_count_as_opened_all_the_same(self, owner: Visitor) -> None:
        token = shared(owner, full_document(), hides_amounts="on")

        assert Client().post(f"/shared/{token}/opened/").status_code == 204
        assert link_of(token).times_opened == 1

    def test_of_a_scenario_without_credit_show_nothing_to_guess_from(self, owner: Visitor) -> None:
        document = {"schema_version": 1, "title": "", "years": [{"year": 2026, "wages": 90_000}]}
        token = shared(owner, document, hides_amounts="on")

        assert "No AMT is due" in Visitor().page(f"/shared/{token}/").find("headline").text


def test_a_mistake_in_the_form_makes_no_link(owner: Visitor, saved: Scenario) -> None:
    make(owner, saved, may_copy="on", hides_amounts="on")

    assert not ShareLink.objects.exists()


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _numbers(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)
