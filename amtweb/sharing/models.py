"""Links that show a scenario to whoever holds them.  The address itself is never stored."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from amtweb.firms.models import Member
from amtweb.firms.permissions import Act, who_may
from amtweb.scenarios.models import Revision, Scenario

if TYPE_CHECKING:
    from amtweb.scenarios.models import Document

LIFETIME = timedelta(days=30)
LONGEST_LIFE = timedelta(days=365)
REMEMBERED = timedelta(days=90)
"""How long the owner still sees a dead link."""
TAKEN_BACK = timedelta(minutes=10)
"""How long a revocation can be taken back."""
SEED_BYTES = 32
MOST_LINKS = 50
"""Live links of one scenario."""


class TooManyLinksError(Exception):
    """The scenario has as many live links as it may have."""


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def live(self) -> ShareLinkQuerySet:
        """Those that open, as of now."""
        return self.filter(
            Q(scenario__owner=None) | Q(scenario__owner__is_active=True),
            Q(maker=None) | Q(maker__is_active=True),
            Q(member=None) | Q(member__role__in=who_may(Act.SHARE)),
            Q(scenario__client=None) | Q(scenario__client__closed_at=None),
            revoked_at=None,
            expires_at__gt=timezone.now(),
            scenario__deleted_at=None,
        )

    def opened_by(self, token: str) -> ShareLinkQuerySet:
        """The live link of an address; none for any other, for whatever reason."""
        return self.live().filter(token_digest=digest_of(token))

    def dead(self) -> ShareLinkQuerySet:
        """Those that expired or were revoked."""
        return self.filter(Q(expires_at__lte=timezone.now()) | ~Q(revoked_at=None))

    def long_dead(self) -> ShareLinkQuerySet:
        """Those that even their owner need not see any more."""
        then = timezone.now() - REMEMBERED
        return self.filter(Q(expires_at__lte=then) | Q(revoked_at__lte=then))

    def revoke(self) -> None:
        """From now on they are dead; those that were revoked before keep their time."""
        self.filter(revoked_at=None).update(revoked_at=timezone.now())

    def revoked_just_now(self) -> ShareLinkQuerySet:
        """Those whose revocation can still be taken back."""
        now = timezone.now()
        return self.filter(revoked_at__gt=now - TAKEN_BACK, expires_at__gt=now)


def expiry() -> datetime:
    """When a link made now stops to work, unless another time is chosen."""
    return timezone.now() + LIFETIME


class ShareLink(models.Model):
    """A link to a scenario as it is at any time, or to one revision of it."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="links")
    # None: the draft as it is when the link is opened.
    revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.CASCADE, related_name="links"
    )
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE
    )
    # Of a firm's link: as whom.  It goes with the member, whoever takes them out and however.
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.CASCADE, related_name="share_links"
    )
    # The owner's own words, which the holder never sees.
    label = models.CharField(max_length=80, blank=True)
    may_copy = models.BooleanField(default=False)
    hides_amounts = models.BooleanField(default=False)
    hides_names = models.BooleanField(default=False)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=expiry)
    revoked_at = models.DateTimeField(null=True, blank=True)
    times_opened = models.PositiveIntegerField(default=0)
    # A day and no more: neither when on that day nor by whom.
    last_opened_on = models.DateField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            # A copy holds every amount.
            models.CheckConstraint(
                condition=Q(may_copy=False) | Q(hides_amounts=False), name="hidden_amounts_stay"
            ),
        )

    def __str__(self) -> str:
        return f"A link to {self.revision or self.scenario}"

    @classmethod
    def make(
        cls, scenario: Scenario, *, seed: str = "", said: Any = None, **settled: Any
    ) -> tuple[ShareLink, str]:
        """A link and its token, which is known only now.

        The same seed, with the same said in the form, is the same link again: a form that is sent
        twice makes one, and both answers show its address.

        Raises:
            TooManyLinksError: The scenario has as many live links as it may have.
        """
        token = token_from(scenario.public_id, seed or secrets.token_urlsafe(SEED_BYTES), said)
        with transaction.atomic():
            # One at a time, so that none slips past the count.
            Scenario.objects.select_for_update().get(pk=scenario.pk)
            made = cls.objects.filter(token_digest=digest_of(token)).first()
            if made is not None:
                return made, token
            if cls.objects.live().filter(scenario=scenario).count() >= MOST_LINKS:
                raise TooManyLinksError
            digest = digest_of(token)
            return cls.objects.create(scenario=scenario, token_digest=digest, **settled), token

    @property
    def document(self) -> Document:
        """What the link shows of, now."""
        document: Document = self.revision.document if self.revision else self.scenario.draft
        return document

    @property
    def is_live(self) -> bool:
        """Whether it still opens, as far as the link itself decides."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    def revoke(self) -> None:
        """From now on the link is dead."""
        ShareLink.objects.filter(pk=self.pk).revoke()
        self.refresh_from_db(fields=["revoked_at"])

    @property
    def was_revoked_just_now(self) -> bool:
        """Whether its revocation can still be taken back."""
        return ShareLink.objects.revoked_just_now().filter(pk=self.pk).exists()

    def restore(self) -> bool:
        """Opens again under the same address; false if it was not revoked just now.

        Raises:
            TooManyLinksError: The scenario has got as many live links as it may have meanwhile.
        """
        with transaction.atomic():
            Scenario.objects.select_for_update().get(pk=self.scenario_id)
            if ShareLink.objects.live().filter(scenario=self.scenario_id).count() >= MOST_LINKS:
                raise TooManyLinksError
            itself = ShareLink.objects.revoked_just_now().filter(pk=self.pk)
            return bool(itself.update(revoked_at=None))

    def note_opening(self, day: date) -> None:
        """Counts that somebody looked; in one update, so that none is lost."""
        links = ShareLink.objects.filter(pk=self.pk)
        links.update(times_opened=F("times_opened") + 1, last_opened_on=day)


def token_from(shown: str, seed: str, said: Any) -> str:
    """The 256 bits of an address: nobody has them without both the seed and the site's key.

    Args:
        shown: The public name of what the address shows.
        seed: Random, from the form that asks for the address.
        said: What else the form says.
    """
    value = repr((shown, seed, said))
    signature = salted_hmac("amtweb.sharing.token", value, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What is stored of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
