from __future__ import annotations

from tests.web.route_table.route import BOTH, FORM, Route

ROUTES: dict[str, Route] = {
    "close-year/": Route(BOTH, "anyone", FORM),
    "scenarios/<slug:public_id>/close-year/": Route(BOTH, "owner", FORM),
    "find-my-credit/": Route(BOTH, "anyone", FORM),
}
