"""The files that there are of a scenario, and how each is answered."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from amtweb.exchange import tables
from amtweb.exchange.calendar_text import Entry, calendar_of
from amtweb.exchange.csv_import.table_kinds import FORM_3921, KINDS
from amtweb.exchange.csv_import.templates import rows_as_table
from amtweb.exchange.csv_text import csv_of
from amtweb.exchange.workbook import workbook_of
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.lots.days import days_of
from amtweb.scenarios.lots.names import names_of
from calculator import parse_scenario
from calculator.analysis.determinations import determinations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amtweb.exchange.csv_import.table_kinds import TableKind
    from amtweb.exchange.subjects import Subject

CSV = "text/csv; charset=utf-8"
CALENDAR = "text/calendar; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 60


class File(NamedTuple):
    """A kind of file."""

    content_type: str
    ending: str
    """Of the name under which it is kept, after the scenario's title."""
    make: Callable[[Subject], bytes]


def _document(subject: Subject) -> bytes:
    """The document: imported, it is the same scenario again."""
    text = json.dumps(subject.document, indent=2, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


def _years(subject: Subject) -> bytes:
    return csv_of(tables.years(result_of(subject.document)))


def _lines(subject: Subject) -> bytes:
    return csv_of(tables.lines(result_of(subject.document)))


def _inputs(subject: Subject) -> bytes:
    return csv_of(tables.inputs(subject.document))


def _workbook(subject: Subject) -> bytes:
    """The three tables as the sheets of a workbook."""
    result = result_of(subject.document)
    sheets = (tables.years(result), tables.lines(result), tables.inputs(subject.document))
    return workbook_of(sheets)


def _dates(subject: Subject) -> bytes:
    """The days that matter; where there are none there is no file, as no calendar is empty."""
    entries = tuple(_entries(subject))
    if not entries:
        raise Http404
    return calendar_of(f"amtweb: {subject.title}", entries, timezone.now())


def _entries(subject: Subject) -> Iterator[Entry]:
    scenario = parse_scenario(subject.document)
    space = f"{subject.page} {subject.document.get('title', '')}"
    seen: dict[str, int] = {}
    names, today = names_of(scenario, str), timezone.now().date()
    for day in days_of(scenario, names, today, determinations(scenario)):
        key = f"{space} {day.input_id or day.on} {day.kind}"
        seen[key] = seen.get(key, 0) + 1
        summary = f"{day.what}: {day.name}" if day.name else day.what
        yield Entry(f"{key} {seen[key]}", day.on, summary, day.means)


def _rows_of(kind: TableKind) -> File:
    """The rows of a kind, in the columns of its template."""
    make = partial(rows_as_table, kind)
    return File(CSV, f"-{kind.slug}.csv", lambda subject: csv_of(make(subject.document)))


FILES_OF_ROWS = {f"{kind.slug}.csv": kind for kind in KINDS if kind is not FORM_3921}
"""What can be imported again, by the last part of its address."""
FILES = {
    "scenario.json": File("application/json", ".json", _document),
    "workbook.xlsx": File(XLSX, ".xlsx", _workbook),
    "years.csv": File(CSV, "-years.csv", _years),
    "lines.csv": File(CSV, "-lines.csv", _lines),
    "inputs.csv": File(CSV, "-inputs.csv", _inputs),
    "dates.ics": File(CALENDAR, "-dates.ics", _dates),
    **{name: _rows_of(kind) for name, kind in FILES_OF_ROWS.items()},
}
"""By the last part of their addresses."""


def answer(file: File, subject: Subject) -> HttpResponse:
    """A file to keep, never to be shown.  Of its name only letters and digits are the title's."""
    title = slugify(subject.document.get("title", ""))[:LONGEST_NAME].strip("-_") or "scenario"
    response = HttpResponse(file.make(subject), content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="amtweb-{title}{file.ending}"'
    return response
