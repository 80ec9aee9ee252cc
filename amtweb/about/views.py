"""What the site says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amtweb.about.components import Shown
from amtweb.about.durations import kept_for, most_kept
from amtweb.about.licenses import own_license, parts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, where, and how long."""
    context = {
        "kept": kept_for(),
        "most": most_kept(),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "form_cookie": settings.CSRF_COOKIE_NAME,
        "known_browser_cookie": settings.KNOWN_BROWSER_COOKIE_NAME,
    }
    return render(request, "about/privacy.html", context)


@require_safe
def license_text(request: HttpRequest) -> HttpResponse:
    """The terms under which the site may be used and changed."""
    context = {"paragraphs": own_license(), "parts": parts()}
    return render(request, "about/license.html", context)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every part that pages are made of, once."""
    return render(request, "about/components.html", Shown(request.GET.get("year")).context())
