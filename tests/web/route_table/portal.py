from __future__ import annotations

from amtweb.firms.permissions import Act
from tests.web.route_table.route import AT_WORK, BOTH, FORM, READ, WRITE, Route

BY_FIRM = "clients/<slug:public_id>/published/<slug:publication>/"
BY_CLIENT = "advisor/published/<slug:publication>/"

ROUTES: dict[str, Route] = {
    "clients/<slug:public_id>/invite/": Route(
        BOTH,
        "member",
        reads=Act.INVITE_CLIENTS,
        writes=Act.INVITE_CLIENTS,
        sends={"email": "new@example.org"},
    ),
    "clients/<slug:public_id>/invitations/<slug:invitation>/withdraw/": Route(
        WRITE, "member", writes=Act.INVITE_CLIENTS
    ),
    "clients/<slug:public_id>/publish/<slug:scenario>/": Route(
        BOTH, "member", reads=Act.SHARE, writes=Act.SHARE, sends={"draft_version": "1"}
    ),
    "clients/<slug:public_id>/accounts/<slug:link>/unlink/": Route(
        BOTH, "member", reads=Act.DELETE, writes=Act.DELETE
    ),
    "clients/<slug:public_id>/scenarios.zip": Route(READ, "member", reads=Act.EXPORT, shows=False),
    "clients/<slug:public_id>/figures/<slug:suggestion>/": Route(READ, "member"),
    "clients/<slug:public_id>/figures/<slug:suggestion>/answer/": Route(
        WRITE, "member", sends={"op": "decline", "reason": "Because"}
    ),
    BY_FIRM: Route(READ, "member"),
    f"{BY_FIRM}withdraw/": Route(WRITE, "member", writes=Act.SHARE),
    f"{BY_FIRM}worksheets/": Route(READ, "member", leads_on=True),
    f"{BY_FIRM}worksheets/<int:year>/": Route(READ, "member"),
    f"{BY_FIRM}comment/": Route(WRITE, "member", sends={"text": "Hello"}),
    f"{BY_FIRM}comments/read/": Route(WRITE, "member", writes=Act.SEE),
    f"{BY_FIRM}comments/<slug:comment>/delete/": Route(WRITE, "member", only=("advisor",)),
    "advisor/": Route(
        READ, "user", FORM, shows=False, instead=dict.fromkeys(AT_WORK, "workspaces")
    ),
    "advisor/invitations/<slug:public_id>/accept/": Route(WRITE, "client"),
    "advisor/copies/<slug:public_id>/propose/": Route(
        BOTH, "client", FORM, sends={"message": "Look"}
    ),
    "advisor/links/<slug:public_id>/leave/": Route(BOTH, "client", FORM, shows=False),
    "advisor/links/<slug:public_id>/again/": Route(WRITE, "client"),
    "advisor/proposals/<slug:public_id>/": Route(READ, "client", FORM),
    "advisor/proposals/<slug:public_id>/proposal.pdf": Route(READ, "client", shows=False),
    "advisor/proposals/<slug:public_id>/logo": Route(READ, "client", shows=False),
    BY_CLIENT: Route(READ, "client", FORM),
    f"{BY_CLIENT}copy/": Route(WRITE, "client"),
    f"{BY_CLIENT}files/<str:file>": Route(READ, "client"),
    f"{BY_CLIENT}report/<str:part>": Route(READ, "client"),
    f"{BY_CLIENT}worksheets/": Route(READ, "client", leads_on=True),
    f"{BY_CLIENT}worksheets/<int:year>/": Route(READ, "client", FORM),
    f"{BY_CLIENT}comment/": Route(WRITE, "client", sends={"text": "Hello"}),
    f"{BY_CLIENT}comments/read/": Route(WRITE, "client"),
    f"{BY_CLIENT}comments/<slug:comment>/delete/": Route(WRITE, "client"),
    "news/": Route(READ, "user", FORM, shows=False),
    "news/read/": Route(WRITE, "user"),
    "news/mails/": Route(WRITE, "user"),
}
