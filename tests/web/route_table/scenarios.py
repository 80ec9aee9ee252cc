from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "": Route((*READ, *WRITE), "anyone", FORM),
    "start-over/": Route(WRITE, "anyone"),
    "blank/": Route(READ, "anyone", FORM),
    "examples/": Route(READ, "anyone"),
    "examples/<slug:slug>/": Route(READ, "anyone", FORM),
    "forget/": Route((*READ, *WRITE), "anyone", FORM),
    "scenarios/": Route(READ, "anyone", FORM),
    "scenarios/new/": Route(WRITE, "anyone"),
    "scenarios/chosen/": Route(WRITE, "anyone"),
    "scenarios/<slug:public_id>/": Route((*READ, *WRITE), "owner", FORM),
    "scenarios/<slug:public_id>/history/": Route(READ, "owner", FORM),
    "scenarios/<slug:public_id>/history/compare/": Route(READ, "owner"),
    "scenarios/<slug:public_id>/history/<int:number>/": Route(READ, "owner", FORM),
    "scenarios/<slug:public_id>/history/<int:number>/restore/": Route(WRITE, "owner"),
    "scenarios/<slug:public_id>/client/": Route((*READ, *WRITE), "member", reads=Act.CHANGE),
    "scenarios/<slug:public_id>/delete/": Route(WRITE, "owner"),
    "scenarios/<slug:public_id>/new-figures/": Route(WRITE, "owner"),
    "scenarios/<slug:public_id>/duplicate/": Route(WRITE, "owner"),
    "scenarios/<slug:public_id>/rename/": Route(WRITE, "owner"),
}
