"""The list of saved scenarios, and what can be done from it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from amtweb.scenarios import quotas, undo, working_copy
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.edits import place_in_order
from amtweb.scenarios.for_whom import FIELD, GoneClientError, posted_client
from amtweb.scenarios.gallery import example, examples
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.library import making, renaming, said
from amtweb.scenarios.library.changes import CHANGES, change
from amtweb.scenarios.library.listing import COLUMNS, SHELVES, SORTS, listing, view_of
from amtweb.scenarios.library.said import Said
from amtweb.scenarios.models import Scenario, digest_of
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.retention import DELETED_FOR
from amtweb.scenarios.views.saved import forget_typed, note_change, own_scenario
from amtweb.scenarios.visitors import visitor_of, visitor_who_makes
from calculator import InvalidScenario

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.http import HttpResponse

    from amtweb.htmx import HtmxHttpRequest
    from amtweb.scenarios.library.listing import Listing, View

UNPROCESSABLE = 422
FEWEST_COMPARED, MOST_COMPARED = 2, 4


class Renaming(NamedTuple):
    """The row whose name is being written."""

    public_id: str
    title: str
    seen: str
    """The name that it had when the writing began."""
    mistake: str = ""


@require_safe
def library(request: HtmxHttpRequest) -> HttpResponse:
    """The scenarios that this visitor saved."""
    view = view_of(request.GET)
    try:
        shown = listing(visitor_of(request), view)
    except GoneClientError:
        raise Http404 from None
    wanted = request.GET.get("rename", "")
    named = [row.scenario for row in shown.rows if row.scenario.public_id == wanted]
    renames = Renaming(wanted, named[0].title, named[0].title) if named else None
    heard = None if request.htmx else said.heard(request)
    return _page(request, shown, heard, renames=renames)


@require_POST
def chosen(request: HtmxHttpRequest) -> HttpResponse:
    """Does with the chosen scenarios, or with one alone, what the pressed button says."""
    name, _, alone = request.POST.get("op", "").partition(":")
    public_ids = [alone] if alone else request.POST.getlist("with")
    if name == "compare":
        return _compare(request, public_ids)
    if name not in CHANGES:
        return _answer(request, Said("That cannot be done.", refused=True), ())
    return _change(request, name, public_ids)


@require_POST
def delete(request: HtmxHttpRequest, public_id: str) -> HttpResponse:
    """Deletes a scenario; for a while it can be had back.  Once more changes nothing."""
    own_scenario(request, public_id, deleted_too=True)
    return _change(request, "delete", [public_id])


@require_POST
def duplicate(request: HtmxHttpRequest, public_id: str) -> HttpResponse:
    """Makes a scenario that begins as this one is now."""
    original, visitor = own_scenario(request, public_id), visitor_who_makes(request)
    try:
        # Without a word about it, it is for the same client.
        client = posted_client(request) if FIELD in request.POST else original.client
        key = f"{public_id} {client.public_id}" if client else public_id
        made = _once(request, key, lambda: making.duplicate(visitor, original, client))
    except quotas.NotKeptError as no_room:
        return _answer(request, said.of_refusal(no_room), ())
    except InvalidScenario:
        words = Said("It cannot be computed any more. Open it to see why.", refused=True)
        return _answer(request, words, ())
    words = Said("Made", made.title, made.get_absolute_url())
    return _answer(request, words, [made.public_id])


@require_POST
def create(request: HtmxHttpRequest) -> HttpResponse:
    """Makes a scenario from nothing or from an example, and opens it."""
    begins, title = request.POST.get("begins", ""), request.POST.get("title", "").strip()
    try:
        document = example(begins).document
    except KeyError:
        document = working_copy.blank_document()
    if title:
        document = making.entitled(document, title)
    if mistake := renaming.mistake_in(document):
        return _create_again(request, begins, title, mistake)
    try:
        visitor, figures = visitor_who_makes(request), figures_of(result_of(document))
        client = posted_client(request)
        make = partial(making.make_scenario, visitor, document, figures, client=client)
        made = _once(request, f"{digest_of(document)} {client and client.public_id}", make)
    except quotas.NotKeptError as no_room:
        said.keep(request, said.of_refusal(no_room))
        return redirect("scenarios:library")
    return redirect(made)


@require_POST
def rename(request: HtmxHttpRequest, public_id: str) -> HttpResponse:
    """Gives a scenario another title, unless somebody else has just done so."""
    found = own_scenario(request, public_id)
    title, seen = request.POST.get("title", "").strip(), request.POST.get("seen", "")
    mistake = renaming.rename(found, title, seen=seen)
    if not mistake:
        note_change(request, found)
        return _answer(request, Said("Renamed to", found.title or str(found)), [public_id])
    shown = listing(visitor_of(request), view_of(request.POST))
    renames = Renaming(public_id, title, found.title, mistake)
    return _page(request, shown, None, renames=renames, status=UNPROCESSABLE)


def _once(request: HtmxHttpRequest, of: str, make: Callable[[], Scenario]) -> Scenario:
    """What the button makes, and the same if it was pressed twice."""
    visitor, (page, _) = visitor_of(request), place_in_order(request.POST)
    own = Scenario.objects.editable_by(visitor)
    return once(
        visitor,
        key_of(page, request.path, of),
        make=make,
        name=lambda scenario: scenario.public_id,
        find=lambda name: own.filter(public_id=name).first(),
    )


def _change(request: HtmxHttpRequest, name: str, public_ids: Collection[str]) -> HttpResponse:
    visitor = visitor_of(request)
    before = [row.scenario.public_id for row in listing(visitor, view_of(request.POST)).rows]
    try:
        changed = change(visitor, name, public_ids)
    except quotas.QuotaError as no_room:
        return _answer(request, said.of_refusal(no_room), ())
    if changed.change.forgets_typed:
        for public_id in changed.public_ids:
            forget_typed(request, public_id)
        undo.forget_of(changed.public_ids)
    return _answer(request, said.of_change(changed), changed.public_ids, before)


def _compare(request: HtmxHttpRequest, public_ids: Collection[str]) -> HttpResponse:
    if not FEWEST_COMPARED <= len(public_ids) <= MOST_COMPARED:
        words = "To compare, choose two, three or four scenarios."
        return _answer(request, Said(words, refused=True), ())
    query = urlencode([("with", public_id) for public_id in public_ids])
    address = f"{reverse('comparing:compare')}?{query}"
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _answer(
    request: HtmxHttpRequest,
    words: Said,
    changed: Collection[str],
    before: list[str] | None = None,
) -> HttpResponse:
    """The list as it is now, and what was done; without scripts by the way of its address."""
    view = view_of(request.POST)
    if not request.htmx:
        said.keep(request, words)
        return redirect(view.address())
    shown = listing(visitor_of(request), view)
    return _page(request, shown, words, focus=_focus(shown, changed, before or []))


def _focus(shown: Listing, changed: Collection[str], before: list[str]) -> str:
    """The row to go on with: a changed one, or the one that took its place, or none."""
    now = [row.scenario.public_id for row in shown.rows]
    still_there = [public_id for public_id in now if public_id in changed]
    if still_there:
        return still_there[0]
    left = [place for place, public_id in enumerate(before) if public_id in changed]
    return now[min(left[0], len(now) - 1)] if left and now else ""


def _page(
    request: HtmxHttpRequest,
    shown: Listing,
    words: Said | None,
    *,
    status: int | None = None,
    **context: Any,
) -> HttpResponse:
    """The list: to htmx as the pieces that changed."""
    template = "pieces" if request.htmx else "page"
    visitor = visitor_of(request)
    context |= {
        "listing": shown,
        "view": shown.view,
        "said": words,
        "shelves": _shelves(shown),
        "sorts": SORTS,
        "heads": _heads(shown.view),
        "most": quotas.most_scenarios(visitor),
        "has_account": visitor.user_id is not None,
        "examples": examples(),
        "tab": secrets.token_urlsafe(12),
        "deleted_for": DELETED_FOR,
        "known_for": timedelta(seconds=settings.SESSION_COOKIE_AGE),
    }
    return render(request, f"scenarios/library/{template}.html", context, status=status)


def _create_again(request: HtmxHttpRequest, begins: str, title: str, mistake: str) -> HttpResponse:
    """The list with the form as it was filled in."""
    shown = listing(visitor_of(request), view_of({}))
    form = {"begins": begins, "title": title, "mistake": mistake}
    return _page(request, shown, None, status=UNPROCESSABLE, creating=form)


def _shelves(shown: Listing) -> list[tuple[str, str, int]]:
    """Each shelf's name, where it is with the same search, and how many there are."""
    return [
        (shelf, shown.view.address(shelf=shelf, page="1"), shown.counts[shelf]) for shelf in SHELVES
    ]


def _heads(view: View) -> dict[str, dict[str, str]]:
    """For each column: how the list is sorted by it, and where a press on its head leads."""
    heads = {}
    for column, (first, second) in COLUMNS.items():
        is_turned = view.sort == first
        now = {first: SORTS[first], second: SORTS[second]}.get(view.sort)
        heads[column] = {
            "address": view.address(sort=second if is_turned else first, page="1"),
            "order": ("descending" if now.descending else "ascending") if now else "",
        }
    return heads
