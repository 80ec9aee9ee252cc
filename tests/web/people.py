"""Somebody with an account, at the site without a browser."""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import Any, Self

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail

from amtweb.accounts.models import User
from tests.web.visitors import Visitor

PASSWORD = "a few words in a row"


class Person(Visitor):
    """A user with a confirmed address, and one browser session of theirs."""

    def __init__(self, email: str = "ada@example.org", password: str = PASSWORD) -> None:
        super().__init__()
        self.email = email
        self.password = password

    def with_account(self) -> Person:
        """Makes the account, as if it had been confirmed long ago."""
        self.user = User.objects.create_user(self.email, self.password)
        EmailAddress.objects.create(user=self.user, email=self.email, verified=True, primary=True)
        return self

    @staticmethod
    def model_of(email: str) -> User:
        return User.objects.get(email=email)

    def signed_in(self) -> Person:
        """Makes the account, and signs in to it."""
        self.with_account()
        response = self.sign_in()
        assert response.status_code == HTTPStatus.FOUND
        return self

    def elsewhere(self) -> Person:
        """The same person in another browser, signed in."""
        other = Person(self.email, self.password)
        other.user = self.user
        assert other.sign_in().status_code == HTTPStatus.FOUND
        return other

    def sign_in(self, password: str | None = None, **fields: str) -> Any:
        typed = {"login": self.email, "password": password or self.password}
        return self.client.post("/account/sign-in/", typed | fields)

    def sign_out(self) -> Any:
        return self.client.post("/account/sign-out/")

    def confirmed(self) -> Self:
        """Shows again who it is."""
        response = self.client.post("/account/confirm/", {"password": self.password})
        assert response.status_code == HTTPStatus.FOUND
        return self

    def with_app(self) -> str:
        """Has an authenticator app and recovery codes; returns the app's key."""
        secret: str = generate_totp_secret()
        TOTP.activate(self.user, secret)
        RecoveryCodes.activate(self.user)
        return secret

    def is_signed_in(self) -> bool:
        return self.client.get("/account/").status_code == HTTPStatus.OK


def code_of_app(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows, so many half minutes from now."""
    counter = int(time.time()) // 30 + steps
    shown: str = format_hotp_value(hotp_value(secret, counter))
    return shown


def code_in_mail() -> str:
    """The code in the newest mail."""
    (found,) = re.findall(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    return str(found)
