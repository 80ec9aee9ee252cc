from __future__ import annotations

from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "glossary/": Route(READ, "anyone"),
    "learn/": Route(READ, "anyone"),
    "learn/<slug:concept>/": Route(READ, "anyone"),
    "coverage/": Route(READ, "anyone"),
    "verification/": Route(READ, "anyone"),
}
