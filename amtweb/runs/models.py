"""Runs across the book: what was asked, of whom, and what came of it.

A run has an item a client. Items are worked off in chunks, a chunk a task of the task library. What
says that something is done is here, and not in the library: an item that is done stays done,
however often its task is run.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from amtweb.firms.models import Client, Firm, Member, new_public_id
from amtweb.scenarios.models import Scenario


class Kind(models.TextChoices):
    """What a run does to each client."""

    RECOMPUTE = "recompute", "Recompute"
    PREVIEW = "preview", "Preview of closing a year"
    CLOSE = "close", "Closing a year"


class State(models.TextChoices):
    """What has become of an item."""

    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    FAILED = "failed", "Not done"


class RunQuerySet(models.QuerySet["Run"]):
    def of(self, member: Member) -> RunQuerySet:
        """The runs of the firm that the member works in now."""
        return self.filter(firm_id=member.firm_id)


class Run(models.Model):
    """A question that is asked of many clients, or an act that is done for them."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=20, choices=Kind)
    question: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    # A preview, of the run that does what it showed.
    preview = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="acts")
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="runs")
    made_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("runs:run", args=[self.public_id])


class Chunk(models.Model):
    """Items of a run that one worker works off.

    Who works on it has a lease, renewed whenever results are stored. When a lease has run out, the
    next worker who looks takes up what is left.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="chunks")
    # The task of the library that stands for it now.
    task = models.CharField(max_length=64, blank=True)
    holder = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True)
    # How often it was taken up since a result was last stored.
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often its work was taken up from a worker that was gone.
    taken_over = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("leased_until",), name="open_chunks", condition=models.Q(done_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"Chunk {self.pk} of {self.run}"


class OpenItems(models.Manager["Item"]):
    """All but those of clients that have parted from their firm, whatever leads to them."""

    def get_queryset(self) -> models.QuerySet[Item]:
        parted = Client.with_closed.filter(pk=models.OuterRef("client_id"), closed_at__isnull=False)
        return super().get_queryset().filter(~models.Exists(parted))


class Item(models.Model):
    """A client in a run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="items")
    chunk = models.ForeignKey(Chunk, on_delete=models.CASCADE, related_name="items")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="run_items")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(blank=True)
    """Why it was not done, in a sentence."""
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    # What the result was computed of, and with.
    scenario = models.ForeignKey(
        Scenario, null=True, on_delete=models.SET_NULL, related_name="run_items"
    )
    revision = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=20, blank=True)
    law_version = models.CharField(max_length=64, blank=True)
    # What it made.
    made = models.ForeignKey(Scenario, null=True, on_delete=models.SET_NULL, related_name="made_in")
    worker = models.CharField(max_length=64, blank=True)
    stored_at = models.DateTimeField(null=True)

    objects = OpenItems()
    with_closed: models.Manager[Item] = models.Manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("run", "client"), name="a_client_once_a_run"),
        )
        indexes = (
            models.Index(fields=("run", "state"), name="items_of_a_run"),
            models.Index(fields=("chunk", "state"), name="items_of_a_chunk"),
        )

    def __str__(self) -> str:
        return f"{self.client} in {self.run}"


class Worker(models.Model):
    """A process that works off tasks, as long as it is heard of."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name


def is_cancelled(run: Run) -> bool:
    """Whether it was, or is not there any more; asked anew."""
    return not Run.objects.filter(pk=run.pk, cancelled_at=None).exists()
