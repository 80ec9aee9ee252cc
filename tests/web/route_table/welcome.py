from __future__ import annotations

from tests.web.route_table.route import FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "": Route(READ, "anyone", FORM),
    "start/example/": Route(WRITE, "anyone", sends={"instead": "replace"}),
    "start/exercised/": Route(READ, "anyone"),
    "start/credit/": Route(READ, "anyone"),
    "start/advisor/": Route(READ, "anyone"),
}
