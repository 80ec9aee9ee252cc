"""Links that show a revision to whoever holds them.  The address itself is never stored."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from amtweb.scenarios.models import Revision

LIFETIME = timedelta(days=30)
TOKEN_BYTES = 32
MOST_LINKS = 50
"""Live links of one scenario."""


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def live(self) -> ShareLinkQuerySet:
        """Neither expired nor revoked, as of now, and of a scenario that is not deleted."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=timezone.now(),
            revision__scenario__deleted_at=None,
        )

    def opened_by(self, token: str) -> ShareLinkQuerySet:
        """The live link of an address; none for any other, for whatever reason."""
        return self.live().filter(token_digest=digest_of(token))


def expiry() -> Any:
    """When a link made now stops to work."""
    return timezone.now() + LIFETIME


class ShareLink(models.Model):
    """A read-only link to one revision."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=expiry)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"A link to {self.revision}"

    @classmethod
    def make(cls, revision: Revision) -> tuple[ShareLink, str]:
        """A new link and its token, which can be shown only now."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        return cls.objects.create(revision=revision, token_digest=digest_of(token)), token

    def revoke(self) -> None:
        """From now on the link is dead."""
        if self.revoked_at is None:
            self.revoked_at = timezone.now()
            self.save(update_fields=["revoked_at"])


def digest_of(token: str) -> str:
    """What is stored of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
