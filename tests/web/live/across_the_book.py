"""A book of clients computed by several workers, one of which is killed; compared with one worker.

    python -m tests.web.live.across_the_book --clients 2000
    python -m tests.web.live.across_the_book --clients 2000 --workers 4 --kill
    python -m tests.web.live.across_the_book --clients 2000 --close --kill

DATABASE_URL names a PostgreSQL in which it makes a database of its own; without it SQLite in a
temporary file is used.  The workers are processes of the site's own command, which share nothing
but the database.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.web.live.own_database import own_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amtweb.firms.models import Member
    from amtweb.runs.models import Run

ROOT = Path(__file__).resolve().parents[3]
Workers = list[subprocess.Popen[bytes]]
LONGEST = 600
PHASE_OUT = {"change": "new_law", "part": "amt_phaseout", "year": 2026}
FEATURED = ("way-back", "erosion", "slices", "astra-price-falls-itemized", "pairing-alone")


def make_book(clients: int, seed: int = 1) -> Member:
    """A firm whose clients have the examples for plans, each with incomes of its own."""
    from amtweb.accounts.models import User
    from amtweb.firms.models import Client, Firm, Member, Role
    from amtweb.scenarios.gallery import example
    from amtweb.scenarios.models import Scenario

    dice = random.Random(seed)  # noqa: S311  (of incomes)
    firm = Firm.objects.create(name=f"Firm of {clients}")
    user = User.objects.create_user(f"advisor-{clients}-{seed}@example.org", "a few words in a row")
    made = Client.objects.bulk_create(
        Client(firm=firm, name=f"Household {n:04}") for n in range(clients)
    )
    documents = [example(slug).document for slug in FEATURED]
    Scenario.objects.bulk_create(
        _scenario(client, _varied(documents[n % len(documents)], dice))
        for n, client in enumerate(made)
    )
    return Member.objects.create(firm=firm, user=user, role=Role.ADVISOR)


def _varied(document: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    document = json.loads(json.dumps(document))
    factor = dice.uniform(0.5, 2.0)
    for year in document["years"]:
        year["wages"] = round(year.get("wages", 100_000) * factor)
        year["long_term_gain"] = round(dice.uniform(0, 50_000))
    return document


def _scenario(client: Any, document: dict[str, Any]) -> Any:
    from amtweb.scenarios.models import Scenario, digest_of, words_of

    return Scenario(
        firm=client.firm,
        client=client,
        title=document.get("title", ""),
        draft=document,
        draft_digest=digest_of(document),
        words=words_of(document),
    )


@contextmanager
def working(count: int, *options: str, program: str = "manage.py") -> Iterator[Workers]:
    """So many workers, until they are not needed any more."""
    command = [sys.executable, program, "work", *options]
    if program != "manage.py":
        command = [sys.executable, "-m", program, *options]
    workers = [subprocess.Popen(command, cwd=ROOT, start_new_session=True) for _ in range(count)]
    try:
        yield workers
    finally:
        for worker in workers:
            if worker.poll() is None:
                worker.terminate()
        for worker in workers:
            worker.wait(30)


def wait_until(is_so: Any, longest: float = LONGEST) -> None:
    """Looks again and again."""
    end = time.monotonic() + longest
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("it took too long")
        time.sleep(0.02)


def is_done(run: Run) -> bool:
    return not run.chunks.filter(done_at=None).exists()


def kill_one_at_work(run: Run, workers: Workers) -> None:
    """Kills a worker that is in the middle of a chunk: it is halted before it is looked at."""
    while not is_done(run):
        for worker in workers:
            os.kill(worker.pid, signal.SIGSTOP)
            if _is_in_the_middle(run, worker.pid):
                os.kill(worker.pid, signal.SIGKILL)
                worker.wait()
                return
            os.kill(worker.pid, signal.SIGCONT)
    raise SystemExit("the run was over before a worker could be killed")


def _is_in_the_middle(run: Run, pid: int) -> bool:
    from django_tasks_db.models import DBTaskResult

    held = run.chunks.filter(done_at=None).exclude(holder="").values_list("pk", "task")
    tasks = DBTaskResult.objects.in_bulk([task for _, task in held if task])
    chunks = {str(task): pk for pk, task in held}
    of_worker = [
        chunks[str(pk)] for pk, task in tasks.items() if f"-{pid}-" in str(task.worker_ids[-1:])
    ]
    enough = run.items.exclude(state="waiting").count() >= run.items.count() // 5
    return enough and run.items.filter(chunk__in=of_worker, state="waiting").exists()


def results(run: Run) -> list[tuple[str, str, str]]:
    """What came of each client, in the same order whoever computed it."""
    rows = run.items.order_by("client__name").values_list("client__name", "state", "result")
    return [(name, state, json.dumps(result, sort_keys=True)) for name, state, result in rows]


def timed(run: Run, options: argparse.Namespace) -> dict[str, Any]:
    """Works the run off, and says how."""
    with working(options.workers) as workers:
        from amtweb.runs.models import Worker

        # Starting Python is not what is measured, so all stand ready before anything is asked.
        wait_until(lambda: Worker.objects.count() >= options.workers)
        run = _asked(run)
        began = time.perf_counter()
        if options.kill:
            kill_one_at_work(run, workers)
        wait_until(lambda: is_done(run))
        took = time.perf_counter() - began
    states = Counter(run.items.values_list("state", flat=True))
    return {
        "workers": options.workers,
        "killed": int(options.kill),
        "seconds": round(took, 2),
        "states": dict(states),
        "by_worker": sorted(Counter(run.items.values_list("worker", flat=True)).values()),
        "taken_over": sum(run.chunks.values_list("taken_over", flat=True)),
        "made": made_by(run),
        "results": results(run),
    }


def _asked(run: Run) -> Run:
    """The same again."""
    from amtweb.runs.starting import start, start_closing

    assert run.made_by is not None
    if run.kind == "preview":
        return start_closing(run.made_by, run, set(), archive=False)
    return start(run.made_by, run.kind, run.question, run.firm.clients.all())


def made_by(run: Run) -> dict[str, int]:
    """The scenarios that a run made, and how many of them are a second one of a client's."""
    from amtweb.scenarios.models import Scenario

    made = Scenario.objects.filter(firm=run.firm, revisions__note__contains="closed with")
    of_clients = Counter(made.values_list("client_id", flat=True))
    return {"scenarios": made.count(), "twice": sum(n - 1 for n in of_clients.values())}


def report(options: argparse.Namespace) -> dict[str, Any]:
    """The run by one worker, then by several."""
    from amtweb.runs import starting
    from amtweb.runs.starting import start

    starting.CHUNK = options.chunk or starting.CHUNK  # type: ignore[misc]
    member = make_book(options.clients)
    clients = member.firm.clients.all()
    alone = argparse.Namespace(workers=1, kill=False)
    if options.close:
        first = start(member, "preview", {"year": 2026}, clients)
        with working(1):
            wait_until(lambda: is_done(first))
    else:
        first = start(member, "recompute", PHASE_OUT, clients)
        first.chunks.all().delete()
    runs = [timed(first, options)]
    if not options.close:
        runs.insert(0, timed(first, alone))
    said = {"same_results": len({json.dumps(run.pop("results")) for run in runs}) == 1}
    return said | {"runs": runs, "load": os.getloadavg()[0]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--clients", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--chunk", type=int, default=0, help="clients of a task; 0: as on the site")
    parser.add_argument("--kill", action="store_true", help="one of them, in the middle")
    parser.add_argument("--close", action="store_true", help="close a year for all")
    options = parser.parse_args()
    with own_database():
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.live.background"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        print(json.dumps(report(options)))  # noqa: T201  (a program's answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
