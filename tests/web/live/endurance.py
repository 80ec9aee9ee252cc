"""Saves by many clients at once, through real processes, compared with the database afterwards.

    python -m tests.web.live.endurance --clients 16 --saves 2000
    python -m tests.web.live.endurance --clients 8 --kills 25
    python -m tests.web.live.endurance --saves 500 --unchecked

Every client reads a counter in the draft and puts back one more; what it was told is saved it
counts. In the end the draft must hold as many as the clients have counted. It makes a database of
its own: on the server that DATABASE_URL names, or a file of SQLite.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from tests.web.live.own_database import own_database

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
LONGEST_THOUGHT = 0.005
SECRET = "x" * 32
VERSION = re.compile(r'name="draft_version" value="([0-9]+)"')
NEWER = re.compile(r'value="overwrite:([0-9]+)"')
THEIRS = re.compile(r"Wages 2026</th><td><bdi>\$([0-9,]+)")


class Ack(NamedTuple):
    """A save that the server said is done."""

    counter: int
    seconds: float


class Place(NamedTuple):
    """The scenario that all write to, and who may."""

    port: int
    session: str
    public_id: str


class Client:
    """One editor: what it has seen, and what it was told."""

    def __init__(self, place: Place, number: int, seed: int) -> None:
        self.place, self.number = place, number
        self.dice = random.Random(seed * 1000 + number)  # noqa: S311  (of thinking)
        self.counter, self.version, self.sequence = 0, 0, 0
        self.acks: list[Ack] = []
        self.refused = 0
        self.errors: list[str] = []
        self.connection: http.client.HTTPConnection | None = None

    def save(self) -> None:
        """Puts one more, and reads again as often as another was faster."""
        while True:
            time.sleep(self.dice.uniform(0, LONGEST_THOUGHT))
            began = time.perf_counter()
            status, text = self._post()
            if status == http.client.OK:
                self.acks.append(Ack(self.counter + 1, time.perf_counter() - began))
                self.counter += 1
                self.version = int(VERSION.findall(text)[0])
                return
            if status != http.client.CONFLICT:
                self.errors.append(f"{status}")
                return
            self.refused += 1
            self.version = int(NEWER.findall(text)[0])
            theirs = THEIRS.findall(text)
            self.counter = int(theirs[0].replace(",", "")) if theirs else self.counter + 1

    def _post(self) -> tuple[int, str]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.place.port, timeout=30)
        self.sequence += 1
        fields = {
            "tab": f"client-{self.number}-{self.place.port}",
            "sequence": self.sequence,
            "draft_version": self.version,
            # No two saves say the same.
            "title": f"{self.number} {self.sequence} {self.place.port}",
            "years[0].year": 2026,
            "years[0].wages": self.counter + 1,
        }
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.place.session}; csrftoken={SECRET}",
            "X-CSRFToken": SECRET,
            "HX-Request": "true",
        }
        path = f"/scenarios/{self.place.public_id}/"
        self.connection.request("POST", path, urlencode(fields), headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()


@contextmanager
def served(
    workers: int, *, unchecked: bool = False
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The site on a free port, until it has been killed or is not needed any more."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    module = "tests.web.live.unchecked" if unchecked else "amtweb.wsgi"
    command = [sys.executable, "-m", "gunicorn", "--workers", str(workers), "--bind"]
    server = subprocess.Popen(
        [*command, f"127.0.0.1:{port}", f"{module}:application"],
        cwd=ROOT,
        env={**os.environ, "TASK_WORKERS": "0"},
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield port, server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not start")


def scenarios_of_a_visitor(count: int) -> tuple[str, list[str]]:
    """A session and the scenarios of its visitor, whose counters are at 0."""
    from django.contrib.sessions.backends.db import SessionStore

    from amtweb.scenarios.models import Scenario
    from amtweb.scenarios.visitors import SESSION_KEY, digest_of_visitor

    key = "endurance"
    session = SessionStore()
    session[SESSION_KEY] = key
    session.create()
    draft = {"schema_version": 1, "years": [{"year": 2026, "wages": 0}]}
    made = [
        Scenario.objects.create(visitor=digest_of_visitor(key), draft=draft) for _ in range(count)
    ]
    return str(session.session_key), [scenario.public_id for scenario in made]


def state_of(public_id: str) -> tuple[int, int]:
    """The counter and the version of the draft."""
    from amtweb.scenarios.models import Scenario

    scenario = Scenario.objects.get(public_id=public_id)
    return int(scenario.draft["years"][0]["wages"]), scenario.draft_version


def integrity() -> str:
    """What the database says of itself: ``ok``."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return str(cursor.fetchone()[0])


