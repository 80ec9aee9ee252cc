"""The calendar file, as RFC 5545 asks for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from amtweb.exchange.calendar_text import Entry, calendar_of, escaped, folded

MADE = datetime(2026, 11, 22, 7, 8, 9, tzinfo=UTC)
ENTRY = Entry("grants-0-date expires", date(2026, 12, 31), "Expires: Astra", "The last day.")


def lines_of(calendar: bytes) -> list[str]:
    """The content lines, long ones put together again: RFC 5545, 3.1."""
    assert calendar.endswith(b"\r\n")
    assert b"\n" not in calendar.replace(b"\r\n", b"")
    return calendar.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def test_a_day_is_an_event_of_the_whole_day_that_ends_before_the_next() -> None:
    lines = lines_of(calendar_of("Days", [ENTRY], MADE))

    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", lines[2]]
    assert lines[2].startswith("PRODID:")
    assert lines[-1] == "END:VCALENDAR"
    event = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    assert dict(line.split(":", 1) for line in event) | {"UID": ""} == {
        "UID": "",
        "DTSTAMP": "20261122T070809Z",
        "DTSTART;VALUE=DATE": "20261231",
        "DTEND;VALUE=DATE": "20270101",
        "SUMMARY": "Expires: Astra",
        "DESCRIPTION": "The last day.",
        "TRANSP": "TRANSPARENT",
        "CLASS": "PRIVATE",
    }


def test_an_event_keeps_its_name_when_its_day_moves_and_shares_it_with_no_other() -> None:
    def uid(entry: Entry) -> str:
        return next(x for x in lines_of(calendar_of("", [entry], MADE)) if x.startswith("UID:"))

    assert uid(ENTRY) == uid(ENTRY._replace(day=date(2027, 1, 1), summary="Later"))
    assert uid(ENTRY) != uid(ENTRY._replace(key="grants-1-date expires"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a, b; c", "a\\, b\\; c"),
        ("back\\slash", "back\\\\slash"),
        ("two\r\nlines\nand\rthree", "two\\nlines\\nand\\nthree"),
        ("bell\x07 and\x00 nothing", "bell and nothing"),
        ("BEGIN:VEVENT", "BEGIN:VEVENT"),
    ],
)
def test_text_cannot_end_its_line_or_its_value(text: str, value: str) -> None:
    assert escaped(text) == value


@pytest.mark.parametrize("sign", ["x", "é", "€", "𝄞"])
@pytest.mark.parametrize("length", [1, 74, 75, 76, 150, 400])
def test_no_line_is_longer_than_75_octets_nor_a_character_torn(sign: str, length: int) -> None:
    made = folded(sign * length)

    pieces = made.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert all(piece.decode() for piece in pieces)
    assert made.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == sign * length


def test_a_name_over_several_lines_makes_no_event_of_its_own() -> None:
    hostile = ENTRY._replace(summary="x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1")

    lines = lines_of(calendar_of("a\nb", [hostile], MADE))

    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
