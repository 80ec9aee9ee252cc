"""That the limits on attempts hold across the processes of a real server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from django.conf import settings

WORKERS = 4
THREADS = 8
GUESSES = 80
MOST_COMPARED = 6
LONGEST_START = 60

TELLS_ITS_PROCESS = """
import os
from amtweb.wsgi import application as site

def application(environ, start_response):
    def start(status, headers, *rest):
        return start_response(status, [*headers, ("X-Process", str(os.getpid()))], *rest)
    return site(environ, start)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A server of several processes on a database of its own."""
    (tmp_path / "told.py").write_text(TELLS_ITS_PROCESS)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "amtweb.settings.tests",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "PYTHONPATH": f"{settings.BASE_DIR}{os.pathsep}{tmp_path}",
        "TASK_WORKERS": "0",
    }
    manage = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(manage, cwd=settings.BASE_DIR, env=environment, check=True)
    log = tmp_path / "log"
    with log.open("wb") as out:
        running = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--bind=127.0.0.1:0", "--log-level=info"),
                *(f"--workers={WORKERS}", "--threads=2", "told:application"),
            ],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=out,
            stderr=out,
        )
    try:
        yield f"http://127.0.0.1:{port_in(log)}"
    finally:
        running.terminate()
        running.wait(timeout=30)


def port_in(log: Path) -> str:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        found = re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", log.read_text())
        if found:
            return found[1]
        time.sleep(0.1)
    pytest.fail(f"the server does not start:\n{log.read_text()}")


def guess(address: str, number: int) -> tuple[int, str]:
    """The answer to a guess from a browser of its own, and the process that gave it."""
    browser: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{address}/account/sign-in/", timeout=30) as page:
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.read())
    assert token
    fields = {
        "login": "ada@example.org",
        "password": f"guess number {number}",
        "csrfmiddlewaretoken": token[1].decode(),
    }
    try:
        browser.open(f"{address}/account/sign-in/", urlencode(fields).encode(), timeout=30)
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers["X-Process"]
    pytest.fail("a guess was right")


def test_eighty_guesses_at_four_processes_compare_no_more_than_six(server: str) -> None:
    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(lambda number: guess(server, number), range(GUESSES)))

    codes = Counter(code for code, _ in answers)
    assert len({process for _, process in answers}) > 1, "one process alone would prove nothing"
    assert codes.keys() == {422, 429}
    assert codes[422] <= MOST_COMPARED
