"""Keeps a session that works in a firm to what the firm lets it do."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from amtweb.firms.access import RoleError
from amtweb.firms.workspace import member_of, showed_second_step, wanted_firm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

OPEN_PREFIXES = ("account", "mfa_")
OPEN = {
    *("firms:workspaces", "firms:enter", "firms:leave", "firms:second_step"),
    *("sharing:shared", "sharing:opened", "sharing:document", "live", "ready", "icon"),
}
"""Pages that are no firm's: of the account, of the change from one workspace to another."""


class WorkspaceMiddleware:
    """Sends away whoever works in a firm and may not, or not yet.

    Nothing that was meant for the firm is done in the person's own space instead: a page of the
    firm that is still open after its rights are gone changes nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a role does not include, in a sentence; a page that stays gets it in a header."""
        if not isinstance(error, RoleError):
            return None
        context = {"exception": str(error)}
        response = render(request, "403.html", context, status=HTTPStatus.FORBIDDEN)
        response.headers["X-Refused"] = quote(str(error).rstrip("."))
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """The answer to who may not go on; None for everyone else."""
        page = request.resolver_match.view_name if request.resolver_match else ""
        if page in OPEN or page.startswith(OPEN_PREFIXES) or not wanted_firm(request):
            return None
        if not showed_second_step(request):
            return _go(request, "firms:second_step")
        if member_of(request) is None:
            return render(request, "firms/left.html", status=HTTPStatus.NOT_FOUND)
        return None


def _go(request: HttpRequest, page: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(redirect(page)["Location"])
    return redirect(page)
