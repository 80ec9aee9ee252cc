"""The files that there are of a scenario, and how each is answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpResponse
from django.utils.text import slugify

from amtweb.exchange import tables
from amtweb.exchange.csv_text import csv_of
from amtweb.exchange.workbook import workbook_of
from amtweb.scenarios.bench import result_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from amtweb.exchange.subjects import Subject

CSV = "text/csv; charset=utf-8"
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


FILES = {
    "scenario.json": File("application/json", ".json", _document),
    "workbook.xlsx": File(XLSX, ".xlsx", _workbook),
    "years.csv": File(CSV, "-years.csv", _years),
    "lines.csv": File(CSV, "-lines.csv", _lines),
    "inputs.csv": File(CSV, "-inputs.csv", _inputs),
}
"""By the last part of their addresses."""


def answer(file: File, subject: Subject) -> HttpResponse:
    """A file to keep, never to be shown.  Of its name only letters and digits are the title's."""
    title = slugify(subject.document.get("title", ""))[:LONGEST_NAME].strip("-_") or "scenario"
    response = HttpResponse(file.make(subject), content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="amtweb-{title}{file.ending}"'
    return response
