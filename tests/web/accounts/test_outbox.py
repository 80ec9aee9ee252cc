from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client, override_settings

from amtweb.accounts.outbox import newest

FILES = "django.core.mail.backends.filebased.EmailBackend"


def test_the_outbox_shows_the_newest_mails_first(tmp_path: Path) -> None:
    with override_settings(EMAIL_BACKEND=FILES, EMAIL_FILE_PATH=tmp_path):
        for number in range(25):
            mail.send_mail(f"Mail {number}", f"Text – {number}\n", "a@b.example", ["c@d.example"])
    shown = newest(tmp_path)

    assert len(shown) == 20
    assert len({each["subject"] for each in shown}) == 20
    assert shown[0]["to"] == "c@d.example"
    assert shown[0]["body"].startswith("Text –")
    assert "---" not in shown[0]["body"]


def test_an_empty_outbox_is_empty(tmp_path: Path) -> None:
    assert newest(tmp_path / "none") == []


@pytest.mark.django_db
def test_only_a_development_site_has_one(tmp_path: Path) -> None:
    assert Client().get("/outbox/").status_code == HTTPStatus.NOT_FOUND
    fields = {"email": "ada@example.org", "password1": "a few words in a row"}
    with override_settings(
        ROOT_URLCONF="amtweb.urls_in_development",
        EMAIL_BACKEND=FILES,
        EMAIL_FILE_PATH=tmp_path,
    ):
        client = Client()
        client.post("/account/sign-up/", fields)
        assert b"see what it would have sent" in client.get("/account/confirm-address/").content
        assert b"Your code for amtweb" in client.get("/outbox/").content
        assert client.post("/outbox/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
