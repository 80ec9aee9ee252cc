"""Who is asking: a signed-in user, or a browser known by a random key in its session."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from django.http import HttpRequest

SESSION_KEY = "visitor"


class Visitor(NamedTuple):
    """``digest`` is empty for a browser that never made anything."""

    user_id: int | None
    digest: str


def visitor_of(request: HttpRequest) -> Visitor:
    """Who is asking; leaves no trace."""
    user_id = request.user.pk if request.user.is_authenticated else None
    key = request.session.get(SESSION_KEY)
    return Visitor(user_id, _digest(key) if key else "")


def visitor_who_makes(request: HttpRequest) -> Visitor:
    """Who is asking, known from now on."""
    if SESSION_KEY not in request.session:
        request.session[SESSION_KEY] = secrets.token_urlsafe(32)
    return visitor_of(request)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
