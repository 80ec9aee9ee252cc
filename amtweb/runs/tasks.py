"""The one task that the library's workers run: a chunk of a run."""

from __future__ import annotations

from typing import Final

from django_tasks import TaskContext, TaskResult, task

from amtweb.runs.chunks import work_off

SMALL: Final = 50
"""Clients up to which a run is worked off before larger ones."""
FIRST: Final = 10


@task(takes_context=True)
def work_off_chunk(context: TaskContext, chunk_id: int) -> str:
    """Does what is left of a chunk."""
    return work_off(chunk_id, context.task_result.worker_ids[-1])


def enqueue(chunk_id: int, items: int) -> str:
    """Asks for the chunk to be worked off; returns the name of the task.

    In the transaction that stores the chunk: there is no task without it, and no chunk without.
    """
    wanted = work_off_chunk.using(priority=FIRST) if items <= SMALL else work_off_chunk
    result: TaskResult[str] = wanted.enqueue(chunk_id)
    return str(result.id)
