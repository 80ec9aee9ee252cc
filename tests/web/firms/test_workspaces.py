from __future__ import annotations

from http import HTTPStatus
from urllib.parse import unquote

import pytest

from amtweb.audit.models import Event
from amtweb.audit.verification import breaks_in
from amtweb.firms.models import Firm, Member, Role
from amtweb.scenarios.models import Scenario
from tests.web.firms.cast import Colleague, cast
from tests.web.people import Person, code_of_app

pytestmark = pytest.mark.django_db


def test_a_scenario_made_at_work_is_the_firms_and_its_colleagues_see_it() -> None:
    people = cast()

    assert people.scenario.owner is None
    assert people.scenario.firm == people.firm
    page = people.scenario.get_absolute_url()
    for colleague in (people.admin, people.assistant, people.reader):
        assert "Canary plan" in colleague.client.get(page).content.decode()
    assert people.stranger.client.get(page).status_code == HTTPStatus.NOT_FOUND


def test_who_only_reads_changes_nothing_and_is_told_who_may() -> None:
    people = cast()
    page = people.scenario.get_absolute_url()

    response = people.reader.edit(page, title="Changed")

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "Ask somebody who is admin or advisor or assistant" in response.content.decode()
    people.scenario.refresh_from_db()
    assert people.scenario.title == "Canary plan"
    refused = Event.objects.get(refused=True)
    assert (refused.act, refused.who) == ("change", people.reader.user.pk)


def test_at_work_and_by_oneself_are_kept_apart() -> None:
    people = cast()
    advisor, page = people.advisor, people.scenario.get_absolute_url()

    advisor.client.post("/workspaces/own/enter/")
    assert advisor.client.get(page).status_code == HTTPStatus.NOT_FOUND
    own = advisor.saved(title="My own")
    advisor.enter(people.firm)

    assert own.owner == advisor.user
    assert advisor.client.get(own.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert "My own" not in advisor.client.get("/scenarios/").content.decode()


def test_who_is_taken_out_of_the_firm_is_out_with_the_next_request() -> None:
    people = cast()
    page = people.scenario.get_absolute_url()
    fields = people.advisor.fields(page)
    Member.objects.filter(user=people.advisor.user).delete()

    for path in (page, "/clients/", "/scenarios/", "/planner/"):
        response = people.advisor.client.get(path)
        assert response.status_code == HTTPStatus.NOT_FOUND
        assert "Canary plan" not in response.content.decode()
        assert "You no longer work there" in response.content.decode()
    typed = people.advisor.send(fields, page, htmx=True, title="After")
    assert typed.status_code == HTTPStatus.NOT_FOUND
    assert "you no longer work in this firm" in unquote(typed["X-Refused"])
    on_the_bench = people.advisor.send(fields, "/planner/", title="After", op="save")
    assert on_the_bench.status_code == HTTPStatus.NOT_FOUND
    assert not Scenario.objects.filter(title="After").exists()


def test_a_password_alone_opens_no_firm() -> None:
    firm = Firm.objects.create(name="Canary Advisors")
    person = Person().signed_in()
    Member.objects.create(firm=firm, user=person.user, role=Role.ADMIN)

    response = person.client.post(f"/workspaces/{firm.public_id}/enter/")

    assert response["Location"] == "/workspaces/second-step/"
    assert person.client.get("/clients/")["Location"] == "/workspaces/"


def test_the_code_that_turns_an_app_on_opens_the_firm_that_it_is_for() -> None:
    person = Person().signed_in().confirmed()
    asked = person.client.get("/workspaces/new-firm/", follow=True)
    assert "/account/app/add/?for=new-firm" in asked.content.decode()

    page = person.page("/account/app/add/?for=new-firm")
    key = page.find("key").attributes["value"]
    sealed = page.find("id_sealed").attributes["value"]
    sent = {"code": code_of_app(key), "sealed": sealed, "for": "new-firm"}
    codes = person.client.post("/account/app/add/", sent)

    assert 'href="/workspaces/new-firm/"' in codes.content.decode()
    made = person.client.post("/workspaces/new-firm/", {"name": "Advice"})
    assert made["Location"] == "/book/"
    assert person.client.get("/book/").status_code == HTTPStatus.OK


def test_the_log_follows_from_itself() -> None:
    people = cast()

    assert list(breaks_in(people.firm.public_id)) == []
    assert Event.objects.filter(log=people.firm.public_id).count() >= 4


def test_the_last_admin_stays() -> None:
    firm = Firm.objects.create(name="Firm")
    admin = Colleague().in_firm(firm, Role.ADMIN)
    admin.confirmed()

    for op in ("remove", Role.ADVISOR):
        response = admin.client.post(f"/firm/members/{admin.member.public_id}/", {"op": op})
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Member.objects.get().role == Role.ADMIN
