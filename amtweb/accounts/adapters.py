"""Where django-allauth asks the site: its words, its mails, what signing in does to a session."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from amtweb.accounts import events, known_browsers
from amtweb.accounts.claiming import claim
from amtweb.accounts.said import address_of_account, address_of_sign_in
from amtweb.accounts.sealing import seal, unseal
from amtweb.accounts.sign_ins import limit_session
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.accounts.models import User

logger = logging.getLogger("amtweb.accounts")

TOO_MANY = "Too many attempts. Wait five minutes, then try again."
WRONG_CODE = "This is not the code, or it has expired."
WAYS_TO_CONFIRM = {
    "reauthenticate": "Use my password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}
CANNOT_SEND = (SMTPException, OSError)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": "This is your address already.",
        "email_password_mismatch": "No account has this address and password together.",
        "email_taken": "This address belongs to another account.",
        "enter_current_password": "This is not your present password.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "This is not your password.",
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": TOO_MANY,
    }

    def login(self, request: HttpRequest, user: User) -> None:
        """Signs in for a limited time; what this browser made before becomes the user's."""
        # The session of somebody who is signed in already is not carried over to somebody else.
        digest = "" if request.user.is_authenticated else visitor_of(request).digest
        super().login(request, user)
        limit_session(request)
        claim(request, user, digest)

    def get_login_stages(self) -> list[str]:
        """Those of the library's that the site has pages for."""
        return [
            "allauth.account.stages.EmailVerificationStage",
            "allauth.mfa.stages.AuthenticateStage",
        ]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """How the user can be asked again, in the site's words."""
        methods = super().get_reauthentication_methods(user)
        return [each | {"description": WAYS_TO_CONFIRM[each["id"]]} for each in methods]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt, before anything is hashed.

        Raises:
            ValidationError: There were too many.
        """
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            events.log("throttled", action="sign_in")
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{known_browsers.name_of(request, credentials.get('email', ''))}"

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Where to go on, in a browser that is known from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        known_browsers.remember(request, response, user.email)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        events.log("sign_in_failed", step="password")

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: pages are answered with pages."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether it is a path of this site, and nothing that a browser might take for more."""
        return (
            url.startswith("/")
            and url.isprintable()
            and "\\" not in url
            and "//" not in url
            and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
        )

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Nothing: the page that follows says what was done, so that reading it changes nothing."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return redirect(address_of_sign_in("closed"))

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return address_of_account("address-changed")

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """A mail of plain text, the first line of whose template is its subject."""
        text = render_to_string(f"{template_prefix}.txt", context)
        subject, _, body = text.strip().partition("\n")
        to = [email] if isinstance(email, str) else email
        return EmailMessage(subject, f"{body.strip()}\n", self.get_from_email(), to)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends it.

        Raises:
            ImmediateHttpResponse: The mail server does not take it; says so on a page.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except CANNOT_SEND:
            logger.exception("a mail could not be sent")
            page = render(self.request, "account/no_mail.html", status=503)
            raise ImmediateHttpResponse(page) from None

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tells the owner of a change, which stands whether or not the mail can be sent."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except ImmediateHttpResponse:
            logger.warning("a change to an account could not be told to its owner")


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The seed; one of a key that is gone matches no code."""
        return unseal(encrypted_text) or ""

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 - its name
        """What a passkey is called until its owner calls it something else."""
        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {there + 1}" if there else "Passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "amtweb"}
