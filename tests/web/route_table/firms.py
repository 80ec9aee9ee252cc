from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import BOTH, FORM, ONE_STEP, READ, WRITE, Route

COLLEAGUES = ("reader", "assistant", "advisor", "admin", "admin_of_both_in_the_other")
NOT_NOW = {"without_second_step": "second step", "asleep": "second step"}
HOUSEHOLD = {"name": "Changed", "people": "Ada, 1985", "advisor": "{member_pk}", "tag_names": "x"}

ROUTES: dict[str, Route] = {
    "workspaces/": Route(READ, "user", FORM),
    "workspaces/own/enter/": Route(WRITE, "user"),
    "workspaces/second-step/": Route(READ, "user", FORM),
    "workspaces/new-firm/": Route(
        *(BOTH, "user"),
        sends={"name": "Another firm"},
        instead=dict.fromkeys(ONE_STEP, "second step"),
    ),
    "workspaces/<slug:public_id>/enter/": Route(WRITE, "user", only=COLLEAGUES, instead=NOT_NOW),
    "workspaces/invitations/<slug:public_id>/accept/": Route(
        WRITE, "user", sends={"op": "accept"}, only=("invited",)
    ),
    "firm/": Route(READ, "member"),
    "firm/settings/": Route(WRITE, "member", writes=Act.MANAGE, sends={"name": "Changed"}),
    "firm/invite/": Route(
        *(WRITE, "member"),
        writes=Act.MANAGE,
        sends={"email": "new@example.org", "role": "advisor"},
    ),
    "firm/leave/": Route(WRITE, "member", writes=Act.SEE, sends={"op": "leave"}),
    "firm/delete/": Route(
        BOTH, "member", reads=Act.MANAGE, writes=Act.MANAGE, sends={"name": "{firm_name}"}
    ),
    "firm/members/<slug:public_id>/": Route(
        WRITE, "member", writes=Act.MANAGE, sends={"op": "assistant"}
    ),
    "firm/members/<slug:public_id>/sessions/end/": Route(
        WRITE, "member", writes=Act.MANAGE, sends={"op": "end"}
    ),
    "firm/invitations/<slug:public_id>/withdraw/": Route(
        WRITE, "member", writes=Act.MANAGE, sends={"op": "withdraw"}
    ),
    "firm/log/": Route(READ, "member", reads=Act.READ_THE_LOG),
    "firm/log/check/": Route(WRITE, "member", writes=Act.READ_THE_LOG),
    "firm/log/export/": Route(WRITE, "member", writes=Act.READ_THE_LOG),
    "clients/": Route(READ, "member", asks={"q": "zz"}),
    "clients/new/": Route(BOTH, "member", reads=Act.CHANGE, sends=HOUSEHOLD),
    "clients/<slug:public_id>/": Route(READ, "member"),
    "clients/<slug:public_id>/edit/": Route(BOTH, "member", reads=Act.CHANGE, sends=HOUSEHOLD),
    "clients/<slug:public_id>/shelve/": Route(WRITE, "member", sends={"op": "archive"}),
}
