from __future__ import annotations

from tests.web.route_table.route import FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "scenarios/<slug:public_id>/links/": Route(READ, "owner", FORM),
    "scenarios/<slug:public_id>/links/make/": Route(WRITE, "owner"),
    "scenarios/<slug:public_id>/links/revoke-all/": Route(WRITE, "owner"),
    "scenarios/<slug:public_id>/links/<slug:fingerprint>/revoke/": Route(WRITE, "owner"),
    "shared/<slug:token>/": Route((*READ, *WRITE), "holder"),
    "shared/<slug:token>/opened/": Route(WRITE, "holder"),
    "shared/<slug:token>/copy/": Route((*READ, *WRITE), "holder", FORM),
    "shared/<slug:token>/scenario.json": Route(READ, "holder"),
    "shared/<slug:token>/worksheets/": Route(READ, "holder"),
    "shared/<slug:token>/worksheets/<int:year>/": Route(READ, "holder"),
}
