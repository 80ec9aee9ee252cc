"""Going from a firm, and the end of one."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Barrier

import pytest
from django.db import connections

from amtweb.accounts.models import User
from amtweb.audit.models import Event
from amtweb.audit.verification import breaks_in
from amtweb.firms import invitations, leaving
from amtweb.firms.models import Client, Firm, Invitation, Member, Role
from amtweb.scenarios.models import Scenario
from amtweb.sharing.models import ShareLink
from tests.web.firms.cast import Cast, cast
from tests.web.people import PASSWORD, Person

ONLY_ADMIN = "only admin of Canary Advisors"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def test_a_member_goes_by_themselves_and_the_last_admin_does_not(people: Cast) -> None:
    assert people.assistant.client.post("/firm/leave/")["Location"] == "/workspaces/"
    refused = people.admin.client.post("/firm/leave/")

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert ONLY_ADMIN in refused.content.decode()
    roles = set(people.firm.members.values_list("role", flat=True))
    assert roles == {Role.ADMIN, Role.ADVISOR, Role.READ_ONLY}
    gone = Event.objects.get(act="member_left")
    assert gone.who == people.assistant.user.pk
    assert people.assistant.client.get("/clients/")["Location"] == "/workspaces/"


def test_an_account_that_a_firm_hangs_on_is_not_deleted(people: Cast) -> None:
    admin, typed = people.admin.confirmed(), {"address": people.admin.email}

    refused = admin.client.post("/account/delete/", typed)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert ONLY_ADMIN in refused.content.decode()
    assert admin.is_signed_in()
    people.advisor.member.role = Role.ADMIN
    people.advisor.member.save()
    assert admin.client.post("/account/delete/", typed).status_code == HTTPStatus.FOUND
    assert not User.objects.filter(email=admin.email)
    assert Event.objects.filter(log=people.firm.public_id, act="member_left").exists()


def test_a_firm_goes_with_everything_but_its_log(people: Cast) -> None:
    admin, log = people.admin, people.firm.public_id
    people.advisor.edit(htmx=True, title="Falcon")
    ShareLink.make(people.scenario)
    typed = {"name": "canary advisors "}
    assert "/account/confirm" in admin.client.post("/firm/delete/", typed)["Location"]
    admin.confirmed()
    wrong = admin.client.post("/firm/delete/", {"name": "Canary"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Firm.objects.filter(public_id=log).exists()

    assert admin.client.post("/firm/delete/", typed)["Location"] == "/workspaces/"

    for model in (Client, Scenario, ShareLink):
        assert not model.objects.exists()
    assert Firm.objects.get() == people.other_firm
    assert Event.objects.filter(log=log).latest("number").act == "firm_deleted"
    assert list(breaks_in(log)) == []
    assert "Falcon" not in repr(dict(people.advisor.client.session))
    outside = people.advisor.client.get("/clients/")
    assert outside.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.django_db
def test_the_end_of_a_members_sessions_is_an_admins_to_make(people: Cast) -> None:
    address = f"/firm/members/{people.advisor.member.public_id}/sessions/end/"
    elsewhere = people.stranger.confirmed().client.post(address)
    assert elsewhere.status_code == HTTPStatus.NOT_FOUND
    assert people.assistant.client.post(address).status_code == HTTPStatus.FORBIDDEN
    assert people.advisor.is_signed_in()

    people.admin.confirmed().client.post(address)

    assert not people.advisor.is_signed_in()
    assert people.admin.is_signed_in()
    told = Event.objects.get(act="sessions_ended")
    assert told.about == f"account {people.advisor.user.pk}"


def test_the_data_of_an_account_names_its_firms_and_none_of_their_clients(people: Cast) -> None:
    advisor = people.advisor.confirmed()
    page = people.scenario.get_absolute_url()
    advisor.client.post(f"{page}links/make/", {"shows": "live", "lasts": "30", "label": "Falcon"})
    advisor.edit(htmx=True, title="Falcon on the bench")
    assert ShareLink.objects.exists()

    response = advisor.client.post("/account/export/")

    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist()).decode()
        tables = json.loads(packed.read("account.json"))["tables"]
    (membership,) = tables["firms.Member"]
    assert (membership["firm"], membership["role"]) == ("Canary Advisors", "advisor")
    assert "Falcon" not in everything
    assert not [c for c in ("Canary plan", "Canary household", "Canary notes") if c in everything]


def at_once(*acts: object) -> list[object]:
    """What each gives, all begun at the same moment on connections of their own."""
    start = Barrier(len(acts))

    def act(do: object) -> object:
        start.wait()
        try:
            return do()  # type: ignore[operator]
        except leaving.LastAdminError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(act, acts))


@pytest.mark.usefixtures("transactional_db")
def test_of_two_admins_who_go_at_once_one_stays() -> None:
    for number in range(5):
        firm = Firm.objects.create(name="Canary Advisors")
        members = []
        for name in ("one", "other"):
            user = User.objects.create_user(f"{name}{number}@example.org", PASSWORD)
            members.append(Member.objects.create(firm=firm, user=user, role=Role.ADMIN))

        one, other = (Member.objects.get(pk=member.pk) for member in members)
        at_once(lambda one=one: leaving.leave(one), lambda other=other: leaving.leave(other))

        assert Member.objects.filter(firm=firm, role=Role.ADMIN).count() == 1


@pytest.mark.usefixtures("transactional_db")
def test_of_two_admins_who_demote_each_other_one_stays() -> None:
    people = cast()
    people.advisor.member.role = Role.ADMIN
    people.advisor.member.save()
    both = (people.admin.confirmed(), people.advisor.confirmed())

    def demote(who: Person, whom: Person) -> object:
        address = f"/firm/members/{whom.member.public_id}/"  # type: ignore[attr-defined]
        return who.client.post(address, {"op": Role.ADVISOR}).status_code

    one, other = both
    at_once(lambda: demote(one, other), lambda: demote(other, one))

    assert people.firm.members.filter(role=Role.ADMIN).count() == 1


def test_links_of_who_may_no_longer_share_are_dead_until_they_may_again(people: Cast) -> None:
    _, token = ShareLink.make(
        people.scenario, maker=people.advisor.user, member=people.advisor.member
    )
    answers = []
    for role in (Role.ADVISOR, Role.READ_ONLY, Role.ASSISTANT, Role.ADMIN):
        people.firm.members.filter(pk=people.advisor.member.pk).update(role=role)
        answers.append(people.stranger.client.get(f"/shared/{token}/").status_code)

    assert answers == [200, 404, 404, 200]


def test_one_person_invites_twenty_a_day_in_all_their_firms(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert invitations.MOST_A_DAY == 20
    monkeypatch.setattr(invitations, "MOST_A_DAY", 1)
    asked = {"email": "first@example.org", "role": Role.ADVISOR}
    assert people.admin.confirmed().client.post("/firm/invite/", asked)["Location"] == "/firm/"

    made = people.admin.client.post("/workspaces/new-firm/", {"name": "Another"})
    assert made.status_code == HTTPStatus.FOUND
    again = people.admin.confirmed().client.post(
        "/firm/invite/", asked | {"email": "second@example.org"}
    )

    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Invitation.objects.filter(email="second@example.org").exists()


def test_one_person_sets_up_ten_firms_and_is_told(people: Cast) -> None:
    for number in range(9):
        firm = Firm.objects.create(name=f"Firm {number}")
        firm.members.create(user=people.admin.user, role=Role.ADMIN)

    refused = people.admin.client.post("/workspaces/new-firm/", {"name": "One more"})

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "admin of 10 firms already" in refused.content.decode()
    assert not Firm.objects.filter(name="One more").exists()
