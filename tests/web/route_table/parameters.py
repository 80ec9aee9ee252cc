from __future__ import annotations

from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "law/": Route(READ, "anyone"),
    "law/<int:year>/": Route(READ, "anyone"),
}
