from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from http import HTTPStatus
from smtplib import SMTPServerDisconnected
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, override_settings

from amtweb.accounts.adapters import AccountAdapter
from amtweb.accounts.models import User
from tests.web.people import PASSWORD, Person, code_in_mail
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

CONFIRM = "/account/confirm-address/"
FORGOTTEN = "/account/forgotten-password/"
A_WHILE = 11
"""Seconds after which another code is sent."""


def sign_up(client: Client, email: str = "ada@example.org", password: str = PASSWORD) -> Any:
    return client.post("/account/sign-up/", {"email": email, "password1": password})


def test_an_account_is_open_once_its_address_is_confirmed(client: Client) -> None:
    assert sign_up(client)["Location"] == CONFIRM
    assert client.get("/account/").status_code == HTTPStatus.FOUND

    response = client.post(CONFIRM, {"code": code_in_mail()})

    assert response["Location"] == "/scenarios/"
    assert client.get("/account/").status_code == HTTPStatus.OK
    assert EmailAddress.objects.get().verified


def test_before_that_its_password_opens_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(client)
    other = Person()
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + A_WHILE)

    assert other.sign_in()["Location"] == CONFIRM
    assert not other.is_signed_in()


@pytest.mark.parametrize("wrong", ["", "BCDF-GHJK", "0", "' or 1=1", "é"])
def test_a_wrong_code_confirms_nothing(client: Client, wrong: str) -> None:
    sign_up(client)

    assert client.post(CONFIRM, {"code": wrong}).status_code == 422
    assert not EmailAddress.objects.get().verified


def test_after_three_wrong_codes_the_right_one_is_dead(client: Client) -> None:
    sign_up(client)
    right = code_in_mail()
    for _ in range(3):
        last = client.post(CONFIRM, {"code": "BCDF-GHJK"})

    assert last["Location"] == "/account/sign-in/?said=too-many-codes"
    client.post(CONFIRM, {"code": right})
    assert not EmailAddress.objects.get().verified


def test_a_code_is_good_in_the_browser_that_asked_for_it_alone(client: Client) -> None:
    sign_up(client)
    other = Client()

    assert other.post(CONFIRM, {"code": code_in_mail()})["Location"] == "/account/sign-in/"
    assert not EmailAddress.objects.get().verified


def test_looking_at_the_pages_confirms_nothing_and_sends_nothing(client: Client) -> None:
    sign_up(client)
    for path in (
        CONFIRM,
        "/account/sign-up/",
        "/account/sign-in/",
        "/account/sign-in/second-step/",
    ):
        client.get(path)

    assert len(mail.outbox) == 1
    assert client.post(CONFIRM, {"code": code_in_mail()}).status_code == HTTPStatus.FOUND
    assert EmailAddress.objects.get().verified


def test_mails_are_short_plain_and_without_links(client: Client) -> None:
    sign_up(client)
    (sent,) = mail.outbox

    assert sent.to == ["ada@example.org"]
    assert code_in_mail() in sent.subject
    assert "http" not in sent.body
    assert "\n" not in sent.subject
    assert not getattr(sent, "alternatives", [])
    assert len(str(sent.body)) < 300


def the_same(first: Any, second: Any, client: Client, other: Client) -> bool:
    """Whether two answers differ in nothing but what was typed."""
    pages = [c.get(r["Location"]).content for r, c in ((first, client), (second, other))]
    ones = pages[0].replace(b"ada@example.org", b"").replace(b"eve@example.org", b"")
    twos = pages[1].replace(b"ada@example.org", b"").replace(b"eve@example.org", b"")
    same = len(ones) == len(twos)
    return same and (first.status_code, first["Location"]) == (
        second.status_code,
        second["Location"],
    )


def test_signing_up_does_not_tell_who_has_an_account() -> None:
    Person().with_account()
    client, other = Client(), Client()

    taken, free = sign_up(client), sign_up(other, "eve@example.org")

    assert the_same(taken, free, client, other)
    assert len(mail.outbox) == 2
    assert "has one" in str(mail.outbox[0].body)
    assert User.objects.count() == 2


def test_asking_for_a_password_does_not_tell_who_has_an_account() -> None:
    Person().with_account()
    client, other = Client(), Client()

    taken = client.post(FORGOTTEN, {"email": "ada@example.org"})
    free = other.post(FORGOTTEN, {"email": "eve@example.org"})

    assert the_same(taken, free, client, other)
    assert [sent.to for sent in mail.outbox] == [["ada@example.org"], ["eve@example.org"]]


def test_signing_in_does_not_tell_who_has_an_account() -> None:
    Person().with_account()

    wrong, unknown = Person().sign_in("not the password"), Person("eve@example.org").sign_in()

    assert wrong.status_code == unknown.status_code == 422
    assert b"No account has this address and password together" in wrong.content
    assert b"No account has this address and password together" in unknown.content


