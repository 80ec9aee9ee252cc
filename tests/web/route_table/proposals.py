from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import BOTH, READ, WRITE, Route

ONE = "proposals/<slug:public_id>/"
ISSUE = f"{ONE}issues/<int:number>/"
SHARED = "shared/<slug:token>/proposal/"
TWO = {"title": "Another", "take-{scenario}": "saved", "take-{other_scenario}": "saved"}
WORDS = {"version": "1", "title": "Changed", "label-{first}": "A", "label-{second}": "B"}

ROUTES: dict[str, Route] = {
    "proposals/": Route(READ, "member"),
    "clients/<slug:public_id>/propose/": Route(BOTH, "member", reads=Act.CHANGE, sends=TWO),
    ONE: Route(READ, "member"),
    f"{ONE}edit/": Route(WRITE, "member", sends=WORDS),
    f"{ONE}preview/": Route(READ, "member"),
    f"{ONE}preview/logo": Route(READ, "member", shows=False),
    f"{ONE}duplicate/": Route(WRITE, "member", sends={"op": "duplicate"}),
    f"{ONE}delete/": Route(WRITE, "member", writes=Act.DELETE, sends={"op": "delete"}),
    f"{ONE}give/": Route(WRITE, "member", writes=Act.SHARE, sends={"version": "1"}),
    ISSUE: Route(READ, "member"),
    f"{ISSUE}proposal.pdf": Route(READ, "member", reads=Act.EXPORT, shows=False),
    f"{ISSUE}logo": Route(READ, "member", shows=False),
    f"{ISSUE}links/": Route(READ, "member"),
    f"{ISSUE}links/make/": Route(WRITE, "member", writes=Act.SHARE, sends={"seed": "s"}),
    f"{ISSUE}links/<slug:fingerprint>/revoke/": Route(
        WRITE, "member", writes=Act.SHARE, sends={"op": "revoke"}
    ),
    "firm/logo/": Route(READ, "member", shows=False),
    "firm/logo/put-up/": Route(WRITE, "member", writes=Act.MANAGE),
    "firm/logo/take-down/": Route(WRITE, "member", writes=Act.MANAGE),
    SHARED: Route(READ, "holder"),
    f"{SHARED}opened/": Route(WRITE, "holder"),
    f"{SHARED}proposal.pdf": Route(READ, "holder", shows=False),
    f"{SHARED}logo": Route(READ, "holder", shows=False),
}
