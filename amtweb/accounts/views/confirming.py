"""Asking again who it is, before something that only the owner may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import JsonResponse

from amtweb.accounts.views.entrance import BEGIN
from amtweb.accounts.views.plain import PlainPage, of_every_page

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse


class ByPassword(PlainPage, ReauthenticateView):
    template_name = "account/confirm.html"


class ByCode(PlainPage, ReauthenticateByCodeView):
    template_name = "account/confirm.html"


class ByPasskey(PlainPage, ReauthenticateWebAuthnView):
    template_name = "account/confirm_passkey.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Gives a challenge, or takes the answer to it."""
        if BEGIN in request.POST:
            return JsonResponse(webauthn.begin_authentication(request.user))
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without a challenge, which would be stored for merely looking."""
        context: dict[str, Any] = super(ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        return context | of_every_page(self.request)
