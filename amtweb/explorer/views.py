"""How many options can be exercised before AMT, and a plan made of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def explorer(request: HttpRequest) -> HttpResponse:
    """The questions of the explorer."""
    return render(request, "explorer/explorer.html")
