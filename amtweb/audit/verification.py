"""Finds out whether somebody altered a log behind the site's back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Subquery
from django.utils import timezone

from amtweb.audit.models import Event, Head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MISSING = "missing"
ALTERED = "altered, or what stood before it was"
NOT_OF_THE_LOG = "not of the log"
OTHERWISE_ELSEWHERE = "not what was written down elsewhere"
CHUNK = 2_000
EVENTS_A_STEP = 50_000
"""How many are checked while somebody waits."""
FIELDS = ("number", "at", "who", "role", "act", "about", "refused", "digest")


class Break(NamedTuple):
    """Events from one number to another at which a log does not follow from itself."""

    first: int
    last: int
    reason: str

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first} is {self.reason}"
        return f"{self.first} to {self.last} are {self.reason}"


class Check(NamedTuple):
    """How a log stands."""

    events: int
    checked: int
    """Up to which number no break was found."""
    found: Break | None

    @property
    def is_complete(self) -> bool:
        """Whether all of it was looked at, and nothing found."""
        return self.found is None and self.checked >= self.events


def breaks_in(log: str, known: Mapping[int, str] | None = None) -> Iterator[Break]:
    """Every place where the log was altered: nothing, if nobody did.

    An event whose forerunner is missing can be checked only if that one's digest is known.

    Args:
        log: The firm's public name.
        known: Digests by number, from an export or the server's log; they tell also of a log that
            was rewritten or cut short as a whole.
    """
    known = known or {}
    end = _end(log)
    last = max(end.head.number, *known, 0)
    number, digest = 0, ""
    for event in _events(log, 0, max(end.last, last)):
        if event.number == 0:
            yield Break(0, 0, NOT_OF_THE_LOG)
            continue
        before: str | None = digest
        if event.number != number + 1:
            yield Break(number + 1, event.number - 1, MISSING)
            before = known.get(event.number - 1)
        if before is not None and event.digest != event.digest_after(before):
            yield Break(event.number, event.number, ALTERED)
        if known.get(event.number, event.digest) != event.digest:
            yield Break(event.number, event.number, OTHERWISE_ELSEWHERE)
        number, digest = event.number, event.digest
    if number < last:
        yield Break(number + 1, last, MISSING)
    else:
        yield from _beyond(end.head, number, digest)


def _beyond(head: Head, number: int, digest: str) -> Iterator[Break]:
    """What stands after the place at which the site knows that it ended the log."""
    if number > head.number:
        yield Break(head.number + 1, number, NOT_OF_THE_LOG)
    elif digest != head.digest:
        yield Break(number, number, OTHERWISE_ELSEWHERE)


def check_from(log: str, most: int) -> Check:
    """How the log stands, going on behind what was found unbroken before; stores nothing."""
    return _go_on(_end(log), most)[0]


def check_and_keep(log: str, *, anew: bool = False) -> Check:
    """The same with a larger step, keeping how far it got.

    Args:
        log: The firm's public name.
        anew: Whether to begin with the first event, whatever was found before.
    """
    end = _end(log)
    if anew:
        end.head.checked_number, end.head.checked_digest = 0, ""
    check, digest = _go_on(end, EVENTS_A_STEP)
    Head.objects.filter(log=log).update(
        checked_number=check.checked, checked_digest=digest, checked_at=timezone.now()
    )
    return check


class _End(NamedTuple):
    """Where a log ends: as the site knows it, and as its events have it."""

    head: Head
    last: int


def _end(log: str) -> _End:
    """Both as of one moment, so that an event that is written just now makes no difference."""
    newest = Event.objects.filter(log=log).order_by("-number")
    last = Subquery(newest.values("number")[:1])
    head = Head.objects.filter(log=log).annotate(last=last).first()
    if head is not None:
        return _End(head, head.last or 0)
    event = newest.first() or Event(log=log, number=0)
    return _End(Head(log=log, number=event.number, digest=event.digest), event.number)


def _go_on(end: _End, most: int) -> tuple[Check, str]:
    """How it stands after so many events more, and the digest of the last sound one."""
    head = end.head
    number, digest = head.checked_number, head.checked_digest
    most_now = min(head.number, number + most)
    for event in _events(head.log, number, most_now):
        reason = ""
        if event.number != number + 1:
            reason = MISSING if event.number > number else NOT_OF_THE_LOG
        elif event.digest != event.digest_after(digest):
            reason = ALTERED
        if reason:
            where = min(number + 1, event.number)
            return Check(head.number, number, Break(where, where, reason)), digest
        number, digest = event.number, event.digest
    found = _at_the_end(end, number, digest, most_now)
    return Check(head.number, number, found), digest


def _at_the_end(end: _End, number: int, digest: str, most_now: int) -> Break | None:
    if number < most_now:
        return Break(number + 1, most_now, MISSING)
    if number == end.head.number and digest != end.head.digest:
        return Break(number, number, OTHERWISE_ELSEWHERE)
    if end.last > end.head.number:
        return Break(end.head.number + 1, end.last, NOT_OF_THE_LOG)
    return None


def _events(log: str, after: int, last: int) -> Iterator[Event]:
    """In their order; what was read is not kept."""
    found = Event.objects.filter(log=log, number__lte=last).order_by("number")
    # The first step also sees what stands before the first number, where nothing may.
    return (found.filter(number__gt=after) if after else found).iterator(CHUNK)
