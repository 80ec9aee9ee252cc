from __future__ import annotations

from tests.web.route_table.route import BOTH, FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "": Route(READ, "anyone", FORM),
    "start/example/": Route(WRITE, "anyone", sends={"instead": "replace"}, at_once=False),
    "start/exercised/": Route(BOTH, "anyone", FORM),
    "start/credit/": Route(BOTH, "anyone", FORM),
    "start/advisor/": Route(READ, "anyone"),
}
