from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import BOTH, READ, WRITE, Route

RUNS = Act.RUN_ACROSS_THE_BOOK

ROUTES: dict[str, Route] = {
    "runs/": Route(READ, "member"),
    "runs/new/": Route(BOTH, "member", reads=RUNS, writes=RUNS),
    "runs/roll-forward/": Route(BOTH, "member", reads=RUNS, writes=RUNS),
    "runs/<slug:public_id>/": Route(READ, "member"),
    "runs/<slug:public_id>/progress/": Route(READ, "member", leads_on=True),
    "runs/<slug:public_id>/cancel/": Route(WRITE, "member", writes=RUNS),
    "runs/<slug:public_id>/again/": Route(WRITE, "member", writes=RUNS),
    "runs/<slug:public_id>/delete/": Route(WRITE, "member", writes=RUNS),
    "runs/<slug:public_id>/close/": Route(WRITE, "member", writes=RUNS),
    "runs/<slug:public_id>/undo/": Route(WRITE, "member", writes=RUNS),
    "runs/<slug:public_id>/clients.csv": Route(READ, "member", reads=Act.EXPORT),
}
