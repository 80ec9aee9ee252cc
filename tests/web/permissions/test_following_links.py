"""Whatever page a member reaches by following links, no word of another firm stands on it.

Nor is anything open to who was taken out of the firm while their pages still were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.web.permissions.asking import COUNTED, ask
from tests.web.permissions.expected import OUTSIDE_OF_WORK, WITHIN
from tests.web.permissions.views import World
from tests.web.permissions.world import address, filled_in, mark
from tests.web.route_table.every import ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.every_parameter]

LINKS = re.compile(rb'(?:href|src|hx-get)="(/[^"#]*)')
SAME_KIND = 2
"""Pages of one route that are looked at, for one firm has few of each."""
PLACES = (
    "/planner/",
    "/clients/",
    "/scenarios/",
    "/book/",
    "/proposals/",
    "/runs/",
    "/news/",
    "/firm/",
)
OF_BIRCH = ("birch", "stranger", "stranger-own")


def pages(world: World, view: str) -> Iterator[tuple[str, bytes]]:
    """Every page that the view's pages lead to, and what it says."""
    waiting, seen, of_route = list(PLACES), set(PLACES), dict[str, int]()
    while waiting:
        at = waiting.pop(0)
        asked = ask(world.clients[view], "GET", at)
        if asked.target:
            found = {urlsplit(asked.target).path}
        else:
            yield at, asked.said
            found = {each.decode() for each in LINKS.findall(_whole(asked.response))}
        for link in sorted(found - seen):
            kind = _kind(link)
            if kind and of_route.setdefault(kind, 0) < SAME_KIND:
                of_route[kind] += 1
                waiting.append(link)
        seen |= found


def _whole(response: object) -> bytes:
    streaming = getattr(response, "streaming", False)
    return response.getvalue() if streaming else response.content  # type: ignore[attr-defined]


def _kind(link: str) -> str:
    """The route and the names in the query: what makes one page like another."""
    parts = urlsplit(link.replace("&amp;", "&"))
    if parts.path.startswith(("/static/", "/account/", "/examples/", "/law/")):
        return ""
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return ""
    return f"{route}?{sorted(each.partition('=')[0] for each in parts.query.split('&'))}"


@pytest.mark.parametrize("view", ["reader", "assistant", "advisor", "admin", "client"])
def test_no_page_that_can_be_reached_tells_of_another_firm(world: World, view: str) -> None:
    told = [
        f"{at} tells of {side}"
        for at, said in pages(world, view)
        for side in OF_BIRCH
        if mark(side) in said
    ]

    assert told == []


def test_there_is_something_that_could_be_told(world: World) -> None:
    """The same walk as a member of the other firm comes upon all that it keeps."""
    said = b"".join(said for _, said in pages(world, "admin_of_both_in_the_other"))

    told = set(re.findall(rb"zzbirchzz (\w+)", said))
    expected = "scenario firm household notes person tag note grant holding disclaimer proposal"
    assert told >= {*expected.encode().split()}
    assert mark("alder") not in said.replace(mark("alder") + b" firm", b"")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["pages", "fragments"])
def test_who_was_taken_out_does_nothing_from_pages_still_open(
    world: World, headers: dict[str, str]
) -> None:
    names = world.names_for("revoked", "alder")
    open_still = []
    for route, row in ROUTES.items():
        if route.startswith(OUTSIDE_OF_WORK) and route not in WITHIN:
            continue
        for method in row.methods:
            fields = filled_in(row.sends, names)
            asked = ask(world.clients["revoked"], method, address(route, names), fields, headers)
            gone = method == "HEAD" or b"no longer work there" in asked.said
            if asked.status != 404 or not gone or asked.wrote - COUNTED:
                open_still.append(f"{method} /{route}: {asked.status}")

    assert open_still == []
