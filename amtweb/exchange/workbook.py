"""Tables as the sheets of a workbook: numbers, dates and text, and nothing that is computed."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amtweb.exchange.tables import Cell, Table

TEXT_STAYS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""
CUT = " … (cut)"
NARROWEST, WIDEST = 10, 60
"""Of a column, in characters."""


def workbook_of(tables: Iterable[Table]) -> bytes:
    """The tables in Office Open XML (ISO/IEC 29500), a sheet each, the headings held in sight."""
    content = io.BytesIO()
    with Workbook(content, TEXT_STAYS_TEXT) as book:
        heading = book.add_format({"bold": True})
        dollars = book.add_format({"num_format": "#,##0.00"})
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, table.labels)
            for column, name in enumerate(table.columns):
                sheet.set_column(column, column, _width(table, column))
                sheet.write_string(0, column, name, heading)
            for row, cells in enumerate(table.rows, start=1):
                for column, cell in enumerate(cells):
                    _write(sheet, (row, column), cell, dollars if table.in_dollars else None, date)
    return content.getvalue()


def _write(sheet: Any, at: tuple[int, int], cell: Cell, amount: Any, date: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(*at, cell)
    elif isinstance(cell, str):
        sheet.write_string(*at, fitting(cell))
    elif isinstance(cell, datetime.date):
        sheet.write_datetime(*at, cell, date)
    else:
        sheet.write_number(*at, cell, amount if isinstance(cell, float) else None)


def _width(table: Table, column: int) -> int:
    """Room for the longest of the column, and no more than can be read at once."""
    longest = max(map(_length, (table.columns[column], *(row[column] for row in table.rows))))
    return min(max(longest + 2, NARROWEST), WIDEST)


def _length(cell: Cell) -> int:
    """Characters, as far as they say how wide a cell is shown."""
    return len(f"{cell:,.2f}" if isinstance(cell, float) else str(cell))


def fitting(text: str) -> str:
    """The text as far as a cell holds it, which is marked where it is cut."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(CUT)] + CUT
