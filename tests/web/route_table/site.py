from __future__ import annotations

from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "favicon.ico": Route(READ, "anyone", leads_on=True),
    "livez": Route(READ, "anyone"),
    "readyz": Route(READ, "anyone"),
}
