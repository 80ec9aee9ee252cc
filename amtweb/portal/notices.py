"""Tells people what is new: in the site at once, and by mail now and then.

A mail says that there is something, and at whom; never what, of whom, or how much.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any, Final

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from amtweb.firms.models import Member, Role
from amtweb.firms.workspace import member_of, user_of
from amtweb.portal.models import Kind, Link, MailWish, Notice

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from amtweb.firms.models import Client

logger = logging.getLogger("amtweb.portal")

BETWEEN_MAILS = timedelta(hours=1)
KEPT = timedelta(days=90)
"""How long what is read can be read again."""
# Of a household that has left, a firm is told that alone, and not which.
_STAYS: Final = Q(client__closed_at=None) | Q(kind=Kind.CLOSED)


def of_request(request: HttpRequest) -> QuerySet[Notice]:
    """What whoever asks is told: as a member of the firm they work in now, or as a client."""
    member, user = member_of(request), user_of(request)
    if member is not None:
        return Notice.objects.filter(_STAYS, user=user, firm=member.firm)
    return Notice.objects.filter(user=user, firm=None)


def tell_clients(client: Client, kind: Kind, *, but: int = 0, **about: Any) -> None:
    """Tells everybody of the household.

    Args:
        client: The household.
        kind: What happened.
        but: The account of who did it.
        about: Whatever of a notice names what it is about.
    """
    users = Link.objects.live().filter(client=client).exclude(user_id=but)
    _tell(client, kind, [(pk, None) for pk in users.values_list("user_id", flat=True)], about)


def tell_firm(client: Client, kind: Kind, *, but: int = 0, **about: Any) -> None:
    """Tells the advisor in charge; where nobody is, the admins."""
    firm = client.firm
    told = Member.objects.filter(firm=firm)
    in_charge = told.filter(pk=client.advisor_id or 0)
    chosen = in_charge if client.advisor_id else told.filter(role=Role.ADMIN)
    users = chosen.exclude(user_id=but).values_list("user_id", flat=True)
    _tell(client, kind, [(pk, firm.pk) for pk in users], about)


def tell(user_id: int, client: Client, kind: Kind, **about: Any) -> None:
    """Tells one person of the household."""
    _tell(client, kind, [(user_id, None)], about)


def _tell(
    client: Client, kind: Kind, whom: list[tuple[int, int | None]], about: dict[str, Any]
) -> None:
    Notice.objects.bulk_create(
        Notice(user_id=user, firm_id=firm, client=client, kind=kind, **about) for user, firm in whom
    )
    for user, _ in whom:
        transaction.on_commit(lambda user=user: mail_to(user))  # type: ignore[misc]


def mark_read(notices: QuerySet[Notice]) -> None:
    """They are no longer new."""
    notices.filter(read_at=None).update(read_at=timezone.now())


def mail_to(user_id: int) -> bool:
    """Mails that something is new, if they want that and had no mail within the hour."""
    now = timezone.now()
    waiting = _waiting().filter(user_id=user_id)
    with transaction.atomic():
        MailWish.objects.get_or_create(user_id=user_id)
        due = Q(last_at=None) | Q(last_at__lte=now - BETWEEN_MAILS)
        turn = MailWish.objects.filter(due, user_id=user_id, wanted=True)
        # In one update, so that of two at once only one sends.
        if not waiting.exists() or not turn.update(last_at=now):
            return False
        told = list(waiting.select_related("user", "client__firm"))
        waiting.filter(pk__in=[each.pk for each in told]).update(mailed_at=now)
    return _send(told)


def mail_what_waits() -> int:
    """Mails to everybody who was told something since their last mail; how many."""
    users = list(_waiting().order_by().values_list("user_id", flat=True).distinct())
    return sum(mail_to(user) for user in users)


def _waiting() -> QuerySet[Notice]:
    unread = Notice.objects.filter(read_at=None, mailed_at=None, user__is_active=True)
    return unread.filter(Q(firm=None) | _STAYS)


def forget_old() -> int:
    """Deletes what was read long ago; how much."""
    return Notice.objects.filter(read_at__lte=timezone.now() - KEPT).delete()[0]


def _send(told: list[Notice]) -> bool:
    user = told[0].user
    context = {
        "advisors": sorted({str(each.client.firm) for each in told if each.firm_id is None}),
        "firms": sorted({str(each.client.firm) for each in told if each.firm_id}),
    }
    text = render_to_string("portal/email/something_new.txt", context)
    subject, _, body = text.strip().partition("\n")
    try:
        send_mail(subject, f"{body.strip()}\n", None, [user.email])
    except (SMTPException, OSError):
        logger.exception("a mail of something new could not be sent")
        return False
    return True
