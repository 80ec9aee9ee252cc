"""That nobody can lock an owner out of their account by guessing at it."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import override_settings

from tests.web.people import Person

pytestmark = pytest.mark.django_db

COOKIE = "knownbrowser"
TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS


@pytest.fixture
def owner() -> Person:
    """Who has signed in with this browser, and out again."""
    person = Person().signed_in()
    person.sign_out()
    return person


def guess_until_refused(email: str) -> None:
    attacker = Person(email)
    while attacker.sign_in("a guess").status_code != TOO_MANY:
        pass


@pytest.fixture(autouse=True)
def many_addresses() -> object:
    """Guesses that come from everywhere are counted by the account alone."""
    with override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "5/5m/key", "login": None}):
        yield


def test_a_known_browser_signs_in_while_others_guess(owner: Person) -> None:
    guess_until_refused(owner.email)

    assert Person(owner.email).sign_in().status_code == TOO_MANY
    assert owner.sign_in().status_code == HTTPStatus.FOUND


def test_whoever_is_signed_in_can_show_who_they_are_meanwhile(owner: Person) -> None:
    owner.sign_in()
    guess_until_refused(owner.email)

    assert owner.confirmed()


def test_a_known_browser_has_no_more_guesses_than_others(owner: Person) -> None:
    answers = [owner.sign_in("a guess").status_code for _ in range(6)]

    assert answers == [422] * 5 + [TOO_MANY]
    # And signing out and in again does not make it another browser.
    mark = owner.client.cookies[COOKIE].value
    assert mark


def test_a_browser_that_stays_known_keeps_its_name(owner: Person) -> None:
    for _ in range(3):
        owner.sign_in("a guess")
    owner.sign_in()
    owner.sign_out()

    answers = [owner.sign_in("a guess").status_code for _ in range(3)]
    assert answers == [422, 422, TOO_MANY]


def test_it_is_known_to_its_own_account_alone(owner: Person) -> None:
    eve = Person("eve@example.org").with_account()
    guess_until_refused(eve.email)
    eve.client = owner.client

    assert eve.sign_in().status_code == TOO_MANY


@pytest.mark.parametrize("mark", ["", "x", "WzEsMl0:x:y", "é"])
def test_a_made_up_mark_is_none(owner: Person, mark: str) -> None:
    guess_until_refused(owner.email)
    other = Person(owner.email)
    other.client.cookies[COOKIE] = mark

    assert other.sign_in().status_code == TOO_MANY


def test_the_mark_is_out_of_reach_and_names_nobody(owner: Person) -> None:
    owner.sign_in()
    cookie = owner.client.cookies[COOKIE]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert "ada" not in cookie.value
