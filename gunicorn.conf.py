"""How the site is served; `make run` and production use the same."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

worker_class = "gthread"
workers = 2
threads = 4
# Loaded once before the workers: a refusal to start then ends the server instead of being tried
# again for ever.
preload_app = True
# Whether a request came over TLS is for the settings to say, which trust no header unless told.
secure_scheme_headers: dict[str, str] = {}
# An access log would keep the addresses of share links.
accesslog = None
loglevel = "warning"

# What a broken log handler would print are the very arguments that the formatter keeps out.
logging.raiseExceptions = False

# Processes that work off what the site puts off, beside those that answer; 0 where other machines
# do, each with `manage.py work --workers N`.
TASK_WORKERS = os.environ.get("TASK_WORKERS") or "1"
PATIENCE = 25
"""Seconds in which they end what they are at."""
_crew: list[subprocess.Popen[bytes]] = []


def when_ready(_: Any) -> None:
    """Starts them; they end with this process, however it ends."""
    if TASK_WORKERS == "0":
        return
    manage = Path(__file__).with_name("manage.py")
    program = [sys.executable, str(manage), "work", "--until-parent-ends", "--workers"]
    # In a session of its own: Ctrl-C ends the server, which then ends them in order.
    _crew.append(
        subprocess.Popen([*program, TASK_WORKERS], start_new_session=True)  # noqa: S603 - our own
    )


def on_exit(_: Any) -> None:
    """Waits until they have ended."""
    for process in _crew:
        process.terminate()
    for process in _crew:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
