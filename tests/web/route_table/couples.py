from __future__ import annotations

from tests.web.route_table.route import BOTH, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "joint-or-separate/": Route(READ, "anyone"),
    "joint-or-separate/years.csv": Route(READ, "anyone", leads_on=True),
    "joint-or-separate/joint/": Route(WRITE, "anyone"),
    "joint-or-separate/divide/": Route(BOTH, "anyone"),
}
