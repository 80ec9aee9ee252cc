from __future__ import annotations

from tests.web.route_table.route import FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "import/": Route((*READ, *WRITE), "anyone", FORM),
    "scenarios/<slug:public_id>/download/": Route(READ, "owner"),
    "scenarios/<slug:public_id>/download/scenario.json": Route(READ, "owner"),
    "scenarios/<slug:public_id>/download/years.csv": Route(READ, "owner"),
    "scenarios/<slug:public_id>/download/lines.csv": Route(READ, "owner"),
    "scenarios/<slug:public_id>/download/inputs.csv": Route(READ, "owner"),
    "scenarios/<slug:public_id>/download/workbook.xlsx": Route(READ, "owner"),
}
