from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import BOTH, READ, WRITE, Route

IMPORTS = Act.IMPORT_A_BOOK

ROUTES: dict[str, Route] = {
    "firm/import/": Route(
        BOTH,
        "member",
        reads=IMPORTS,
        writes=IMPORTS,
        sends={"text-clients": "Client\nNew"},
        at_once=False,
    ),
    "firm/import/tables/<slug:table>.csv": Route(READ, "member", reads=IMPORTS, shows=False),
    "firm/import/<slug:public_id>/": Route(READ, "member", reads=IMPORTS),
    "firm/import/<slug:public_id>/undo/": Route(WRITE, "member", writes=IMPORTS),
}
