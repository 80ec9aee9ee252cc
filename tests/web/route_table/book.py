from __future__ import annotations

from tests.web.route_table.route import Route

ROUTES: dict[str, Route] = {}
