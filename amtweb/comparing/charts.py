"""The charts of a comparison: the same amount of everyone, laid over one another."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.comparing.totals import loss_of, signed
from amtweb.scenarios.charts.figure import (
    Figure,
    Row,
    empty_spec,
    layout,
    line,
    note,
    spec_of,
)
from amtweb.scenarios.charts.money_words import counts, dollars, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from amtweb.comparing.columns import Column
    from amtweb.comparing.totals import Difference
    from amtweb.scenarios.charts.figure import Trace
    from calculator import YearResult

DASHES = ("solid", "dash", "dot", "dashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up")
"""Of the columns in their order, so that more than a hue tells them apart."""
LEAST_APART = 0.075
"""Of the height of a chart: letters at the ends of lines keep that far apart, upwards."""
BESIDE = 0.28
"""Years from a line's last marker to its letter."""


class Course(NamedTuple):
    """An amount of a column, by year."""

    column: Column
    place: int
    amounts: Mapping[int, float]


def figures(
    columns: Sequence[Column], compared: Sequence[Difference | None], baseline: int
) -> list[Figure]:
    """All charts, over every year that any column covers."""
    years = sorted({year for column in columns for year in column.years})
    base = columns[baseline]
    credit = _courses(columns, lambda year: float(year.credit_balance))
    amt = _courses(columns, lambda year: float(year.amt))
    loss = _courses(columns, loss_of)
    tax = [
        Course(column, place, _so_far(column, each))
        for place, (column, each) in enumerate(zip(columns, compared, strict=True))
    ]
    return [
        _figure("credit", "AMT credit left at the end of the year", _at_end(credit), years, credit),
        _figure(
            "tax",
            f"Federal tax so far, against {base.letter}",
            _tax_sentence(tax, base),
            years,
            tax,
            words=signed,
        ),
        _figure("amt", "AMT of each year", _in_sum(amt), years, amt),
        _figure("loss", "AMT capital loss carried forward", _at_end(loss), years, loss),
    ]


def _courses(columns: Sequence[Column], of: Callable[[YearResult], float]) -> list[Course]:
    return [
        Course(column, place, {year.year: of(year) for year in column.result.years})
        for place, column in enumerate(columns)
    ]


def _so_far(column: Column, each: Difference | None) -> dict[int, float]:
    """By how much more federal tax was paid than by the baseline, over the years so far."""
    if each is None:
        return dict.fromkeys(column.years, 0.0)
    base = {year.year: float(year.federal_tax) for year in each.baseline.result.years}
    paid = [year for year in column.result.years if year.year in base]
    sums = accumulate(float(year.federal_tax) - base[year.year] for year in paid)
    return {year.year: total for year, total in zip(paid, sums, strict=True)}


def _figure(
    id_: str,
    title: str,
    sentence: str,
    years: Sequence[int],
    courses: Sequence[Course],
    *,
    words: Callable[[float], str] = dollars,
) -> Figure:
    amounts = [amount for course in courses for amount in course.amounts.values()]
    if not any(map(counts, amounts)):
        spec = empty_spec("There is none in any of them.")
        if words is signed:
            spec = empty_spec("They do not differ.")
    else:
        axes = layout(years, min(amounts), max(amounts), barmode="overlay")
        spec = spec_of([_line(course) for course in courses], axes)
        axes["annotations"] = _letters(courses, *axes["yaxis"]["range"])
    return Figure(
        id=f"compared-{id_}",
        title=title,
        sentence=sentence,
        spec=spec,
        columns=tuple(course.column.letter for course in courses),
        rows=tuple(_row(year, courses, words) for year in years),
    )


def _line(course: Course) -> Trace:
    column = course.column
    return line(
        column.letter,
        list(course.amounts),
        list(course.amounts.values()),
        f"var(--chart-{column.hue})",
        symbol=SYMBOLS[course.place],
        dash=DASHES[course.place],
    )


def _letters(courses: Sequence[Course], bottom: float, top: float) -> list[dict[str, Any]]:
    """Each line's letter at its end; of lines that end together, one above the other."""
    apart = LEAST_APART * (top - bottom)
    ends = sorted(
        (*list(course.amounts.items())[-1], -course.place, course.column)
        for course in courses
        if course.amounts
    )
    notes = []
    year, y = 0, 0.0
    for end, amount, _, column in ends:
        y = max(amount, y + apart) if end == year else amount
        y = _above_those_that_go_on(courses, end, y, apart)
        year = end
        place: dict[str, Any] = {"x": year + BESIDE, "y": y}
        place |= {"xanchor": "left", "yanchor": "middle", "name": column.letter}
        notes.append(note(column.letter, hue=f"var(--chart-{column.hue})", **place))
    return notes


def _above_those_that_go_on(courses: Sequence[Course], end: int, y: float, apart: float) -> float:
    """As near as a letter can be without lying on a line between this year and the next."""
    on = [
        sorted((course.amounts[end], course.amounts[end + 1]))
        for course in courses
        if end in course.amounts and end + 1 in course.amounts
    ]
    for low, high in sorted(on):
        if low - apart / 2 < y < high + apart / 2:
            y = high + apart / 2
    return y


def _row(year: int, courses: Sequence[Course], words: Callable[[float], str]) -> Row:
    cells = tuple(
        words(course.amounts[year]) if year in course.amounts else "\N{EN DASH}"
        for course in courses
    )
    said = ", ".join(
        f"{course.column.letter} {cell}" for course, cell in zip(courses, cells, strict=True)
    )
    return Row(year, cells, f"{year}: {said}")


def _at_end(courses: Sequence[Course]) -> str:
    ends = [(course.column.letter, *list(course.amounts.items())[-1]) for course in courses]
    years = {year for _, year, _ in ends}
    if len(years) == 1:
        (year,) = years
        said = [f"{letter} {_or_none(amount)}" for letter, _, amount in ends]
        return f"At the end of {year}: {listed(said)}."
    said = [f"{letter} {_or_none(amount)} at the end of {year}" for letter, year, amount in ends]
    return f"{listed(said)}."


def _in_sum(courses: Sequence[Course]) -> str:
    sums = [
        f"{course.column.letter} {_or_none(sum(course.amounts.values()))}" for course in courses
    ]
    return f"Over all its years: {listed(sums)}."


def _tax_sentence(courses: Sequence[Course], base: Column) -> str:
    said = []
    for course in courses:
        if course.column is base or not course.amounts:
            continue
        year, amount = list(course.amounts.items())[-1]
        more = "more" if amount > 0 else "less"
        words = f"{dollars(abs(amount))} {more}" if counts(amount) else "as much"
        said.append(f"{course.column.letter} has paid {words} by {year}")
    return f"{listed(said)}." if said else "They have no year in common."


def _or_none(amount: float) -> str:
    return dollars(amount) if counts(amount) else "none"
