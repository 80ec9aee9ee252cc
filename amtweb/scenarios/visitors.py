"""Who is asking: a user, a user at work in a firm, or a browser known by a key in its session."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from amtweb.firms.workspace import member_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member

SESSION_KEY = "visitor"
USED_ON = "visitor_used_on"


class Visitor(NamedTuple):
    """``digest`` is empty for a browser that never made anything, and for a user."""

    user_id: int | None
    digest: str
    member: Member | None = None
    """As what the user works in a firm now: then all that is theirs is the firm's."""


def visitor_of(request: HttpRequest) -> Visitor:
    """Who is asking; leaves no trace."""
    if request.user.is_authenticated:
        return Visitor(request.user.pk, "", member_of(request))
    key = request.session.get(SESSION_KEY)
    return Visitor(None, digest_of_visitor(key) if key else "")


def visitor_who_makes(request: HttpRequest) -> Visitor:
    """Who is asking, known from now on."""
    if not request.user.is_authenticated and SESSION_KEY not in request.session:
        request.session[SESSION_KEY] = secrets.token_urlsafe(32)
    keep_known(request)
    return visitor_of(request)


def keep_known(request: HttpRequest) -> None:
    """Lets the session of a browser that owns something begin its time anew, once a day."""
    session = request.session
    today = timezone.now().date().isoformat()
    if session.accessed and SESSION_KEY in session and session.get(USED_ON) != today:
        session[USED_ON] = today


class KnownBrowserMiddleware:
    """Keeps a browser known while it is used.

    Edits of a saved scenario leave the session alone, which would end beneath them.  Reading
    changes nothing, so that only what writes counts as use.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST":
            keep_known(request)
        return response


def digest_of_visitor(key: str) -> str:
    """What is stored of the key: 256 random bits need no salt."""
    return hashlib.sha256(key.encode()).hexdigest()
