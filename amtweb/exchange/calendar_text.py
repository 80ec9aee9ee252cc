"""Days as a calendar (iCalendar, RFC 5545) that calendar programs take in.

Every day is an event of the whole day that keeps its name over time, so that a file taken in again
brings changes and no doubles.  It blocks no time.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

LONGEST_LINE = 75
"""In octets, without the line break."""
NAMES = uuid.UUID("0c9b0a58-6c9e-5d6f-9f3e-1a7f4f2c6f1d")
"""The space in which our events have their names."""
ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


class Entry(NamedTuple):
    """A day of the calendar."""

    key: str
    """The same for the same day of the same thing, whenever the file is made."""
    day: date
    summary: str
    description: str


def calendar_of(name: str, entries: Iterable[Entry], made: datetime) -> bytes:
    """The calendar; ``made`` is the moment in UTC."""
    stamp = f"{made:%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//amtweb//Dates of options and shares//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for entry in entries for line in _event(entry, stamp)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """Text as a value; what no calendar may hold is left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in plain if sign == "\n" or sign.isprintable())
    return "".join(ESCAPES.get(sign, sign) for sign in kept)


def folded(line: str) -> bytes:
    """The line with its break; a long one goes on after a space, never within a character."""
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join((*pieces, piece)) + b"\r\n"


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(NAMES, entry.key)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(entry.summary)}"
    yield f"DESCRIPTION:{escaped(entry.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"
