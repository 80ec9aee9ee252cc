"""Figures that a client proposes, and what the firm makes of them."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from amtweb.portal.documents import of_edition, taken_over
from amtweb.portal.models import Copy, State, Suggestion
from amtweb.scenarios.models import Scenario
from amtweb.sharing.shown import only_shown
from tests.web.portal.scene import Scene, scene, wages

pytestmark = pytest.mark.django_db


def suggested(s: Scene, amount: str = "123456") -> Suggestion:
    """Ada changes the wages of a copy and sends them."""
    s.ada.client.post(f"{s.by_client}copy/")
    copy = Copy.objects.get().scenario
    page = f"/advisor/copies/{copy.public_id}/propose/"
    assert "Nothing yet" in s.ada.client.get(page).content.decode()
    s.ada.edit(copy.get_absolute_url(), notes="Mine alone", **{"years[0].wages": amount})
    for _ in range(2):
        s.ada.client.post(page, {"message": "A raise", "tab": "a page"})
    return Suggestion.objects.get()


def answer(s: Scene, found: Suggestion, **fields: str) -> HTTPStatus:
    page = f"/clients/{s.client.public_id}/figures/{found.public_id}/"
    response = s.people.assistant.client.post(f"{page}answer/", fields)
    return HTTPStatus(response.status_code)


def test_the_firm_sees_the_figures_field_by_field_and_takes_them_over() -> None:
    s = scene()
    found = suggested(s)
    scenario = s.people.scenario
    page = f"/clients/{s.client.public_id}/figures/{found.public_id}/"
    shown = s.people.reader.client.get(page).content.decode()
    assert "Wages 2026" in shown
    assert "$123,456" in shown
    assert "A raise" in shown
    assert "Mine alone" not in shown + str(found.document)
    assert "A raise" in s.people.advisor.client.get(s.client.get_absolute_url()).content.decode()
    assert s.people.reader.client.post(f"{page}answer/").status_code == HTTPStatus.FORBIDDEN

    for _ in range(2):
        answer(s, found, op="take", draft_version=str(scenario.draft_version))

    scenario.refresh_from_db()
    assert scenario.draft["years"][0]["wages"] == 123_456
    assert scenario.draft["notes"] == "Canary draft"
    assert scenario.revisions.order_by("-number")[0].note == "Figures proposed by the client"
    assert "Your figures were taken over" in s.ada.client.get("/news/").content.decode()


def test_a_scenario_that_has_changed_since_is_not_overwritten_unseen() -> None:
    s = scene()
    found, scenario = suggested(s), s.people.scenario
    seen = scenario.draft_version
    s.people.advisor.edit(scenario.get_absolute_url(), **{"years[1].wages": "98765"})

    assert answer(s, found, op="take", draft_version=str(seen)) == HTTPStatus.CONFLICT
    found.refresh_from_db()
    scenario.refresh_from_db()
    assert found.state == State.OPEN
    assert scenario.draft["years"][1]["wages"] == 98_765
    page = f"/clients/{s.client.public_id}/figures/{found.public_id}/"
    shown = s.people.advisor.client.get(page).content.decode()
    assert "The scenario has changed since it was published" in shown
    assert "$98,765" in shown
    assert "$123,456" in shown

    assert answer(s, found, op="beside") == HTTPStatus.FOUND
    beside = Scenario.objects.get(title="Plan for Ada (proposed)")
    assert beside.client == s.client
    assert beside.draft["years"][0]["wages"] == 123_456
    assert answer(s, found, op="beside") == HTTPStatus.CONFLICT
    assert Scenario.objects.filter(client=s.client).count() == 3


def test_a_no_needs_a_reason_which_the_client_reads() -> None:
    s = scene()
    found = suggested(s)
    assert answer(s, found, op="decline") == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer(s, found, op="decline", reason="Next year") == HTTPStatus.FOUND

    assert "Next year" in s.ada.client.get("/advisor/").content.decode()
    assert s.people.scenario.draft == Scenario.objects.get(pk=s.people.scenario.pk).draft


def test_what_the_client_does_not_see_survives_also_beside_rows_that_were_added_and_removed() -> (
    None
):
    s = scene()
    edition = s.publication.editions.select_related("revision").get()
    ours = edition.revision.document
    seen = of_edition(edition)

    assert only_shown(taken_over(seen, edition, ours)) == only_shown(ours)
    assert taken_over(seen, edition, ours) == ours
    changed = wages(seen, 5)
    changed["sales"] = seen["sales"][1:]
    changed["holdings"] = [*seen.get("holdings", []), {"id": "h99", "label": "New", "shares": 1}]
    back = taken_over(changed, edition, ours)
    assert back["notes"] == "Canary draft"
    assert [sale["id"] for sale in back["sales"]] == [sale["id"] for sale in ours["sales"]][1:]
    assert [sale["from"] for sale in back["sales"]] == [s["from"] for s in ours["sales"]][1:]
    assert len({row["id"] for row in back["holdings"]}) == len(back["holdings"])
