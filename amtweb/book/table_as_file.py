"""The table of the book as plain rows, for whatever program opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.exchange.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amtweb.book.table import Row
    from amtweb.exchange.tables import Cell

COLUMNS = (
    *("client", "to_look_at", "year", "credit_balance", "amt", "amt_loss_to_pair"),
    *("credit_at_risk", "room_before_amt", "iso_options_left", "next_date", "next_date_is"),
    *("advisor", "tags", "computed_on", "without_figures_because"),
)


def book_as_table(rows: Iterable[Row]) -> Table:
    """One row a client; what is not known is empty, and never zero."""
    return Table("Clients", COLUMNS, tuple(map(_cells, rows)), in_dollars=True)


def _cells(row: Row) -> tuple[Cell, ...]:
    line, client = row.line, row.client
    figures: tuple[Cell, ...] = (None,) * 7
    if line is not None:
        figures = (
            *(line.year, line.credit_balance, line.amt, line.loss_to_pair),
            *(line.credit_at_risk, line.room_before_amt, line.options_left),
        )
    return (
        client.name,
        "; ".join(reason.words for reason in row.reasons),
        *figures,
        row.next.on if row.next else None,
        row.next.words if row.next else None,
        client.advisor.user.email if client.advisor else None,
        ", ".join(tag.name for tag in client.tags.all()),
        line.computed_at.date() if line is not None else None,
        row.trouble,
    )
