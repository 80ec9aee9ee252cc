"""Exercises before the first year: that their AMT is not counted, and how it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.editor.wording import read_day
from calculator.cautions import BEFORE_THE_YEARS
from calculator.law import why_unsupported

if TYPE_CHECKING:
    from amtweb.scenarios.bench import Bench
    from calculator import Scenario

CREDIT = "opening-minimum_tax_credit"
"""The input that settles it."""


class Uncounted(NamedTuple):
    """What to say of one such exercise, or of all of them."""

    message: str
    operation: str
    """Adds the years; empty where their law is not modelled."""
    adds: str
    """That in words: ``Add 2024 and 2025``."""
    input_id: str = CREDIT
    """Where the credit that it left can be entered instead."""


def uncounted(bench: Bench) -> Uncounted | None:
    """What to say beside the headline; nothing where every exercise counts."""
    each = by_exercise(bench)
    if not each:
        return None
    first, *more = sorted(each.values(), key=lambda one: _year(bench, one.operation))
    if not more:
        return first
    start = _first_year(bench)
    return first._replace(
        message=f"{len(each)} of your exercises are before {start}, the first year here: their "
        "AMT, and the credit that this left, are not counted."
    )


def by_exercise(bench: Bench) -> dict[int, Uncounted]:
    """The same of each, by its place among the exercises of the page."""
    if bench.scenario is None:
        return {}
    found = {}
    for caution in bench.cautions:
        if caution.kind == BEFORE_THE_YEARS:
            number = int(caution.path.partition("[")[2].partition("]")[0])
            found[number] = _of(bench, bench.scenario, number, caution.message)
    return found


def told_of_uncounted(bench: Bench) -> dict[str, str]:
    """The words at each exercise by the ids of their places, empty where it counts."""
    found, words = by_exercise(bench), {}
    for number in range(len(bench.tree.get("exercises") or ())):
        one = found.get(number)
        words[f"exercises-{number}-uncounted"] = one.message if one else ""
        words[f"exercises-{number}-adds"] = one.adds if one else ""
    return words


def _of(bench: Bench, scenario: Scenario, number: int, message: str) -> Uncounted:
    operation = f"reach:exercises:{number}"
    start, wanted = scenario.years[0].year, _year(bench, operation)
    if why_unsupported(wanted, scenario.law):
        return Uncounted(message, "", "")
    last = start - 1
    years = str(last) if wanted == last else f"{wanted}\u2013{last}"
    if wanted == last - 1:
        years = f"{wanted} and {last}"
    return Uncounted(message, operation, f"Add {years}")


def _year(bench: Bench, operation: str) -> int:
    """Of the exercise that an operation names; one without an operation comes first."""
    number = operation.rpartition(":")[2]
    day = read_day(bench.tree["exercises"][int(number)].get("date")) if number else None
    return day.year if day else 0


def _first_year(bench: Bench) -> int:
    return bench.scenario.years[0].year if bench.scenario else 0
