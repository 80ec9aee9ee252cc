"""Shows the arithmetic: for every printed line how it is made, where each term is from, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calculator.equity.compensation import NO_EQUITY, equity_by_year
from calculator.filed_amounts import filed_facts, filed_opening
from calculator.law import law_for
from calculator.law.as_filed import as_filed
from calculator.scenario import AS_FILED
from calculator.worksheet.forms import TITLES, PrintedForm, PrintedLine, printed_forms
from calculator.worksheet.origins import FiledYear, Origin
from calculator.worksheet.transcription import cases_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.amounts import Dollars
    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario
    from calculator.worksheet.origins import FormInYear
    from calculator.worksheet.transcription import Case

__all__ = [
    "TITLES",
    "Origin",
    "PrintedForm",
    "PrintedLine",
    "Worksheet",
    "WorksheetLine",
    "feeds",
    "printed_forms",
    "worksheets",
]


class WorksheetLine(NamedTuple):
    """A printed line."""

    number: str
    caption: str
    amount: Dollars
    words: str
    """How it is made: ``Smaller of lines 12 and 15``."""
    origins: tuple[Origin, ...]
    """The terms that it is made of, in the order of the formula; those that are blank left out."""
    citation: str


class Worksheet(NamedTuple):
    """A form of a year, line by line in the order of the form."""

    form: str
    """Its name in the result: ``form_6251``."""
    title: str
    lines: tuple[WorksheetLine, ...]


def worksheets(scenario: Scenario, result: ScenarioResult, year: int) -> tuple[Worksheet, ...]:
    """The forms that a year needs, in the order in which they are filled in.

    For one scenario: a batch has no one origin of a line.

    Args:
        scenario: What was evaluated.
        result: What it came to.
        year: One of its years.
    """
    place = next(at for at, each in enumerate(result.years) if each.year == year)
    filed = _filed_year(scenario, result, place, years_before=1)
    return tuple(
        Worksheet(
            sheet.form,
            sheet.title,
            tuple(_with_origins(line, filed.on_form(sheet.form)) for line in sheet.lines),
        )
        for sheet in printed_forms(result.years[place].forms)
    )


def worked_out(
    scenario: Scenario, result: ScenarioResult, year: int
) -> Iterator[tuple[str, str, float, float | None]]:
    """Form, number, printed amount and what the formula comes to; None where there is none."""
    place = next(at for at, each in enumerate(result.years) if each.year == year)
    filed = _filed_year(scenario, result, place, years_before=1)
    for form, lines in filed.lines.items():
        for number, amount in lines.items():
            case = _case(number, filed.on_form(form))
            made = None if case is None else case.made.amount(filed.on_form(form)) or 0.0
            yield form, number, float(amount), made


def feeds(
    scenario: Scenario, result: ScenarioResult, year: int, form: str, line: str
) -> tuple[Origin, ...]:
    """The lines that use a line: those of its year, then those of the next."""
    return tuple(
        Origin(
            "line",
            f"{sheet.title} line {user.number}",
            of,
            sheet.form,
            user.number,
            "",
            user.amount,
        )
        for of in (year, year + 1)
        if of <= result.years[-1].year
        for sheet in worksheets(scenario, result, of)
        for user in sheet.lines
        if any((each.year, each.form, each.line) == (year, form, line) for each in user.origins)
    )


def _filed_year(
    scenario: Scenario, result: ScenarioResult, place: int, *, years_before: int
) -> FiledYear:
    computed, facts = result.years[place], scenario.years[place]
    law = law_for(facts.year, facts.household.filing_status, scenario.law)
    opening = scenario.opening
    if scenario.method.figures == AS_FILED:
        exact = equity_by_year(scenario).get(facts.year, NO_EQUITY)
        facts, law = filed_facts(facts, exact), as_filed(law)
        opening = filed_opening(opening)
    before = None
    if place and years_before:
        before = _filed_year(scenario, result, place - 1, years_before=years_before - 1)
    return FiledYear(
        scenario,
        place,
        facts,
        computed.equity,
        law,
        opening,
        computed.forms.printed_lines(),
        before,
    )


def _with_origins(line: PrintedLine, form: FormInYear) -> WorksheetLine:
    case = _case(line.number, form)
    if case is None:
        return WorksheetLine(*line, words="", origins=(), citation="")
    words = case.words or case.made.words(form)
    return WorksheetLine(
        *line,
        words=words[:1].upper() + words[1:],
        origins=tuple(dict.fromkeys(_origins(case, form))),
        citation=case.cites,
    )


def _case(number: str, form: FormInYear) -> Case | None:
    cases = cases_of(form.form).get(number, ())
    return next((each for each in cases if each.where is None or each.where.amount(form)), None)


def _origins(case: Case, form: FormInYear) -> Iterator[Origin]:
    """Those of the formula; of the condition where the formula has none, as in a skipped line."""
    names = list(case.made.names(form))
    if not names and case.where is not None:
        names = list(case.where.names(form))
    for name in names:
        yield from form.origins_of(name)
