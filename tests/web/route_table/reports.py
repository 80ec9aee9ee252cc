from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "report/": Route(READ, "anyone", reads=Act.EXPORT),
    "report/<str:part>": Route(READ, "anyone", reads=Act.EXPORT),
    "examples/<slug:slug>/report/": Route(READ, "anyone"),
    "examples/<slug:slug>/report/<str:part>": Route(READ, "anyone"),
    "scenarios/<slug:public_id>/report/": Route(READ, "owner", reads=Act.EXPORT),
    "scenarios/<slug:public_id>/report/<str:part>": Route(READ, "owner", reads=Act.EXPORT),
    "scenarios/<slug:public_id>/revisions/<int:number>/report/": Route(
        READ, "owner", reads=Act.EXPORT
    ),
    "scenarios/<slug:public_id>/revisions/<int:number>/report/<str:part>": Route(
        READ, "owner", reads=Act.EXPORT
    ),
}
