from __future__ import annotations

from tests.web.route_table.route import WRITE, Route

ROUTES: dict[str, Route] = {
    "clients/<slug:public_id>/plan/": Route(WRITE, "member"),
}
