"""Requests that cannot be read: what is too large is told so, in words, wherever it was sent."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST_SWALLOWED = 64 * 1024 * 1024
"""Bytes of a refused body that are still taken in.  A browser that is hung up on while it sends
shows its own error instead of our answer."""
CHUNK = 1024 * 1024


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a request that Django refuses to read."""
    if not isinstance(exception, RequestDataTooBig):
        return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
    _swallow(request)
    # An edit of a page that stays takes a line for its status; anyone else gets a page.
    page = "413_status.html" if request.headers.get("HX-Request") else "413.html"
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    response = render(request, page, {"most": most}, status=status)
    response.headers["HX-Reswap"] = "none"
    return response


def _swallow(request: HttpRequest) -> None:
    try:
        for _ in range(MOST_SWALLOWED // CHUNK):
            if not request.read(CHUNK):
                return
    except UnreadablePostError:
        return
