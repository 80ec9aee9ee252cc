"""The inputs that differ, in the words of the page; rows are matched by their year or id."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.comparing.sentences import span
from amtweb.scenarios.differences import ADDED, MOVED, REMOVED, differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from amtweb.comparing.columns import Column
    from amtweb.scenarios.differences import Difference

MOST = 150
"""Rows that are listed; two scenarios that have nothing in common differ in thousands."""
ABSENT = "\N{EN DASH}"
THERE = "there"
WITHOUT_EFFECT = ("title", "notes")
_ROW = re.compile(r"(?P<rows>[a-z]+)\[(?P<number>[0-9]+)\](?P<field>.*)")

Name = tuple[str, object, str]
"""The list that an input is in, the row's year or id, and the rest of its path."""


class InputRow(NamedTuple):
    """An input across the columns."""

    place: str
    cells: tuple[str, ...]


class Inputs(NamedTuple):
    """Those that differ, and how many there are."""

    rows: tuple[InputRow, ...]
    more: int
    """Beyond those that are listed."""


class _Found(NamedTuple):
    difference: Difference
    texts: dict[int, str]
    """By the place of the column, where it differs from the first."""


def inputs_that_differ(columns: Sequence[Column]) -> Inputs:
    """Every input in which any column differs from the first; successive years that are alike are
    told once.
    """
    first, *others = columns
    found: dict[Name, _Found] = {}
    for place, other in enumerate(others, start=1):
        for each in differences(first.document, other.document):
            document = first.document if each.kind == REMOVED else other.document
            name = _name_of(each, document)
            if each.kind != MOVED and _has_effect(name):
                found.setdefault(name, _Found(each, {})).texts[place] = _after(each)
    rows = [*_gathered(_rows(found, len(columns)))]
    spans = tuple(span(column.years) for column in columns)
    if len({*spans}) > 1:
        rows.insert(0, InputRow("Years", spans))
    return Inputs(tuple(rows[:MOST]), max(0, len(rows) - MOST))


def _name_of(each: Difference, document: Mapping[str, Any]) -> Name:
    match = _ROW.fullmatch(each.path)
    if match is None:
        return "", None, each.path
    row = document[match["rows"]][int(match["number"])]
    return match["rows"], row.get("year") or row.get("id"), match["field"]


def _has_effect(name: Name) -> bool:
    """The text of a scenario has none; a year that only one has is told with the span of years."""
    rows, _, field = name
    if rows == "years":
        return bool(field)
    return field not in (WITHOUT_EFFECT if not rows else (".label",))


def _before(each: Difference) -> str:
    return ABSENT if each.kind == ADDED else each.before or THERE


def _after(each: Difference) -> str:
    return ABSENT if each.kind == REMOVED else each.after or THERE


def _rows(found: Mapping[Name, _Found], count: int) -> Iterator[tuple[Difference, tuple[str, ...]]]:
    for each in found.values():
        yield (
            each.difference,
            tuple(each.texts.get(place, _before(each.difference)) for place in range(count)),
        )


def _gathered(rows: Iterator[tuple[Difference, tuple[str, ...]]]) -> Iterator[InputRow]:
    """One row for a run of years in which the same input has the same values."""
    runs: list[list[tuple[Difference, tuple[str, ...]]]] = []
    by_input: dict[object, list[tuple[Difference, tuple[str, ...]]]] = {}
    for each, cells in rows:
        by_input.setdefault((each.label, cells) if each.year else each.path, []).append(
            (each, cells)
        )
    for alike in by_input.values():
        alike.sort(key=lambda row: row[0].year or 0)
        runs.append([alike[0]])
        for before, after in pairwise(alike):
            if (after[0].year or 0) - (before[0].year or 0) > 1:
                runs.append([])
            runs[-1].append(after)
    for run in runs:
        first, cells = run[0]
        last = run[-1][0].year
        place = first.place
        if first.year and last != first.year:
            place = f"{place.removesuffix(str(first.year))}{first.year}\N{EN DASH}{last}"
        yield InputRow(place, cells)
