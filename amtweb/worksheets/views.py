"""The forms of a year, line by line: a page that the figures of the results lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from amtweb.scenarios.bench import result_of, selected
from amtweb.worksheets.content import worksheets_page
from calculator import InvalidScenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from amtweb.exchange.subjects import Subject


@require_safe
def some_year(request: HttpRequest, find: Callable[..., Subject], **place: Any) -> HttpResponse:
    """Leads to the year asked for, or to that with the most AMT."""
    return some_year_of(request, find(request, **place))


@require_safe
def year_page(
    request: HttpRequest, find: Callable[..., Subject], year: int, **place: Any
) -> HttpResponse:
    """Every form of a year."""
    subject = find(request, **place)
    if "number" in place:
        # The page of the scenario has the inputs of its draft.
        subject = subject._replace(page=reverse("scenarios:revision", kwargs=place))
    return year_page_of(request, subject, year)


def some_year_of(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Leads to a year of the subject, at an address to which the year can be added."""
    try:
        result = result_of(subject.document)
    except InvalidScenario:
        return redirect(subject.page)
    year = selected(result, request.GET.get("year"))
    return redirect(f"{request.path}{year.year}/")


def year_page_of(request: HttpRequest, subject: Subject, year: int, **context: Any) -> HttpResponse:
    """Every form of a year of the subject, or those asked for; the other years are beside it."""
    try:
        page = worksheets_page(subject, year, request.GET.getlist("only"))
    except InvalidScenario:
        # It was good once; its page says what is refused today.
        return redirect(subject.page)
    if page is None:
        raise Http404
    seen = request.GET.get("shown", "")
    context |= {"subject": subject, "page": page, "changed": seen not in ("", page.stamp)}
    return render(request, "worksheets/year.html", context)
