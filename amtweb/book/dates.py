"""The dates of the book that are still to come, for calendar programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.book.lines import book_of, today
from amtweb.book.reasons import days_ahead
from amtweb.exchange.calendar_text import Entry, calendar_of
from amtweb.scenarios.lots.days import TELLINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from amtweb.firms.models import Firm

CALENDAR = "text/calendar; charset=utf-8"
NAME = "amtweb: dates of clients"


def dates_of(
    firm: Firm, *, with_names: bool, address_of: Callable[[str], str], made: datetime
) -> bytes:
    """All dates ahead in the firm's book, as a calendar.

    Without names, neither a client's nor a grant's, an event leads to the client's page, which
    shows them to who may see them.  A calendar without events is one that a program still takes.
    """
    entries = _entries(firm, with_names=with_names, address_of=address_of)
    return calendar_of(NAME, entries, made)


def _entries(firm: Firm, *, with_names: bool, address_of: Callable[[str], str]) -> Iterator[Entry]:
    clients = book_of(firm).filter(plan_pk__isnull=False, line__problem="")
    for client in clients.order_by("pk").iterator(chunk_size=500):
        for day in days_ahead(client.line, today(), None):
            telling = TELLINGS[day.kind]
            summary = f"{client.name}: {telling.what}: {day.name}" if with_names else telling.what
            page = address_of(client.get_absolute_url())
            key = f"book {client.public_id} {day.key} {day.on}"
            yield Entry(key, day.on, summary, f"{telling.means}\n{page}")
