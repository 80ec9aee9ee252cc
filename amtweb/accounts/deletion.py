"""The end of an account, with everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth import logout
from django.db import transaction

from amtweb.accounts import events
from amtweb.accounts.sign_ins import sessions_that_name
from amtweb.accounts.upkeep import truncate_log
from amtweb.firms.leaving import leave_all
from amtweb.firms.sessions import end_sign_ins
from amtweb.portal.unlinking import leave_all_firms

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.accounts.models import User


def delete_account(request: HttpRequest, user: User) -> None:
    """Deletes the user who is signed in, all their rows and sessions.

    Raises:
        LastAdminError: A firm would be left without an admin; nothing was deleted.
    """
    number, address = user.pk, EmailAddress.objects.get_primary_email(user)
    with transaction.atomic():
        leave_all(number)
        leave_all_firms(number)
        end_sign_ins(number)
        logout(request)
        sessions_that_name(user).delete()
        user.delete()
    get_adapter().send_notification_mail("account/email/account_deleted", user, email=address)
    truncate_log()
    events.log("account_deleted", account=number)
