"""What the page of a year's forms shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.bench import result_of
from amtweb.scenarios.charts.money_words import MINUS
from calculator.worksheet import printed_forms

if TYPE_CHECKING:
    from amtweb.exchange.subjects import Subject
    from calculator import YearResult
    from calculator.worksheet import PrintedForm


class Line(NamedTuple):
    """A printed line."""

    id: str
    """Of the element that a link to the line leads to."""
    number: str
    caption: str
    text: str
    nothing: bool


class Sheet(NamedTuple):
    """A form of the year."""

    id: str
    title: str
    lines: tuple[Line, ...]


class WorksheetsPage(NamedTuple):
    """All forms of a year."""

    year: YearResult
    years: tuple[int, ...]
    sheets: tuple[Sheet, ...]

    @property
    def before(self) -> int | None:
        """The year before, if it is one of the scenario."""
        return self.year.year - 1 if self.year.year > self.years[0] else None

    @property
    def after(self) -> int | None:
        """The year after, if it is one of the scenario."""
        return self.year.year + 1 if self.year.year < self.years[-1] else None


def worksheets_page(subject: Subject, year: int) -> WorksheetsPage | None:
    """The forms of a year; None if the scenario has no such year."""
    result = result_of(subject.document)
    chosen = next((each for each in result.years if each.year == year), None)
    if chosen is None:
        return None
    return WorksheetsPage(
        chosen,
        tuple(each.year for each in result.years),
        tuple(_sheet(sheet) for sheet in printed_forms(chosen.forms)),
    )


def exactly(amount: float) -> str:
    """Dollars and cents, as nothing is rounded on the way."""
    sign = MINUS if round(amount, 2) < 0 else ""
    return f"{sign}{abs(amount):,.2f}"


def _sheet(sheet: PrintedForm) -> Sheet:
    lines = []
    for line in sheet.lines:
        text = exactly(float(line.amount))
        line_id = f"{sheet.form}-{line.number}"
        lines.append(Line(line_id, line.number, line.caption, text, nothing=text == "0.00"))
    return Sheet(sheet.form, sheet.title, tuple(lines))
