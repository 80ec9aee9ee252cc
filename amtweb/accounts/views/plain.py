"""What the pages of accounts have in common."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from amtweb.accounts.said import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]

TOO_MANY = {"too_many_login_attempts", "rate_limited"}


class PlainPage:
    """Answers mistakes with 422 and too many of them with 429; knows only pages of this site."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the templates show beside the form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | of_every_page(self.request)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page, with the status that says how the form was."""
        form = context.get("form")
        if form is not None:
            kwargs.setdefault("status", status_of(form))
        return super().render_to_response(context, **kwargs)  # type: ignore[misc, no-any-return]


def of_every_page(request: HttpRequest) -> dict[str, Any]:
    """The page to go on to, if it is one of this site, and what the last act did."""
    return {
        "next": get_next_redirect_url(request) or "",
        "said": SENTENCES.get(request.GET.get("said", ""), ""),
    }


def status_of(form: forms.Form) -> HTTPStatus:
    """How a form is answered; puts the cursor where the person goes on."""
    errors = form.errors.as_data()
    fields = [field for field in form if not field.is_hidden]
    wrong = [field for field in fields if field.errors]
    for field in (wrong or fields)[:1]:
        field.field.widget.attrs["autofocus"] = True
    codes = {error.code for found in errors.values() for error in found}
    if codes & TOO_MANY:
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def by(*methods: str, view: View) -> View:
    """The view, by these methods alone."""
    return require_http_methods(list(methods))(view)


def for_users(*methods: str, view: View) -> View:
    """The view, by these methods alone and for somebody who is signed in."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        # What can only be posted cannot be come back to.
        readable = "GET" in methods
        return redirect_to_login(request.path if readable else reverse("account"))

    return by(*methods, view=asked)
