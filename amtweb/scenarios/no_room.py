"""What is answered when something cannot be kept and no view knows better."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render

from amtweb.scenarios.quotas import NotKeptError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class NoRoomMiddleware:
    """Says in a sentence why it cannot be kept, instead of failing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page of its own; in answer to htmx, the status line of the page that asked."""
        if not isinstance(error, NotKeptError):
            return None
        piece = "status" if request.headers.get("HX-Request") else "page"
        template = f"scenarios/library/no_room_{piece}.html"
        context = {"no_room": error, "out_of_band": True}
        return render(request, template, context, status=HTTPStatus.CONFLICT)
