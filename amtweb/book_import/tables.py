"""The tables that a book is brought in by: its clients, and what each has, by a column of clients.

All but the first are those of a scenario with one column more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from amtweb.book_import.models import LONGEST_REFERENCE
from amtweb.exchange.csv_import import cells
from amtweb.exchange.csv_import.column_makers import needed_text, text
from amtweb.exchange.csv_import.table_kinds import (
    EXERCISES,
    GRANTS,
    HOLDINGS,
    SALES,
    VESTINGS,
    TableKind,
)
from amtweb.exchange.csv_import.table_text import CellError, Column, Value, short
from amtweb.firms.forms import FIRST_BORN, LAST_BORN, LONGEST_TAG, MOST_TAGS
from amtweb.firms.models import LONGEST_NAME, LONGEST_NOTES

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE: Final = (1, 2)
STATUSES: dict[str, str | bool] = {
    **dict.fromkeys(("single",), "single"),
    **dict.fromkeys(
        ("married filing jointly", "joint", "jointly", "married", "MFJ"), "married_filing_jointly"
    ),
    **dict.fromkeys(
        ("married filing separately", "separately", "MFS"), "married_filing_separately"
    ),
    **dict.fromkeys(("head of household", "HOH"), "head_of_household"),
    **dict.fromkeys(
        ("qualifying surviving spouse", "surviving spouse", "QSS"), "qualifying_surviving_spouse"
    ),
}


def _up_to(longest: int) -> Callable[[str], Value]:
    def read(typed: str) -> Value:
        value = cells.text(typed)
        if len(value.value) > longest:
            raise CellError(f"This has {len(value.value):,} letters; up to {longest:,} are taken.")
        return value

    return read


def _year(typed: str) -> Value:
    if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
        raise CellError(f"“{short(typed)}” is no year: write it as 2026.")
    return Value(int(typed))


def _born(typed: str) -> Value:
    year = typed if typed.isascii() and typed.isdigit() else ""
    if not (year and FIRST_BORN <= int(year[:5]) <= LAST_BORN):
        raise CellError(f"“{short(typed)}” is no year of birth: write it as 1985.")
    return Value(int(year))


def _tags(typed: str) -> Value:
    """Each once, whatever its capitals."""
    names: dict[str, str] = {}
    for each in str(cells.text(typed).value).replace(";", ",").split(","):
        tidy = " ".join(each.split())
        if len(tidy) > LONGEST_TAG:
            raise CellError(f"“{short(tidy)}” is longer than {LONGEST_TAG} letters.")
        if tidy:
            names.setdefault(tidy.casefold(), tidy)
    if len(names) > MOST_TAGS:
        raise CellError(f"These are {len(names)} tags; a client has up to {MOST_TAGS}.")
    return Value(tuple(names.values()))


def _dollars(key: str, title: str, *names: str, explained: str) -> Column:
    return replace(text(key, title, *names, explained=explained), read=cells.dollars)


def _person(number: int) -> tuple[Column, Column]:
    example = ("Ada Lovelace", "1985") if number == 1 else ("", "")
    name = text(
        *(f"person_{number}", f"Person {number}", f"Name {number}", f"Person {number} name"),
        example=example[0],
    )
    born = text(
        *(f"born_{number}", f"Born {number}", f"Birth year {number}", f"Year of birth {number}"),
        example=example[1],
        explained="A year.",
    )
    return replace(name, read=_up_to(LONGEST_NAME)), replace(born, read=_born)


CLIENT_COLUMNS: Final = (
    replace(
        text(
            *("reference", "Reference", "Client id", "Client number", "Household id", "Id"),
            example="C-1001",
            explained="What your files call the client; other tables can name it by this.",
        ),
        read=_up_to(LONGEST_REFERENCE),
    ),
    replace(
        needed_text(
            *("name", "Client", "Client name", "Household", "Household name", "Name"),
            example="Lovelace household",
        ),
        read=_up_to(LONGEST_NAME),
    ),
    *_person(1),
    *_person(2),
    text(
        *("advisor", "Advisor", "Advisor e-mail", "Advisor's e-mail", "Advisor email"),
        *("Advisor in charge",),
        explained="The e-mail address of a member of the firm; blank: nobody yet.",
    ),
    replace(
        text("tags", "Tags", "Tag", example="tech, 2026", explained="Parted by commas."),
        read=_tags,
    ),
    Column(
        key="filing_status",
        title="Filing status",
        names=("Status",),
        read=cells.one_of(
            STATUSES,
            "single, married filing jointly, married filing separately, head of household or"
            " qualifying surviving spouse",
        ),
        example="single",
        explained="Blank: single.",
    ),
    _dollars(
        *("minimum_tax_credit", "AMT credit", "Opening AMT credit", "Minimum tax credit"),
        *("Credit carried in",),
        explained="Dollars that are carried into the first year; blank: none.",
    ),
    _dollars("wages", "Wages", "Salary", explained="Dollars of every year; blank: none."),
    replace(
        text("first_year", "First year", explained="Of the scenario; blank: this one."),
        read=_year,
    ),
    replace(
        text("notes", "Notes", explained="For your firm alone: no client ever sees them."),
        read=_up_to(LONGEST_NOTES),
    ),
)
CLIENT: Final = needed_text(
    *("client", "Client", "Client name", "Household", "Household name", "Reference"),
    *("Client id", "Client number", "Household id"),
    example="C-1001",
    explained="The reference or the name of a client of the first table, or of one you have.",
)
FIELDS: Final = {
    "household.filing_status": "filing_status",
    "opening.minimum_tax_credit": "minimum_tax_credit",
}
"""By the place in the scenario, the column of clients that fills it in."""


class BookTable(NamedTuple):
    """A table of a book."""

    shown: TableKind
    """With the column of clients."""
    of_one: TableKind | None
    """The same of one scenario; None for the clients themselves."""

    @property
    def slug(self) -> str:
        """Its name in addresses and forms."""
        return self.shown.slug


CLIENTS: Final = BookTable(
    TableKind(
        slug="clients",
        title="Clients",
        holds="A row for each household.",
        adds="clients",
        columns=CLIENT_COLUMNS,
    ),
    None,
)
TABLES: Final = (
    CLIENTS,
    *(
        BookTable(replace(kind, columns=(CLIENT, *kind.columns)), kind)
        for kind in (GRANTS, VESTINGS, EXERCISES, HOLDINGS, SALES)
    ),
)
BY_SLUG: Final = {table.slug: table for table in TABLES}
