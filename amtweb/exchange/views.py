"""A scenario as files to take away, and the file that brings one back."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from amtweb.exchange.files import FILES, FILES_OF_ROWS, answer
from amtweb.exchange.incoming import (
    LARGEST_FILE,
    LARGEST_UPLOAD,
    announced_size,
    read_document,
)
from amtweb.exchange.taking_away import may_take, note_taken
from amtweb.scenarios import undo, working_copy
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.charts import figures
from amtweb.scenarios.editor import typed
from amtweb.scenarios.for_whom import FIELD, GoneClientError, posted_client
from calculator import InvalidScenario, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from amtweb.exchange.subjects import Subject

MOST_SHOWN = 200
"""Problems of one file that are listed; a made-up one can have tens of thousands."""


@require_safe
def download(request: HttpRequest, find: Callable[..., Subject], **place: Any) -> HttpResponse:
    """The files that there are of a scenario."""
    subject = find(request, **place)
    may_take(request, subject.about)
    return download_page_of(request, subject)


@require_safe
def file(
    request: HttpRequest, find: Callable[..., Subject], file: str, **place: Any
) -> HttpResponse:
    """One of the files."""
    subject = find(request, **place)
    may_take(request, subject.about)
    response = file_of(subject, file)
    note_taken(request, file, subject.about)
    return response


def download_page_of(request: HttpRequest, subject: Subject) -> HttpResponse:
    """The page of a subject's files, at an address to which their names can be added."""
    charts = [(figure.id, figure.title) for figure in figures(result_of(subject.document))]
    has_lots = bool(subject.document.get("grants") or subject.document.get("holdings"))
    rows = [(name, kind) for name, kind in FILES_OF_ROWS.items() if subject.document.get(kind.adds)]
    context = {
        "subject": subject,
        "charts": charts,
        "has_lots": has_lots,
        "files_of_rows": rows,
    }
    return render(request, "exchange/download.html", context)


def file_of(subject: Subject, name: str) -> HttpResponse:
    """The subject's file of that name."""
    if name not in FILES:
        raise Http404
    return answer(FILES[name], subject)


@require_http_methods(["GET", "HEAD", "POST"])
def import_document(request: HttpRequest) -> HttpResponse:
    """Puts the scenario of a file on the bench, or says all that is wrong with the file."""
    if request.method != "POST":
        return _import_page(request, ())
    sent = _sent(request)
    if len(sent) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 1024:,} KiB."
        return _import_page(request, (_of_file(message),), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not sent and "document" not in request.FILES:
        return _import_page(request, (_of_file("Choose a file first, or paste its text."),))
    try:
        read = read_document(sent)
        client = posted_client(request)
    except InvalidScenario as refusal:
        return _import_page(request, refusal.problems)
    except GoneClientError as gone:
        return _import_page(request, (_of_file(str(gone)),))
    asked = (client.public_id if client else "") if FIELD in request.POST else None
    _put_on_the_bench(request, read, asked)
    return redirect("scenarios:workbench")


def _sent(request: HttpRequest) -> bytes:
    """The text of the file, or the pasted one; what is too large, only as far as to see that."""
    file = request.FILES.get("document")
    if file is not None:
        return bytes(file.read(LARGEST_FILE + 1))
    # The upload handler throws away what is larger, without keeping it anywhere.
    if announced_size(request) > LARGEST_UPLOAD:
        return bytes(LARGEST_FILE + 1)
    return request.POST.get("pasted", "").strip().encode("utf-8", "surrogatepass")


def _put_on_the_bench(request: HttpRequest, document: dict[str, Any], client: str | None) -> None:
    """What stood there can be had back by undoing, as after any operation."""
    before = working_copy.working_copy(request).tree if working_copy.is_begun(request) else None
    working_copy.start_from(request, document, client)
    if before is not None:
        undo.remember(request, before, typed.from_document(document), "Imported a file.")


def _of_file(message: str) -> Problem:
    return Problem(path="", message=message)


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
        "pasted": request.POST.get("pasted", "") if request.method == "POST" else "",
    }
    page = "exchange/import.html"
    return render(request, page, context, status=status if problems else HTTPStatus.OK)
