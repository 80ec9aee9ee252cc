"""Browsers that have signed in to an account before, whose attempts are counted by themselves.

Else whoever guesses at an account would lock its owner out of it for as long as they go on.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SALT = "amtweb.accounts.known_browsers"
LIFETIME = timedelta(days=365)


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Marks the browser as one that has signed in to the account of the address."""
    name = name_of(request, email) or secrets.token_urlsafe(16)
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps([_about(email), name], salt=SALT),
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def name_of(request: HttpRequest, email: str) -> str:
    """What the browser is called by that account; empty if it never signed in to it."""
    mark = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        about, name = signing.loads(mark, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return ""
    return str(name) if about == _about(email) else ""


def _about(email: str) -> str:
    # The cookie stays in the browser, which should not tell the next person whose account it was.
    return salted_hmac(SALT, email.lower(), algorithm="sha256").hexdigest()
