"""The end of an account, with everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.contrib.auth import logout
from django.db import transaction

from amtweb.accounts import events
from amtweb.accounts.sign_ins import end_sign_ins, sessions_that_name
from amtweb.accounts.upkeep import truncate_log

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.accounts.models import User


def delete_account(request: HttpRequest, user: User) -> None:
    """Deletes the user who is signed in, all their rows and sessions."""
    number = user.pk
    # While there still is an account to tell of.
    get_adapter().send_notification_mail("account/email/account_deleted", user)
    with transaction.atomic():
        end_sign_ins(user)
        logout(request)
        sessions_that_name(user).delete()
        user.delete()
    truncate_log()
    events.log("account_deleted", account=number)
