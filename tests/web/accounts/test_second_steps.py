from __future__ import annotations

import json
import time
from http import HTTPStatus
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client, override_settings

from amtweb.accounts import sealing, upkeep
from tests.web.people import Person, code_in_mail, code_of_app
from tests.web.reading import Page
from tests.web.tables import stored

pytestmark = pytest.mark.django_db

SECOND = "/account/sign-in/second-step/"
ADD_APP = "/account/app/add/"
OTHER_KEY = "another key of the tests' own, which protects nothing either"


@pytest.fixture
def person() -> Person:
    return Person().signed_in().confirmed()


def recovery_codes(person: Person) -> list[str]:
    wrapped = Authenticator.objects.get(user=person.user, type="recovery_codes").wrap()
    codes: list[str] = wrapped.get_unused_codes()
    return codes


def at_second_step(person: Person) -> Person:
    other = Person(person.email)
    assert other.sign_in()["Location"] == SECOND
    return other


def test_an_app_is_added_by_the_code_that_it_shows(person: Person) -> None:
    page = person.page(ADD_APP)
    secret = page.find("key").attributes["value"]
    sealed = page.find("id_sealed").attributes["value"]

    response = person.client.post(ADD_APP, {"sealed": sealed, "code": code_of_app(secret)})

    codes = Page(response.content).find("codes").text.split()
    assert len(codes) == 10
    assert codes == recovery_codes(person)
    assert at_second_step(person)


def test_looking_at_the_key_stores_nothing(person: Person) -> None:
    before = stored()
    keys = {person.page(ADD_APP).find("key").attributes["value"] for _ in range(2)}

    assert len(keys) == 2
    assert stored() == before


