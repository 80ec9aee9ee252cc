from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "book/": Route(READ, "member"),
    "book/refresh/": Route(WRITE, "member", writes=Act.SEE),
    "book/progress/": Route(READ, "member", leads_on=True),
    "book/charts/": Route(READ, "member"),
    "book/clients.csv": Route(WRITE, "member", writes=Act.EXPORT),
    "book/dates.ics": Route(WRITE, "member", writes=Act.EXPORT),
    "book/views/": Route(WRITE, "member", writes=Act.SEE, sends={"name": "A view"}),
    "book/views/<slug:public_id>/": Route(
        WRITE, "member", writes=Act.CHANGE, sends={"op": "rename", "name": "Changed"}
    ),
    "book/feeds/": Route(READ, "member", shows=False),
    "book/feeds/new/": Route(WRITE, "member", writes=Act.EXPORT, sends={"seed": "s"}),
    "book/feeds/<slug:public_id>/end/": Route(
        WRITE, "member", writes=Act.SEE, sends={"op": "end"}, only=("admin",)
    ),
    "feeds/<slug:token>/dates.ics": Route(READ, "holder", shows=False),
    "clients/<slug:public_id>/plan/": Route(
        WRITE, "member", sends={"scenario": "{other_scenario}"}
    ),
}
