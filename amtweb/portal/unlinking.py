"""The end of a link between a person and a firm: who keeps what.

The person keeps their own scenarios, and gets a copy of everything that is published.  When the
last person of a household leaves, the firm reads nothing of it from the next request on; for a
while that person can take it back, then it is erased.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from amtweb.audit.log import AS_CLIENT, Actor, record
from amtweb.firms.access import actor_of
from amtweb.firms.models import Client
from amtweb.portal import notices
from amtweb.portal.documents import of_edition
from amtweb.portal.models import ClientInvitation, Copy, Edition, Kind, Link, Notice, Publication
from amtweb.scenarios.library.making import hand_over

if TYPE_CHECKING:
    from amtweb.firms.models import Member

CLOSED_FOR: Final = timedelta(days=30)
"""How long a household that has left can come back."""
WRONG_PERSON_FOR: Final = timedelta(days=7)
"""How long after linking a firm can say that it was somebody else whom it meant."""


def is_last(link: Link) -> bool:
    """Whether nobody else of the household is linked."""
    others = Link.objects.live().filter(client_id=link.client_id)
    return not others.exclude(pk=link.pk).exists()


def unlink(link: Link, *, by: Member | None = None, copies: bool = True) -> bool:
    """Ends the link; whether it was the last and the household is closed to the firm.

    Args:
        link: Whose.
        by: The member who does it; None if the person themselves.
        copies: Whether the person gets a copy of what is published.
    """
    with transaction.atomic():
        # Of two who leave at once, one is the last.
        client = Client.with_closed.select_for_update().get(pk=link.client_id)
        held = Link.objects.live().filter(pk=link.pk).first()
        if held is None:
            return client.closed_at is not None
        last = is_last(held)
        if copies:
            hand_over_published(held)
        Notice.objects.filter(user_id=held.user_id, client=client, firm=None).delete()
        actor = actor_of(by) if by else Actor(held.user_id, AS_CLIENT)
        about, log = f"client {client.public_id}", client.firm.public_id
        record(log, actor, "client_unlinked", about)
        if by is not None:
            notices.tell(held.user_id, client, Kind.PARTED)
        if not last:
            notices.tell_firm(client, Kind.PARTED, but=by.user_id if by else 0)
            held.delete()
            return False
        now = timezone.now()
        Link.objects.filter(pk=held.pk).update(ended_at=now)
        still_open = ClientInvitation.objects.filter(
            ClientInvitation.that_are_unused(now), client=client
        )
        still_open.update(revoked_at=now)
        Client.with_closed.filter(pk=client.pk).update(closed_at=now)
        record(log, actor, "client_closed", about)
        notices.tell_firm(client, Kind.CLOSED, but=by.user_id if by else 0)
    return True


def may_be_wrong_person(link: Link) -> bool:
    """Whether the firm can take back that it let the person in: lately, and they made nothing."""
    copied = Copy.objects.filter(
        scenario__owner_id=link.user_id, edition__publication__client_id=link.client_id
    )
    made = link.comments.exists() or link.suggestions.exists() or copied.exists()
    return not made and link.since > timezone.now() - WRONG_PERSON_FOR


def turn_away(link: Link, by: Member) -> bool:
    """Ends the link of somebody who was let in by mistake; whether that is still possible.

    The household stays open to the firm, whether or not anybody else is linked: it never was that
    person's.  They get no copies.
    """
    with transaction.atomic():
        client = Client.objects.select_for_update().filter(pk=link.client_id).first()
        held = Link.objects.live().filter(pk=link.pk).first()
        if client is None or held is None or not may_be_wrong_person(held):
            return False
        Notice.objects.filter(user_id=held.user_id, client=client, firm=None).delete()
        record(by.firm.public_id, actor_of(by), "client_turned_away", f"client {client.public_id}")
        notices.tell(held.user_id, client, Kind.PARTED)
        held.delete()
    return True


def can_come_back(link: Link) -> bool:
    """Whether the person can still take back that they left."""
    closed_at = link.client.closed_at
    return (
        link.ended_at is not None
        and closed_at is not None
        and closed_at > timezone.now() - CLOSED_FOR
    )


def link_again(link: Link) -> bool:
    """Takes back that the household left; whether that was still possible."""
    with transaction.atomic():
        client = (
            Client.with_closed.select_for_update().select_related("firm").get(pk=link.client_id)
        )
        held = Link.objects.select_related("client").get(pk=link.pk)
        if not can_come_back(held):
            return False
        Client.with_closed.filter(pk=client.pk).update(closed_at=None)
        Link.objects.filter(pk=held.pk).update(ended_at=None)
        about = f"client {client.public_id}"
        record(client.firm.public_id, Actor(held.user_id, AS_CLIENT), "client_linked_again", about)
        notices.tell_firm(client, Kind.BACK)
    return True


def leave_all_firms(user_id: int) -> None:
    """Ends every link of an account that is about to be deleted."""
    for link in Link.objects.live().filter(user_id=user_id):
        unlink(link, copies=False)


def erase_closed() -> int:
    """Deletes for good what nobody took back; how many households."""
    due = Client.with_closed.filter(closed_at__lte=timezone.now() - CLOSED_FOR)
    erased = 0
    for client in due.select_related("firm"):
        with transaction.atomic():
            record(
                client.firm.public_id, Actor(None), "client_erased", f"client {client.public_id}"
            )
            client.delete()
            client.firm.tags.filter(clients=None).delete()
        erased += 1
    return erased


def hand_over_published(link: Link) -> None:
    """Gives the person a scenario of their own for everything that they can read."""
    published = Publication.objects.published().filter(client_id=link.client_id)
    for publication in published:
        newest = newest_edition(publication)
        words = f"Published by {publication.client.firm}"
        hand_over(link.user_id, of_edition(newest), newest.revision.headline, words)


def newest_edition(publication: Publication) -> Edition:
    """What the household reads now."""
    editions = Edition.objects.select_related("revision").filter(publication=publication)
    return editions.order_by("-number")[0]
