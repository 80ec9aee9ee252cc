"""Which answer everybody is to get, from what the table says of a route."""

from __future__ import annotations

from amtweb.firms.permissions import MAY
from tests.web.permissions.views import VIEWS, View
from tests.web.permissions.world import is_of_something
from tests.web.route_table.route import READ, Route

YES, ABSENT, ROLE, METHOD = "yes", "absent", "role", "method"
SIGN_IN, SECOND_STEP, WORKSPACES = "sign in", "second step", "workspaces"
LEFT, ASLEEP = "left", "asleep"
OUTSIDE_OF_WORK = ("account/", "workspaces/", "favicon.ico", "livez", "readyz", "shared/", "feeds/")
WITHIN = (
    *("workspaces/new-firm/", "workspaces/invitations/<slug:public_id>/accept/"),
    "shared/<slug:token>/copy/",
)
"""Of those outside, what makes something where somebody works."""


def sides_of(row: Route) -> tuple[str, ...]:
    """Whose things the route is asked for."""
    return ("browser", "owner", "alder") if row.who == "owner" else ("alder",)


def expected(route: str, row: Route, view: str, method: str, side: str) -> str:
    """The answer to somebody who asks for what is the side's."""
    seen_from, exception = VIEWS[view], row.instead.get(view, "")
    if seen_from.stopped and (route in WITHIN or not route.startswith(OUTSIDE_OF_WORK)):
        # What is sent is not carried over to another page.
        is_sent = method not in READ and seen_from.stopped == SECOND_STEP
        return ASLEEP if is_sent else seen_from.stopped
    if method not in row.methods:
        return METHOD
    return exception or _of(route, row, view, method, side)


def _of(route: str, row: Route, view: str, method: str, side: str) -> str:
    seen_from = VIEWS[view]
    if row.who == "anyone":
        return _by_role(row, seen_from, method)
    if row.who == "holder":
        return YES if seen_from.link in ("read", "copy") else ABSENT
    if row.who == "owner":
        is_theirs = side in seen_from.sees
        return _by_role(row, seen_from, method) if is_theirs else ABSENT
    if not seen_from.is_user:
        return SIGN_IN
    if row.who != "user":
        return _in_firms(route, row, view, method)
    return YES if view in (row.only or VIEWS) else ABSENT


def _in_firms(route: str, row: Route, view: str, method: str) -> str:
    seen_from = VIEWS[view]
    if row.who == "client" and not seen_from.works_in:
        return YES if view == "client" else ABSENT
    if row.who == "client":
        return WORKSPACES
    if not seen_from.works_in:
        return WORKSPACES
    answer = _by_role(row, seen_from, method)
    is_foreign = seen_from.works_in != "alder" and is_of_something(route)
    is_foreign |= bool(row.only) and view not in row.only
    return ABSENT if answer == YES and is_foreign else answer


def _by_role(row: Route, seen_from: View, method: str) -> str:
    act = row.act(method)
    if act is None or not seen_from.role:
        return YES
    return YES if act in MAY[seen_from.role] else ROLE
