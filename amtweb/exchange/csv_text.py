"""Tables as CSV (RFC 4180), in which text stays text.

Spreadsheets take a cell that begins with certain signs for a formula.  An apostrophe before it
keeps it what it is; numbers need none, so that a negative one stays a number.
"""

from __future__ import annotations

import csv
import datetime
import io
from typing import TYPE_CHECKING

from amtweb.formulas import kept_as_text

if TYPE_CHECKING:
    from amtweb.exchange.tables import Cell, Table


def csv_of(table: Table) -> bytes:
    """The table in UTF-8 with the mark by which spreadsheets know it; text is in quotes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(table.columns)
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return kept_as_text(value)
    return value
