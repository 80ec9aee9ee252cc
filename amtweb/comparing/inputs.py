"""The inputs that differ, in the words of the page; rows are matched by their year or id."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.comparing.sentences import span
from amtweb.scenarios.differences import ADDED, MOVED, REMOVED, differences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amtweb.comparing.columns import Column
    from amtweb.scenarios.differences import Difference

MOST = 150
"""Rows that are listed; two scenarios that have nothing in common differ in thousands."""
ABSENT = "\N{EN DASH}"
THERE = "there"
WITHOUT_EFFECT = ("title", "notes")
_ROW = re.compile(r"(?P<rows>[a-z]+)\[(?P<number>[0-9]+)\](?P<field>.*)")

LISTS = ("", "years", "grants", "exercises", "holdings", "sales")

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
    """An input that differs somewhere."""

    name: Name
    difference: Difference
    texts: dict[int, str]
    """By the place of the column, where it differs from the first."""

    def cells(self, count: int) -> tuple[str, ...]:
        """What it is in every column."""
        first = _before(self.difference)
        return tuple(self.texts.get(place, first) for place in range(count))


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
                found.setdefault(name, _Found(name, each, {})).texts[place] = _after(each)
    for name, part in found.items():
        whole = found.get((*name[:2], ""))
        if whole is not None and whole is not part:
            part.texts.update(dict.fromkeys(whole.texts, ABSENT))
    rows = _gathered(_in_order(list(found.values())), len(columns))
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


def _in_order(found: Sequence[_Found]) -> list[_Found]:
    """In the order of the document, with all of a row together."""
    rows = list(dict.fromkeys(each.name[:2] for each in found))
    return sorted(
        found,
        key=lambda each: (
            LISTS.index(each.name[0]),
            0 if each.name[0] == "years" else rows.index(each.name[:2]),
        ),
    )


def _gathered(found: Sequence[_Found], count: int) -> list[InputRow]:
    """One row for a run of years in which the same input has the same values."""
    runs: dict[object, list[_Found]] = {}
    for each in found:
        rows, _, field = each.name
        alike = (field, each.cells(count)) if rows == "years" else each.name
        runs.setdefault(alike, []).append(each)
    return [
        InputRow(_place_of(run), run[0].cells(count))
        for alike in runs.values()
        for run in _successive(sorted(alike, key=lambda each: each.difference.year or 0))
    ]


def _successive(alike: Sequence[_Found]) -> list[list[_Found]]:
    parts = [[alike[0]]]
    for before, after in pairwise(alike):
        if (after.difference.year or 0) - (before.difference.year or 0) > 1:
            parts.append([])
        parts[-1].append(after)
    return parts


def _place_of(run: Sequence[_Found]) -> str:
    first, last = run[0].difference, run[-1].difference
    if first.year == last.year:
        return first.place
    return f"{first.place.removesuffix(str(first.year))}{first.year}\N{EN DASH}{last.year}"
