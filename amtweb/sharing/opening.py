"""What stands before every page behind a link: the link lives, or there is no such page."""

from __future__ import annotations

from functools import partial, wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404
from django.shortcuts import render

from amtweb import misses
from amtweb.sharing.models import ShareLink

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Find = Callable[[str], Any]

NOT_FOR_SEARCH_ENGINES = "noindex, nofollow, noarchive"


class Opened(NamedTuple):
    """A live link, and the token that opened it."""

    link: ShareLink
    token: str


def behind_a_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the live link of the token in its address."""
    return behind(_opened)(view)


def behind(find: Find) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Gives a view what ``find`` finds of the token in its address; None is a dead link.

    Whatever is wrong with a link, the answer is the same missing page, as it is for what a living
    link does not allow.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, token: str, **place: Any) -> HttpResponse:
            response = _answer(view, request, partial(find, token), place)
            response.headers["X-Robots-Tag"] = NOT_FOR_SEARCH_ENGINES
            return response

        return answer

    return decorate


def _opened(token: str) -> Opened | None:
    found = ShareLink.objects.opened_by(token).select_related("scenario", "revision")
    link = found.first()
    return None if link is None else Opened(link, token)


def _answer(
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    find: Callable[[], Any],
    place: dict[str, Any],
) -> HttpResponse:
    if seconds := misses.seconds_to_wait(request):
        response = render(request, "sharing/too_many.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(seconds)
        return response
    opened = find()
    if opened is None:
        misses.count(request)
        return _no_such_page(request)
    try:
        return view(request, opened, **place)
    except Http404:
        return _no_such_page(request)


def _no_such_page(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
