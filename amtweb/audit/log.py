"""Writes the log of a firm."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from amtweb.audit.acts import WORDS
from amtweb.audit.models import LONGEST, Event, Head

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from django.db.models import QuerySet

logger = logging.getLogger("amtweb.security")

AS_CLIENT = "client"
"""The role of a client's account: its address is no part of what the log shows."""


class Actor(NamedTuple):
    """Who does something, and as what."""

    who: int | None
    """The account's number; None for somebody without one."""
    role: str = ""


def record(log: str, actor: Actor, act: str, about: str = "", *, refused: bool = False) -> Event:
    """Adds an event, in the transaction of what it tells of.

    Events of a log are numbered without a gap: until the transaction ends, nobody else adds one.
    So it comes last in a transaction that takes long, or that waits for other rows.

    Raises:
        ValueError: The act has no words in ``acts``.
    """
    if act not in WORDS:
        raise ValueError(f"{act} has no words in amtweb.audit.acts")
    with transaction.atomic():
        head = _held(log)
        event = Event(
            log=log,
            number=head.number + 1,
            at=timezone.now(),
            who=actor.who,
            role=actor.role,
            act=act,
            about=about[:LONGEST],
            refused=refused,
        )
        event.digest = event.digest_after(head.digest)
        _save(event, head)
        _of(log).update(number=event.number, digest=event.digest)
        # What is rolled back was never done, and its number is given to something else.
        transaction.on_commit(partial(_write_elsewhere, log, event.number, event.digest))
    return event


def record_all(log: str, actor: Actor, told: Sequence[tuple[str, str]]) -> None:
    """Adds several events, each an act and what it was done to."""
    with transaction.atomic():
        for act, about in told:
            record(log, actor, act, about)


def record_once(log: str, actor: Actor, act: str, about: str, *, within: timedelta) -> bool:
    """Adds an event, unless the same one was added within that time; whether it did."""
    said = Event.objects.filter(log=log, about=about[:LONGEST], act=act, who=actor.who)
    same = said.filter(at__gt=timezone.now() - within, refused=False)
    if same.exists():
        return False
    with transaction.atomic():
        # Somebody may just be adding it.
        _held(log)
        if same.exists():
            return False
        record(log, actor, act, about)
    return True


def _save(event: Event, head: Head) -> None:
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError:
        # Somebody put an event there past the site. It is for who checks the log to find; the
        # firm works on.
        event.number = _end_of_events(event.log)["number"] + 1
        event.digest = event.digest_after(head.digest)
        event.save(force_insert=True)


def _of(log: str) -> QuerySet[Head]:
    return Head.objects.filter(log=log)


def _held(log: str) -> Head:
    """The end of the log, which is this transaction's alone from now on."""
    held = _of(log).select_for_update().first()
    if held is None:
        Head.objects.get_or_create(log=log, defaults=_end_of_events(log))
        held = _of(log).select_for_update().get()
    return held


def _end_of_events(log: str) -> dict[str, Any]:
    """Where the log ends by its events: of one that was begun before there were heads."""
    last = Event.objects.filter(log=log).order_by("-number").values("number", "digest").first()
    return {**last} if last else {}


def _write_elsewhere(log: str, number: int, digest: str) -> None:
    logger.info("audit log=%s number=%d digest=%s", log, number, digest)
