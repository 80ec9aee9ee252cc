from __future__ import annotations

from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "components/": Route(READ, "anyone"),
    "license/": Route(READ, "anyone"),
    "privacy/": Route(READ, "anyone"),
}
