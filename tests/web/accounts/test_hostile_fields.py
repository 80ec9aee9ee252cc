"""Whatever is typed or sent into a field, the answer is a page and never a failure."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.test import Client, override_settings

from tests.web.people import Person
from tests.web.route_table.accounts import ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.every_parameter]

FIELDS = (
    *("email", "login", "password", "password1", "oldpassword", "code", "sealed", "name"),
    *("credential", "passkey", "session", "address", "action", "next", "begins"),
)
HOSTILE = [
    *("", " ", "\x00", "\udcff", "\u202e\u2028", "é" * 5000, "x" * 100_000, "9" * 400, "-1", "1e9"),
    *("NaN", "[]", "{}", "null", "'\"><script>x</script>", "%s%n{0}{{7*7}}", "\r\nSet-Cookie: a=b"),
    "ada@example.org",
]
ANSWERS = (HTTPStatus.OK, HTTPStatus.FOUND, 422)
WRITABLE = [route for route in ROUTES if "POST" in ROUTES[route].methods]


def at_their_codes() -> Client:
    """Somebody in the middle of signing up and of asking for a password."""
    client = Client()
    client.post("/account/sign-up/", {"email": "new@example.org", "password1": "four words in row"})
    client.post("/account/forgotten-password/", {"email": "ada@example.org"})
    return client


@pytest.mark.parametrize("route", WRITABLE)
@override_settings(ACCOUNT_RATE_LIMITS=False, MFA_RATE_LIMITS=False)
def test_a_hostile_field_gets_an_answer(route: str) -> None:
    person = Person().signed_in().confirmed()
    person.with_app()
    second = Person(person.email)
    second.sign_in()
    path, at_codes = f"/{route}", at_their_codes()

    for text in HOSTILE:
        body = urlencode(dict.fromkeys(FIELDS, text), errors="surrogateescape")
        for client in (at_codes, second.client, person.client):
            if "account/delete" in route and text == person.email:
                continue
            response = client.post(path, body, content_type="application/x-www-form-urlencoded")
            assert response.status_code in ANSWERS, (text[:20], response.status_code)
            assert b"<script>x" not in response.content
            assert "a=b" not in str(response.cookies)
            if "sign-out" in route:
                person.sign_in()
