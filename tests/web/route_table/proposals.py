from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import BOTH, READ, WRITE, Route

ONE = "proposals/<slug:public_id>/"
ISSUE = f"{ONE}issues/<int:number>/"
SHARED = "shared/<slug:token>/proposal/"

ROUTES: dict[str, Route] = {
    "proposals/": Route(READ, "member"),
    "clients/<slug:public_id>/propose/": Route(
        BOTH, "member", reads=Act.CHANGE, sends={"title": "Another", "take-{scenario}": "saved"}
    ),
    ONE: Route(READ, "member"),
    f"{ONE}edit/": Route(WRITE, "member", sends={"version": "1", "title": "Changed"}),
    f"{ONE}preview/": Route(READ, "member"),
    f"{ONE}preview/logo": Route(READ, "member", shows=False),
    f"{ONE}duplicate/": Route(WRITE, "member"),
    f"{ONE}delete/": Route(WRITE, "member", writes=Act.DELETE),
    f"{ONE}give/": Route(WRITE, "member", writes=Act.SHARE, sends={"version": "1"}),
    ISSUE: Route(READ, "member"),
    f"{ISSUE}proposal.pdf": Route(READ, "member", reads=Act.EXPORT, shows=False),
    f"{ISSUE}logo": Route(READ, "member", shows=False),
    f"{ISSUE}links/": Route(READ, "member"),
    f"{ISSUE}links/make/": Route(WRITE, "member", writes=Act.SHARE),
    f"{ISSUE}links/<slug:fingerprint>/revoke/": Route(WRITE, "member", writes=Act.SHARE),
    "firm/logo/": Route(READ, "member", shows=False),
    "firm/logo/put-up/": Route(WRITE, "member", writes=Act.MANAGE),
    "firm/logo/take-down/": Route(WRITE, "member", writes=Act.MANAGE),
    SHARED: Route(READ, "holder"),
    f"{SHARED}opened/": Route(WRITE, "holder"),
    f"{SHARED}proposal.pdf": Route(READ, "holder", shows=False),
    f"{SHARED}logo": Route(READ, "holder", shows=False),
}
