"""Invitations of clients: who is asked, and what accepting one makes of them.

As with those of colleagues, only who has confirmed the address can take one up, so that the mail
carries nothing that opens anything, and nothing of the client.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.core.mail import send_mail
from django.db import transaction
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils import timezone

from amtweb.audit.log import AS_CLIENT, Actor, record
from amtweb.firms.models import Client, Member
from amtweb.portal import notices
from amtweb.portal.models import ClientInvitation, Kind, Link

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger("amtweb.portal")

MOST_A_DAY = 20
"""By one member."""


class TooManyInvitationsError(Exception):
    """The member has invited as many people today as they may."""


def invitations_to(user: Any) -> QuerySet[ClientInvitation]:
    """Those that the user could take up now."""
    return addressed_to(user).filter(ClientInvitation.that_are_open(timezone.now()))


def addressed_to(user: Any) -> QuerySet[ClientInvitation]:
    """Those to an address that the user has confirmed, whatever became of them."""
    confirmed = EmailAddress.objects.filter(user_id=user.pk, verified=True)
    addresses = confirmed.annotate(low=Lower("email")).values("low")
    found = ClientInvitation.objects.select_related("client__firm")
    return found.annotate(low=Lower("email")).filter(low__in=addresses)


def invite(invitation: ClientInvitation) -> ClientInvitation:
    """Keeps the invitation, within what its maker may send a day; to be called in a transaction.

    Raises:
        TooManyInvitationsError: They have sent as many.
    """
    # One at a time, so that none slips past the count.
    maker = Member.objects.select_for_update().get(pk=invitation.invited_by_id)
    since = timezone.now() - timedelta(days=1)
    # In whichever firm: the mails carry names that the maker chose.
    sent = ClientInvitation.objects.filter(invited_by__user_id=maker.user_id, created_at__gt=since)
    if sent.count() >= MOST_A_DAY:
        raise TooManyInvitationsError
    invitation.save()
    return invitation


def accept(invitation: ClientInvitation, user: Any) -> Link | None:
    """Links the user to the household, once; None if somebody else was first."""
    with transaction.atomic():
        # Held, so that the household does not part from the firm meanwhile.
        held = Client.objects.select_for_update().filter(pk=invitation.client_id).first()
        now, same = timezone.now(), ClientInvitation.objects.filter(pk=invitation.pk)
        if held is None or not same.filter(ClientInvitation.that_are_open(now)).exists():
            return None
        if not same.filter(ClientInvitation.that_are_unused(now)).update(accepted_at=now):
            return None
        link, made = Link.objects.get_or_create(
            client=invitation.client, user_id=user.pk, defaults={"person": invitation.person}
        )
        client = invitation.client
        if made:
            actor = Actor(user.pk, AS_CLIENT)
            record(client.firm.public_id, actor, "client_linked", f"client {client.public_id}")
            notices.tell_firm(client, Kind.LINKED)
    return link


def send(invitation: ClientInvitation) -> bool:
    """Tells the address of the invitation; whether the mail server took it."""
    text = render_to_string("portal/email/invitation.txt", {"invitation": invitation})
    subject, _, body = text.strip().partition("\n")
    try:
        send_mail(subject, f"{body.strip()}\n", None, [invitation.email])
    except (SMTPException, OSError):
        logger.exception("an invitation of a client could not be sent")
        return False
    return True
