"""A scenario as files to take away, and the file that brings one back."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from amtweb.exchange import tables
from amtweb.exchange.csv_text import csv_of
from amtweb.exchange.incoming import LARGEST_FILE, read_document
from amtweb.exchange.workbook import workbook_of
from amtweb.scenarios import working_copy
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.views.saved import own_scenario
from calculator import InvalidScenario, Problem

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.scenarios.models import Scenario

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 60
MOST_SHOWN = 200
"""Problems of one file that are listed; a made-up one can have tens of thousands."""


@require_safe
def download(request: HttpRequest, public_id: str) -> HttpResponse:
    """The files that there are of a scenario."""
    scenario = own_scenario(request, public_id)
    return render(request, "exchange/download.html", {"scenario": scenario})


@require_safe
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """The document: imported, it is the same scenario again."""
    scenario = own_scenario(request, public_id)
    text = json.dumps(scenario.draft, indent=2, ensure_ascii=False, allow_nan=False)
    return _file(scenario, f"{text}\n".encode(), "application/json", ".json")


@require_safe
def years(request: HttpRequest, public_id: str) -> HttpResponse:
    """The amounts of every year."""
    scenario = own_scenario(request, public_id)
    table = tables.years(result_of(scenario.draft))
    return _file(scenario, csv_of(table), CSV, "-years.csv")


@require_safe
def lines(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every form line of every year."""
    scenario = own_scenario(request, public_id)
    table = tables.lines(result_of(scenario.draft))
    return _file(scenario, csv_of(table), CSV, "-lines.csv")


@require_safe
def inputs(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the scenario says."""
    scenario = own_scenario(request, public_id)
    return _file(scenario, csv_of(tables.inputs(scenario.draft)), CSV, "-inputs.csv")


@require_safe
def workbook(request: HttpRequest, public_id: str) -> HttpResponse:
    """The three tables as the sheets of a workbook."""
    scenario = own_scenario(request, public_id)
    result = result_of(scenario.draft)
    sheets = (tables.years(result), tables.lines(result), tables.inputs(scenario.draft))
    return _file(scenario, workbook_of(sheets), XLSX, ".xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def import_document(request: HttpRequest) -> HttpResponse:
    """Puts the scenario of a file on the bench, or says all that is wrong with the file."""
    if request.method != "POST":
        return _import_page(request, ())
    file = request.FILES.get("document")
    # The upload handler throws away what is larger, without keeping it anywhere.
    if (file.size or 0) > LARGEST_FILE if file else _announced_size(request) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 1024:,} KiB."
        return _import_page(request, (_of_file(message),), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if file is None:
        return _import_page(request, (_of_file("Choose a file first."),))
    try:
        read = read_document(file.read())
    except InvalidScenario as refusal:
        return _import_page(request, refusal.problems)
    working_copy.start_from(request, read)
    return redirect("scenarios:workbench")


def _of_file(message: str) -> Problem:
    return Problem(path="", message=message)


def _announced_size(request: HttpRequest) -> int:
    announced = request.META.get("CONTENT_LENGTH", "")
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def _import_page(
    request: HttpRequest,
    problems: tuple[Problem, ...],
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    context = {
        "problems": problems[:MOST_SHOWN],
        "count": len(problems),
        "more": max(0, len(problems) - MOST_SHOWN),
        "replaces": working_copy.is_begun(request),
    }
    page = "exchange/import.html"
    return render(request, page, context, status=status if problems else HTTPStatus.OK)


def _file(scenario: Scenario, content: bytes, content_type: str, ending: str) -> HttpResponse:
    """A file to keep, never to be shown.  Of its name only letters and digits are the title's."""
    title = slugify(scenario.title)[:LONGEST_NAME].strip("-_") or "scenario"
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="amtweb-{title}{ending}"'
    return response
