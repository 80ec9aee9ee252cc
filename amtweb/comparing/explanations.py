"""The lines of the forms that make the difference, for one year and for all years together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.analyses.pictures import Contribution, Contributions
from amtweb.analyses.tables import Table, TableRow
from amtweb.analyses.why import picture, where
from amtweb.comparing.sentences import span
from amtweb.comparing.totals import signed
from amtweb.scenarios.charts.money_words import counts, dollars, listed
from calculator.analysis.form_lines import CREDIT, FEDERAL_TAX
from calculator.analysis.form_walk import FilledIn
from calculator.analysis.why import explained
from calculator.analysis.why_in_all import why_in_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amtweb.comparing.totals import Difference
    from calculator import YearResult
    from calculator.analysis.why import Explained
    from calculator.analysis.why_in_all import CauseInAll

MOST_PARTS = 6
MOST_LINES = 12
YEARS_NAMED = 3


class Explanation(NamedTuple):
    """What makes a column differ from the baseline."""

    difference: Difference
    sentences: tuple[str, ...]
    pictures: tuple[Contributions, ...]
    tables: tuple[Table, ...]


def year_that_differs_most(compared: Iterable[Difference | None]) -> int | None:
    """The year whose federal tax differs most, or else whose credit does; None without any."""
    most: dict[int, tuple[float, float]] = {}
    for each in compared:
        if each is None:
            continue
        for before, after in _pairs(each):
            tax = abs(float(after.federal_tax) - float(before.federal_tax))
            credit = abs(float(after.credit_balance) - float(before.credit_balance))
            most[before.year] = max(most.get(before.year, (0.0, 0.0)), (tax, credit))
    by_tax = max(most, key=lambda year: most[year][0], default=None)
    if by_tax is None or counts(most[by_tax][0]):
        return by_tax
    return max(most, key=lambda year: most[year][1])


def of_year(each: Difference, year: int) -> Explanation:
    """Why federal tax and the credit left of a year differ."""
    pair = next((pair for pair in _pairs(each) if pair[0].year == year), None)
    if pair is None:
        absent = each.baseline if year in each.column.years else each.column
        return Explanation(each, (f"{absent.letter} does not cover {year}.",), (), ())
    filled_in = FilledIn(pair[0]), FilledIn(pair[1])
    tax, credit = (explained(step, filled_in, (year, year)) for step in (FEDERAL_TAX, CREDIT))
    letter = each.column.letter.lower()
    pictures = (
        picture(f"tax-{letter}", f"Federal tax of {year}", tax),
        picture(f"credit-{letter}", f"Credit left at the end of {year}", credit),
    )
    tables = (
        _lines(f"lines to the difference in federal tax of {year}", each, tax),
        _lines(f"lines to the difference in the credit left in {year}", each, credit),
    )
    return Explanation(
        each,
        (tax.headline, *tax.sentences[:3], credit.headline, *credit.sentences[:2]),
        tuple(each for each in pictures if each.parts),
        tuple(table for table in tables if table.rows),
    )


def in_all(each: Difference) -> Explanation:
    """Why federal tax of all years that both cover differs."""
    if not each.years:
        return Explanation(each, ("They have no year in common.",), (), ())
    causes = [
        cause
        for cause in why_in_all(each.baseline.result, each.column.result)
        if counts(cause.ends)
    ]
    years = span(each.years)
    before, after = each.pair("federal_tax")
    if counts(after - before):
        more = f"{dollars(abs(after - before))} {'more' if after > before else 'less'}"
        said = f"Federal tax of {years} is {dollars(after)} instead of {dollars(before)}: {more}."
    else:
        said = f"Federal tax of {years} is {dollars(after)} in both."
    title = f"Federal tax of {years}"
    parts = tuple(Contribution(cause.caption, cause.ends) for cause in causes[:MOST_PARTS])
    drawn = Contributions(f"why-all-{each.column.letter.lower()}", title, said, parts)
    rows = tuple(
        TableRow(cause.caption, (_place(cause), _when(cause.years), signed(cause.ends)))
        for cause in causes[:MOST_LINES]
    )
    columns = ("Where", "In", "Of the difference")
    name = f"{_measured(each)}: lines at which the difference of {years} ends"
    table = Table(name, "Line", columns, rows)
    return Explanation(each, (said,), (drawn,) if parts else (), (table,) if rows else ())


def _pairs(each: Difference) -> list[tuple[YearResult, YearResult]]:
    """The years that both cover."""
    later = {year.year: year for year in each.column.result.years}
    return [
        (year, later[year.year]) for year in each.baseline.result.years if year.year in each.years
    ]


def _lines(title: str, each: Difference, found: Explained) -> Table:
    columns = ("Where", each.baseline.letter, each.column.letter, "Share of the difference")
    rows = (
        TableRow(
            line.caption,
            (where(line), dollars(line.before), dollars(line.after), signed(line.share)),
        )
        for line in found.lines[:MOST_LINES]
        if counts(line.share)
    )
    return Table(f"{_measured(each)}: {title}", "Line", columns, tuple(rows))


def _measured(each: Difference) -> str:
    return f"{each.column.letter} instead of {each.baseline.letter}"


def _place(cause: CauseInAll) -> str:
    return f"{cause.form}, {cause.line}" if cause.line else cause.form


def _when(years: Sequence[int]) -> str:
    if len(years) <= YEARS_NAMED:
        return listed([str(year) for year in years])
    return f"{len(years)} years"
