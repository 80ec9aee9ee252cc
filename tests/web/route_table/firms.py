from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import FORM, READ, WRITE, Route

BOTH = (*READ, *WRITE)

ROUTES: dict[str, Route] = {
    "workspaces/": Route(READ, "user", FORM),
    "workspaces/own/enter/": Route(WRITE, "user"),
    "workspaces/second-step/": Route(READ, "user", FORM),
    "workspaces/new-firm/": Route(BOTH, "user"),
    "workspaces/<slug:public_id>/enter/": Route(WRITE, "user"),
    "workspaces/invitations/<slug:public_id>/accept/": Route(WRITE, "user"),
    "firm/": Route(READ, "member"),
    "firm/settings/": Route(WRITE, "member"),
    "firm/invite/": Route(WRITE, "member"),
    "firm/leave/": Route(WRITE, "member", writes=Act.SEE),
    "firm/delete/": Route(BOTH, "member", reads=Act.MANAGE, writes=Act.MANAGE),
    "firm/members/<slug:public_id>/": Route(WRITE, "member"),
    "firm/members/<slug:public_id>/sessions/end/": Route(WRITE, "member", writes=Act.MANAGE),
    "firm/invitations/<slug:public_id>/withdraw/": Route(WRITE, "member"),
    "firm/log/": Route(READ, "member", reads=Act.READ_THE_LOG),
    "firm/log/check/": Route(WRITE, "member", writes=Act.READ_THE_LOG),
    "firm/log/export/": Route(WRITE, "member", writes=Act.READ_THE_LOG),
    "clients/": Route(READ, "member"),
    "clients/new/": Route(BOTH, "member"),
    "clients/<slug:public_id>/": Route(READ, "member"),
    "clients/<slug:public_id>/edit/": Route(BOTH, "member"),
    "clients/<slug:public_id>/shelve/": Route(WRITE, "member"),
}
