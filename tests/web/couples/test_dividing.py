"""The scenario of a couple divided in two."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from amtweb.scenarios.models import Scenario
from amtweb.scenarios.quotas import IN_A_BROWSER
from calculator import evaluate, parse_scenario
from calculator.analysis.couple import jointly
from tests.calculator.builders import an_iso_exercise, years_from
from tests.web.comparing.comparison_page import kept
from tests.web.couples.couple_pages import DIVIDE, CouplePage
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

GRANT = "whose:grants:g1"
WAGES = "part:wages"


@pytest.fixture
def owner() -> Visitor:
    return Visitor()


def a_couple(title: str = "Ours") -> dict[str, Any]:
    events = an_iso_exercise()
    return years_from(
        2026,
        *(({"wages": 200_000},) * 3),
        title=title,
        status="married_filing_jointly",
        opening={"minimum_tax_credit": 8_000},
        grants=[events["grants"][0] | {"label": "Acme <b>"}],
        exercises=events["exercises"],
        holdings=[
            {"id": "a/b ~", "acquired": "2020-01-02", "shares": 9, "basis": 5, "owner": "spouse"}
        ],
    )


def asked(owner: Visitor, scenario: Scenario) -> dict[str, str]:
    page = Page(owner.client.get(DIVIDE, {"of": scenario.public_id}).content)
    return page.fields("divide")


def test_the_form_begins_with_what_the_scenario_says(owner: Visitor) -> None:
    fields = asked(owner, kept(owner, a_couple()))

    assert fields[GRANT] == "self"
    assert fields["whose:holdings:a/b ~"] == "spouse"
    assert fields[WAGES] == "100"
    assert "part:interest" not in fields


def test_both_are_compared_without_being_kept(owner: Visitor) -> None:
    fields = asked(owner, kept(owner, a_couple()))
    response = owner.client.post(DIVIDE, fields | {WAGES: "50", "op": "show"})
    found = CouplePage(response)

    assert found.headline.startswith("Separate returns ")
    assert found.page.fields("divide")[WAGES] == "50"
    assert Scenario.objects.count() == 1
    assert "Acme <b>" not in found.html


def test_two_scenarios_are_made_that_are_the_couple_together(owner: Visitor) -> None:
    whole = kept(owner, a_couple())
    fields = asked(owner, whole) | {WAGES: "62.5", GRANT: "spouse", "op": "make"}
    first, second = (owner.client.post(DIVIDE, fields) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Scenario.objects.count() == 3
    mine, theirs = Scenario.objects.exclude(pk=whole.pk).order_by("pk")
    assert (mine.title, theirs.title) == ("Ours (yours)", "Ours (your spouse’s)")
    assert (mine.draft["years"][0]["wages"], theirs.draft["years"][0]["wages"]) == (
        125_000,
        75_000,
    )
    assert "grants" not in mine.draft
    together = evaluate(jointly(parse_scenario(mine.draft), parse_scenario(theirs.draft)))
    assert together.totals.federal_tax == pytest.approx(
        evaluate(parse_scenario(whole.draft)).totals.federal_tax
    )
    found = CouplePage(owner.client.get(first["Location"]))
    assert found.headline
    whole.refresh_from_db()
    assert whole.draft == a_couple()


@pytest.mark.parametrize("wrong", ["", "101", "-1", "half", "NaN", "1e999", "0.00001", "Infinity"])
def test_what_is_no_percentage_is_said_and_stays(owner: Visitor, wrong: str) -> None:
    fields = asked(owner, kept(owner, a_couple()))
    sent = fields | {WAGES: wrong, GRANT: "spouse", "op": "make"}
    found = CouplePage(owner.client.post(DIVIDE, sent), HTTPStatus.UNPROCESSABLE_ENTITY)

    assert "Enter a percentage from 0 to 100." in found.mistakes()
    shown = found.page.fields("divide")
    assert (shown[WAGES], shown[GRANT]) == (wrong, "spouse")
    assert Scenario.objects.count() == 1


def test_whose_is_one_of_two(owner: Visitor) -> None:
    fields = asked(owner, kept(owner, a_couple())) | {GRANT: "nobody", "op": "show"}
    found = CouplePage(owner.client.post(DIVIDE, fields), HTTPStatus.UNPROCESSABLE_ENTITY)

    assert "Choose one of the two." in found.mistakes()


def test_without_room_for_both_neither_is_made(owner: Visitor) -> None:
    whole = kept(owner, a_couple())
    for _ in range(IN_A_BROWSER - 2):
        kept(owner, a_couple("Another"))
    fields = asked(owner, whole) | {WAGES: "40", "op": "make"}
    found = CouplePage(owner.client.post(DIVIDE, fields), HTTPStatus.CONFLICT)

    assert "There is no room for both" in found.text
    assert found.page.fields("divide")[WAGES] == "40"
    assert Scenario.objects.count() == IN_A_BROWSER - 1


def test_what_is_anothers_cannot_be_divided(owner: Visitor) -> None:
    whole = kept(owner, a_couple("Canary"))
    fields = asked(owner, whole)
    stranger = Client()

    for response in (
        stranger.get(DIVIDE, {"of": whole.public_id}),
        stranger.post(DIVIDE, fields | {"op": "make"}),
    ):
        assert response.status_code == HTTPStatus.NOT_FOUND
        assert b"Canary" not in response.content
    assert Scenario.objects.count() == 1


def test_an_example_and_the_bench_are_divided_too() -> None:
    visitor = Visitor()
    visitor.edit(htmx=True, title="On the bench")

    for reference in ("bench", "example:way-back", "example:way-back~law.path=sunset"):
        page = Page(visitor.client.get(DIVIDE, {"of": reference}).content)
        sent = page.fields("divide") | {"op": "show"}
        assert CouplePage(visitor.client.post(DIVIDE, sent)).headline


def test_five_hundred_rows_are_divided(owner: Visitor) -> None:
    document = a_couple()
    document["holdings"] = [
        {"id": f"h{n}", "acquired": "2020-01-02", "shares": 9, "basis": 5} for n in range(500)
    ]
    fields = asked(owner, kept(owner, document))
    theirs = {f"whose:holdings:h{n}": "spouse" for n in range(250)}
    response = owner.client.post(DIVIDE, fields | theirs | {"op": "make"})

    assert response.status_code == HTTPStatus.FOUND
    numbers = sorted(len(each.draft.get("holdings", ())) for each in Scenario.objects.all())
    assert numbers == [250, 250, 500]
