from __future__ import annotations

from tests.web.route_table.route import BOTH, FORM, READ, WRITE, Route

ROUTES: dict[str, Route] = {
    "account/": Route(READ, "user", FORM),
    "account/sign-up/": Route(BOTH, "anyone", FORM, leads_on=True),
    "account/sign-in/": Route(BOTH, "anyone", FORM, leads_on=True),
    "account/sign-in/passkey/": Route(WRITE, "anyone"),
    # These three lead back to their beginning for whoever is not in the middle of it.
    "account/sign-in/second-step/": Route(BOTH, "anyone", leads_on=True),
    "account/forgotten-password/code/": Route(BOTH, "anyone", leads_on=True),
    "account/forgotten-password/new/": Route(BOTH, "anyone", leads_on=True),
    "account/sign-out/": Route(WRITE, "anyone"),
    "account/confirm-address/": Route(BOTH, "anyone", leads_on=True),
    "account/forgotten-password/": Route(BOTH, "anyone", FORM),
    "account/confirm/": Route(BOTH, "user", FORM),
    "account/confirm/code/": Route(BOTH, "user", FORM, leads_on=True),
    "account/confirm/passkey/": Route(BOTH, "user", leads_on=True),
    "account/address/": Route(BOTH, "user", FORM),
    "account/password/": Route(BOTH, "user", FORM),
    "account/app/add/": Route(BOTH, "user", leads_on=True),
    "account/app/remove/": Route(WRITE, "user"),
    "account/passkeys/add/": Route(BOTH, "user", FORM),
    "account/passkeys/remove/": Route(WRITE, "user"),
    "account/recovery-codes/": Route(BOTH, "user", FORM, leads_on=True),
    "account/sessions/end/": Route(WRITE, "user"),
    "account/export/": Route(BOTH, "user", FORM),
    "account/delete/": Route(BOTH, "user", FORM),
}
