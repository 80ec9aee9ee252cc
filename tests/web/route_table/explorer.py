from __future__ import annotations

from tests.web.route_table.route import FORM, READ, WRITE, Route

ASKED = "status=single&year=2026&wages=180000&grant1_options=500&grant1_strike=1&grant1_value=9"
PLAN = {"asked": ASKED, "plan": "now"}

ROUTES: dict[str, Route] = {
    "explorer/": Route(READ, "anyone", FORM),
    "explorer/cheapest/": Route(READ, "anyone", FORM),
    "explorer/apply/": Route(WRITE, "anyone", sends=PLAN, at_once=False),
    "scenarios/<slug:public_id>/explorer/": Route(READ, "owner", FORM),
    "scenarios/<slug:public_id>/explorer/cheapest/": Route(READ, "owner", FORM),
    "scenarios/<slug:public_id>/explorer/apply/": Route(WRITE, "owner", sends=PLAN, at_once=False),
}
