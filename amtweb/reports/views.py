"""A report on a scenario: a page to print, and the same as PDF, as a file, as pictures."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amtweb.exchange.files import File, answer
from amtweb.exchange.taking_away import may_take, note_taken
from amtweb.reports.content import context_of, report_on, shortened
from amtweb.reports.drawings import drawing
from amtweb.reports.interactive import interactive_report
from amtweb.reports.pdf import NoPdfError, pdf_of
from amtweb.reports.reproduction import program_of
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.charts import figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from amtweb.exchange.subjects import Subject

CHARTS = ("credit", "taxes", "losses", "total")
RETRY_AFTER = "30"


def _pdf(subject: Subject) -> bytes:
    return pdf_of(shortened(report_on(subject)))


def _interactive(subject: Subject) -> bytes:
    return interactive_report(report_on(subject))


def _chart(chart: str) -> Callable[[Subject], bytes]:
    def picture(subject: Subject) -> bytes:
        found = {figure.id: figure for figure in figures(result_of(subject.document))}
        return drawing(found[chart], titled=True).encode()

    return picture


PARTS = {
    "report.pdf": File("application/pdf", "-report.pdf", _pdf),
    "report.html": File("text/html; charset=utf-8", "-report.html", _interactive),
    "reproduce.py": File("text/x-python; charset=utf-8", "-reproduce.py", program_of),
    **{f"{chart}.svg": File("image/svg+xml", f"-{chart}.svg", _chart(chart)) for chart in CHARTS},
}
"""By the last part of their addresses."""


@require_safe
def report_page(request: HttpRequest, find: Callable[..., Subject], **place: Any) -> HttpResponse:
    """The report as a page that a browser prints."""
    subject = find(request, **place)
    may_take(request, subject.about)
    response = report_page_of(request, subject)
    note_taken(request, "report to print", subject.about)
    return response


@require_safe
def part(
    request: HttpRequest, find: Callable[..., Subject], part: str, **place: Any
) -> HttpResponse:
    """The report as a file, or a chart of it."""
    subject = find(request, **place)
    may_take(request, subject.about)
    response = part_of(request, subject, part)
    if response.status_code == HTTPStatus.OK:
        note_taken(request, part, subject.about)
    return response


def report_page_of(request: HttpRequest, subject: Subject) -> HttpResponse:
    """The page on a subject, at an address to which the parts' names can be added."""
    context = context_of(report_on(subject)) | {"on_screen": True, "on_site": True}
    return render(request, "reports/page.html", context)


def part_of(request: HttpRequest, subject: Subject, part: str) -> HttpResponse:
    """The part of that name; where there can be no PDF, a page says why and what there is."""
    if part not in PARTS:
        raise Http404
    try:
        return answer(PARTS[part], subject)
    except NoPdfError as reason:
        context = {"subject": subject, "reason": str(reason)}
        status = HTTPStatus.SERVICE_UNAVAILABLE
        response = render(request, "reports/no_pdf.html", context, status=status)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
