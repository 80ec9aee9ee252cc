"""Which other kind of table a text may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.exchange.csv_import.decoding import NotATableError
from amtweb.exchange.csv_import.table_kinds import KINDS
from amtweb.exchange.csv_import.table_text import SEARCHED_FOR_HEADINGS, read_table

if TYPE_CHECKING:
    from amtweb.exchange.csv_import.table_kinds import TableKind


def kinds_that_fit(text: str, *, better_than: TableKind) -> tuple[TableKind, ...]:
    """The kinds that know more of the columns, and miss none that they need."""
    top = "\n".join(text.split("\n", SEARCHED_FOR_HEADINGS)[:SEARCHED_FOR_HEADINGS])
    known = _known(top, better_than)
    return tuple(kind for kind in KINDS if _known(top, kind) > known and _is_whole(top, kind))


def _known(top: str, kind: TableKind) -> int:
    try:
        return len(read_table(top, kind.columns).positions)
    except NotATableError:
        return 0


def _is_whole(top: str, kind: TableKind) -> bool:
    return not read_table(top, kind.columns).lacks_columns
