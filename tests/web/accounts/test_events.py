"""What the log says about accounts, and what it keeps to itself."""

from __future__ import annotations

import pytest

from tests.web.people import PASSWORD, Person, code_in_mail, code_of_app
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

NEW = "other words in a row"


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == "amtweb.security"]


def sign_up(email: str) -> Visitor:
    visitor = Visitor()
    visitor.client.post("/account/sign-up/", {"email": email, "password1": PASSWORD})
    visitor.client.post("/account/confirm-address/", {"code": "BCDF-GHJK"})
    visitor.client.post("/account/confirm-address/", {"code": code_in_mail()})
    return visitor


def test_signing_up_in_and_out_is_logged_by_number(caplog: pytest.LogCaptureFixture) -> None:
    sign_up("ada@example.org").client.post("/account/sign-out/")
    Person().sign_in("not the password")

    number = Person.model_of("ada@example.org").pk
    assert events(caplog) == [
        f"signed_up account={number}",
        f"wrong_address_code account={number}",
        f"address_confirmed account={number}",
        f"signed_in account={number}",
        f"signed_out account={number}",
        "sign_in_failed step=password",
    ]


@pytest.mark.django_db(transaction=True)
def test_so_is_what_is_done_to_an_account(caplog: pytest.LogCaptureFixture) -> None:
    person = Person().signed_in().confirmed()
    number = person.user.pk
    caplog.clear()
    page = person.page("/account/app/add/")
    key = page.find("key").attributes["value"]
    fields = {"sealed": page.find("id_sealed").attributes["value"], "code": code_of_app(key)}
    person.client.post("/account/app/add/", fields)
    person.client.post("/account/recovery-codes/")
    person.client.post("/account/app/remove/")
    person.client.post("/account/export/")
    person.elsewhere()
    person.client.post("/account/sessions/end/", {"session": "others"})
    person.client.post("/account/delete/", {"address": person.email})

    assert events(caplog) == [
        f"second_step_added account={number} kind=totp",
        f"second_step_added account={number} kind=recovery_codes",
        f"second_step_renewed account={number} kind=recovery_codes",
        f"second_step_removed account={number} kind=totp",
        f"second_step_removed account={number} kind=recovery_codes",
        f"exported account={number}",
        f"signed_in account={number}",
        f"sessions_ended account={number} count=1",
        f"signed_out account={number}",
        f"account_deleted account={number}",
    ]


def test_so_are_too_many_guesses(caplog: pytest.LogCaptureFixture) -> None:
    person = Person().with_account()
    for number in range(6):
        person.sign_in(f"guess {number}")

    assert events(caplog) == ["sign_in_failed step=password"] * 5 + ["throttled action=sign_in"]


def test_the_log_names_nobody_and_opens_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    sign_up("ada@example.org")
    person = Person(password=NEW)
    person.client.post("/account/forgotten-password/", {"email": person.email})
    code = code_in_mail()
    person.client.post("/account/forgotten-password/code/", {"code": code})
    person.client.post("/account/forgotten-password/new/", {"password1": NEW})
    person.sign_in()
    person.sign_in("hunter2hunter2")

    private = ["ada@example.org", code, PASSWORD, NEW, "hunter2", "127.0.0.1"]
    private.append(person.client.cookies["sessionid"].value)
    text = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))
    assert events(caplog)
    assert not [word for word in private if word in text]
