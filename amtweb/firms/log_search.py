"""What of a firm's log somebody looks for, and a page of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q

from amtweb.audit import objects
from amtweb.audit.acts import WORDS
from amtweb.audit.log import AS_CLIENT
from amtweb.audit.models import Event
from amtweb.firms.log_objects import addresses_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from amtweb.audit.objects import Piece

PAGE: Final = 100
LONGEST: Final = 200
GONE = "an account that is gone"
NOBODY = "nobody with an account"
A_CLIENT = "an account of a client"
LARGEST_NUMBER = 2**63 - 1


class Search(NamedTuple):
    """What an address asks for; what is not of ours counts as not said."""

    who: int | None = None
    act: str = ""
    about: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None
    refused: bool = False
    before: int | None = None
    """Only events of lower numbers: those of the next page."""

    @property
    def is_for_some(self) -> bool:
        """Whether it leaves out events, apart from those of other pages."""
        return any(self[:-1])

    @property
    def address(self) -> str:
        """What it is in an address, without the page."""
        said = {name: getattr(self, name) for name in ("who", "act", "about", "first", "last")}
        return urlencode(
            {name: value for name, value in said.items() if value}
            | ({"refused": "1"} if self.refused else {})
        )


class Row(NamedTuple):
    """An event as the page shows it."""

    event: Event
    who: str
    role: str
    act: str
    about: list[Piece]


class Page(NamedTuple):
    """Some events, the newest first."""

    rows: list[Row]
    before: int | None
    """The number before which the next page begins; None on the last one."""


def search_in(fields: Mapping[str, str]) -> Search:
    """Reads an address."""
    act = fields.get("act", "")
    return Search(
        who=_number(fields.get("who", "")),
        act=act if act in WORDS else "",
        about=fields.get("about", "").replace("\x00", "")[:LONGEST].strip(),
        first=_day(fields.get("first", "")),
        last=_day(fields.get("last", "")),
        refused=fields.get("refused", "") == "1",
        before=_number(fields.get("before", "")),
    )


def _who(event: Event, whose: Mapping[int, str]) -> str:
    if event.role == AS_CLIENT:
        return A_CLIENT
    return NOBODY if event.who is None else whose.get(event.who, GONE)


def page_of(log: str, search: Search) -> Page:
    """The events that are searched for, with the names that things have now."""
    found = _found(log, search).order_by("-number")
    if search.before is not None:
        found = found.filter(number__lt=search.before)
    events = list(found[: PAGE + 1])
    more, events = events[PAGE:], events[:PAGE]
    whose = addresses_of({e.who for e in events if e.who is not None and e.role != AS_CLIENT})
    about = objects.shown_of(log, (event.about for event in events))
    rows = [
        Row(
            event,
            _who(event, whose),
            event.role.replace("_", "-"),
            WORDS.get(event.act, event.act),
            about[event.about],
        )
        for event in events
    ]
    return Page(rows, events[-1].number if more else None)


def _found(log: str, search: Search) -> QuerySet[Event]:
    found = Event.objects.filter(log=log)
    if search.who is not None:
        found = found.filter(who=search.who)
    if search.act:
        found = found.filter(act=search.act)
    if search.about:
        found = found.filter(_is_about(objects.named(log, search.about)))
    if search.refused:
        found = found.filter(refused=True)
    if search.first:
        found = found.filter(at__gte=_midnight(search.first))
    if search.last and search.last < datetime.date.max:
        found = found.filter(at__lt=_midnight(search.last + datetime.timedelta(days=1)))
    return found


def _is_about(names: list[str]) -> Q:
    said = Q(pk__in=())
    for name in names:
        # Other things may be said before and after it; names have no words within them.
        said |= Q(about=name) | Q(about__startswith=f"{name} ") | Q(about__endswith=f" {name}")
    return said


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min, datetime.UTC)


def _number(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_NUMBER))):
        return None
    number = int(text)
    return number if number <= LARGEST_NUMBER else None


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
