"""Tables of the answers: plain ones, and maps whose cells are coloured by their amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import short_dollars

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DARKEST = 6
"""The last of the steps of colour, from 0 for nothing."""


class TableRow(NamedTuple):
    """A line of a table."""

    name: str
    cells: tuple[str, ...]
    tag: str = ""
    """A word that sets the line apart: ``least tax``."""


class Table(NamedTuple):
    """Text in lines and columns."""

    title: str
    corner: str
    """The heading of the lines' names."""
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @property
    def of_lines(self) -> frozenset[int]:
        """The columns that hold numbers of lines of forms, which a phone does without."""
        return frozenset(
            place
            for place, column in enumerate(self.columns)
            if column == "Line" or column.startswith("Form ")
        )

    @property
    def of_words(self) -> frozenset[int]:
        """The columns that hold words alone, which begin at the left as words do."""
        return frozenset(
            place
            for place in range(len(self.columns))
            if self.rows and all(row.cells[place][:1].isalpha() for row in self.rows)
        )


class MapCell(NamedTuple):
    """An amount and how dark it is."""

    text: str
    step: int


class MapRow(NamedTuple):
    """A line of a map."""

    name: str
    cells: tuple[MapCell, ...]


class AmountMap(NamedTuple):
    """Amounts over two things, seen at a glance."""

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[MapRow, ...]


def amount_map(
    title: str,
    corner: str,
    columns: Iterable[str],
    rows: Sequence[tuple[str, Sequence[float]]],
) -> AmountMap:
    """A map in which the largest amount is the darkest."""
    largest = max((amount for _, amounts in rows for amount in amounts), default=0.0)

    def cell(amount: float) -> MapCell:
        if round(amount) <= 0:
            return MapCell("0", 0)
        step = 1 + int(amount / largest * DARKEST * 0.9999)
        return MapCell(short_dollars(float(f"{amount:.3g}")).removeprefix("$"), step)

    return AmountMap(
        title,
        corner,
        tuple(columns),
        tuple(MapRow(name, tuple(map(cell, amounts))) for name, amounts in rows),
    )