def race(options: argparse.Namespace) -> dict[str, Any]:
    """All clients save until all saves are made."""
    session, public_ids = scenarios_of_a_visitor(options.scenarios)
    each = options.saves // options.clients
    with served(options.workers, unchecked=options.unchecked) as (port, _):
        places = [Place(port, session, public_id) for public_id in public_ids]
        clients = [
            Client(places[number % len(places)], number, options.seed)
            for number in range(options.clients)
        ]
        for client in clients:
            client.version = 1

        def work(client: Client) -> None:
            for _ in range(each):
                client.save()

        began = time.perf_counter()
        with ThreadPoolExecutor(options.clients) as threads:
            list(threads.map(work, clients))
        took = time.perf_counter() - began
    acks = [ack for client in clients for ack in client.acks]
    states = [state_of(public_id) for public_id in public_ids]
    counter = sum(counter for counter, _ in states)
    times = sorted(ack.seconds for ack in acks)
    return {
        "acked": len(acks),
        "in_the_draft": counter,
        "lost": len(acks) - counter,
        "versions": sum(version - 1 for _, version in states),
        "refused": sum(client.refused for client in clients),
        "errors": [error for client in clients for error in client.errors],
        "saves_a_second": round(len(acks) / took, 1),
        "p50_ms": round(1000 * times[len(times) // 2], 1),
        "p99_ms": round(1000 * times[len(times) * 99 // 100], 1),
        "integrity": integrity(),
    }


def kills(options: argparse.Namespace) -> dict[str, Any]:
    """The whole server is killed while clients save, again and again."""
    dice = random.Random(options.seed)  # noqa: S311  (of killing)
    session, (public_id,) = scenarios_of_a_visitor(1)
    acked, lost, torn = 0, 0, []
    errors: list[str] = []
    for trial in range(options.kills):
        counter, version = state_of(public_id)
        with served(options.workers) as (port, server):
            place = Place(port, session, public_id)
            clients = [Client(place, n, options.seed + trial) for n in range(options.clients)]
            for client in clients:
                client.counter, client.version = counter, version
            with ThreadPoolExecutor(options.clients) as threads:
                running = [threads.submit(_save_until_killed, client) for client in clients]
                while not any(client.acks for client in clients) and not running[0].done():
                    time.sleep(0.01)
                time.sleep(dice.uniform(0, 1))
                os.killpg(server.pid, signal.SIGKILL)
                for each in running:
                    each.result()
        errors += [error for client in clients for error in client.errors]
        told = [ack.counter for client in clients for ack in client.acks]
        counter, version = state_of(public_id)
        acked += len(told)
        lost += sum(1 for value in told if value > counter) + len(told) - len(set(told))
        if integrity() != "ok":
            torn.append(trial)
    return {"kills": options.kills, "acked": acked, "lost": lost, "torn": torn, "errors": errors}


def _save_until_killed(client: Client) -> None:
    try:
        while not client.errors:
            client.save()
    except (OSError, http.client.HTTPException):
        return


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--saves", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--scenarios", type=int, default=4, help="that the clients share")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unchecked", action="store_true", help="without the check of versions")
    options = parser.parse_args()
    with own_database():
        os.environ["DJANGO_SETTINGS_MODULE"] = "amtweb.settings.tests"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        found = kills(options) if options.kills else race(options)
    print(json.dumps(found | {"load": os.getloadavg()[0]}))  # noqa: T201  (a program's answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
