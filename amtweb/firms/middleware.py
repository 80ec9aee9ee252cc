"""Keeps a session that works in a firm to what the firm lets it do."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.shortcuts import redirect, render

from amtweb.firms.access import SAFE, RoleError
from amtweb.firms.sessions import note_use
from amtweb.firms.workspace import Shut, member_of, shut_out, used_at_of, wanted_firm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

OPEN_PREFIXES = ("account", "mfa_")
OPEN = {
    *("firms:workspaces", "firms:enter", "firms:leave", "firms:second_step"),
    *("sharing:shared", "sharing:opened", "sharing:document", "live", "ready", "icon"),
    *("sharing:worksheets", "sharing:worksheets_of_year"),
    *("proposals:shared", "proposals:opened", "proposals:shared_pdf", "proposals:shared_logo"),
    # Of a calendar program, which has no session.
    "book:feed",
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
        error.write_down()
        context = {"exception": str(error)}
        response = render(request, "403.html", context, status=HTTPStatus.FORBIDDEN)
        response.headers["X-Refused"] = quote(str(error).rstrip("."))
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """The answer to who may not go on; None for everyone else."""
        page = request.resolver_match.view_name if request.resolver_match else ""
        if page in OPEN or page.startswith(OPEN_PREFIXES) or not wanted_firm(request):
            return None
        shut = shut_out(request)
        if shut is not None:
            return _refusal(request, shut)
        member = member_of(request)
        if member is not None:
            note_use(request, used_at_of(member))
        return None


ASLEEP = (
    "nothing was saved, as your time at work in the firm is over. Confirm that it is you in another"
    " tab, at Workspaces, then go on here: what you typed still stands"
)

LEFT = "you no longer work in this firm. Nothing was changed, and nothing of it is open to you"


def _refusal(request: HttpRequest, shut: Shut) -> HttpResponse:
    """The page that says so; what asked from within a page stays there, with all that was typed."""
    if shut is Shut.GONE:
        left = render(request, "firms/left.html", status=HTTPStatus.NOT_FOUND)
        left.headers["X-Refused"] = quote(LEFT)
        return left
    is_htmx = bool(request.headers.get("HX-Request"))
    if shut is Shut.NO_SECOND_STEP and request.method in SAFE and not is_htmx:
        return redirect("firms:second_step")
    context = {
        "next": request.get_full_path() if request.method in SAFE and not is_htmx else "",
        "sent": request.method not in SAFE,
        "minutes": settings.LONGEST_IDLE_IN_A_FIRM // timedelta(minutes=1),
        "hours": settings.LONGEST_IN_A_FIRM // timedelta(hours=1),
    }
    response = render(request, "firms/asleep.html", context, status=HTTPStatus.FORBIDDEN)
    response.headers["X-Refused"] = quote(ASLEEP)
    return response
