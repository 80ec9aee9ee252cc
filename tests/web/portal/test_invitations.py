"""Invitations of clients: to an address, good once, for a week."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http import HTTPStatus
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from amtweb.accounts.models import User
from amtweb.firms.models import Client, Firm, Member, Role
from amtweb.portal import invitations
from amtweb.portal.models import ClientInvitation, Link
from tests.web.firms.cast import Cast, cast
from tests.web.people import Person

AT_ONCE = 20


def invite(people: Cast, email: str, who: str = "advisor") -> HTTPStatus:
    colleague = getattr(people, who)
    address = f"/clients/{people.household.public_id}/invite/"
    return HTTPStatus(colleague.client.post(address, {"email": email}).status_code)


def accept(person: Person, invitation: ClientInvitation) -> HTTPStatus:
    address = f"/advisor/invitations/{invitation.public_id}/accept/"
    return HTTPStatus(person.client.post(address).status_code)


@pytest.mark.django_db
def test_who_is_invited_links_an_account_and_the_mail_says_nothing_of_the_client() -> None:
    people = cast()
    ada = Person().signed_in()
    for _ in range(2):
        assert invite(people, "Ada@example.org") == HTTPStatus.FOUND
    assert invite(people, "x@example.org", "assistant") == HTTPStatus.FORBIDDEN
    assert "Canary Advisors" in ada.client.get("/workspaces/").content.decode()
    assert "Advisor</a>" in ada.client.get("/scenarios/").content.decode()

    (letter,) = mail.outbox
    assert letter.to == ["Ada@example.org"]
    assert "Canary Advisors" in letter.subject
    for word in ("household", "plan", "http", "notes"):
        assert word not in f"{letter.subject}{letter.body}"
    (invitation,) = ClientInvitation.objects.all()
    for _ in range(2):
        assert accept(ada, invitation) == HTTPStatus.FOUND
    assert Link.objects.get().user == ada.user
    assert "Canary household" not in ada.client.get("/advisor/").content.decode()


@pytest.mark.django_db
def test_an_invitation_is_nobodys_else_and_dies_with_time_withdrawal_or_its_maker() -> None:
    people = cast()
    ada, eve = (Person(f"{name}@example.org").signed_in() for name in ("ada", "eve"))
    unconfirmed = Person("unconfirmed@example.org").signed_in()
    unconfirmed.user.emailaddress_set.update(verified=False)
    for person in (ada, unconfirmed):
        invite(people, person.email)
    to_ada = ClientInvitation.objects.get(email=ada.email)
    again = f"/clients/{people.household.public_id}/invitations/{to_ada.public_id}/withdraw/"
    dead = {
        "expired": {"expires_at": timezone.now() - timedelta(seconds=1)},
        "withdrawn": {"revoked_at": timezone.now()},
    }

    assert accept(eve, to_ada) == HTTPStatus.NOT_FOUND
    assert accept(unconfirmed, ClientInvitation.objects.get(email=unconfirmed.email)) == (
        HTTPStatus.NOT_FOUND
    )
    for state in dead.values():
        ClientInvitation.objects.filter(pk=to_ada.pk).update(**state)
        assert accept(ada, to_ada) == HTTPStatus.NOT_FOUND
        alive = {"expires_at": timezone.now() + timedelta(days=1), "revoked_at": None}
        ClientInvitation.objects.filter(pk=to_ada.pk).update(**alive)
    people.advisor.client.post(again)
    assert accept(ada, to_ada) == HTTPStatus.NOT_FOUND
    people.advisor.member.delete()
    assert not ClientInvitation.objects.exists()
    assert not Link.objects.exists()


@pytest.mark.django_db
def test_a_member_invites_twenty_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    people = cast()
    assert invitations.MOST_A_DAY == 20
    monkeypatch.setattr(invitations, "MOST_A_DAY", 1)

    assert invite(people, "first@example.org") == HTTPStatus.FOUND
    assert invite(people, "second@example.org") == HTTPStatus.UNPROCESSABLE_ENTITY
    assert invite(people, "second@example.org", "admin") == HTTPStatus.FOUND


def test_of_many_who_accept_at_once_one_does(transactional_db: None) -> None:
    firm = Firm.objects.create(name="Firm")
    maker = User.objects.create_user("maker@example.org")
    member = Member.objects.create(firm=firm, user=maker, role=Role.ADVISOR)
    client = Client.objects.create(firm=firm, name="Household")
    invitation = ClientInvitation.objects.create(
        client=client, email="ada@example.org", invited_by=member
    )
    users = [User.objects.create_user(f"u{number}@example.org") for number in range(AT_ONCE)]
    start = Barrier(AT_ONCE)

    def take(user: User) -> bool:
        # Before anything is asked of the database: there are fewer connections than people.
        start.wait()
        try:
            return invitations.accept(invitation, user) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        taken = list(threads.map(take, users))
    assert taken.count(True) == 1
    assert Link.objects.count() == 1


@pytest.mark.django_db
def test_an_invitation_is_good_only_while_its_maker_may_invite() -> None:
    people = cast()
    assert invite(people, "ada@example.org") == HTTPStatus.FOUND
    ada = Person("ada@example.org").signed_in()
    invitation = ClientInvitation.objects.get()
    Member.objects.filter(pk=people.advisor.member.pk).update(role=Role.READ_ONLY)

    assert accept(ada, invitation) == HTTPStatus.NOT_FOUND
    assert not Link.objects.exists()
