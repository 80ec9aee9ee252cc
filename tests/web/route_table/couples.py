from __future__ import annotations

from tests.web.route_table.route import READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "joint-or-separate/": Route(READ, "anyone"),
    "joint-or-separate/years.csv": Route(READ, "anyone"),
    "joint-or-separate/joint/": Route(WRITE, "anyone"),
    "joint-or-separate/divide/": Route((*READ, *WRITE), "anyone"),
}
