"""The kinds of table that can be brought in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amtweb.exchange.csv_import.columns_of_options import (
    EXERCISE_COLUMNS,
    FORM_3921_COLUMNS,
    GRANT_COLUMNS,
    VESTING_COLUMNS,
)
from amtweb.exchange.csv_import.columns_of_shares import HOLDING_COLUMNS, SALE_COLUMNS

if TYPE_CHECKING:
    from amtweb.exchange.csv_import.table_text import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKind:
    """A kind of table."""

    slug: str
    title: str
    holds: str
    """What each row is, in a few words."""
    adds: str
    """What rows become in the document."""
    columns: tuple[Column, ...]


FORM_3921, GRANTS, VESTINGS, EXERCISES, HOLDINGS, SALES = KINDS = (
    TableKind(
        slug="form-3921",
        title="Form 3921",
        holds="A row for each transfer of ISO shares, with the boxes of the form.",
        adds="exercises",
        columns=FORM_3921_COLUMNS,
    ),
    TableKind(
        slug="grants",
        title="Grants",
        holds="A row for each grant of options.",
        adds="grants",
        columns=GRANT_COLUMNS,
    ),
    TableKind(
        slug="vestings",
        title="Vesting",
        holds="A row for each day on which options of a grant vest.",
        adds="vestings",
        columns=VESTING_COLUMNS,
    ),
    TableKind(
        slug="exercises",
        title="Exercises",
        holds="A row for each exercise of a grant, of ISOs or NSOs.",
        adds="exercises",
        columns=EXERCISE_COLUMNS,
    ),
    TableKind(
        slug="holdings",
        title="Holdings",
        holds="A row for each lot of shares that you held before the first year.",
        adds="holdings",
        columns=HOLDING_COLUMNS,
    ),
    TableKind(
        slug="sales",
        title="Sales",
        holds="A row for each sale from one lot.",
        adds="sales",
        columns=SALE_COLUMNS,
    ),
)
TABLE_KINDS = {kind.slug: kind for kind in KINDS}
