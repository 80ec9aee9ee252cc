"""Forms of a shared page that need no cookie.

Looking at a link sets no cookie, so Django's check of forms has no secret to compare with.  Such a
form acts for nobody: it does what the link allows to everyone, whoever sends it.  Its secret
therefore follows from the link, and only a page that was had through the link can hold it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

SECRET_LENGTH = 32
MARK = "its_secret_follows_from_the_link"


def secret_of(token: str) -> str:
    """What the forms of a link's page must send."""
    return hashlib.sha256(f"form of {token}".encode()).hexdigest()[:SECRET_LENGTH]


def acts_for_nobody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose forms do the same whoever sends them."""
    setattr(view, MARK, True)
    return view


class LinkFormsMiddleware:
    """Stands before the check of forms and tells it the secret."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _: tuple[Any, ...], places: dict[str, Any]
    ) -> None:
        if getattr(view, MARK, False):
            secret = secret_of(places["token"])
            request.COOKIES = {**request.COOKIES, settings.CSRF_COOKIE_NAME: secret}
