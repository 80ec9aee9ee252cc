"""A log as a file: every event with all that its digest is made of."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final

from amtweb.audit.acts import WORDS
from amtweb.audit.log import AS_CLIENT
from amtweb.audit.models import Event
from amtweb.formulas import kept_as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Addresses = Callable[[list[int]], Mapping[int, str]]

COLUMNS: Final = (
    *("log", "number", "at", "who", "role", "act", "about", "refused", "digest"),
    *("address", "words"),
)
"""The last two are for who reads it: the account's address now, and the act in words."""
CHUNK = 2_000
CSV, LINES = "csv", "jsonl"
TYPES: Final = {CSV: "text/csv; charset=utf-8", LINES: "application/jsonl; charset=utf-8"}
_NOTED = re.compile(r"audit log=(\S+) number=([0-9]{1,18}) digest=([0-9a-f]{64})")

Digests = dict[str, dict[int, str]]


def lines_of(log: str, last: int, form: str, addresses: Addresses) -> Iterator[str]:
    """The file, a line at a time, up to an event.

    Args:
        log: The firm's public name.
        last: The number of the last event.
        form: ``csv`` or ``jsonl``.
        addresses: Gives addresses by the numbers of accounts.
    """
    rows = _rows(log, last, addresses)
    if form == LINES:
        for row in rows:
            yield f"{json.dumps(row)}\n"
        return
    yield "\ufeff" + _as_csv(COLUMNS)
    for row in rows:
        yield _as_csv(_cell(row[column]) for column in COLUMNS)


def digests_in(text: Iterable[str]) -> Digests:
    """By log and number, the digests that an export or a log of the server holds.

    Raises:
        ValueError: It holds none.
    """
    found: Digests = {}
    for log, number, digest in _digests(iter(text)):
        found.setdefault(log, {})[number] = digest
    if not found:
        raise ValueError("there is no digest of an event in it")
    return found


def _digests(lines: Iterator[str]) -> Iterator[tuple[str, int, str]]:
    begins = next(lines, "")
    if begins.lstrip("\ufeff").startswith('"log"'):
        for row in csv.DictReader(lines, fieldnames=COLUMNS):
            yield row["log"].removeprefix("'"), int(row["number"]), row["digest"]
        return
    for line in (begins, *lines):
        if line.startswith("{"):
            event = json.loads(line)
            yield event["log"], event["number"], event["digest"]
        elif noted := _NOTED.search(line):
            yield noted[1], int(noted[2]), noted[3]


def _rows(log: str, last: int, addresses: Addresses) -> Iterator[dict[str, Any]]:
    known: dict[int, str] = {}
    events = Event.objects.filter(log=log, number__lte=last).order_by("number")
    for event in events.iterator(CHUNK):
        who = event.who if event.role != AS_CLIENT else None
        if who is not None and who not in known:
            known[who] = addresses([who]).get(who, "")
        yield {
            "log": event.log,
            "number": event.number,
            "at": event.moment,
            "who": event.who,
            "role": event.role,
            "act": event.act,
            "about": event.about,
            "refused": event.refused,
            "digest": event.digest,
            "address": known.get(who or 0, ""),
            "words": WORDS.get(event.act, event.act),
        }


def _as_csv(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_NONNUMERIC).writerow(cells)
    return line.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return ""
    return kept_as_text(value) if isinstance(value, str) else value
