"""The forms of a year with the words, the origins and the citation of every line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.worksheet.forms import NAMES, printed_forms
from calculator.worksheet.origins import Origin
from calculator.worksheet.transcription import cases_of
from calculator.worksheet.years import filed_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.amounts import Dollars
    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario
    from calculator.worksheet.forms import PrintedLine
    from calculator.worksheet.origins import FormInYear
    from calculator.worksheet.transcription import Case


class WorksheetLine(NamedTuple):
    """A printed line."""

    number: str
    caption: str
    amount: Dollars
    words: str
    """How it is made: ``Smaller of lines 12 and 15``."""
    origins: tuple[Origin, ...]
    """The terms that it is made of, in the order of the formula, without those that are blank; of
    a line that is skipped, those that decide it."""
    citation: str

    def to_dict(self) -> dict[str, Any]:
        """The line as the command line prints it."""
        return self._asdict() | {"origins": [origin._asdict() for origin in self.origins]}


class Worksheet(NamedTuple):
    """A form of a year, line by line in the order of the form."""

    form: str
    """Its name in the result: ``form_6251``."""
    title: str
    lines: tuple[WorksheetLine, ...]

    def to_dict(self) -> dict[str, Any]:
        """The form as the command line prints it, its lines by number."""
        return {
            "title": self.title,
            "lines": {line.number: line.to_dict() for line in self.lines},
        }


class WorkedLine(NamedTuple):
    """A printed amount beside what its formula comes to."""

    form: str
    number: str
    printed: float
    worked_out: float | None
    """None where the line has no formula."""


def worksheets(scenario: Scenario, result: ScenarioResult, year: int) -> tuple[Worksheet, ...]:
    """The forms that a year needs, in the order in which they are filled in.

    Args:
        scenario: What was evaluated, under its own law.  One scenario: a line of a batch has no
            one origin.
        result: What it came to.
        year: One of its years.

    Raises:
        InvalidScenario: It has no such year.
    """
    filed = filed_year(scenario, result, year)
    return tuple(
        Worksheet(
            sheet.form,
            sheet.title,
            tuple(_with_origins(line, filed.on_form(sheet.form)) for line in sheet.lines),
        )
        for sheet in printed_forms(result.years[filed.place].forms)
    )


def feeds(
    scenario: Scenario, result: ScenarioResult, year: int, form: str, line: str
) -> tuple[Origin, ...]:
    """The lines that use a line: those of its year, then those of the next.

    Raises:
        InvalidScenario: The scenario has no such year.
    """
    found: list[Origin] = []
    for of in range(year, min(year + 1, result.years[-1].year) + 1):
        filed = filed_year(scenario, result, of)
        for user, lines in filed.lines.items():
            sheet = filed.on_form(user)
            found.extend(
                Origin("line", f"{NAMES[user]} line {number}", of, user, number, "", amount)
                for number, amount in lines.items()
                if any(
                    (origin.year, origin.form, origin.line) == (year, form, line)
                    for origin in _origins(_case(number, sheet), sheet)
                )
            )
    return tuple(found)


def worked_out(scenario: Scenario, result: ScenarioResult, year: int) -> Iterator[WorkedLine]:
    """Every printed line of a year, and what its formula makes of the other printed lines."""
    filed = filed_year(scenario, result, year)
    for form, lines in filed.lines.items():
        sheet = filed.on_form(form)
        for number, amount in lines.items():
            case = _case(number, sheet)
            made = None if case is None else case.made.amount(sheet) or 0.0
            yield WorkedLine(form, number, float(amount), made)


def _with_origins(line: PrintedLine, form: FormInYear) -> WorksheetLine:
    case = _case(line.number, form)
    if case is None:
        return WorksheetLine(*line, words="", origins=(), citation="")
    words = case.words or case.made.words(form).removeprefix("the ")
    origins = tuple(dict.fromkeys(_origins(case, form)))
    if not origins and not case.words:
        words += ": there is none this year"
    return WorksheetLine(
        *line, words=words[0].upper() + words[1:], origins=origins, citation=case.cites
    )


def _case(number: str, form: FormInYear) -> Case | None:
    cases = cases_of(form.form).get(number, ())
    return next((each for each in cases if each.where is None or each.where.amount(form)), None)


def _origins(case: Case | None, form: FormInYear) -> Iterator[Origin]:
    """Those of the formula; of the condition where the formula has none, as in a skipped line."""
    if case is None:
        return
    names = list(case.made.names(form))
    if not names and case.where is not None:
        names = list(case.where.names(form))
    for name in names:
        yield from form.origins_of(name)
