"""What a report says, once for paper, PDF and the interactive page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from amtweb.exchange.subjects import day
from amtweb.methodology.coverage import limits
from amtweb.reports.events_in_words import events_in_words
from amtweb.reports.year_columns import every_year, form_lines, income, span_of
from amtweb.scenarios.bench import result_of, selected
from amtweb.scenarios.charts import figures
from amtweb.scenarios.charts.money_words import listed
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.inputs import editor
from amtweb.scenarios.headline import headline
from amtweb.scenarios.lots.section import lots_section
from calculator import ENGINE_VERSION, parse_scenario
from calculator.law import law_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from amtweb.exchange.subjects import Subject
    from amtweb.methodology.coverage import Section
    from amtweb.reports.events_in_words import Event
    from amtweb.reports.year_columns import YearColumns
    from amtweb.scenarios.charts import Figure
    from amtweb.scenarios.editor.inputs import Input
    from amtweb.scenarios.headline import Headline
    from amtweb.scenarios.lots.section import LotsSection
    from calculator import ScenarioResult

ORIGINS = {
    "published": "from the published law and tables of the year",
    "projected": "projected: the law as it stands, its amounts indexed; no tables are published",
    "counterfactual": "of a law that is not in force: the 2017 tax cuts taken as ended",
    "flat": "flat rates of the textbook model, and not the law of the year",
}
PERCENT = "%"
MOST_STRETCHES = 2
"""Of years, ten at most each, whose form lines a PDF has."""
MOST_EVENTS = 250
"""In a PDF."""


class Fact(NamedTuple):
    """Something that was entered, or is assumed."""

    label: str
    value: str
    hint: str


class Report(NamedTuple):
    """All that a report says, in the order in which it says it."""

    subject: Subject
    made: str
    """The day in words."""
    result: ScenarioResult
    year: int
    """The year that the headline's figures are of."""
    headline: Headline
    figures: tuple[Figure, ...]
    every_year: list[YearColumns]
    household: list[Fact]
    opening: list[Fact]
    events: list[Event]
    income: list[YearColumns]
    notes: str
    origins: list[Fact]
    law: list[Fact]
    limits: tuple[Section, ...]
    form_lines: list[list[YearColumns]]
    engine: str
    law_tables: str
    lots: LotsSection | None
    """None where there are no options and shares."""
    left_out: str = ""
    """What a shortened report lacks, in a sentence."""

    @property
    def years(self) -> str:
        """From when to when."""
        return span_of([year.year for year in self.result.years])


def report_on(subject: Subject) -> Report:
    """The report on a scenario as it is computed today."""
    document = subject.document
    result = result_of(document)
    year = selected(result, None)
    tree = typed.from_document(document)
    inputs = editor(tree, {})
    flat = document.get("law", {}).get("path") == "flat"
    return Report(
        subject=subject,
        made=day(timezone.now()),
        result=result,
        year=year.year,
        headline=headline(result, year),
        figures=figures(result),
        every_year=every_year(result),
        household=list(_facts((*inputs.household, *inputs.household_more))),
        opening=list(_facts(inputs.opening)),
        events=events_in_words(document, result),
        income=income(result, tree),
        notes=str(document.get("notes", "")),
        origins=list(_origins(result)),
        law=[
            # Their hints say what a blank field stands for.
            fact._replace(hint="")
            for fact in _facts((*inputs.law, *(inputs.flat if flat else ())))
        ],
        limits=limits(),
        form_lines=form_lines(result),
        engine=ENGINE_VERSION,
        law_tables=law_version(),
        lots=lots_section(parse_scenario(document)),
    )


def shortened(report: Report) -> Report:
    """As much of the report as makes a PDF in time, and a sentence on what it lacks."""
    lines, events = report.form_lines[:MOST_STRETCHES], report.events[:MOST_EVENTS]
    lacks = []
    if len(lines) < len(report.form_lines):
        lacks.append(f"the form lines after {lines[-1][0].columns[-1].year}")
    if len(events) < len(report.events):
        lacks.append(f"{len(report.events) - MOST_EVENTS:,} of the events")
    left_out = f"Left out of this file: {listed(lacks)}. The workbook has all." if lacks else ""
    return report._replace(form_lines=lines, events=events, left_out=left_out)


def _facts(inputs: Iterable[Input]) -> Iterator[Fact]:
    """The inputs in which there is something."""
    for cell in inputs:
        if cell.value not in ("", "0"):
            yield Fact(cell.label, _value(cell), cell.hint)


def _value(cell: Input) -> str:
    value = dict(cell.choices).get(cell.value, cell.value)
    if cell.unit == PERCENT:
        return f"{value}%"
    return f"${value}" if cell.control == "amount" else value


def _origins(result: ScenarioResult) -> Iterator[Fact]:
    """Where the parameters of each stretch of years come from."""
    for origin, stretch in groupby(result.years, key=lambda year: str(year.law)):
        years = [year.year for year in stretch]
        yield Fact(span_of(years), ORIGINS[origin], "")


def context_of(report: Report) -> dict[str, Any]:
    """What the templates of a report are given."""
    return {"report": report, "subject": report.subject}
