"""Alters a log as somebody could who reaches the database past the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from amtweb.audit.log import Actor, record
from amtweb.audit.models import Event

LOG = "the-log"


def written(events: int = 8, log: str = LOG) -> None:
    """A log of so many events."""
    for number in range(1, events + 1):
        record(log, Actor(number, "advisor"), "client_changed", f"client c{number}")


@contextmanager
def unguarded() -> Iterator[None]:
    """The database lets events be changed; the end of the test brings its guards back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS audit_event_stands")
            cursor.execute("DROP TRIGGER IF EXISTS audit_event_stays")
            yield
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")


def run(statement: str, *values: Any) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def edit(number: int, field: str, value: Any) -> None:
    change = f"UPDATE audit_event SET {field} = %s"  # noqa: S608  (a test's own word)
    run(f"{change} WHERE log = %s AND number = %s", value, LOG, number)


def remove(number: int) -> None:
    run("DELETE FROM audit_event WHERE log = %s AND number = %s", LOG, number)


def rewrite_from(number: int) -> None:
    """Makes all digests from there on, and the end of the log, follow from what stands there."""
    before = Event.objects.filter(log=LOG, number__lt=number).order_by("-number").first()
    digest = before.digest if before else ""
    for event in Event.objects.filter(log=LOG, number__gte=number).order_by("number"):
        digest = event.digest_after(digest)
        edit(event.number, "digest", digest)
    last = Event.objects.filter(log=LOG).order_by("-number").values_list("number", "digest")[0]
    run("UPDATE audit_head SET number = %s, digest = %s WHERE log = %s", *last, LOG)


def insert(number: int) -> None:
    """One more event that follows from what is before it."""
    before = Event.objects.filter(log=LOG, number=number - 1).first()
    one = Event.objects.filter(log=LOG).order_by("number")[0]
    one.pk, one.number, one._state.adding = None, number, True
    one.digest = one.digest_after(before.digest if before else "")
    one.save(force_insert=True)


def swap(first: int, second: int) -> None:
    """Two events change their numbers."""
    for old, new in ((first, 10**6), (second, first), (10**6, second)):
        edit(old, "number", new)
