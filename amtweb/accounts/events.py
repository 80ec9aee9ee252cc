"""The log of what was done about accounts: by the account's number, without names or addresses."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_step
from django.contrib.auth.signals import user_logged_out

logger = logging.getLogger("amtweb.security")


def log(event: str, **details: Any) -> None:
    """Writes a line such as ``signed_in account=12``."""
    logger.info("%s", " ".join([event, *(f"{name}={value}" for name, value in details.items())]))


def _about_account(event: str) -> Any:
    def receive(sender: Any, user: Any = None, **kwargs: Any) -> None:
        if user is not None:
            log(event, account=user.pk)

    return receive


def _about_authenticator(event: str) -> Any:
    def receive(sender: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
        log(event, account=user.pk, kind=authenticator.type)

    return receive


ABOUT_ACCOUNTS = {
    "signed_up": account.user_signed_up,
    "signed_in": account.user_logged_in,
    "signed_out": user_logged_out,
    "password_changed": account.password_changed,
    "password_reset": account.password_reset,
    "wrong_reset_code": account.password_reset_code_rejected,
    "wrong_address_code": account.email_verification_code_rejected,
    "address_confirmed": account.email_changed,
}
ABOUT_AUTHENTICATORS = {
    "second_step_added": second_step.authenticator_added,
    "second_step_removed": second_step.authenticator_removed,
    "second_step_renewed": second_step.authenticator_reset,
    "second_step_used": second_step.authenticator_used,
    "second_step_failed": second_step.authentication_failed,
}


def listen() -> None:
    """Logs from now on what the library tells of."""
    for event, signal in ABOUT_ACCOUNTS.items():
        signal.connect(_about_account(event), weak=False, dispatch_uid=f"log {event}")
    for event, signal in ABOUT_AUTHENTICATORS.items():
        signal.connect(_about_authenticator(event), weak=False, dispatch_uid=f"log {event}")
