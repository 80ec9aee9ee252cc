"""What the holder of a link gets: the page to read and to try things on, and a copy if allowed."""

from __future__ import annotations

import json
import logging
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amtweb.exchange.subjects import Subject, day
from amtweb.scenarios.aged import aged
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.editor import typed
from amtweb.scenarios.headline import figures_of, headline
from amtweb.scenarios.line_links import line_links
from amtweb.scenarios.lots.of_bench import lots_context
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.pages import bench_page, results_context
from amtweb.scenarios.saving import new_scenario
from amtweb.scenarios.visitors import visitor_of
from amtweb.sharing import what_if
from amtweb.sharing.link_forms import acts_for_nobody, secret_of
from amtweb.sharing.opening import behind_a_link
from amtweb.sharing.shown import shown_document
from amtweb.sharing.without_amounts import context_without_amounts
from amtweb.worksheets.views import some_year_of, year_page_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.htmx import HtmxHttpRequest
    from amtweb.scenarios.bench import Bench
    from amtweb.scenarios.models import Document
    from amtweb.sharing.opening import Opened

log = logging.getLogger("amtweb.security")


@acts_for_nobody
@require_http_methods(["GET", "HEAD", "POST"])
@behind_a_link
def shared(request: HtmxHttpRequest, opened: Opened) -> HttpResponse:
    """The scenario behind a link; what is posted is computed and forgotten."""
    document = _shown(opened)
    context = _context(opened)
    if context["aged"] and context["aged"].refused:
        return render(request, "sharing/refused.html")
    if opened.link.hides_amounts:
        if request.method == "POST":
            raise Http404
        return _page_without_amounts(request, document, context)
    tried = what_if.try_out(document, request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if tried.is_refused else HTTPStatus.OK
    context |= what_if.context_of(tried) | {"as_shared": _as_shared(document)}
    # What is tried has no page of its lines: those of the scenario as shared are others.
    context["worksheets_at"] = (
        "" if tried.changes else reverse("sharing:worksheets", args=[opened.token])
    )
    if request.htmx and request.method == "POST":
        context |= {"out_of_band": True, "stale": tried.is_refused}
        if not tried.is_refused:
            context |= _tried_results(request, tried.bench, context["worksheets_at"])
            context |= lots_context(tried.bench, document)
        return render(request, "sharing/what_if_updates.html", context, status=status)
    response = bench_page(
        request,
        tried.bench._replace(tree=typed.from_document(document), mistakes=()),
        last_good=document,
        template="sharing/shared.html",
        **context,
    )
    response.status_code = status
    return response


@require_safe
@behind_a_link
def worksheets(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Leads to a year of the forms, where amounts may be seen."""
    return some_year_of(request, _subject(opened))


@require_safe
@behind_a_link
def worksheets_of_year(request: HttpRequest, opened: Opened, year: int) -> HttpResponse:
    """The forms of a year line by line, where amounts may be seen."""
    return year_page_of(request, _subject(opened), year, shared=True)


@acts_for_nobody
@require_POST
@behind_a_link
def note_opening(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Counts that somebody looked, as the page itself tells; the owner's own looks do not count.

    What fetches an address without showing it, such as a mail scanner, does not tell.
    """
    visitor = visitor_of(request)
    if not Scenario.objects.editable_by(visitor).filter(pk=opened.link.scenario_id).exists():
        opened.link.note_opening(timezone.now().date())
        log.info("link_opened link=%d", opened.link.pk)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_safe
@behind_a_link
def document(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The document as a file, for those who may copy it."""
    _may_copy(opened)
    text = json.dumps(_shown(opened), indent=2, ensure_ascii=False, allow_nan=False)
    response = HttpResponse(f"{text}\n".encode(), content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="amtweb-shared-scenario.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@behind_a_link
def copy(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Makes a scenario of the visitor's own, once they have said so.

    The question has a page of its own, so that looking at a link alone sets no cookie.
    """
    _may_copy(opened)
    document = _shown(opened)
    if request.method == "POST":
        log.info("link_copied link=%d", opened.link.pk)
        return redirect(new_scenario(request, document, figures_of(result_of(document))))
    context = {"title": document.get("title", ""), "tab": secrets.token_urlsafe(12)}
    return render(request, "sharing/copy.html", context | {"token": opened.token})


def _subject(opened: Opened) -> Subject:
    if opened.link.hides_amounts:
        raise Http404
    page = reverse("sharing:shared", args=[opened.token])
    return Subject(_shown(opened), page, f"Shared scenario, as of {day(timezone.now())}")


def _tried_results(request: HttpRequest, bench: Bench, worksheets_at: str) -> dict[str, Any]:
    if bench.result is None or bench.scenario is None:
        return {}
    links = line_links(bench.result, bench.scenario, worksheets_at)
    return results_context(bench.result, request.POST.get("selected_year"), links, bench.scenario)


def _shown(opened: Opened) -> Document:
    return shown_document(opened.link.document, hides_names=opened.link.hides_names)


def _may_copy(opened: Opened) -> None:
    if not opened.link.may_copy:
        raise Http404


def _context(opened: Opened) -> dict[str, Any]:
    return {
        "shared": True,
        "token": opened.token,
        "secret": secret_of(opened.token),
        "may_copy": opened.link.may_copy,
        "revision": opened.link.revision,
        "aged": aged(opened.link.revision),
        "hide_amounts": opened.link.hides_amounts,
        "hide_names": opened.link.hides_names,
    }


def _as_shared(document: Document) -> dict[str, Any]:
    """What the result says before anything is tried."""
    result = result_of(document)
    said = headline(result, result.years[0]).sentence
    return {"sentence": said, "federal_tax": float(result.totals.federal_tax)}


def _page_without_amounts(
    request: HttpRequest, document: Document, context: dict[str, Any]
) -> HttpResponse:
    hides_names = context["hide_names"]
    year = request.GET.get("year")
    context |= context_without_amounts(document, year, hides_names=hides_names)
    context |= {"title": document.get("title", "")}
    return render(request, "sharing/without_amounts.html", context)
