from __future__ import annotations

from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "coverage/": Route(READ, "anyone"),
    "verification/": Route(READ, "anyone"),
}
