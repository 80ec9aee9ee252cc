"""What a table would do to a scenario: the scenario with its rows, or all that is in the way."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.exchange.csv_import.form_3921 import transfers_of
from amtweb.exchange.csv_import.rows import Addition, Reading, rows_of
from amtweb.exchange.csv_import.table_kinds import FORM_3921
from amtweb.exchange.csv_import.table_text import Problem, Table, read_table
from amtweb.exchange.csv_import.templates import example_of
from amtweb.scenarios.bench import Bench, work
from amtweb.scenarios.editor import typed
from calculator import Scenario
from calculator.fields import MOST_YEARS, document_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.exchange.csv_import.table_kinds import TableKind
    from amtweb.scenarios.bench import Mistake
    from amtweb.scenarios.editor.typed import Tree

_IN_A_ROW = re.compile(r"([a-z]+)\[([0-9]+)\](?:\.(.+))?")
NOT_COMPUTED = "The scenario itself has mistakes. Correct them first: then rows can be added to it."


class Choices(NamedTuple):
    """What the person decides about a table."""

    with_duplicates: bool = False
    """Take once more what the scenario has already."""
    more_years: bool = False
    """Add the years up to the last event."""
    granted: Mapping[str, str] = {}
    """How many options new grants had, as typed, where it is not what the page filled in."""


class MoreYears(NamedTuple):
    """Years that the scenario lacks for the events of a table."""

    first: int
    last: int
    copied: int
    """The year that they would be copies of."""


class Plan(NamedTuple):
    """What would become of the scenario."""

    before: Bench
    after: Bench
    table: Table
    reading: Reading
    problems: tuple[Problem, ...]
    """In the order of the table; those of the scenario as a whole come first."""
    remarks: tuple[str, ...]
    lacks: MoreYears | None

    @property
    def taken(self) -> int:
        """How many rows of the table are taken over."""
        return len({addition.source for addition in self.reading.additions})

    @property
    def years_of_events(self) -> tuple[int, ...]:
        """The years of the exercises and sales that are taken over."""
        return _years_of_events(self.reading.additions)

    @property
    def has_duplicates(self) -> bool:
        """Whether the scenario has some of the rows already."""
        return any(row.is_there for row in self.reading.shown)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is in the way."""
        return not self.problems and not any(new.mistake for new in self.reading.new_grants)

    @property
    def can_be_taken(self) -> bool:
        """Whether there is something to take over, and nothing in the way."""
        return self.is_sound and self.taken > 0


def plan_of(
    kind: TableKind, text: str, tree: Tree, last_good: Mapping[str, Any], choices: Choices
) -> Plan:
    """What the table in a text would do to what stands in an editor.

    Raises:
        NotATableError: The text cannot be read as a table.
    """
    table = read_table(text, kind.columns)
    before = work(tree, last_good)
    document = before.document or dict(last_good)
    if kind is FORM_3921:
        reading = transfers_of(
            table, document, choices.granted, with_duplicates=choices.with_duplicates
        )
    else:
        reading = rows_of(kind, table, document, with_duplicates=choices.with_duplicates)
    lacks = _years_lacked(document, reading.additions)
    merged = _with_years(tree, lacks) if choices.more_years else copy.deepcopy(tree)
    sources = _add(merged, reading.additions)
    # As if they had counted before, so that none is left out as one that was only begun.
    after = work(merged, {**last_good, **_with_ids(document, reading.additions)})
    problems = [*table.problems, *reading.problems]
    if before.document is None:
        problems = [Problem(0, 0, "Scenario", NOT_COMPUTED), *problems]
    else:
        problems += [_in_the_table(mistake, sources, table) for mistake in after.mistakes]
    remarks = (
        *table.remarks,
        *_examples(kind, table),
        *reading.remarks,
        *_before_the_years(document, reading),
    )
    return Plan(before, after, table, reading, tuple(sorted(problems)), tuple(remarks), lacks)


def _add(tree: Tree, additions: list[Addition]) -> dict[tuple[str, int], Addition]:
    """Appends the rows, and says which stands where."""
    sources = {}
    for addition in additions:
        rows = tree.setdefault(addition.kind, [])
        sources[addition.kind, len(rows)] = addition
        rows.append(typed.tree_of(ROW_TYPES[addition.kind], addition.row))
    return sources


ROW_TYPES = {field.key: field.nested for field in document_fields(Scenario) if field.many}


def _with_ids(document: Mapping[str, Any], additions: list[Addition]) -> dict[str, Any]:
    rows: dict[str, list[Any]] = {}
    for addition in additions:
        rows.setdefault(addition.kind, []).append(addition.row)
    return {kind: [*(document.get(kind) or ()), *added] for kind, added in rows.items()}


def _in_the_table(
    mistake: Mistake, sources: Mapping[tuple[str, int], Addition], table: Table
) -> Problem:
    match = _IN_A_ROW.fullmatch(mistake.path)
    addition = sources.get((match[1], int(match[2]))) if match else None
    if match is None or addition is None:
        return Problem(0, 0, f"Scenario, {mistake.place}", mistake.message)
    field = match[3] or ""
    return table.problem(addition.source, addition.columns.get(field, field), mistake.message)


def _years_of_events(additions: list[Addition]) -> tuple[int, ...]:
    return tuple(_year(a.row["date"]) for a in additions if a.kind in ("exercises", "sales"))


def _years_lacked(document: Mapping[str, Any], additions: list[Addition]) -> MoreYears | None:
    first, last = (document["years"][place]["year"] for place in (0, -1))
    needed = max(_years_of_events(additions), default=last)
    if not last < needed < first + MOST_YEARS:
        return None
    return MoreYears(last + 1, needed, last)


def _with_years(tree: Tree, lacks: MoreYears | None) -> Tree:
    merged = copy.deepcopy(tree)
    if lacks is not None:
        last = merged["years"][-1]
        merged["years"] += [
            copy.deepcopy(last) | {"year": str(year)} for year in range(lacks.first, lacks.last + 1)
        ]
    return merged


def _before_the_years(document: Mapping[str, Any], reading: Reading) -> list[str]:
    first = document["years"][0]["year"]
    early = [
        a.source
        for a in reading.additions
        if a.kind == "exercises" and _year(a.row["date"]) < first
    ]
    if not early:
        return []
    rows = (
        f"Row {early[0]} was"
        if len(early) == 1
        else f"{len(early)} rows, from row {early[0]}, were"
    )
    return [
        f"{rows} exercised before {first}, the first year of the scenario: that only gives shares"
        " to sell, with both bases. Any AMT of it lies in the past and belongs to what is carried"
        " in, unless you add earlier years."
    ]


def _examples(kind: TableKind, table: Table) -> list[str]:
    """Templates are filled in below the row that they come with."""
    example = example_of(kind)
    rows = [record.row for record in table.records if record.values == example]
    if not rows or len(table.records) == len(rows):
        return []
    return [f"Row {rows[0]} is the example of the template: take it out if it is not yours."]


def _year(day: str) -> int:
    return int(day[:4])
