"""A worker: the library's, that also says that it is there and takes up what others left."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from datetime import timedelta
from secrets import token_urlsafe
from socket import gethostname
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import Error, close_old_connections, connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from amtweb.runs.reaping import beat, leave, take_up

if TYPE_CHECKING:
    from types import FrameType

logger = logging.getLogger("amtweb.runs")

ROUND: Final = 0.5
"""Seconds between two looks for tasks, where there were none."""
ROUNDS_OF_A_LEASE: Final = 4
CLEARS_AWAY: Final = timedelta(hours=1)
TASKS_ARE_KEPT: Final = 1
"""Days after which the library's rows of finished tasks go."""


class BookWorker(Worker):  # type: ignore[misc, unused-ignore]
    """Works off tasks until it is told to stop; then it ends the chunk that it is at."""

    def __init__(self, *, takes_up: bool = True, parent: int | None = None) -> None:
        name = f"{gethostname()[:30]}-{os.getpid()}-{token_urlsafe(6)}"
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        self.takes_up, self.parent = takes_up, parent
        self.next_beat, self.next_clearing = 0.0, time.monotonic()

    def serve(self) -> None:
        """Works until it is told to stop, or until who started it is gone."""
        _one_connection()
        well = True
        while self.running:
            try:
                self.look_about()
                if DBTaskResult.objects.ready().exists():
                    self.run()
                    continue
                well = True
            except Error as error:
                # The database is away, or has no tables yet: what is asked for waits in it.
                if well:
                    logger.warning("the database does not answer a worker: %s", type(error))
                well = False
                connections.close_all()
            time.sleep(ROUND)
        leave(self.worker_id)

    def look_about(self) -> None:
        """Now and then: says that it is there, takes up what is left, clears away."""
        close_old_connections()
        if self.parent is not None and os.getppid() != self.parent:
            self.running = False
        now = time.monotonic()
        if now < self.next_beat:
            return
        self.next_beat = now + settings.LEASE_OF_A_WORKER.total_seconds() / ROUNDS_OF_A_LEASE
        beat(self.worker_id)
        if self.takes_up:
            take_up()
        if now >= self.next_clearing:
            self.next_clearing = now + CLEARS_AWAY.total_seconds()
            call_command("prune_db_task_results", min_age_days=TASKS_ARE_KEPT, verbosity=0)

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        super().run_task(db_task_result)
        self.look_about()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """The first time ends after the task, the second at once."""
        if not self.running:
            self.reset_signals()
            sys.exit(1)
        self.running = False


def _one_connection() -> None:
    """A worker does one thing at a time and needs no pool."""
    for connection in connections.all():
        connection.settings_dict["OPTIONS"].pop("pool", None)
        connection.settings_dict["CONN_MAX_AGE"] = None


def stop_on_signals(worker: BookWorker) -> None:
    """Lets Ctrl-C and the system's request to end stop the worker."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, worker.shutdown)
