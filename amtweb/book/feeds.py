"""Addresses that give the dates of the book to calendar programs, which cannot sign in."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from amtweb.book.models import Feed
from amtweb.firms.models import Member
from amtweb.firms.permissions import Act, may

if TYPE_CHECKING:
    from django.db.models import QuerySet

TOKEN_BYTES = 32
MOST_FEEDS = 10
"""Of one member."""


class TooManyFeedsError(Exception):
    """The member has as many feeds as one may have."""


def make_feed(member: Member, *, seed: str, with_names: bool) -> tuple[Feed, str]:
    """A feed and the token of its address, which is known only now.

    The same seed is the same feed again, also one that has ended: a form that is sent twice makes
    one, and none that has ended comes back.

    Raises:
        TooManyFeedsError: The member has as many as one may have.
    """
    token = _token(member, seed or secrets.token_urlsafe(TOKEN_BYTES), with_names=with_names)
    with transaction.atomic():
        # One at a time, so that none slips past the count.
        Member.objects.select_for_update().get(pk=member.pk)
        made = member.feeds.filter(token_digest=digest_of(token)).first()
        if made is not None:
            return made, token
        if live_feeds(member).count() >= MOST_FEEDS:
            raise TooManyFeedsError
        return member.feeds.create(token_digest=digest_of(token), with_names=with_names), token


def live_feeds(member: Member) -> QuerySet[Feed]:
    """The member's feeds that have not ended."""
    return member.feeds.filter(ended_at=None)


def feed_of(token: str) -> Feed | None:
    """The feed of an address; None for any other, for whatever reason.

    It lives as long as its member works in the firm, may take files away and has an account.
    """
    found = Feed.objects.filter(token_digest=digest_of(token), ended_at=None)
    feed = found.filter(member__user__is_active=True).select_related("member__firm").first()
    return feed if feed is not None and may(feed.member, Act.EXPORT) else None


def _token(member: Member, seed: str, *, with_names: bool) -> str:
    """The 256 bits of an address: nobody has them without both the seed and the site's key."""
    value = repr((member.public_id, seed, with_names))
    signature = salted_hmac("amtweb.book.feed", value, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What is stored of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
