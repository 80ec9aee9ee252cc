from __future__ import annotations

from tests.web.route_table.route import FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "close-year/": Route((*READ, *WRITE), "anyone", FORM),
    "scenarios/<slug:public_id>/close-year/": Route((*READ, *WRITE), "owner", FORM),
    "find-my-credit/": Route((*READ, *WRITE), "anyone", FORM),
}
