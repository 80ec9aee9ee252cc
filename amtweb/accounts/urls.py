"""The pages of accounts, under the names by which django-allauth finds them.

Of the library's own routes only these are taken: no third party signs in, and nothing is done by
opening a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.urls import path

from amtweb.accounts.views import confirming, entrance, managing, own_data
from amtweb.accounts.views.plain import by, for_users

if TYPE_CHECKING:
    from amtweb.accounts.views.plain import View

READ = ("GET", "HEAD")
WRITE = ("POST",)
BOTH = (*READ, *WRITE)


def for_owners(*methods: str, view: View) -> View:
    """The view, for a user who has shown within the last minutes who they are."""
    return for_users(*methods, view=reauthentication_required(view, app="allauth.account"))


urlpatterns = [
    path("account/", for_users(*READ, view=managing.overview), name="account"),
    path("account/sign-up/", by(*BOTH, view=entrance.SignUp.as_view()), name="account_signup"),
    path("account/sign-in/", by(*BOTH, view=entrance.SignIn.as_view()), name="account_login"),
    path(
        "account/sign-in/passkey/",
        by(*WRITE, view=entrance.SignInByPasskey.as_view()),
        name="mfa_login_webauthn",
    ),
    path(
        "account/sign-in/second-step/",
        by(*BOTH, view=entrance.SecondStep.as_view()),
        name="mfa_authenticate",
    ),
    path("account/sign-out/", by(*WRITE, view=entrance.sign_out), name="account_logout"),
    path(
        "account/confirm-address/",
        by(*BOTH, view=entrance.ConfirmAddress.as_view()),
        name="account_email_verification_sent",
    ),
    path(
        "account/forgotten-password/",
        by(*BOTH, view=entrance.ForgottenPassword.as_view()),
        name="account_reset_password",
    ),
    path(
        "account/forgotten-password/code/",
        by(*BOTH, view=entrance.PasswordCode.as_view()),
        name="account_confirm_password_reset_code",
    ),
    path(
        "account/forgotten-password/new/",
        by(*BOTH, view=entrance.NewPassword.as_view()),
        name="account_complete_password_reset",
    ),
    path(
        "account/confirm/",
        for_users(*BOTH, view=confirming.ByPassword.as_view()),
        name="account_reauthenticate",
    ),
    path(
        "account/confirm/code/",
        for_users(*BOTH, view=confirming.ByCode.as_view()),
        name="mfa_reauthenticate",
    ),
    path(
        "account/confirm/passkey/",
        for_users(*BOTH, view=confirming.ByPasskey.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "account/address/",
        for_owners(*BOTH, view=managing.ChangeAddress.as_view()),
        name="account_email",
    ),
    path(
        "account/password/",
        for_users(*BOTH, view=managing.ChangePassword.as_view()),
        name="account_change_password",
    ),
    path(
        "account/app/add/",
        for_owners(*BOTH, view=managing.AddApp.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        "account/app/remove/",
        for_owners(*WRITE, view=managing.remove_app),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/passkeys/add/",
        for_owners(*BOTH, view=managing.AddPasskey.as_view()),
        name="mfa_add_webauthn",
    ),
    path(
        "account/passkeys/remove/",
        for_owners(*WRITE, view=managing.remove_passkey),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/recovery-codes/",
        for_owners(*BOTH, view=managing.renew_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/sessions/end/",
        for_users(*WRITE, view=managing.end_sessions),
        name="account_end_sessions",
    ),
    path("account/export/", for_owners(*BOTH, view=own_data.export), name="account_export"),
    path("account/delete/", for_owners(*BOTH, view=own_data.delete), name="account_delete"),
]
