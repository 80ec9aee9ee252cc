"""What somebody types in one workspace stays there."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from amtweb.firms.models import Member, Role
from amtweb.scenarios.models import Scenario
from tests.web.firms.cast import Cast, cast

if TYPE_CHECKING:
    from amtweb.firms.models import Firm
    from tests.web.firms.cast import Colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    """The advisor of firm A works in firm B, too."""
    found = cast()
    Member.objects.create(firm=found.other_firm, user=found.advisor.user, role=Role.ADVISOR)
    return found


def go(who: Colleague, firm: Firm | None) -> None:
    if firm is None:
        who.client.post("/workspaces/own/enter/")
    else:
        who.enter(firm)


def test_the_bench_of_each_workspace_is_its_own_and_is_found_again(people: Cast) -> None:
    advisor = people.advisor
    places = {"Heron": None, "Falcon": people.firm, "Osprey": people.other_firm}
    for canary, firm in places.items():
        go(advisor, firm)
        saved = advisor.saved(title=f"{canary} deleted")
        # What was done waits in the session to be said on the next page.
        advisor.client.post(f"{saved.get_absolute_url()}delete/")
        advisor.edit(htmx=True, title=f"{canary} title")
        advisor.edit(htmx=True, op="add:sales")
        # Cannot be computed, so that it is kept as typed.
        advisor.edit(htmx=True, **{"years[0].wages": f"{canary} wages"})

    for canary, firm in places.items():
        go(advisor, firm)
        pages = (
            "/planner/",
            "/import/",
            "/import/csv/",
            "/find-my-credit/",
            "/scenarios/",
            "/compare/",
        )
        shown = "".join(advisor.client.get(page).content.decode() for page in pages)
        assert f"{canary} title" in shown
        assert f"{canary} wages" in shown
        assert f"{canary} deleted" in shown
        assert not [other for other in places if other != canary and other in shown]
        undone = advisor.edit(htmx=True, op="undo").content.decode()
        assert not [other for other in places if other != canary and other in undone]
        redone = advisor.edit(htmx=True, op="redo").content.decode()
        assert f"{canary} wages" in redone


def test_what_cannot_be_saved_of_a_firms_scenario_stays_in_the_firm(people: Cast) -> None:
    advisor, page = people.advisor, people.scenario.get_absolute_url()
    advisor.edit(page, htmx=True, **{"years[0].wages": "Kestrel"})

    go(advisor, people.other_firm)
    assert advisor.client.get(page).status_code == HTTPStatus.NOT_FOUND
    go(advisor, people.firm)
    assert "Kestrel" in advisor.client.get(page).content.decode()


def test_a_page_that_is_still_open_changes_nothing_in_the_next_workspace(people: Cast) -> None:
    advisor = people.advisor
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = advisor.client.cookies
    fields = advisor.fields()

    go(advisor, people.other_firm)
    for headers in ({}, {"HX-Request": "true"}):
        sent = checked.post(
            "/planner/", fields | {"title": "Kestrel", "op": "save"}, headers=headers
        )
        assert sent.status_code == HTTPStatus.FORBIDDEN
    assert not Scenario.objects.filter(title="Kestrel")
    assert "Kestrel" not in advisor.client.get("/planner/").content.decode()


def test_who_is_taken_out_of_a_firm_keeps_nothing_of_it_in_any_browser(people: Cast) -> None:
    advisor, admin = people.advisor, people.admin.confirmed()
    advisor.edit(htmx=True, title="Falcon")
    go(advisor, people.other_firm)
    advisor.edit(htmx=True, title="Osprey")
    key = advisor.client.session.session_key

    admin.client.post(f"/firm/members/{advisor.member.public_id}/", {"op": "remove"})

    assert advisor.client.session.session_key == key
    held = repr(dict(advisor.client.session))
    assert "Falcon" not in held
    assert "Osprey" in held


def test_what_a_session_held_of_a_firm_goes_when_it_finds_itself_outside(people: Cast) -> None:
    advisor = people.advisor
    advisor.edit(htmx=True, title="Falcon")
    Member.objects.filter(user=advisor.user, firm=people.firm).delete()

    go(advisor, None)

    assert "Falcon" not in repr(dict(advisor.client.session))
