"""From an example to the reason why its credit shrank, without scripts and behind a link."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


def test_one_press_opens_the_reason_with_its_figures_and_what_would_help() -> None:
    visitor = Visitor()
    page = visitor.page("/examples/erosion/")
    openers = [e for e in page.all("button") if "data-asks" in e.attributes]

    # Beside the sentence, and in the chart below what eroded.
    assert {e.attributes["formaction"] for e in openers} == {
        "/analyses/erosion/?year=2026#analysis"
    }
    response = visitor.client.post("/analyses/erosion/?year=2026", page.fields())

    assert response.status_code == HTTPStatus.OK
    said = Page(response.content).find("analysis-answer").text
    assert "In 2026 the credit shrinks by $15,266 without lowering any tax" in said
    assert "$128,186 of credit at the start" in said
    assert "\u2212 $15,266 deducted = $22,840 left after 2026" in said
    assert "here the standard deduction of $16,100" in said
    assert "above $500,000, where the exemption begins to phase out" in said
    assert "would lose none of it" in said


def test_what_is_proposed_there_loses_nothing_once_it_is_applied() -> None:
    visitor = Visitor()
    fields = visitor.page("/examples/erosion/").fields()
    page = Page(visitor.client.post("/analyses/erosion/?year=2026", fields).content)
    (operation,) = [value for value in page.buttons() if value.startswith("apply:")]

    after = visitor.send(fields, "/planner/", op=operation)

    heading = Page(after.content).all("h1")[0].text
    assert "$15,266" not in heading
    assert " is lost " not in heading


def test_behind_a_link_the_reason_unfolds_in_words() -> None:
    visitor = Visitor()
    visitor.send(visitor.page("/examples/erosion/").fields(), op="save")
    _, token = ShareLink.make(Scenario.objects.get())

    page = Page(Visitor().client.get(f"/shared/{token}/").content)

    (because,) = [e for e in page.all("details") if e.attributes.get("class") == "because"]
    assert "exclusion items" in because.text
    assert not [e for e in page.all("button") if "data-asks" in e.attributes]
