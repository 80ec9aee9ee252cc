from __future__ import annotations

from tests.web.route_table.route import READ, Route

ROUTES: dict[str, Route] = {
    "worksheets/": Route(READ, "anyone", leads_on=True),
    "worksheets/<int:year>/": Route(READ, "anyone"),
    "examples/<slug:slug>/worksheets/": Route(READ, "anyone", leads_on=True),
    "examples/<slug:slug>/worksheets/<int:year>/": Route(READ, "anyone"),
    "scenarios/<slug:public_id>/worksheets/": Route(READ, "owner", leads_on=True),
    "scenarios/<slug:public_id>/worksheets/<int:year>/": Route(READ, "owner"),
    "scenarios/<slug:public_id>/revisions/<int:number>/worksheets/": Route(
        READ, "owner", leads_on=True
    ),
    "scenarios/<slug:public_id>/revisions/<int:number>/worksheets/<int:year>/": Route(
        READ, "owner"
    ),
    "worksheets/tax-software/": Route(READ, "anyone", leads_on=True),
    "worksheets/<int:year>/tax-software/": Route(READ, "anyone"),
    "examples/<slug:slug>/worksheets/tax-software/": Route(READ, "anyone", leads_on=True),
    "examples/<slug:slug>/worksheets/<int:year>/tax-software/": Route(READ, "anyone"),
    "scenarios/<slug:public_id>/worksheets/tax-software/": Route(READ, "owner", leads_on=True),
    "scenarios/<slug:public_id>/worksheets/<int:year>/tax-software/": Route(READ, "owner"),
    "scenarios/<slug:public_id>/revisions/<int:number>/worksheets/tax-software/": Route(
        READ, "owner", leads_on=True
    ),
    "scenarios/<slug:public_id>/revisions/<int:number>/worksheets/<int:year>/tax-software/": Route(
        READ, "owner"
    ),
    "lots/": Route(READ, "anyone"),
    "examples/<slug:slug>/lots/": Route(READ, "anyone"),
    "scenarios/<slug:public_id>/lots/": Route(READ, "owner"),
    "scenarios/<slug:public_id>/revisions/<int:number>/lots/": Route(READ, "owner"),
}
