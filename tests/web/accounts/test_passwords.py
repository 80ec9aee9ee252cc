from __future__ import annotations

import time
from http import HTTPStatus

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from amtweb.accounts.models import User
from tests.web.people import Person
from tests.web.reading import Page
from tests.web.visitors import Visitor

LETTERS = "wocbfrnzkqjytgxhmevdlupais"

# Of every list of what is tried first, those that are long enough.
TRIED_FIRST = [
    *("123456789012", "1234567890123", "012345678910", "123123123123", "111111111111"),
    *("000000000000", "aaaaaaaaaaaa", "abababababab", "password1234", "password12345"),
    *("passwordpassword", "Password2026", "Password2026!", "iloveyou1234", "qwertyuiop12"),
    *("qwerty123456", "qwertyuiop123", "1qaz2wsx3edc", "administrator", "letmein12345"),
    *("welcome12345", "Welcome2026!!", "monkey123456", "dragon123456", "football1234"),
    *("baseball2026", "superman1234", "batman123456", "trustno112345", "starwars1234"),
    *("shadow123456", "master123456", "michael12345", "sunshine1234", "princess1234"),
    *("charlie12345", "jennifer1234", "hunter123456", "killer123456", "george123456"),
    *("summer202620", "freedom12345", "whatever1234", "computer1234", "internet1234"),
    *("amtmodeler2026", "amtweb202620", "AmtWeb!!!!!!", "my-amtweb-pw", "amtamtamtamt"),
]


def offered(password: str, email: str = "ada@example.org") -> list[str]:
    """What is said against a password."""
    try:
        validate_password(password, User(email=email))
    except ValidationError as objections:
        return objections.messages
    return []


@pytest.mark.parametrize("length", [12, 13, 64, 128])
def test_a_password_of_twelve_to_128_characters_is_taken(length: int) -> None:
    assert offered((LETTERS * 5)[:length]) == []


@pytest.mark.parametrize("length", [7, 8, 11, 129, 5000])
def test_a_shorter_or_longer_one_is_not(length: int) -> None:
    assert offered((LETTERS * 200)[:length])


@pytest.mark.parametrize(
    "password",
    [
        "пароль из слов",
        "你好世界这是一个很长的密码",
        "🐎🔋📎🪨🌊🐙🎻🧭🪁🌵🦉🧊",
        "   spaces   kept   ",
        "73920518463927",
    ],
)
def test_any_characters_will_do(password: str) -> None:
    assert offered(password) == []


@pytest.mark.parametrize("password", TRIED_FIRST)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert offered(password)


def test_ones_own_address_is_refused() -> None:
    assert offered("ada.lovelace@example.org", "ada.lovelace@example.org")
    assert offered("ada.lovelace1815", "ada.lovelace@example.org")


def test_a_phrase_with_a_word_of_the_site_is_no_worse_for_it() -> None:
    assert offered("amt credits fly south in winter") == []


@pytest.mark.django_db
def test_the_password_is_taken_as_typed() -> None:
    person = Person(password="pässwörd   x").signed_in()

    assert Person(person.email).sign_in("pässwörd   x").status_code == HTTPStatus.FOUND
    assert Person(person.email).sign_in("Pässwörd   x").status_code == 422
    assert Person(person.email).sign_in("pässwörd x").status_code == 422


@pytest.mark.django_db
def test_a_refused_password_is_said_beside_its_field_and_nothing_typed_is_lost() -> None:
    visitor = Visitor()
    response = visitor.client.post(
        "/account/sign-up/", {"email": "ada@example.org", "password1": "amtmodeler2026"}
    )

    page = Page(response.content)
    assert response.status_code == 422
    assert "first that someone would guess" in page.find("id_password1_error").text
    assert page.find("id_password1").attributes["aria-invalid"] == "true"
    assert "id_password1_error" in page.find("id_password1").attributes["aria-describedby"]
    assert page.find("id_email").attributes["value"] == "ada@example.org"
    assert "amtmodeler2026" not in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.django_db
@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_a_password_of_a_megabyte_is_refused_unhashed() -> None:
    began = time.perf_counter()
    make_password("a few words in a row")
    one_hash = time.perf_counter() - began

    began = time.perf_counter()
    response = Person().sign_in("x" * 1_000_000)

    assert response.status_code == 422
    assert time.perf_counter() - began < 2 * one_hash


def test_passwords_are_kept_by_many_rounds() -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        kind, rounds, *_ = make_password("a few words in a row").split("$")

    assert kind == "pbkdf2_sha256"
    assert int(rounds) >= 1_000_000
