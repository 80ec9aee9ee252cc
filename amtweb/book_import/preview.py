"""A plan as a person looks it over before anything is taken over."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from amtweb.book_import.tables import TABLES
from amtweb.book_import.taking import counted
from amtweb.exchange.csv_import.table_text import letter_of, short

if TYPE_CHECKING:
    from amtweb.book_import.households import Household
    from amtweb.book_import.plan import Plan, Wrong
    from amtweb.exchange.csv_import.table_text import Table

MOST_PROBLEMS = 100
MOST_ROWS = 100
"""Of each table; those with problems come before others."""
MOST_HOUSEHOLDS = 100
LONGEST_CELL = 60


class Cell(NamedTuple):
    """A cell as it stands in the table."""

    text: str
    wrong: str
    """Why it cannot be taken; empty if it can."""


class Row(NamedTuple):
    """A row of a table that was sent."""

    number: int
    cells: tuple[Cell, ...]
    wrong: str
    """What is wrong with it as a whole."""


class Sheet(NamedTuple):
    """A table as it was sent."""

    slug: str
    title: str
    headings: tuple[tuple[str, str], ...]
    """Letters and headings."""
    rows: tuple[Row, ...]
    more: int
    """Rows that are not shown."""


class Shown(NamedTuple):
    """A household that would be made."""

    name: str
    is_there: bool
    people: str
    advisor: str
    tags: str
    holds: str


class Preview(NamedTuple):
    """What the page shows."""

    problems: tuple[Wrong, ...]
    count_of_problems: int
    more_problems: int
    remarks: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    counts: str
    households: tuple[Shown, ...]
    more_households: int
    can_be_taken: bool
    has_same_names: bool


def preview_of(plan: Plan, remarks: tuple[str, ...]) -> Preview:
    """The plan for a page."""
    read = tuple(
        f"{table.shown.title}: {remark}"
        for table in TABLES
        if table.slug in plan.tables
        for remark in plan.tables[table.slug].remarks
    )
    shown = plan.households[:MOST_HOUSEHOLDS] if plan.can_be_taken else ()
    return Preview(
        problems=plan.problems[:MOST_PROBLEMS],
        count_of_problems=len(plan.problems),
        more_problems=max(0, len(plan.problems) - MOST_PROBLEMS),
        remarks=remarks + read,
        sheets=_sheets(plan) if plan.problems else (),
        counts=counted(plan.counts),
        households=tuple(_household(each) for each in shown),
        more_households=len(plan.households) - len(shown) if plan.can_be_taken else 0,
        can_be_taken=plan.can_be_taken,
        has_same_names=plan.has_same_names,
    )


def _sheets(plan: Plan) -> tuple[Sheet, ...]:
    """The tables in which something is wrong, with the cells."""
    wrong: dict[str, dict[int, dict[int, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for each in plan.problems:
        problem = each.problem
        wrong[each.table.slug][problem.row][problem.column].append(problem.message)
    return tuple(
        _sheet(table.slug, table.shown.title, plan.tables[table.slug], wrong[table.slug])
        for table in TABLES
        if table.slug in wrong
    )


def _sheet(slug: str, title: str, table: Table, wrong: dict[int, dict[int, list[str]]]) -> Sheet:
    numbers = [number for number in table.cells if number in wrong]
    numbers = sorted(numbers[:MOST_ROWS]) or list(table.cells)[:MOST_ROWS]
    rows = tuple(
        Row(
            number,
            tuple(
                Cell(
                    short(_cell(table.cells[number], place), LONGEST_CELL),
                    " ".join(wrong.get(number, {}).get(place + 1, ())),
                )
                for place in range(len(table.headings))
            ),
            " ".join(wrong.get(number, {}).get(0, ())),
        )
        for number in numbers
    )
    headings = tuple(
        (letter_of(place), short(heading)) for place, heading in enumerate(table.headings)
    )
    return Sheet(slug, title, headings, rows, len(table.cells) - len(rows))


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _household(household: Household) -> Shown:
    holds = ((table, len(household.records.get(table.slug, ()))) for table in TABLES[1:])
    counts = {table.shown.title.lower(): count for table, count in holds if count}
    people = (f"{name}, {born}" if born else name for name, born in household.people)
    return Shown(
        household.name,
        household.known is not None,
        "; ".join(people),
        str(household.values.get("advisor", "")),
        ", ".join(household.values.get("tags", ())),
        counted(counts),
    )
