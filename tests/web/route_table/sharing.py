from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import BOTH, FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "scenarios/<slug:public_id>/links/": Route(READ, "owner", FORM),
    "scenarios/<slug:public_id>/links/make/": Route(
        WRITE, "owner", writes=Act.SHARE, sends={"lasts": "7"}
    ),
    "scenarios/<slug:public_id>/links/revoke-all/": Route(
        WRITE, "owner", writes=Act.SHARE, sends={"op": "revoke"}
    ),
    "scenarios/<slug:public_id>/links/<slug:fingerprint>/revoke/": Route(
        WRITE, "owner", writes=Act.SHARE, sends={"op": "revoke"}
    ),
    "scenarios/<slug:public_id>/links/<slug:fingerprint>/restore/": Route(
        WRITE, "owner", writes=Act.SHARE, sends={"op": "restore"}
    ),
    "firm/links/": Route(READ, "member", reads=Act.SHARE),
    "firm/links/revoke-all/": Route(WRITE, "member", writes=Act.SHARE, sends={"op": "revoke"}),
    "firm/links/<slug:fingerprint>/revoke/": Route(
        WRITE, "member", writes=Act.SHARE, sends={"op": "revoke"}
    ),
    "shared/<slug:token>/": Route(BOTH, "holder"),
    "shared/<slug:token>/opened/": Route(WRITE, "holder", sends={"op": "opened"}),
    "shared/<slug:token>/copy/": Route(
        BOTH, "holder", FORM, sends={"op": "copy"}, instead={"link_read": "absent"}
    ),
    "shared/<slug:token>/scenario.json": Route(READ, "holder", instead={"link_read": "absent"}),
    "shared/<slug:token>/worksheets/": Route(READ, "holder", leads_on=True),
    "shared/<slug:token>/worksheets/<int:year>/": Route(READ, "holder"),
}
