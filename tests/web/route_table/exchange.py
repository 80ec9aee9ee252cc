from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "import/": Route((*READ, *WRITE), "anyone", FORM),
    "import/csv/": Route((*READ, *WRITE), "anyone", FORM),
    "import/csv/<slug:table>.csv": Route(READ, "anyone"),
    "scenarios/<slug:public_id>/import/": Route((*READ, *WRITE), "owner", FORM),
    "download/": Route(READ, "anyone", reads=Act.EXPORT),
    "download/<str:file>": Route(READ, "anyone", reads=Act.EXPORT),
    "examples/<slug:slug>/download/": Route(READ, "anyone"),
    "examples/<slug:slug>/download/<str:file>": Route(READ, "anyone"),
    "scenarios/<slug:public_id>/download/": Route(READ, "owner", reads=Act.EXPORT),
    "scenarios/<slug:public_id>/download/<str:file>": Route(READ, "owner", reads=Act.EXPORT),
    "scenarios/<slug:public_id>/revisions/<int:number>/download/": Route(
        READ, "owner", reads=Act.EXPORT
    ),
    "scenarios/<slug:public_id>/revisions/<int:number>/download/<str:file>": Route(
        READ, "owner", reads=Act.EXPORT
    ),
}
