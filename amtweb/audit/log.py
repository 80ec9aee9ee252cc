"""Writes the log of a firm, and finds out whether somebody altered it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from amtweb.audit.acts import WORDS
from amtweb.audit.models import LONGEST, Event

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger("amtweb.security")
ATTEMPTS = 50


class Actor(NamedTuple):
    """Who does something, and as what."""

    who: int | None
    """The account's number; None for somebody without one."""
    role: str = ""


class Break(NamedTuple):
    """Where a log does not follow from itself."""

    number: int
    reason: str


def record(log: str, actor: Actor, act: str, about: str = "", *, refused: bool = False) -> Event:
    """Adds an event, in the transaction of what it tells of.

    Events of a log are numbered without a gap, so two at the same moment wait for each other: who
    comes second takes the next number.

    Raises:
        ValueError: The act has no words in ``acts``.
        IntegrityError: So many others wrote at the same moment that this one never got a number.
    """
    if act not in WORDS:
        raise ValueError(f"{act} has no words in amtweb.audit.acts")
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                event = _add(log, actor, act, about, refused=refused)
            break
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    logger.info("audit log=%s number=%d digest=%s", log, event.number, event.digest)
    return event


def _add(log: str, actor: Actor, act: str, about: str, *, refused: bool) -> Event:
    last = Event.objects.filter(log=log).order_by("-number").values("number", "digest").first()
    event = Event(
        log=log,
        number=last["number"] + 1 if last else 1,
        at=timezone.now(),
        who=actor.who,
        role=actor.role,
        act=act,
        about=about[:LONGEST],
        refused=refused,
    )
    event.digest = event.digest_after(last["digest"] if last else "")
    event.save(force_insert=True)
    return event


def breaks_in(log: str, known: dict[int, str] | None = None) -> Iterator[Break]:
    """Every place where the log was altered: nothing, if nobody did.

    Args:
        log: The firm's public name.
        known: Digests by number, from an export or the server's log; they tell also of a log that
            was rewritten or cut short as a whole.
    """
    known = dict(known or {})
    expected, before = 1, ""
    for event in Event.objects.filter(log=log).order_by("number").iterator():
        if event.number != expected:
            yield Break(expected, "missing")
        if event.digest != event.digest_after(before):
            yield Break(event.number, "altered, or the one before it is another")
        if known.pop(event.number, event.digest) != event.digest:
            yield Break(event.number, "not the one that was written down elsewhere")
        expected, before = event.number + 1, event.digest
    for number in sorted(known):
        yield Break(number, "missing at the end")
