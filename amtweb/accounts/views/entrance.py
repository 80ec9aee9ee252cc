"""Signing up, in and out, and the way back in without the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import views as account
from allauth.account.internal.stagekit import clear_login
from allauth.account.mixins import RedirectAuthenticatedUserMixin
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib.auth import logout
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.generic import TemplateView

from amtweb.accounts.forms import FORGOTTEN, state_of
from amtweb.accounts.said import address_of_account, address_of_sign_in
from amtweb.accounts.views.plain import PlainPage

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

BEGIN = "begin"
"""The field by which a script asks for a challenge; anything else posted answers one."""
FORGET_WHAT_WAS_SHOWN = '"cache", "storage"'


class SignUp(PlainPage, account.SignupView):
    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        # Not the view's own, which would forget the stage merely because it is looked at.
        response: HttpResponse | None = RedirectAuthenticatedUserMixin._redirect_to_pending_stage(
            self, request, stage
        )
        return response


class SignIn(PlainPage, account.LoginView):
    pass


class SignInByPasskey(LoginWebAuthnView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Gives a challenge, or signs in by the answer to it."""
        if BEGIN in request.POST:
            return JsonResponse(webauthn.begin_authentication(user=None))
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return redirect(address_of_sign_in("passkey-refused"))


class SecondStep(PlainPage, AuthenticateView):
    """The code of the app, a recovery code, or a passkey after the password."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Gives a challenge for the passkey, or takes one of the three."""
        if BEGIN in request.POST:
            return JsonResponse(webauthn.begin_authentication(self.stage.login.user))
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data() | {"form": form})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without a challenge, which would be stored for merely looking."""
        kinds = Authenticator.objects.filter(user_id=self.stage.login.user.pk)
        context: dict[str, Any] = TemplateView.get_context_data(self, **kwargs)
        return context | {
            "form": self.auth_form,
            "passkey_form": self.webauthn_form,
            "kinds": set(kinds.values_list("type", flat=True)),
        }


class ConfirmAddress(PlainPage, account.ConfirmEmailVerificationCodeView):
    """Takes the code that was sent to an address, at sign-up or for a new address."""

    def _verify_form_invalid(self, form: forms.Form) -> HttpResponse:
        response: HttpResponse = super()._verify_form_invalid(form)
        if not isinstance(response, HttpResponseRedirect):
            return response
        of_user = self.request.user.is_authenticated
        address = address_of_account if of_user else address_of_sign_in
        return redirect(address("too-many-codes"))

    def _resend_form_valid(self, form: forms.Form) -> HttpResponse:
        self._process.resend()
        return redirect("account_email_verification_sent")


class ForgottenPassword(PlainPage, account.PasswordResetView):
    pass


class PasswordCode(PlainPage, account.ConfirmPasswordResetCodeView):
    def form_invalid(self, form: forms.Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if isinstance(response, HttpResponseRedirect):
            return redirect(address_of_sign_in("too-many-codes"))
        return response


class NewPassword(PlainPage, account.CompletePasswordResetView):
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Changes the password, unless that was done since the code was sent."""
        sent_for = self.request.session.pop(FORGOTTEN, "")
        if sent_for != state_of(self._process.user):
            self._process.abort()
            return redirect("account_reset_password")
        response: HttpResponse = super().form_valid(form)
        return response

    def get_success_url(self) -> str:
        return address_of_sign_in("password-changed")


def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and has the browser forget what it was shown."""
    if not request.user.is_authenticated:
        # Somebody at the second step who thought better of it; their work stays.
        clear_login(request)
        return redirect("account_login")
    logout(request)
    response = redirect("welcome:landing")
    response.headers["Clear-Site-Data"] = FORGET_WHAT_WAS_SHOWN
    return response
