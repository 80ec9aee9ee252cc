"""A book in small: a worker is killed in the middle of a chunk, others go on.

    python -m tests.web.live.killed_worker

First others that take up nothing, which must leave the rest of its chunk; then one that does.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter

from tests.web.live.across_the_book import is_done, make_book, wait_until, working
from tests.web.live.own_database import own_database

CLIENTS, OF_A_CHUNK, BEFORE_ITS_END = 40, 8, 3
LEASE = 1.0


def killed_in_the_middle() -> dict[str, object]:
    from amtweb.runs import starting
    from amtweb.runs.models import State

    starting.CHUNK = OF_A_CHUNK  # type: ignore[misc]
    member = make_book(CLIENTS)
    asked = {"change": "price", "percent": -0.5, "from_day": "2026-01-01"}
    run = starting.start(member, "recompute", asked, member.firm.clients.all())
    waiting = run.items.filter(state=State.WAITING)

    with working(1, program="tests.web.live.hanging_worker") as (victim,):
        wait_until(lambda: CLIENTS - waiting.count() == BEFORE_ITS_END)
        victim.kill()
        victim.wait()
    by_victim = set(run.items.exclude(state=State.WAITING).values_list("pk", "stored_at"))
    with working(1, "--takes-up-nothing"):
        wait_until(lambda: waiting.count() <= OF_A_CHUNK - BEFORE_ITS_END)
        time.sleep(2 * LEASE)
    left = waiting.count()
    with working(2):
        wait_until(lambda: is_done(run))
    done = run.items.exclude(state=State.WAITING)
    return {
        "done": done.count(),
        "left_without_taking_up": left,
        "by_worker": sorted(Counter(done.values_list("worker", flat=True)).values()),
        "taken_over": sum(run.chunks.values_list("taken_over", flat=True)),
        "kept_of_the_victim": by_victim <= set(done.values_list("pk", "stored_at")),
    }


def main() -> int:
    os.environ |= {"LEASE": str(LEASE), "DOES": str(BEFORE_ITS_END)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.live.background"
    with own_database():
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        print(json.dumps(killed_in_the_middle()))  # noqa: T201  (its answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
