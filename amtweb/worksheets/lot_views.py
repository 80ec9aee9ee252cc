"""The page of all lots and their events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from amtweb.worksheets.lots import lots_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from amtweb.exchange.subjects import Subject


@require_safe
def lots(request: HttpRequest, find: Callable[..., Subject], **place: Any) -> HttpResponse:
    """Every event of every lot."""
    return lots_of(request, find(request, **place))


def lots_of(request: HttpRequest, subject: Subject) -> HttpResponse:
    """The page on a subject; the forms of its years are beside it."""
    context = {"subject": subject, "page": lots_page(subject)}
    return render(request, "worksheets/lots.html", context)
