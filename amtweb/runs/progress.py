"""How far a run is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from amtweb.runs.models import Chunk, Item, Run, State
from amtweb.runs.reaping import somebody_works

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOBODY_WORKS = (
    "No worker is running, so nothing happens now. It goes on as soon as one runs: whoever runs the"
    " server starts one with “manage.py work”."
)


class Progress(NamedTuple):
    """How many of how many clients are done."""

    total: int
    done: int
    failed: int
    is_over: bool
    is_stopped: bool
    nobody_works: bool = False

    @property
    def words(self) -> str:
        """As the page says it."""
        counted = f"{self.done:,} of {self.total:,}"
        if self.is_stopped:
            return f"Stopped after {counted} clients"
        if self.is_over:
            return f"Done: {self.total:,} client{'' if self.total == 1 else 's'}"
        return f"{counted} clients"

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return not self.is_over and not self.is_stopped


def with_progress(runs: QuerySet[Run]) -> QuerySet[Run]:
    """The runs with all that tells how far they are."""
    of_run = Item.objects.filter(run=OuterRef("pk")).order_by().values("run")
    counts = {
        "total": of_run.annotate(n=Count("pk")),
        "dealt_with": of_run.annotate(n=Count("pk", filter=~Q(state=State.WAITING))),
        "without": of_run.annotate(n=Count("pk", filter=Q(state=State.FAILED))),
    }
    return runs.annotate(
        is_open=Exists(Chunk.objects.filter(run=OuterRef("pk"), done_at=None)),
        **{name: found.values("n") for name, found in counts.items()},
    )


def progress_of(run: Run) -> Progress:
    """How far a run is that came ``with_progress``."""
    total, done = run.total or 0, run.dealt_with or 0  # type: ignore[attr-defined]
    is_over = done == total or not run.is_open  # type: ignore[attr-defined]
    is_stopped = run.cancelled_at is not None and done < total
    found = Progress(total, done, run.without or 0, is_over, is_stopped)  # type: ignore[attr-defined]
    return found._replace(nobody_works=found.is_running and not somebody_works())
