"""Invitations into a firm: who is asked, and what accepting one makes of them.

An invitation is to an address.  Only who has confirmed the address to the site can take it up, so
its mail carries nothing that opens anything.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.core.mail import send_mail
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils import timezone

from amtweb.firms.models import Invitation, Member
from amtweb.firms.permissions import Act, who_may

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger("amtweb.firms")

MOST_A_DAY = 20
"""By one person, in whichever firm: the mails carry names that they chose."""


class AlreadyMemberError(Exception):
    """The person works in the firm already."""


def sent_today_by(member: Member) -> int:
    """How many people the member has asked within a day, here and in other firms."""
    since = timezone.now() - timedelta(days=1)
    return Invitation.objects.filter(
        invited_by__user_id=member.user_id, created_at__gt=since
    ).count()


def invitations_to(user: Any) -> QuerySet[Invitation]:
    """Those that the user could take up now."""
    confirmed = EmailAddress.objects.filter(user_id=user.pk, verified=True)
    addresses = confirmed.annotate(low=Lower("email")).values("low")
    return (
        Invitation.objects.select_related("firm", "invited_by__user")
        .annotate(low=Lower("email"))
        .filter(low__in=addresses)
        .filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
        # Who has another role by now no longer lets anybody in.
        .filter(invited_by__role__in=who_may(Act.MANAGE))
    )


def accept(invitation: Invitation, user: Any) -> Member:
    """Makes the user a member, once.

    Raises:
        AlreadyMemberError: They are one; the invitation is used up all the same.
    """
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    member, made = Member.objects.get_or_create(
        firm=invitation.firm, user_id=user.pk, defaults={"role": invitation.role}
    )
    if not made:
        raise AlreadyMemberError
    return member


def send(invitation: Invitation) -> bool:
    """Tells the address of the invitation; whether the mail server took it."""
    text = render_to_string("firms/email/invitation.txt", {"invitation": invitation})
    subject, _, body = text.strip().partition("\n")
    try:
        send_mail(subject, f"{body.strip()}\n", None, [invitation.email])
    except (SMTPException, OSError):
        logger.exception("an invitation could not be sent")
        return False
    return True
