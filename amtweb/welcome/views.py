"""The first page, and the three ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What the site answers, and where to begin."""
    return render(request, "welcome/landing.html")


@require_safe
def exercised(request: HttpRequest) -> HttpResponse:
    """The start of somebody who exercised ISOs."""
    return render(request, "welcome/exercised.html")


@require_safe
def credit(request: HttpRequest) -> HttpResponse:
    """The start of somebody who has a credit already."""
    return render(request, "welcome/credit.html")


@require_safe
def advisor(request: HttpRequest) -> HttpResponse:
    """The start of somebody with clients."""
    return render(request, "welcome/advisor.html")
