"""Makes columns of each type, as the tables of scenarios have them.

The key of a column is the field of the document that it fills in, or what finds that field.
"""

from __future__ import annotations

from dataclasses import replace

from amtweb.exchange.csv_import import cells
from amtweb.exchange.csv_import.table_text import Column


def text(key: str, title: str, *names: str, example: str = "", explained: str = "") -> Column:
    """A name."""
    return Column(
        key=key, title=title, names=names, read=cells.text, example=example, explained=explained
    )


def date(key: str, title: str, *names: str, example: str = "", explained: str = "") -> Column:
    """A day."""
    made = text(key, title, *names, example=example, explained=explained)
    return replace(made, read=cells.date)


def price(key: str, title: str, *names: str, example: str = "", explained: str = "") -> Column:
    """Dollars a share."""
    made = text(key, title, *names, example=example, explained=explained)
    return replace(made, read=cells.price)


def yes_or_no(key: str, title: str, *names: str, explained: str) -> Column:
    """Whether something is so."""
    return replace(text(key, title, *names, explained=explained), read=cells.yes_or_no)


def shares(*names: str, title: str = "Shares", example: str, explained: str = "") -> Column:
    """How many shares a row is about."""
    made = text("shares", title, *names, example=example, explained=explained)
    return needed(replace(made, read=cells.shares))


def needed(column: Column) -> Column:
    """The same, where every row must say it."""
    return replace(column, required=True)


def needed_text(key: str, title: str, *names: str, example: str, explained: str = "") -> Column:
    """A name that every row has."""
    return needed(text(key, title, *names, example=example, explained=explained))


def needed_date(key: str, title: str, *names: str, example: str, explained: str = "") -> Column:
    """A day that every row has."""
    return needed(date(key, title, *names, example=example, explained=explained))


def needed_price(key: str, title: str, *names: str, example: str, explained: str = "") -> Column:
    """Dollars a share that every row has."""
    return needed(price(key, title, *names, example=example, explained=explained))


ID = text(
    "id", "Id", "Identifier", explained="Yours, to name the row elsewhere; blank: made for you."
)
STOCK = text(
    *("stock", "Stock", "Company", "Symbol", "Ticker"),
    explained="If there is more than one company.",
)
WHOSE = Column(
    key="owner",
    title="Whose",
    names=("Owner",),
    read=cells.one_of({"self": "self", "yours": "self", "spouse": "spouse"}, "self or spouse"),
    explained="self or spouse; blank: self.",
)
