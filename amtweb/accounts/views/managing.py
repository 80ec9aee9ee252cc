"""The account page and what it leads to: address, password, second steps, sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import EmailView, PasswordChangeView
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows as recovery_codes
from allauth.mfa.totp.internal import flows as app
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows as passkeys
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import FormView

from amtweb.accounts import events
from amtweb.accounts.said import address_of_account, address_of_sign_in
from amtweb.accounts.sign_ins import end_others, sign_ins_of
from amtweb.accounts.views.entrance import BEGIN, FORGET_WHAT_WAS_SHOWN
from amtweb.accounts.views.plain import PlainPage, of_every_page
from amtweb.firms.sessions import end_sign_ins

ONWARD = {"firm": "firms:workspaces", "new-firm": "firms:new_firm"}
"""Where somebody goes on who set up a second step for it."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django import forms
    from django.http import HttpRequest, HttpResponse


def overview(request: HttpRequest) -> HttpResponse:
    """What the account has, and what can be done about it."""
    own = list(Authenticator.objects.filter(user_id=request.user.pk).order_by("created_at"))
    codes = [each for each in own if each.type == Authenticator.Type.RECOVERY_CODES]
    context = of_every_page(request) | {
        "app": next((each for each in own if each.type == Authenticator.Type.TOTP), None),
        "passkeys": [each for each in own if each.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        "sign_ins": sign_ins_of(request),
    }
    return render(request, "account/overview.html", context)


class ChangeAddress(PlainPage, EmailView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Takes a new address and none of the library's other acts on addresses."""
        response: HttpResponse = super(EmailView, self).post(request, *args, **kwargs)
        return response


class ChangePassword(PlainPage, PasswordChangeView):
    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Changes it and signs out everywhere, here included."""
        response: HttpResponse = super().form_valid(form)
        response.headers["Clear-Site-Data"] = FORGET_WHAT_WAS_SHOWN
        return response

    def get_success_url(self) -> str:
        return address_of_sign_in("password-changed")


class AddApp(PlainPage, ActivateTOTPView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The picture to scan, or back where an app is there already."""
        of_user = Authenticator.objects.filter(user_id=request.user.pk)
        if of_user.filter(type=Authenticator.Type.TOTP).exists():
            return redirect("account")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Adds the app; recovery codes that were made with it are shown this once.

        The code that turns it on is a second step: whoever goes on to a firm shows no other.
        """
        _, made = app.activate_totp(self.request, form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        onward = ONWARD.get(self.request.POST.get("for", ""))
        if made is None:
            return redirect(onward) if onward else redirect(address_of_account("app-added"))
        return codes_page(self.request, made.wrap().get_unused_codes(), onward)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the visitor is about."""
        asked = self.request.POST.get("for") or self.request.GET.get("for", "")
        wants = asked if asked in ONWARD else ""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"wants": wants}


def remove_app(request: HttpRequest) -> HttpResponse:
    """Signing in asks for no code of an app from now on."""
    of_user = Authenticator.objects.filter(user_id=request.user.pk)
    for authenticator in of_user.filter(type=Authenticator.Type.TOTP):
        app.deactivate_totp(request, authenticator)
    return redirect(address_of_account("app-removed"))


class AddPasskey(PlainPage, AddWebAuthnView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Gives a challenge, or keeps the passkey that answers it."""
        if BEGIN in request.POST:
            validate_can_add_authenticator(request.user)
            return JsonResponse(webauthn.begin_registration(request.user, passwordless=True))
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without a challenge, which would be stored for merely looking."""
        return FormView.get_context_data(self, **kwargs) | of_every_page(self.request)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keeps the passkey; recovery codes that were made with it are shown this once."""
        _, made = passkeys.add_authenticator(
            self.request, form.cleaned_data["name"], form.cleaned_data["credential"]
        )
        if made is None:
            return redirect(address_of_account("passkey-added"))
        return codes_page(self.request, made.wrap().get_unused_codes())


def remove_passkey(request: HttpRequest) -> HttpResponse:
    """The passkey opens nothing from now on."""
    key = request.POST.get("passkey", "")
    own = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    found = own.filter(pk=key).first() if key.isdecimal() and len(key) < LONGEST_KEY else None
    if found is None:
        return redirect("account")
    passkeys.remove_authenticator(request, found)
    return redirect(address_of_account("passkey-removed"))


LONGEST_KEY = 18
"""Digits that every database takes for a number of a row."""


def renew_codes(request: HttpRequest) -> HttpResponse:
    """Asks whether to make new recovery codes, or makes and shows them."""
    if not recovery_codes.can_generate_recovery_codes(request.user):
        return redirect("account")
    if request.method != "POST":
        return render(request, "account/renew_codes.html", of_every_page(request))
    made = recovery_codes.generate_recovery_codes(request)
    return codes_page(request, made.wrap().get_unused_codes())


def codes_page(
    request: HttpRequest, codes: Sequence[str], onward: str | None = None
) -> HttpResponse:
    """The recovery codes, which no other page shows; then on, by default to the account."""
    goes_on = {"onward": reverse(onward or "account"), "to_firm": bool(onward)}
    return render(request, "account/codes.html", {"codes": codes, "rows": len(codes)} | goes_on)


def end_sessions(request: HttpRequest) -> HttpResponse:
    """Signs out in one other place, or in all others."""
    key = request.POST.get("session", "")
    if key.isdecimal() and len(key) < LONGEST_KEY:
        ended = end_sign_ins(request.user.pk, pk=key)  # type: ignore[arg-type]
    else:
        ended = end_others(request) if key == "others" else 0
    if not ended:
        return redirect("account")
    events.log("sessions_ended", account=request.user.pk, count=ended)
    return redirect(address_of_account("sessions-ended"))
