"""What the site says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from amtweb.about.components import Shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, where, and how long."""
    return render(request, "about/privacy.html")


@require_safe
def license_text(request: HttpRequest) -> HttpResponse:
    """The terms under which the site may be used and changed."""
    return render(request, "about/license.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every part that pages are made of, once."""
    return render(request, "about/components.html", Shown(request.GET.get("year")).context())
