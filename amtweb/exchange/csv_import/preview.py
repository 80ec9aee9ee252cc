"""A plan as a person looks it over before anything is taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.exchange.csv_import import cells
from amtweb.exchange.csv_import.table_kinds import EXERCISES, FORM_3921, SALES, VESTINGS
from amtweb.scenarios.bench import selected
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.wording import write_dollars
from amtweb.scenarios.headline import headline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.exchange.csv_import.plan import MoreYears, Plan
    from amtweb.exchange.csv_import.rows import NewGrant, Shown
    from amtweb.exchange.csv_import.table_kinds import TableKind
    from amtweb.exchange.csv_import.table_text import Column, Problem
    from amtweb.scenarios.bench import Mistake
    from calculator import ScenarioResult

MOST_SHOWN = 100
"""Problems that are listed."""
MOST_ROWS = 500
NOT_SHOWN = frozenset(("account", "grant", "from"))
"""What is not kept, and what stands in words beside the row."""
ACRONYMS = {"iso": "ISO", "nso": "NSO"}


class Cell(NamedTuple):
    """A cell of the table of rows."""

    text: str
    is_number: bool
    is_day: bool = False


class ShownRow(NamedTuple):
    """A row of the table as it is understood."""

    number: int
    cells: tuple[Cell, ...]
    is_there: bool


class Figure(NamedTuple):
    """A figure of the headline before and after."""

    label: str
    before: str
    after: str
    change: str


class Preview(NamedTuple):
    """What the page shows."""

    kind: TableKind
    problems: tuple[Problem, ...]
    more_problems: int
    count_of_problems: int
    remarks: tuple[str, ...]
    headings: tuple[tuple[str, bool], ...]
    rows: tuple[ShownRow, ...]
    new_grants: tuple[NewGrant, ...]
    duplicates: int
    taken: int
    can_be_taken: bool
    lacks: MoreYears | None
    sentence: str
    figures: tuple[Figure, ...]
    cautions: tuple[Mistake, ...]


def preview_of(kind: TableKind, plan: Plan, *, is_new: bool) -> Preview:
    """The plan for a page; for a new scenario there is no before."""
    shown = [c for c in kind.columns if c.key in plan.table.positions and c.key not in NOT_SHOWN]
    after = plan.after.result if plan.is_sound else None
    before = None if is_new else plan.before.result
    there = {(each.path, each.message) for each in plan.before.cautions}
    of_row = _of_row(kind)
    return Preview(
        kind=kind,
        problems=plan.problems[:MOST_SHOWN],
        more_problems=max(0, len(plan.problems) - MOST_SHOWN),
        count_of_problems=len(plan.problems),
        remarks=plan.remarks,
        headings=(*((column.title, _is_number(column)) for column in shown), *of_row),
        rows=tuple(_row(row, shown, kind) for row in plan.reading.shown),
        new_grants=tuple(plan.reading.new_grants),
        duplicates=sum(row.is_there for row in plan.reading.shown),
        taken=plan.taken,
        can_be_taken=plan.can_be_taken,
        lacks=plan.lacks,
        sentence=headline(after, selected(after, None)).sentence if after else "",
        figures=_figures(before, after) if after and plan.taken else (),
        cautions=tuple(
            each for each in plan.after.cautions if (each.path, each.message) not in there
        ),
    )


SPREAD = ("Spread", True)
BELONGS_TO = {
    **dict.fromkeys((FORM_3921, VESTINGS, EXERCISES), ("Grant", False)),
    SALES: ("Lot", False),
}


def _of_row(kind: TableKind) -> tuple[tuple[str, bool], ...]:
    """Headings of what is worked out of a row, and whether they are of numbers."""
    spread = (SPREAD,) if kind is FORM_3921 else ()
    return (*spread, *((BELONGS_TO[kind],) if kind in BELONGS_TO else ()))


def _row(row: Shown, columns: list[Column], kind: TableKind) -> ShownRow:
    made = [_cell(column, row.values) for column in columns]
    if kind is FORM_3921:
        values = row.values
        gain = max(0.0, values["fair_market_value"] - values["strike"]) * values["shares"]
        made.append(Cell(write_dollars(round(gain, 2)), is_number=True))
    if kind in BELONGS_TO:
        made.append(Cell(row.belongs_to or "a new one", is_number=False))
    return ShownRow(row.number, tuple(made), row.is_there)


def _cell(column: Column, values: Mapping[str, Any]) -> Cell:
    value = values.get(column.key)
    if value is None:
        text = ""
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    elif column.read is cells.price and column.key != "iso_shares":
        text = write_dollars(value)
    elif _is_number(column):
        text = wording.write_amount(value)
    else:
        text = ACRONYMS.get(value, str(value).replace("_", " ")) if column.key == "kind" else value
    return Cell(text, _is_number(column), column.read is cells.date)


def _is_number(column: Column) -> bool:
    return column.read in (cells.price, cells.shares)


def _figures(before: ScenarioResult | None, after: ScenarioResult) -> tuple[Figure, ...]:
    """The sums over all years, and what is left at the end."""
    labels = {
        "amt": "AMT",
        "credit_used": "Credit used",
        "credit_left": "Credit left at the end",
        "federal_tax": "Federal tax",
    }
    return tuple(
        _figure(
            label, getattr(before.totals, name) if before else None, getattr(after.totals, name)
        )
        for name, label in labels.items()
    )


def _figure(label: str, before: Any, after: Any) -> Figure:
    if before is None:
        return Figure(label, "", dollars(float(after)), "")
    change = float(after) - float(before)
    sign = "+" if change >= 0.5 else ""
    return Figure(label, dollars(float(before)), dollars(float(after)), f"{sign}{dollars(change)}")
