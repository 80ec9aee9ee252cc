"""What was imported, so that it can be taken back, and by what name a firm calls its clients."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from amtweb.firms.models import Client, Firm, new_public_id
from amtweb.scenarios.models import Scenario

LONGEST_REFERENCE = 64


class Import(models.Model):
    """A book that was taken over at once."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    # How many of each it made: clients, people, scenarios, grants and so on.
    counts = models.JSONField()
    # Tags that the firm did not have before.
    tags = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)
    # Clients and scenarios that undoing it left, because they had been changed.
    left = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"Import of {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("book_import:done", args=[self.public_id])


class Taken(models.Model):
    """A client that an import made, or made a scenario for."""

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="taken")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    scenario = models.ForeignKey(Scenario, null=True, on_delete=models.SET_NULL, related_name="+")
    # When the client was last changed, if the import made it; another moment: by somebody since.
    made_client_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.client}, by {self.source}"


class Reference(models.Model):
    """What a firm's own files call a client."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="+")
    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="reference")
    name = models.CharField(max_length=LONGEST_REFERENCE)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("firm", "name"), name="one_client_a_reference"),
        )

    def __str__(self) -> str:
        return self.name