def test_a_wrong_code_keeps_the_key_that_was_scanned(person: Person) -> None:
    page = person.page(ADD_APP)
    sealed = page.find("id_sealed").attributes["value"]

    response = person.client.post(ADD_APP, {"sealed": sealed, "code": "000000"})

    again = Page(response.content)
    assert response.status_code == 422
    assert again.find("key").attributes["value"] == page.find("key").attributes["value"]
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("whose", ["nobody's", "another's", "old"])
def test_a_key_that_was_not_shown_here_and_now_is_not_taken(
    person: Person, whose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    owner = person.user.pk + (whose == "another's")
    sealed = "gAAAA" if whose == "nobody's" else sealing.seal(f"{owner} {secret}")
    if whose == "old":
        now = time.time
        monkeypatch.setattr(time, "time", lambda: now() + 16 * 60)
        person.confirmed()

    response = person.client.post(ADD_APP, {"sealed": sealed, "code": code_of_app(secret)})

    assert response.status_code == 422
    assert Page(response.content).find("key").attributes["value"] != secret
    assert not Authenticator.objects.exists()


def test_signing_in_takes_the_code_of_the_app_once(person: Person) -> None:
    code = code_of_app(person.with_app())
    first, second = at_second_step(person), at_second_step(person)

    assert first.client.post(SECOND, {"code": code}).status_code == HTTPStatus.FOUND
    assert second.client.post(SECOND, {"code": code}).status_code == 422
    assert first.is_signed_in()
    assert not second.is_signed_in()


@pytest.mark.parametrize("steps", [-2, -1, 1, 2])
def test_a_code_is_good_for_its_half_minute(person: Person, steps: int) -> None:
    code = code_of_app(person.with_app(), steps=steps)

    assert at_second_step(person).client.post(SECOND, {"code": code}).status_code == 422


def test_after_five_wrong_codes_none_is_taken(person: Person) -> None:
    secret = person.with_app()
    other = at_second_step(person)
    answers = [other.client.post(SECOND, {"code": "000000"}).status_code for _ in range(6)]

    assert answers == [422] * 5 + [HTTPStatus.TOO_MANY_REQUESTS]
    right = other.client.post(SECOND, {"code": code_of_app(secret)})
    assert right.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert not other.is_signed_in()


def test_the_password_alone_is_good_for_a_quarter_of_an_hour(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = person.with_app()
    other = at_second_step(person)
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 16 * 60)

    answer = other.client.post(SECOND, {"code": code_of_app(secret)})
    assert answer["Location"] == "/account/sign-in/"
    assert not other.is_signed_in()


def test_a_password_alone_reaches_nothing_of_the_account(person: Person) -> None:
    saved = person.saved(title="Hers")
    person.with_app()
    other = at_second_step(person)

    assert other.client.get(saved.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert b"Hers" not in other.client.get("/scenarios/").content
    for path in ("/account/", "/account/export/", ADD_APP, "/account/password/"):
        assert other.client.get(path).status_code == HTTPStatus.FOUND
    # Looking elsewhere has not ended the attempt.
    assert other.client.get(SECOND).status_code == HTTPStatus.OK


def test_thinking_better_of_it_keeps_ones_work(person: Person) -> None:
    person.with_app()
    other = Person(person.email)
    other.edit(title="Not saved")
    other.sign_in()

    assert other.sign_out()["Location"] == "/account/sign-in/"
    assert other.client.get(SECOND).status_code == HTTPStatus.FOUND
    assert other.fields()["title"] == "Not saved"


def test_a_recovery_code_works_once(person: Person) -> None:
    person.with_app()
    code, *others = recovery_codes(person)

    assert at_second_step(person).client.post(SECOND, {"code": code}).status_code == 302
    assert at_second_step(person).client.post(SECOND, {"code": code}).status_code == 422
    assert at_second_step(person).client.post(SECOND, {"code": others[0]}).status_code == 302
    assert "8 left" in person.page("/account/").find("main").text


def test_new_recovery_codes_end_the_old_ones(person: Person) -> None:
    person.with_app()
    old = recovery_codes(person)
    person.client.get("/account/recovery-codes/")
    assert recovery_codes(person) == old

    shown = person.client.post("/account/recovery-codes/")

    new = Page(shown.content).find("codes").text.split()
    assert not set(new) & set(old)
    assert at_second_step(person).client.post(SECOND, {"code": old[0]}).status_code == 422
    assert at_second_step(person).client.post(SECOND, {"code": new[0]}).status_code == 302


def test_no_page_shows_recovery_codes_again(person: Person) -> None:
    person.with_app()
    codes = recovery_codes(person)
    for path in ("/account/", "/account/recovery-codes/", "/account/export/"):
        shown = person.client.get(path).content.decode()
        assert not [code for code in codes if code in shown]


def test_what_is_stored_opens_nothing(person: Person) -> None:
    secret = person.with_app()
    codes = recovery_codes(person)
    text = repr(stored())

    assert secret not in text
    assert not [code for code in codes if code in text]
    data = Authenticator.objects.get(type="totp").data
    assert data["secret"].startswith("gAAAA")


def test_after_the_key_was_changed_second_steps_go_on(person: Person) -> None:
    secret = person.with_app()
    codes = recovery_codes(person)
    with override_settings(
        SECRET_KEY=OTHER_KEY, SECRET_KEY_FALLBACKS=["the tests' own key, which protects nothing"]
    ):
        assert recovery_codes(person) == codes
        assert upkeep.tidy()["seeds"] == 2
        assert upkeep.tidy()["seeds"] == 0
    with override_settings(SECRET_KEY=OTHER_KEY):
        other = Person(person.email)
        other.sign_in()
        assert other.client.post(SECOND, {"code": code_of_app(secret)}).status_code == 302
    assert upkeep.tidy()["seeds"] == 0


def test_a_seed_of_a_lost_key_matches_nothing_and_fails_nothing(person: Person) -> None:
    person.with_app()
    with override_settings(SECRET_KEY=OTHER_KEY):
        other = Person(person.email)
        other.sign_in()
        for code in ("000000", "00000000", ""):
            assert other.client.post(SECOND, {"code": code}).status_code == 422


def test_a_forgotten_password_does_not_spare_the_second_step(person: Person) -> None:
    secret = person.with_app()
    other = Person(person.email, "other words in a row")
    other.client.post("/account/forgotten-password/", {"email": person.email})
    other.client.post("/account/forgotten-password/code/", {"code": code_in_mail()})
    done = other.client.post("/account/forgotten-password/new/", {"password1": other.password})

    assert done["Location"] == "/account/sign-in/?said=password-changed"
    assert not other.is_signed_in()
    assert other.sign_in()["Location"] == SECOND
    other.client.post(SECOND, {"code": code_of_app(secret)})
    assert other.is_signed_in()


def test_the_app_is_removed_by_its_owner_who_is_told(person: Person) -> None:
    person.with_app()
    response = person.client.post("/account/app/remove/")

    assert response["Location"] == "/account/?said=app-removed"
    assert not Authenticator.objects.exists()
    assert "removed" in mail.outbox[-1].subject
    assert Person(person.email).sign_in()["Location"] == "/scenarios/"


def answer(**changes: Any) -> str:
    """Shaped as a browser's answer is, and made up."""
    said = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}
    shaped = {"id": "AAAA", "rawId": "AAAA", "type": "public-key"}
    return json.dumps(shaped | {"response": said | {"userHandle": "MQ"}} | changes)


MADE_UP = [
    *("", "x", "{}", "[]", "null", "1", '"x"', "NaN", '{"id": 1}', "[" * 2000, "[" * 200_000),
    json.dumps({"response": {"userHandle": "é"}}),
    *(answer(), answer(id=1), answer(rawId=None), answer(response=None), answer(response=[])),
    *(answer(response={}), answer(type="x"), answer(rawId="é"), answer(rawId="A")),
    answer(response={"userHandle": "ICEgIQ", "clientDataJSON": "!"}),
    answer(response={"userHandle": 5, "clientDataJSON": "e30"}),
    answer(response={"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "clientDataJSON": "e30"}),
    answer(response={"clientDataJSON": "e30", "attestationObject": "AA"}),
    answer(response={"clientDataJSON": "e30", "attestationObject": {"fmt": 1}}),
]


@pytest.mark.parametrize("credential", MADE_UP)
def test_a_made_up_passkey_opens_nothing(person: Person, credential: str) -> None:
    person.with_app()
    path = "/account/sign-in/passkey/"
    for client in (Client(), at_second_step(person).client, person.client):
        for begin in (False, True):
            if begin:
                client.post(path, {"begin": "1"})
            response = client.post(path, {"credential": credential})
            assert response.status_code == HTTPStatus.FOUND
        assert (client.get("/account/").status_code == 200) == (client is person.client)


@pytest.mark.parametrize("path", [SECOND, "/account/confirm/passkey/", "/account/passkeys/add/"])
@pytest.mark.parametrize("credential", MADE_UP)
@override_settings(ACCOUNT_RATE_LIMITS=False)
def test_nor_does_it_stand_for_one_or_become_one(
    person: Person, path: str, credential: str
) -> None:
    person.with_app()
    Authenticator.objects.create(
        user=person.user, type="webauthn", data={"name": "Phone", "credential": {}}
    )
    client = at_second_step(person).client if path == SECOND else person.client
    if path == "/account/passkeys/add/":
        Authenticator.objects.filter(type="webauthn").delete()
        client.post(path, {"begin": "1"})
    response = client.post(path, {"credential": credential})

    assert response.status_code in (HTTPStatus.FOUND, 422)
    assert Authenticator.objects.filter(type="webauthn").count() == (path[-5:] != "/add/")


def test_a_challenge_for_signing_in_names_no_account(person: Person) -> None:
    options = Client().post("/account/sign-in/passkey/", {"begin": "1"}).json()["publicKey"]

    assert not options.get("allowCredentials")
    assert options["userVerification"] == "required"
    assert len(options["challenge"]) >= 22


def test_the_session_goes_on_under_another_key_after_a_step_is_added(person: Person) -> None:
    page = person.page(ADD_APP)
    before = person.client.cookies["sessionid"].value
    person.with_app()
    person.client.post("/account/app/remove/")

    assert page
    assert person.client.cookies["sessionid"].value != before
    assert person.is_signed_in()
    assert "this browser" in person.page("/account/").find("main").text
