"""The page to copy from into a tax program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from amtweb.scenarios.bench import result_of, selected
from amtweb.worksheets.tax_software import tax_software_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from amtweb.exchange.subjects import Subject


@require_safe
def some_sheet(request: HttpRequest, find: Callable[..., Subject], **place: Any) -> HttpResponse:
    """Leads to the sheet of the year asked for, or to that with the most AMT."""
    year = selected(result_of(find(request, **place).document), request.GET.get("year"))
    return redirect(f"{request.path.removesuffix('tax-software/')}{year.year}/tax-software/")


@require_safe
def sheet(
    request: HttpRequest, find: Callable[..., Subject], year: int, **place: Any
) -> HttpResponse:
    """What to type for a year, and what should come out."""
    return sheet_of(request, find(request, **place), year)


def sheet_of(request: HttpRequest, subject: Subject, year: int) -> HttpResponse:
    """The page on a subject; the forms of the year are at the address above it."""
    page = tax_software_page(subject, year)
    if page is None:
        raise Http404
    return render(request, "worksheets/tax_software.html", {"subject": subject, "page": page})
