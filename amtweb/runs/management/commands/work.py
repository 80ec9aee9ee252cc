"""Works off what the site has put off: `manage.py work`, on as many machines as one likes."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand

from amtweb.runs.working import BookWorker, stop_on_signals

if TYPE_CHECKING:
    from argparse import ArgumentParser

    Processes = list[subprocess.Popen[bytes]]

WAITS = 0.5
PATIENCE = 20
"""Seconds that a worker has to end what it is at."""


class Command(BaseCommand):
    help = (
        "Works off background tasks until it is stopped. With --workers it starts so many"
        " processes and starts those anew that end."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, default=0, help="processes; 0: this one")
        parser.add_argument(
            "--until-parent-ends", action="store_true", help="also stop when who started it is gone"
        )
        # For the proof that work is lost without it.
        parser.add_argument("--takes-up-nothing", action="store_true", help="of workers that died")

    def handle(self, *_: Any, **options: Any) -> None:
        logging.getLogger("django_tasks").setLevel(logging.ERROR)
        parent = os.getppid() if options["until_parent_ends"] else None
        if options["workers"]:
            Crew(options["workers"], parent).watch()
            return
        worker = BookWorker(takes_up=not options["takes_up_nothing"], parent=parent)
        stop_on_signals(worker)
        worker.serve()


class Crew:
    """Several workers, each a process of its own, that all end with this one."""

    def __init__(self, size: int, parent: int | None) -> None:
        self.parent, self.running = parent, True
        self.processes: Processes = [_begin() for _ in range(size)]

    def watch(self) -> None:
        """Starts those anew that end, until it is told to stop."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self.stop)
        while self.running:
            time.sleep(WAITS)
            if self.parent is not None and os.getppid() != self.parent:
                break
            self.processes = [
                each if each.poll() is None or not self.running else _begin()
                for each in self.processes
            ]
        self.end()

    def stop(self, *_: Any) -> None:
        """As soon as it can be."""
        self.running = False

    def end(self) -> None:
        """Lets each end what it is at."""
        for each in self.processes:
            each.terminate()
        for each in self.processes:
            try:
                each.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                each.kill()


def _begin() -> subprocess.Popen[bytes]:
    program = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--until-parent-ends"]
    # In a session of its own, so that Ctrl-C reaches it once, through this process.
    return subprocess.Popen(program, start_new_session=True)  # noqa: S603 - our own program
