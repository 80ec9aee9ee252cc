"""Closes the first year of a scenario with the figures of the filed return."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from amtweb.scenarios import working_copy
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.library.changes import change
from amtweb.scenarios.library.making import make_scenario
from amtweb.scenarios.views.saved import own_scenario
from amtweb.scenarios.visitors import visitor_who_makes
from amtweb.year_end.amounts import rows_of
from amtweb.year_end.closing import LINES, CloseYearForm, closed_document
from calculator import InvalidScenario

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.scenarios.models import Scenario

    Document = dict[str, Any]

MAKE = "make"
LONGEST_NOTE = 200


@require_http_methods(["GET", "HEAD", "POST"])
def close_year_of_scenario(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form for a saved scenario; the next year becomes a scenario of its own."""
    scenario = own_scenario(request, public_id)
    form = _form(request, scenario.draft)
    if form is None:
        return redirect(scenario)
    context = {"scenario": scenario, "back": scenario.get_absolute_url()}
    if not _makes(request, form):
        return _page(request, scenario.draft, form, context)
    try:
        document = _closed(scenario.draft, form)
    except InvalidScenario as refusal:
        return _page(request, scenario.draft, form, context, refusal)
    return redirect(_save(request, scenario, document, form))


@require_http_methods(["GET", "HEAD", "POST"])
def close_year_of_working_copy(request: HttpRequest) -> HttpResponse:
    """The form for what stands on the bench; the next year takes its place."""
    document = working_copy.working_copy(request).document
    form = _form(request, document)
    if form is None:
        return redirect("scenarios:workbench")
    context = {"back": reverse("scenarios:workbench")}
    if not _makes(request, form):
        return _page(request, document, form, context)
    try:
        closed = _closed(document, form)
    except InvalidScenario as refusal:
        return _page(request, document, form, context, refusal)
    working_copy.start_from(request, closed)
    return redirect("scenarios:workbench")


def _form(request: HttpRequest, document: Document) -> CloseYearForm | None:
    """None for a document that is refused today: its own page says why."""
    try:
        return CloseYearForm(document, request.POST if request.method == "POST" else None)
    except InvalidScenario:
        return None


def _makes(request: HttpRequest, form: CloseYearForm) -> bool:
    return request.POST.get("op") == MAKE and form.is_valid()


def _closed(document: Document, form: CloseYearForm) -> Document:
    return closed_document(document, form.year.year, form.filed())


def _save(
    request: HttpRequest, closed: Scenario, document: Document, form: CloseYearForm
) -> Scenario:
    year = form.year.year
    visitor = visitor_who_makes(request)
    note = f"{year} closed with the figures of the filed return, from “{closed}”"
    headline = figures_of(result_of(document))
    with transaction.atomic():
        made = make_scenario(visitor, document, headline, note[:LONGEST_NOTE], client=closed.client)
        if form.cleaned_data["archive"]:
            change(visitor, "archive", [closed.public_id])
    return made


def _page(
    request: HttpRequest,
    document: Document,
    form: CloseYearForm,
    context: Document,
    refusal: InvalidScenario | None = None,
) -> HttpResponse:
    wrong = bool(form.is_bound and not form.is_valid()) or refusal is not None
    context |= {
        "form": form,
        "rows": rows_of(form, LINES, form.modelled),
        "year": form.year.year,
        "next_year": form.year.year + 1,
        "ends": len(document["years"]) == 1,
        "compared": form.is_bound and not wrong,
        "problems": () if refusal is None else refusal.problems,
        "title": document.get("title", ""),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "year_end/close_year.html", context, status=status)
