"""Firms of advisors: who works there in which role, and the clients whose scenarios they keep."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_NAME = 120
LONGEST_NOTES = 10_000
INVITED_FOR = timedelta(days=7)


def new_public_id() -> str:
    """An address that cannot be guessed: 128 random bits."""
    return secrets.token_urlsafe(16)


def a_week_from_now() -> datetime:
    """When an invitation that is made now ends."""
    return timezone.now() + INVITED_FOR


class Role(models.TextChoices):
    """What somebody is in a firm; what each may do stands in ``permissions``."""

    ADMIN = "admin", "Admin"
    ADVISOR = "advisor", "Advisor"
    ASSISTANT = "assistant", "Assistant"
    READ_ONLY = "read_only", "Read-only"


class Firm(models.Model):
    """A workspace that several people share."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    name = models.CharField(max_length=LONGEST_NAME)
    disclaimer = models.TextField(blank=True, max_length=2_000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody who works in a firm; the row goes when they leave."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("joined_at",)
        constraints = (models.UniqueConstraint(fields=("firm", "user"), name="one_role_in_a_firm"),)

    def __str__(self) -> str:
        return f"{self.user} in {self.firm}"


class TagQuerySet(models.QuerySet["Tag"]):
    def of(self, member: Member) -> TagQuerySet:
        """Those that some client of the member's firm has who is there."""
        return self.filter(clients__in=Client.objects.of(member)).distinct()


class Tag(models.Model):
    """A word by which a firm finds clients again."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=40)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint("firm", Lower("name"), name="one_tag_of_a_name"),)

    def __str__(self) -> str:
        return self.name


class ClientQuerySet(models.QuerySet["Client"]):
    def of(self, member: Member | None) -> ClientQuerySet:
        """The clients of the firm that the member works in now."""
        return self.filter(firm_id=member.firm_id) if member else self.none()


class OpenClients(models.Manager["Client"]):
    """All but those that have parted from their firm, whatever leads to them."""

    def get_queryset(self) -> models.QuerySet[Client]:
        return super().get_queryset().filter(closed_at=None)


ClientManager = OpenClients.from_queryset(ClientQuerySet)


class Client(models.Model):
    """A household that a firm advises."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="clients")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    name = models.CharField(max_length=LONGEST_NAME)
    # For the firm alone: no page, file or mail of the client's has them.
    notes = models.TextField(blank=True, max_length=LONGEST_NOTES)
    advisor = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="clients"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="clients")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    # Since when the household has nothing to do with the firm any more: from then on the firm reads
    # nothing of it, and after a while it is erased.
    closed_at = models.DateTimeField(null=True, blank=True, db_index=True)

    # The first is also what leads from a firm to its clients.
    objects = ClientManager()
    with_closed = ClientQuerySet.as_manager()

    class Meta:
        ordering = (Lower("name"), "pk")
        indexes = (models.Index(fields=("firm", "archived_at"), name="clients_of_a_firm"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("firms:client", args=[self.public_id])

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Goes with all that hangs on it, what is being written meanwhile included."""
        with transaction.atomic():
            # Whoever writes something of the client waits, and then finds that it is gone.
            Client.with_closed.select_for_update().filter(pk=self.pk).first()
            return super().delete(*args, **options)


class Person(models.Model):
    """Somebody of a client's household."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=LONGEST_NAME)
    born = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """Asks the holder of an address into a firm; good once, for a week."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="invitations")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role)
    # It goes with the member who made it.
    invited_by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=a_week_from_now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.email} to {self.firm}"

    def is_open(self, now: datetime) -> bool:
        """Whether it can be accepted at that moment."""
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at
