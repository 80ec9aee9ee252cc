"""Every route, by every method, from every point of view: who gets what, and what nobody gets.

Whoever is denied learns nothing of whose it is, not even that it is there, and changes nothing.
Whoever is allowed sees it: otherwise a site that denies everything would do as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.web.permissions.asking import COUNTED, LOG, OF_NOBODY, Asked, ask
from tests.web.permissions.expected import (
    ABSENT,
    ASLEEP,
    LEFT,
    METHOD,
    ROLE,
    SECOND_STEP,
    SIGN_IN,
    WORKSPACES,
    YES,
    expected,
    sides_of,
)
from tests.web.permissions.views import VIEWS, World
from tests.web.permissions.world import (
    MISSING,
    SIDES,
    FirmSide,
    address,
    canary,
    filled_in,
    is_of_something,
    mark,
)
from tests.web.route_table.every import ROUTES
from tests.web.route_table.route import READ, Route

pytestmark = pytest.mark.django_db

UNKNOWN = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
"""Methods that no page knows: refused before it is looked at who asks."""
METHODS = ("GET", "HEAD", "POST", *UNKNOWN)
HEADS = 4
DONE = (200, 204, 302, 409, 413, 422)
STATUSES = {ABSENT: 404, LEFT: 404, ROLE: 403, ASLEEP: 403, METHOD: 405}
SAID = {
    LEFT: b"you no longer work there",
    ROLE: b"you may not",
    ASLEEP: b"your time at work is over",
}
HARMLESS = {YES: LOG | {"cache"}, ROLE: OF_NOBODY | LOG}
FORM_TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[a-z0-9]{64}')
LEADS = {
    SIGN_IN: "/account/sign-in/?next=/",
    SECOND_STEP: "/workspaces/second-step/",
    WORKSPACES: "/workspaces/",
}


class Cell(NamedTuple):
    """A place in the matrix."""

    route: str
    view: str
    method: str
    side: str

    @property
    def row(self) -> Route:
        return ROUTES[self.route]

    @property
    def answer(self) -> str:
        return expected(self.route, self.row, self.view, self.method, self.side)

    def __str__(self) -> str:
        return f"{self.method} /{self.route} of {self.side} as {self.view}: {self.answer}"


def methods_of(turn: int) -> Iterator[str]:
    """What one point of view asks by.

    What is refused to all, and what is GET without its body, goes round among them.
    """
    yield "GET"
    if turn % HEADS == 0:
        yield "HEAD"
    yield "POST"
    yield UNKNOWN[turn % len(UNKNOWN)]


def cells(view: str) -> Iterator[Cell]:
    turn = [*VIEWS].index(view)
    for place, (route, row) in enumerate(ROUTES.items()):
        for method in methods_of(place + turn):
            sides = sides_of(row) if method in row.methods else ("alder",)
            yield from (Cell(route, view, method, side) for side in sides)


def test_every_route_is_asked_by_every_method() -> None:
    asked = {(cell.route, cell.method) for view in VIEWS for cell in cells(view)}

    assert asked == {(route, method) for route in ROUTES for method in METHODS}


@pytest.mark.parametrize("view", VIEWS)
def test_everybody_gets_what_is_theirs_and_nothing_else(world: World, view: str) -> None:
    wrong = [f"{cell}: {fault}" for cell in cells(view) for fault in faults(world, cell)]

    assert not wrong, "\n".join(wrong)


def faults(world: World, cell: Cell) -> Iterator[str]:
    names = world.names_for(cell.view, cell.side)
    asked = _ask(world, cell, names)
    answer = cell.answer
    if not _is(answer, asked, cell.row, cell.method):
        yield f"{asked.status} {asked.target} {getattr(asked.response, 'exc_info', '') or ''}"
        return
    yield from _leaks(world, cell, asked)
    yield from _writes(cell, asked)
    if answer == YES:
        yield from _misses(world, cell, asked)
    if answer == ABSENT and is_of_something(cell.route) and cell.method != "HEAD":
        absent = _ask(world, cell, {})
        if _plain(asked, names) != _plain(absent, {}):
            yield "what is another's is told from what is not there"


def _ask(world: World, cell: Cell, names: dict[str, str]) -> Asked:
    view = VIEWS[cell.view]
    of = names
    if not is_of_something(cell.route) and view.sees and view.sees[0] in world.sides:
        of = world.names_for(cell.view, view.sees[0])
    fields = filled_in(cell.row.sends, of)
    return ask(world.clients[cell.view], cell.method, address(cell.route, names), fields)


def _is(answer: str, asked: Asked, row: Route, method: str) -> bool:
    if answer in LEADS:
        return asked.status == 302 and asked.target.startswith(LEADS[answer])
    if answer != YES:
        sentence = SAID.get(answer, b"") if method != "HEAD" else b""
        return asked.status == STATUSES[answer] and sentence in asked.said
    if asked.target.startswith((LEADS[SIGN_IN], LEADS[SECOND_STEP])):
        return False
    if method == "POST":
        return asked.status in DONE
    return asked.status == 200 or (row.leads_on and asked.status == 302)


def _leaks(world: World, cell: Cell, asked: Asked) -> Iterator[str]:
    """The sides of which it holds a word, and should not."""
    view, said = VIEWS[cell.view], asked.said
    alder = world.sides["alder"]
    if view.knows_the_firm:
        assert isinstance(alder, FirmSide)
        known = [alder.firm.name, alder.firm.disclaimer, alder.members["admin"].user.email]
        if cell.view == "client":
            # What they are called there, and were given.
            known += [canary("alder", "household"), canary("alder", "proposal")]
        for text in known:
            said = said.replace(text.lower().encode(), b"")
    may_see = {*view.sees}
    if view.link and cell.row.who == "holder" and cell.answer == YES:
        may_see.add(cell.side)
    for side in {*SIDES} - may_see:
        if (at := said.find(mark(side))) >= 0:
            yield f"shows {said[max(0, at - 60) : at + 40]!r}"


def _writes(cell: Cell, asked: Asked) -> Iterator[str]:
    """Where nothing is to be changed, only the log of who was refused, or saw what, goes on."""
    if cell.answer == YES and cell.method not in READ:
        return
    harmless = HARMLESS.get(cell.answer, OF_NOBODY)
    if changed := asked.wrote - harmless:
        yield f"writes to {', '.join(sorted(changed))}"


def _misses(world: World, cell: Cell, asked: Asked) -> Iterator[str]:
    """What is allowed is also there."""
    is_read = cell.method == "GET" and asked.status == 200
    if is_read and cell.row.shows and is_of_something(cell.route):
        if not any(mark(side) in asked.said for side in VIEWS[cell.view].sees or [cell.side]):
            yield "shows nothing of it"
    elif cell.method == "POST" and _should_do(cell) and not asked.wrote - COUNTED:
        yield f"{asked.status} {asked.target}: does nothing"


def _should_do(cell: Cell) -> bool:
    """Whether the form does something; who has nothing changes nothing of it."""
    names_things = any("{" in value for value in cell.row.sends.values())
    has_things = {*VIEWS[cell.view].sees} & {"alder", "birch", "owner", "browser"}
    return bool(cell.row.sends and cell.row.at_once and (has_things or not names_things))


def _plain(asked: Asked, names: dict[str, str]) -> bytes:
    """Without what is another each time."""
    said = FORM_TOKEN.sub(b"", asked.said)
    for name in {*names.values(), MISSING}:
        if len(name) >= len(MISSING):
            said = said.replace(name.lower().encode(), b"*")
    return said
