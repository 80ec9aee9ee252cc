from __future__ import annotations

from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "": Route(READ, "anyone"),
    "start/exercised/": Route(READ, "anyone"),
    "start/credit/": Route(READ, "anyone"),
    "start/advisor/": Route(READ, "anyone"),
}
