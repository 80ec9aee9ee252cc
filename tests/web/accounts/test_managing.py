from __future__ import annotations

import re
import time
from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amtweb.accounts.models import User
from amtweb.accounts.sign_ins import device_of
from tests.web.people import Person, code_in_mail, code_of_app
from tests.web.reading import Page
from tests.web.tables import stored

pytestmark = pytest.mark.django_db

ADDRESS = "/account/address/"
CONFIRM_ADDRESS = "/account/confirm-address/"
PASSWORD_PAGE = "/account/password/"
NEW = "other words in a row"

SENSITIVE = [
    (ADDRESS, {"email": "new@example.org", "action_add": "1"}),
    ("/account/app/add/", {"code": "000000"}),
    ("/account/app/remove/", {}),
    ("/account/passkeys/add/", {"begin": "1"}),
    ("/account/passkeys/remove/", {"passkey": "1"}),
    ("/account/recovery-codes/", {}),
    ("/account/export/", {}),
    ("/account/delete/", {"address": "ada@example.org"}),
]


@pytest.fixture
def person() -> Person:
    return Person().signed_in()


def without_sessions() -> dict[str, list[object]]:
    return {name: rows for name, rows in stored().items() if name != "Session"}


@pytest.mark.parametrize(("path", "fields"), SENSITIVE)
def test_what_is_for_the_owner_asks_again_who_it_is(
    person: Person, path: str, fields: dict[str, str]
) -> None:
    person.with_app()
    before = without_sessions()
    response = person.client.post(path, fields)

    assert response["Location"] == f"/account/confirm/?next={path.replace('/', '%2F')}"
    assert without_sessions() == before
    assert mail.outbox == []


def test_that_holds_for_five_minutes(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.confirmed()
    assert person.client.get(ADDRESS).status_code == HTTPStatus.OK
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 301)

    assert "/account/confirm/" in person.client.get(ADDRESS)["Location"]


def test_signing_in_is_not_enough(person: Person) -> None:
    assert "/account/confirm/" in person.client.get(ADDRESS)["Location"]


@pytest.mark.parametrize("way", ["password", "code"])
def test_what_was_asked_for_is_done_once_it_is_confirmed(person: Person, way: str) -> None:
    secret = person.with_app()
    asked = person.client.post("/account/app/remove/")["Location"]
    if way == "password":
        done = person.client.post(asked, {"password": person.password})
    else:
        asked = asked.replace("/account/confirm/", "/account/confirm/code/")
        done = person.client.post(asked, {"code": code_of_app(secret)})

    assert done["Location"] == "/account/?said=app-removed"
    assert not Authenticator.objects.exists()


def test_a_wrong_password_confirms_nothing(person: Person) -> None:
    response = person.client.post("/account/confirm/?next=/account/address/", {"password": "no"})

    page = Page(response.content)
    assert response.status_code == 422
    assert "not your password" in page.find("id_password_error").text
    assert "/account/confirm/" in person.client.get(ADDRESS)["Location"]


def test_guessing_there_is_counted_too(person: Person) -> None:
    answers = [
        person.client.post("/account/confirm/", {"password": f"no {n}"}).status_code
        for n in range(7)
    ]

    assert answers[:5] == [422] * 5
    assert answers[5:] == [HTTPStatus.TOO_MANY_REQUESTS] * 2


