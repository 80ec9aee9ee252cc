"""Text out of the bytes of a file: in which encoding it is, and what is no text at all."""

from __future__ import annotations

import codecs
from typing import NamedTuple

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAVE_AS_CSV = (
    "Open it in the spreadsheet, choose “Save as” or “Download”, then “CSV UTF-8 (comma"
    " delimited)”, and take that file."
)
NOT_TEXT = (
    (b"PK\x03\x04", f"This is a workbook (XLSX) and not a CSV file. {SAVE_AS_CSV}"),
    (b"\xd0\xcf\x11\xe0", f"This is an old Excel workbook (XLS) and not a CSV file. {SAVE_AS_CSV}"),
    (
        b"%PDF",
        "This is a PDF and not a CSV file. Ask who sent it for a CSV file, or copy its figures"
        " into the template.",
    ),
)
BINARY = f"This file is not text, so it is no CSV file. {SAVE_AS_CSV}"
NOT_TABLES = (
    ("{", "This is no table. A scenario file (JSON) is brought in at “Import a scenario”."),
    ("<", f"This is a web page or XML, whatever its name says, and not a CSV file. {SAVE_AS_CSV}"),
)
OF_WINDOWS = (
    "The file is not in UTF-8 and was read as Western text of Windows: see whether accents and"
    " signs are right."
)


class NotATableError(Exception):
    """What was sent cannot be read as a table at all; the text says why, and what to do."""


class Decoded(NamedTuple):
    """The text of a file."""

    text: str
    remark: str = ""


def decoded(content: bytes) -> Decoded:
    """The text in UTF-8, in UTF-16 as Excel's “Unicode text”, or in Windows-1252.

    Raises:
        NotATableError: It is no text, or a text that is surely no table.
    """
    for beginning, message in NOT_TEXT:
        if content.startswith(beginning):
            raise NotATableError(message)
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "")
    try:
        text = content.decode(encoding or _without_mark(content))
    except UnicodeDecodeError:
        if encoding:
            raise NotATableError(BINARY) from None
        return Decoded(as_table_text(_of_windows(content)), OF_WINDOWS)
    return Decoded(as_table_text(text))


def as_table_text(text: str) -> str:
    """Text that may be a table.

    Raises:
        NotATableError: It surely is none.
    """
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        raise NotATableError(BINARY)
    begins = text.lstrip()[:1]
    for sign, message in NOT_TABLES:
        if begins == sign:
            raise NotATableError(message)
    return text


def _without_mark(content: bytes) -> str:
    """UTF-8, unless every other byte at the beginning is what UTF-16 writes for plain letters."""
    beginning = content[:200]
    for first_null, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        nulls = beginning[first_null::2]
        others = beginning[1 - first_null :: 2]
        if len(nulls) > 1 and nulls.count(0) > 0.8 * len(nulls) and not others.count(0):
            return name
    return "utf-8"


def _of_windows(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise NotATableError(BINARY) from None
