from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.utils import timezone

from amtweb.accounts.models import User
from tests.web.people import Person
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

FORTNIGHT = timedelta(days=14)
MOST_GUESSES = 6


@pytest.fixture
def person() -> Person:
    return Person().with_account()


def key_of(visitor: Visitor) -> str:
    return visitor.client.cookies["sessionid"].value


def with_session(key: str) -> Person:
    other = Person()
    other.client.cookies["sessionid"] = key
    return other


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were compared."""
    seen: list[str] = []
    really = User.check_password

    def check_password(self: User, raw: str) -> bool:
        seen.append(raw)
        return really(self, raw)

    monkeypatch.setattr(User, "check_password", check_password)
    return seen


def test_the_session_goes_on_under_another_key(person: Person) -> None:
    person.edit(title="Mine")
    before = key_of(person)
    person.sign_in()

    assert key_of(person) != before
    assert len(key_of(person)) >= 32
    assert not with_session(before).is_signed_in()
    assert not Session.objects.filter(session_key=before).exists()


def test_so_it_does_at_a_second_step(person: Person) -> None:
    secret = person.with_app()
    person.sign_in()
    before = key_of(person)
    from tests.web.people import code_of_app

    person.client.post("/account/sign-in/second-step/", {"code": code_of_app(secret)})

    assert person.is_signed_in()
    assert not with_session(before).is_signed_in()


def test_after_signing_out_the_cookie_opens_nothing(person: Person) -> None:
    person.sign_in()
    key = key_of(person)
    response = person.sign_out()

    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response["Location"] == "/"
    assert not with_session(key).is_signed_in()
    assert not Session.objects.filter(session_key=key).exists()


def test_a_session_ends_after_a_fortnight_however_much_it_is_used(person: Person) -> None:
    person.sign_in()
    (session,) = Session.objects.all()
    assert abs(session.expire_date - timezone.now() - FORTNIGHT) < timedelta(minutes=1)

    Session.objects.update(expire_date=timezone.now() + timedelta(hours=1))
    stored = Session.objects.get().get_decoded()["_session_expiry"]
    person.edit(title="Later")

    # Writing anew does not put off the end.
    (session,) = Session.objects.all()
    assert session.expire_date.isoformat() == stored


def test_an_ended_session_is_nobodys(person: Person) -> None:
    person.sign_in()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not person.is_signed_in()


def test_a_session_of_a_closed_account_is_nobodys(person: Person) -> None:
    person.sign_in()
    saved = person.saved()
    User.objects.update(is_active=False)

    assert not person.is_signed_in()
    response = person.client.post(saved.get_absolute_url(), headers={"HX-Request": "true"})
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_a_closed_account_says_so_to_its_owner_alone(person: Person) -> None:
    User.objects.update(is_active=False)

    assert person.sign_in()["Location"] == "/account/sign-in/?said=closed"
    assert person.sign_in("not the password").status_code == 422


def test_an_unknown_word_says_nothing() -> None:
    page = Visitor().page("/account/sign-in/?said=<script>")

    assert not [e for e in page.elements if e.attributes.get("class") == "said"]


def guess(person: Person, times: int, **extra: Any) -> list[int]:
    return [
        person.client.post(
            "/account/sign-in/", {"login": person.email, "password": f"guess {n}"}, **extra
        ).status_code
        for n in range(times)
    ]


def test_after_five_guesses_no_password_is_compared(person: Person, checked: list[str]) -> None:
    answers = guess(person, 20)

    assert len(checked) <= MOST_GUESSES
    assert answers[:5] == [422] * 5
    assert set(answers[5:]) == {HTTPStatus.TOO_MANY_REQUESTS}
    assert person.sign_in().status_code == HTTPStatus.TOO_MANY_REQUESTS


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_a_made_up_address_buys_no_guesses(person: Person, checked: list[str], header: str) -> None:
    for number in range(60):
        guess(person, 1, headers={header: f"203.0.113.{number}"})

    assert len(checked) <= MOST_GUESSES


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_one_proxy_the_address_that_it_saw_counts(checked: list[str]) -> None:
    for number in range(30):
        forwarded = f"203.0.113.{number}, 198.51.100.7"
        guess(Person(f"nobody{number}@example.org"), 1, headers={"X-Forwarded-For": forwarded})
    elsewhere = guess(Person(), 1, headers={"X-Forwarded-For": "198.51.100.7, 198.51.100.8"})
    same = guess(Person(), 1, headers={"X-Forwarded-For": "198.51.100.8, 198.51.100.7"})

    assert same == [HTTPStatus.TOO_MANY_REQUESTS]
    assert elsewhere == [422]


def test_guessing_ends_no_session(person: Person) -> None:
    at_home = person.elsewhere()
    guess(person, 20)

    assert at_home.is_signed_in()


def test_guesses_are_forgotten_after_minutes(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    guess(person, 20)
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 301)

    assert person.sign_in().status_code == HTTPStatus.FOUND


def test_whoever_is_signed_in_needs_no_page_to_sign_in(person: Person) -> None:
    person.sign_in()

    assert person.client.get("/account/sign-in/")["Location"] == "/scenarios/"
