"""The log of a firm: who saw, changed, shared and exported what, and when; never what it said.

Rows are only ever added: the database refuses to change or delete one.  Each carries a digest of
itself and of the row before it, and that digest also goes to the security log of the server, so
that rows which somebody altered behind the site's back are found.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, NoReturn

from django.db import models

LONGEST = 200


class EventsStandError(Exception):
    """An event that is written down cannot be changed."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **_: Any) -> NoReturn:
        raise EventsStandError

    def delete(self) -> NoReturn:
        raise EventsStandError


class Event(models.Model):
    """Something that was done, or refused, in a firm."""

    # Whose log: a firm's public name, which outlives the firm.
    log = models.CharField(max_length=32)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    # By the account's number: its address is another table's, and goes when the account goes.
    who = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20, blank=True)
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=LONGEST, blank=True)
    """The kind and the public name of what it was done to: ``client Xy…``."""
    refused = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("log", "number")
        constraints = (
            models.UniqueConstraint(fields=("log", "number"), name="one_event_a_number"),
        )
        # What was done to one thing, and when last.
        indexes = (models.Index(fields=("log", "about", "at"), name="events_about"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EventsStandError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise EventsStandError

    @property
    def moment(self) -> str:
        """When it was, as the digest has it."""
        return self.at.astimezone(UTC).isoformat(timespec="microseconds")

    def digest_after(self, before: str) -> str:
        """What the row's digest must be, if the row before it has that one."""
        said = (
            *(self.log, self.number, self.moment, self.who),
            *(self.role, self.act, self.about, self.refused, before),
        )
        text = json.dumps(said, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Head(models.Model):
    """Where a log ends, and how far it was found unbroken; who adds an event holds it."""

    log = models.CharField(max_length=32, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    # Of the last event up to which the page of the log has found no break.
    checked_number = models.PositiveBigIntegerField(default=0)
    checked_digest = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.log}, up to {self.number}"