def test_a_new_password_signs_out_everywhere(person: Person) -> None:
    person.edit(title="On the bench")
    elsewhere = person.elsewhere()
    keys = [p.client.cookies["sessionid"].value for p in (person, elsewhere)]

    response = person.client.post(PASSWORD_PAGE, {"oldpassword": person.password, "password1": NEW})

    assert response["Location"] == "/account/sign-in/?said=password-changed"
    assert response["Clear-Site-Data"]
    assert not person.is_signed_in()
    assert not elsewhere.is_signed_in()
    # Not merely refused: what they held is gone.
    assert not Session.objects.filter(session_key__in=keys).exists()
    assert not UserSession.objects.exists()
    assert Person(person.email).sign_in(NEW).status_code == HTTPStatus.FOUND
    assert Person(person.email).sign_in().status_code == 422
    assert "changed" in mail.outbox[-1].subject


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"oldpassword": "wrong", "password1": NEW}, "oldpassword"),
        ({"oldpassword": "", "password1": NEW}, "oldpassword"),
        ({"oldpassword": "a few words in a row", "password1": "short"}, "password1"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(
    person: Person, typed: dict[str, str], field: str
) -> None:
    response = person.client.post(PASSWORD_PAGE, typed)

    assert response.status_code == 422
    assert Page(response.content).find(f"id_{field}_error").text.strip()
    assert person.is_signed_in()


def test_a_forgotten_password_signs_out_everywhere(person: Person) -> None:
    other = Person(person.email)
    other.client.post("/account/forgotten-password/", {"email": person.email})
    other.client.post("/account/forgotten-password/code/", {"code": code_in_mail()})
    assert person.is_signed_in()
    other.client.post("/account/forgotten-password/new/", {"password1": NEW})

    assert not person.is_signed_in()
    assert Person(person.email).sign_in(NEW).status_code == HTTPStatus.FOUND


def ask_for_password(email: str) -> Person:
    other = Person(email)
    other.client.post("/account/forgotten-password/", {"email": email})
    other.client.post("/account/forgotten-password/code/", {"code": code_in_mail()})
    return other


@pytest.mark.parametrize("what", ["password", "address"])
def test_a_code_dies_with_the_password_and_the_address_it_was_sent_for(
    person: Person, what: str
) -> None:
    other = ask_for_password(person.email)
    if what == "password":
        person.user.set_password(NEW)
    else:
        person.user.email = "new@example.org"
    person.user.save()
    hashed = person.user.password

    other.client.post("/account/forgotten-password/new/", {"password1": "mine from now on"})

    person.user.refresh_from_db()
    assert person.user.password == hashed


def test_a_code_sets_one_password(person: Person) -> None:
    other = ask_for_password(person.email)
    path = "/account/forgotten-password/new/"
    assert "said=" in other.client.post(path, {"password1": NEW})["Location"]

    again = other.client.post(path, {"password1": "a third time in a row"})
    assert again["Location"] == "/account/forgotten-password/"


def test_a_code_lives_for_a_quarter_of_an_hour(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Person(person.email)
    other.client.post("/account/forgotten-password/", {"email": person.email})
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 15 * 60 + 1)

    answer = other.client.post("/account/forgotten-password/code/", {"code": code_in_mail()})
    assert answer["Location"] == "/account/sign-in/"


def test_the_address_changes_once_the_new_one_is_confirmed(person: Person) -> None:
    person.confirmed()
    response = person.client.post(ADDRESS, {"email": "New@Example.org", "action_add": "1"})
    assert response["Location"] == CONFIRM_ADDRESS
    assert [sent.to for sent in mail.outbox] == [["new@example.org"]]
    person.user.refresh_from_db()
    assert person.user.email == "ada@example.org"

    done = person.client.post(CONFIRM_ADDRESS, {"code": code_in_mail()})

    assert done["Location"] == "/account/?said=address-changed"
    person.user.refresh_from_db()
    assert person.user.email == "new@example.org"
    assert [*EmailAddress.objects.values_list("email", "verified")] == [("new@example.org", True)]
    # The old address is told.
    assert mail.outbox[-1].to == ["ada@example.org"]


@pytest.mark.parametrize("fields", [{}, {"action_send": "1"}, {"action_primary": "1"}])
def test_no_other_act_on_addresses_is_taken(person: Person, fields: dict[str, str]) -> None:
    person.confirmed()
    person.client.post(ADDRESS, {"email": "ada@example.org"} | fields)

    assert mail.outbox == []
    assert EmailAddress.objects.get().email == "ada@example.org"


def test_another_ones_address_cannot_be_taken(person: Person) -> None:
    Person("eve@example.org").with_account()
    person.confirmed()
    person.client.post(ADDRESS, {"email": "eve@example.org"})
    response = person.client.post(CONFIRM_ADDRESS, {"code": code_in_mail()})

    assert response.status_code == 422
    assert User.objects.filter(email="ada@example.org").exists()


def test_the_page_lists_where_one_is_signed_in(person: Person) -> None:
    person.elsewhere()
    shown = person.page("/account/").find("main").text

    assert shown.count("this browser") == 1
    assert shown.count("Sign out there") == 1


def test_a_sign_in_elsewhere_is_ended_from_here(person: Person) -> None:
    elsewhere, another = person.elsewhere(), person.elsewhere()
    key = UserSession.objects.get(session_key=elsewhere.client.cookies["sessionid"].value).pk

    response = person.client.post("/account/sessions/end/", {"session": str(key)})

    assert response["Location"] == "/account/?said=sessions-ended"
    assert not elsewhere.is_signed_in()
    assert another.is_signed_in()
    person.client.post("/account/sessions/end/", {"session": "others"})
    assert not another.is_signed_in()
    assert person.is_signed_in()


@pytest.mark.parametrize("session", ["", "0", "-1", "9" * 30, "x", "²", "all"])
def test_of_others_sessions_none_is_ended(person: Person, session: str) -> None:
    eve = Person("eve@example.org").signed_in()
    for number in (
        session,
        *map(str, UserSession.objects.filter(user=eve.user).values_list("pk", flat=True)),
    ):
        person.client.post("/account/sessions/end/", {"session": number})

    assert eve.is_signed_in()
    assert person.is_signed_in()


@pytest.mark.parametrize("passkey", ["", "x", "²", "9" * 30, "another's"])
def test_of_others_passkeys_none_is_removed(person: Person, passkey: str) -> None:
    eve = Person("eve@example.org").with_account()
    data = {"name": "Hers", "credential": {}}
    hers = Authenticator.objects.create(user=eve.user, type="webauthn", data=data)
    person.confirmed()

    number = str(hers.pk) if passkey == "another's" else passkey
    person.client.post("/account/passkeys/remove/", {"passkey": number})

    assert Authenticator.objects.filter(pk=hers.pk).exists()


def test_a_session_leaves_the_list_as_it_ends(person: Person) -> None:
    elsewhere = person.elsewhere()
    elsewhere.sign_out()

    assert UserSession.objects.count() == 1
    assert "Sign out there" not in person.page("/account/").find("main").text


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_as_people_name_it(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device


def test_pages_of_accounts_carry_nothing_inline(person: Person) -> None:
    secret = person.with_app()
    person.confirmed()
    pages = ["/account/", PASSWORD_PAGE, ADDRESS, "/account/passkeys/add/", "/account/export/"]
    pages += ["/account/delete/", "/account/recovery-codes/", "/account/confirm/"]
    texts = [person.client.get(path).content.decode() for path in pages]
    other = Person(person.email)
    texts += [
        other.client.get(f"/account/{path}/").content.decode()
        for path in ("sign-in", "sign-up", "forgotten-password")
    ]
    other.sign_in()
    texts.append(other.client.get("/account/sign-in/second-step/").content.decode())

    for text in texts:
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", text)
        assert secret not in text


def test_the_page_asks_the_same_of_many_sessions_and_passkeys_as_of_one(person: Person) -> None:
    with CaptureQueriesContext(connection) as of_one:
        person.page("/account/")
    for _ in range(3):
        person.elsewhere()
    for number in range(5):
        data = {"name": f"Key {number}", "credential": {}}
        Authenticator.objects.create(user=person.user, type="webauthn", data=data)

    with CaptureQueriesContext(connection) as of_many:
        page = person.page("/account/")
    assert page.find("main").text.count("Key ") >= 5
    assert len(of_many) == len(of_one)