def median_seconds(act: Callable[[], Any], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


@override_settings(
    PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
    ACCOUNT_RATE_LIMITS=False,
)
def test_an_answer_takes_a_hash_whether_or_not_there_is_an_account() -> None:
    """A hash takes tens of times as long as the rest; without it the difference would tell."""
    Person().with_account()
    numbers = iter(range(100))

    known = median_seconds(lambda: Person().sign_in("not the password"))
    unknown = median_seconds(lambda: Person("eve@example.org").sign_in("not the password"))
    taken = median_seconds(lambda: sign_up(Client()))
    free = median_seconds(lambda: sign_up(Client(), f"new{next(numbers)}@example.org"))

    assert 0.5 < known / unknown < 2
    assert 0.5 < taken / free < 2


@pytest.mark.parametrize(
    "alike",
    [
        "m\u0131ke@example.org",
        "mike@examp\u0131e.org",
        "\uff4dike@example.org",
        "mike\uff20example.org",
        "mike@example.org\u200b",
    ],
)
def test_an_address_that_looks_alike_is_not_another_ones(client: Client, alike: str) -> None:
    Person("mike@example.org").with_account()

    client.post(FORGOTTEN, {"email": alike})

    assert "mike@example.org" not in [address for sent in mail.outbox for address in sent.to]
    assert not any("    " in str(sent.body) for sent in mail.outbox)


def test_the_address_is_the_same_in_capitals(client: Client) -> None:
    Person().with_account()

    assert Person("ADA@Example.ORG").sign_in().status_code == HTTPStatus.FOUND
    sign_up(client, "ADA@example.org")
    assert User.objects.count() == 1


def test_of_two_who_take_an_address_at_once_one_gets_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_user(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.undo()
        User.objects.create_user("ada@example.org", PASSWORD)
        return AccountAdapter.save_user(*args, **kwargs)

    monkeypatch.setattr(AccountAdapter, "save_user", save_user)

    assert sign_up(client)["Location"] == CONFIRM
    assert "has one" in str(mail.outbox[-1].body)


def test_somebody_who_takes_anothers_address_gains_nothing(client: Client) -> None:
    """The owner of the mailbox gets the account by a new password, the squatter never."""
    sign_up(client, password="the squatter's own words")
    owner = Visitor()
    owner.client.post(FORGOTTEN, {"email": "ada@example.org"})
    owner.client.post(f"{FORGOTTEN}code/", {"code": code_in_mail()})
    owner.client.post(f"{FORGOTTEN}new/", {"password1": PASSWORD})

    assert Person().sign_in().status_code == HTTPStatus.FOUND
    assert Person().sign_in("the squatter's own words").status_code == 422


@pytest.mark.parametrize("path", ["/account/sign-up/", FORGOTTEN])
def test_a_mail_server_that_is_down_is_said_and_is_no_fault_of_the_site(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def send(*_: Any) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)

    response = client.post(path, {"email": "ada@example.org", "password1": PASSWORD})

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert b"The mail could not be sent" in response.content


def test_codes_are_not_sent_in_a_row(client: Client) -> None:
    sign_up(client)
    client.post(CONFIRM, {"action": "resend"})

    assert len(mail.outbox) == 1


def test_a_new_site_has_no_accounts() -> None:
    assert not User.objects.exists()


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/accounts/", "/account/social/"])
def test_there_is_no_other_way_in(client: Client, path: str) -> None:
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


ELSEWHERE = [
    *("https://evil.example", "//evil.example", "///evil.example", "////evil.example"),
    *("http:evil.example", "https:///evil.example", "/\\evil.example", "\\\\evil.example"),
    *("/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example"),
    *("javascript:alert(1)", "data:text/html,x", "ftp://testserver/", "/path\r\nX: y"),
    *("http://testserver@evil.example/", "http://testserver/", "https://testserver/account/"),
    *("/account//evil.example", "@evil.example", "evil.example", "?next=//evil.example"),
    *("/\x00/evil.example", "/\u2028/evil.example", "http://localhost/"),
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_to_pages_of_this_site_alone(target: str) -> None:
    person = Person().with_account()
    page = person.client.get("/account/sign-in/", {"next": target})
    response = person.sign_in(next=target)

    assert b'name="next"' not in page.content
    assert response["Location"] == "/scenarios/"


def test_signing_in_leads_back_to_where_one_wanted_to_go() -> None:
    person = Person().with_account()
    asked = person.client.get("/account/export/")

    assert asked["Location"] == "/account/sign-in/?next=/account/export/"
    assert person.sign_in(next="/account/export/")["Location"] == "/account/export/"


NO_ADDRESSES = [
    *("", "ada", "ada@", "@example.org", "ada@example", "ada @example.org", "ada@exa mple.org"),
    *(
        "ada@example.org\nbcc: eve@example.org",
        "ada@example.org\x00",
        "\x00",
        "ada@ex\udcffample.org",
    ),
    f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.org",
    f"{'a' * 5000}@example.org",
    "ada@exa\u2028mple.org",
    f"ada@{'ü' * 60}.org",
    "ada@example.org, eve@example.org",
]


@pytest.mark.parametrize("path", ["/account/sign-up/", FORGOTTEN])
@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_said_beside_its_field(
    client: Client, path: str, address: str
) -> None:
    response = client.post(
        path,
        urlencode({"email": address, "password1": PASSWORD}, errors="surrogateescape"),
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 422
    assert Page(response.content).find("id_email_error").text.strip()
    assert mail.outbox == []
    assert not User.objects.exists()


def test_the_longest_address_is_taken(client: Client) -> None:
    address = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.example.org"[-254:]

    assert sign_up(client, address)["Location"] == CONFIRM
