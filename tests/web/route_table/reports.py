from __future__ import annotations

from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "report/": Route(READ, "anyone"),
    "report/<str:part>": Route(READ, "anyone"),
    "examples/<slug:slug>/report/": Route(READ, "anyone"),
    "examples/<slug:slug>/report/<str:part>": Route(READ, "anyone"),
    "scenarios/<slug:public_id>/report/": Route(READ, "owner"),
    "scenarios/<slug:public_id>/report/<str:part>": Route(READ, "owner"),
    "scenarios/<slug:public_id>/revisions/<int:number>/report/": Route(READ, "owner"),
    "scenarios/<slug:public_id>/revisions/<int:number>/report/<str:part>": Route(READ, "owner"),
}
