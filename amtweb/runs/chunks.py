"""Works off the items of a chunk, under a lease that others can take over.

Computing is pure, so that two workers who do the same item do no harm; what is stored is stored by
a condition on the item's state, once.
"""

from __future__ import annotations

import logging
import time
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from amtweb.runs.clock import from_now
from amtweb.runs.models import Chunk, Kind, State, is_cancelled
from amtweb.runs.outcomes import GONE, CannotError, failed, plans_for, store
from amtweb.runs.questions import question_of
from amtweb.runs.recomputing import recomputed
from amtweb.runs.rolling import close_plan, previewed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amtweb.runs.models import Item, Run
    from amtweb.runs.outcomes import Outcome, Plan

logger = logging.getLogger("amtweb.runs")

STORED_AFTER: Final = 0.25
"""Seconds of computing after which results are stored: what a worker that is killed loses."""
AT_ONCE: Final = 25
"""Items whose scenarios are read together."""
MOST_ATTEMPTS: Final = 3
"""Times that a worker may end at the same client before it is left out."""
ENDS_WORKERS = "Each attempt ended the process that computed it. It was left out."
BROKEN = "The program failed at it; the server’s log has the reason."


class LeaseLostError(Exception):
    """Somebody else has taken the chunk over."""


class Lease:
    """A chunk that this process works on, until it is done or has been taken over."""

    def __init__(self, chunk: Chunk, holder: str, worker: str) -> None:
        self.chunk, self.holder, self.worker = chunk, holder, worker

    def renew(self) -> None:
        """Goes on, with as much time as at first.

        Raises:
            LeaseLostError: It was taken over.
        """
        held = Chunk.objects.filter(pk=self.chunk.pk, holder=self.holder, done_at=None)
        if not held.update(leased_until=from_now(settings.LEASE_OF_A_WORKER), attempts=0):
            raise LeaseLostError

    def end(self) -> None:
        """Nothing of the chunk is left to do."""
        Chunk.objects.filter(pk=self.chunk.pk, holder=self.holder).update(
            done_at=Now(), leased_until=None
        )


def work_off(chunk_id: int, worker: str) -> str:
    """Does what is left of a chunk; returns how it ended, in a word."""
    lease = _take(chunk_id, worker)
    if lease is None:
        return "not taken"
    try:
        _work(lease)
    except LeaseLostError:
        return "lost"
    lease.end()
    return "done"


def _take(chunk_id: int, worker: str) -> Lease | None:
    """The chunk's lease, if nobody has it; whoever comes second gets none."""
    holder = token_urlsafe(16)
    free = Q(leased_until=None) | Q(leased_until__lt=Now()) | Q(holder="")
    taken = Chunk.objects.filter(free, pk=chunk_id, done_at=None).update(
        holder=holder,
        leased_until=from_now(settings.LEASE_OF_A_WORKER),
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    return Lease(Chunk.objects.select_related("run__firm").get(pk=chunk_id), holder, worker)


def _work(lease: Lease) -> None:
    suspect = lease.chunk.attempts > 1
    if lease.chunk.attempts > MOST_ATTEMPTS:
        first = lease.chunk.items.filter(state=State.WAITING).order_by("pk").first()
        if first is not None:
            _store(lease, [(first, failed(ENDS_WORKERS))])
    while items := list(_waiting(lease)):
        _do(lease, items, store_each=suspect)


def _waiting(lease: Lease) -> Iterator[Item]:
    if not is_cancelled(lease.chunk.run):
        yield from lease.chunk.items.filter(state=State.WAITING).order_by("pk")[:AT_ONCE]


def _do(lease: Lease, items: list[Item], *, store_each: bool) -> None:
    run = lease.chunk.run
    plans = plans_for(items)
    if run.kind == Kind.CLOSE:
        for item in items:
            lease.renew()
            close_plan(item, run, plans.get(item.pk), lease.worker)
        return
    done: list[tuple[Item, Outcome]] = []
    began = time.monotonic()
    for item in items:
        done.append((item, _outcome(run, plans.get(item.pk))))
        if store_each or time.monotonic() - began > STORED_AFTER:
            _store(lease, done)
            done, began = [], time.monotonic()
            if is_cancelled(run):
                return
    if done:
        _store(lease, done)


def _outcome(run: Run, plan: Plan | None) -> Outcome:
    try:
        if plan is None:
            raise CannotError(GONE)
        if run.kind == Kind.PREVIEW:
            return previewed(run.question, plan)
        return recomputed(question_of(run.question), plan)
    except CannotError as reason:
        return failed(str(reason))
    except DatabaseError:
        raise
    except Exception:
        # One client that the program cannot compute must not keep the others from it.
        logger.exception("an item of a run failed")
        return failed(BROKEN)


def _store(lease: Lease, done: list[tuple[Item, Outcome]]) -> None:
    with transaction.atomic():
        lease.renew()
        for item, outcome in done:
            store(item, outcome, lease.worker)
