from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look on pages that cannot name an icon, such as a downloaded document."""
    return redirect(static("icon.svg"))
