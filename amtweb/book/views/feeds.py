"""The addresses of a member's feeds, and what a calendar program gets there."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from amtweb import misses
from amtweb.book.dates import CALENDAR, dates_of
from amtweb.book.feeds import (
    MOST_FEEDS,
    TOKEN_BYTES,
    TooManyFeedsError,
    feed_of,
    live_feeds,
    make_feed,
)
from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import MAY, Act

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.firms.models import Member

LONGEST_SEED = 64


@in_firm("GET", "HEAD", act=Act.SEE)
def feeds(request: HttpRequest, member: Member) -> HttpResponse:
    """The member's feeds, and how to make one."""
    return _page(request, member)


@in_firm("POST", act=Act.EXPORT, confirmed=True)
def new_feed(request: HttpRequest, member: Member) -> HttpResponse:
    """Makes a feed; its address is shown this once."""
    with_names = request.POST.get("with_names") == "on"
    try:
        with transaction.atomic():
            seed = request.POST.get("seed", "")[:LONGEST_SEED]
            feed, token = make_feed(member, seed=seed, with_names=with_names)
            note(member, "feed_made", f"feed {feed.public_id}")
    except TooManyFeedsError:
        return _page(request, member, full=True, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    # The same form may come again after its feed has ended.
    address = reverse("book:feed", args=[token]) if feed.ended_at is None else ""
    return _page(request, member, address=address and request.build_absolute_uri(address))


@in_firm("POST", act=Act.SEE)
def end_feed(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """From the next request on there is no such address."""
    feed = get_object_or_404(member.feeds, public_id=public_id)
    with transaction.atomic():
        ended = live_feeds(member).filter(pk=feed.pk).update(ended_at=timezone.now())
        if ended:
            note(member, "feed_ended", f"feed {public_id}")
            messages.success(request, "The feed is ended: its address shows nothing any more.")
    return redirect("book:feeds")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates ahead, to whoever has the address."""
    response = _answer(request, token)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    if seconds := misses.seconds_to_wait(request):
        response = HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(seconds)
        return response
    found = feed_of(token)
    if found is None:
        misses.count(request)
        return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
    content = dates_of(
        found.member.firm,
        with_names=found.with_names,
        address_of=request.build_absolute_uri,
        made=timezone.now(),
    )
    return HttpResponse(content, content_type=CALENDAR)


def _page(
    request: HttpRequest, member: Member, *, status: HTTPStatus = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    context = {
        "member": member,
        "may": {act.name.lower() for act in MAY[member.role]},
        "feeds": live_feeds(member),
        "seed": secrets.token_urlsafe(TOKEN_BYTES),
        "most": MOST_FEEDS,
    }
    return render(request, "book/feeds.html", context | more, status=status)
