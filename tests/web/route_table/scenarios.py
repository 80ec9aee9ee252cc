from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import BOTH, FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "planner/": Route(BOTH, "anyone", FORM),
    "start-over/": Route(WRITE, "anyone"),
    "blank/": Route(READ, "anyone", FORM),
    "examples/": Route(READ, "anyone"),
    "examples/<slug:slug>/": Route(READ, "anyone", FORM),
    "forget/": Route(BOTH, "anyone", FORM),
    "scenarios/": Route(READ, "anyone", FORM, asks={"rename": "{scenario}"}),
    "scenarios/new/": Route(WRITE, "anyone", writes=Act.CHANGE, sends={"title": "New"}),
    "scenarios/chosen/": Route(
        WRITE, "anyone", writes=Act.CHANGE, sends={"op": "archive", "with": "{scenario}"}
    ),
    "scenarios/<slug:public_id>/": Route(BOTH, "owner", FORM),
    "scenarios/<slug:public_id>/history/": Route(READ, "owner", FORM),
    "scenarios/<slug:public_id>/history/compare/": Route(READ, "owner"),
    "scenarios/<slug:public_id>/history/<int:number>/": Route(READ, "owner", FORM),
    "scenarios/<slug:public_id>/history/<int:number>/restore/": Route(
        WRITE, "owner", sends={"draft_version": "1"}
    ),
    "scenarios/<slug:public_id>/client/": Route(
        BOTH, "member", reads=Act.CHANGE, sends={"client": "{client}"}
    ),
    "scenarios/<slug:public_id>/delete/": Route(
        WRITE, "owner", writes=Act.DELETE, sends={"op": "delete"}
    ),
    "scenarios/<slug:public_id>/new-figures/": Route(WRITE, "owner"),
    "scenarios/<slug:public_id>/duplicate/": Route(WRITE, "owner", sends={"tab": "t"}),
    "scenarios/<slug:public_id>/rename/": Route(
        WRITE, "owner", sends={"title": "Changed", "seen": "{title}"}
    ),
}
