"""Takes up what a worker left that is gone.

The library leaves the task of a killed worker in the state in which it died. Here it is the chunk
that counts: one that is not done, and that nobody holds any more, gets a new task. Every worker
looks for such chunks, by the clock of the database.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from amtweb.runs.clock import from_now
from amtweb.runs.models import Chunk, Worker
from amtweb.runs.tasks import enqueue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

GONE = "amtweb.runs.reaping.WorkerGone"
"""What the library keeps as the reason of a task whose worker is gone."""
FORGOTTEN_AFTER = timedelta(days=1)


def beat(worker: str) -> None:
    """Says that the worker is there."""
    if not Worker.objects.filter(name=worker).update(seen_at=Now()):
        Worker.objects.create(name=worker)
    Worker.objects.filter(seen_at__lt=from_now(-FORGOTTEN_AFTER)).delete()


def leave(worker: str) -> None:
    """Says that the worker is there no more."""
    Worker.objects.filter(name=worker).delete()


def somebody_works() -> bool:
    """Whether a worker has been heard of lately."""
    silent = from_now(-settings.LEASE_OF_A_WORKER)
    of_chunk = Chunk.objects.filter(done_at=None, leased_until__gt=Now())
    return (
        Worker.objects.filter(seen_at__gt=silent).exists() or of_chunk.exclude(holder="").exists()
    )


def take_up() -> int:
    """Gives new tasks to chunks that nobody works on; returns to how many."""
    unheld = list(Chunk.objects.filter(done_at=None, leased_until=None).values_list("pk", "task"))
    status = _status(task for _, task in unheld)
    started = [pk for pk, task in unheld if status.get(task) != TaskResultStatus.READY]
    # A worker may take them up in this moment: they have as long as a lease.
    Chunk.objects.filter(pk__in=started, done_at=None, leased_until=None).update(
        leased_until=from_now(settings.LEASE_OF_A_WORKER)
    )
    run_out = Chunk.objects.filter(done_at=None, leased_until__lt=Now())
    renewed = sum(_renew(run_out, pk) for pk in list(run_out.values_list("pk", flat=True)))
    held = dict(
        Chunk.objects.filter(done_at=None).exclude(leased_until=None).values_list("task", "pk")
    )
    ended = DBTaskResult.objects.finished().filter(pk__in=[task for task in held if task])
    return renewed + sum(
        _renew(Chunk.objects.filter(done_at=None, task=str(task)), held[str(task)])
        for task in list(ended.values_list("pk", flat=True))
    )


def _status(tasks: Iterable[str]) -> dict[str, str]:
    found = DBTaskResult.objects.filter(pk__in=[task for task in tasks if task])
    return {str(pk): status for pk, status in found.values_list("pk", "status")}


def _renew(left: QuerySet[Chunk], chunk_id: int) -> int:
    """Gives the chunk a new task if it is still left, and no other worker has just done so."""
    with transaction.atomic():
        task = Chunk.objects.filter(pk=chunk_id).values_list("task", flat=True).first()
        if task is None:
            # Its run, or its firm, has just been deleted.
            return 0
        taken = left.filter(pk=chunk_id, task=task)
        if not taken.update(leased_until=None, holder="", task="", taken_over=F("taken_over") + 1):
            return 0
        of_library = DBTaskResult.objects.filter(pk__in=[task] if task else [])
        of_library.filter(status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED, finished_at=Now(), exception_class_path=GONE
        )
        chunk = Chunk.objects.select_related("run").get(pk=chunk_id)
        name = enqueue(chunk.pk, chunk.run.items.count())
        Chunk.objects.filter(pk=chunk_id).update(task=name)
    return 1
