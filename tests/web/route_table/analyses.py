from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "examples/<slug:example_slug>/analyses/<slug:slug>/": Route(READ, "anyone", FORM),
    "analyses/<slug:slug>/": Route((*READ, *WRITE), "anyone", FORM),
    "scenarios/<slug:public_id>/analyses/<slug:slug>/": Route(
        (*READ, *WRITE), "owner", FORM, writes=Act.SEE
    ),
}
