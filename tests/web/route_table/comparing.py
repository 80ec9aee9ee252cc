from __future__ import annotations

from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "compare/": Route(READ, "anyone", asks={"with": "{scenario}"}),
    "compare/comparison.csv": Route(READ, "anyone", leads_on=True),
}
