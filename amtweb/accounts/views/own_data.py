"""A user's right to all of their data, and to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from amtweb.accounts import events
from amtweb.accounts.deletion import delete_account
from amtweb.accounts.export import archive
from amtweb.accounts.said import address_of_sign_in
from amtweb.accounts.views.entrance import FORGET_WHAT_WAS_SHOWN
from amtweb.accounts.views.plain import of_every_page
from amtweb.firms.leaving import LastAdminError
from amtweb.scenarios.working_copy import DOCUMENT

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.accounts.models import User

UNPROCESSABLE = 422


def export(request: HttpRequest) -> HttpResponse:
    """Says what the archive holds, or gives it."""
    if request.method != "POST":
        return render(request, "account/export.html", of_every_page(request))
    user = cast("User", request.user)
    packed = archive(user, request.session.get(DOCUMENT))
    events.log("exported", account=user.pk)
    name = f"amtweb-{timezone.now():%Y-%m-%d}.zip"
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def delete(request: HttpRequest) -> HttpResponse:
    """Asks for the address as a confirmation, and deletes the account."""
    user = cast("User", request.user)
    if request.method != "POST":
        return render(request, "account/delete.html", of_every_page(request))
    typed = request.POST.get("address", "")
    if typed.strip().lower() != user.email.lower():
        context = of_every_page(request) | {"typed": typed, "mistaken": True}
        return render(request, "account/delete.html", context, status=UNPROCESSABLE)
    try:
        delete_account(request, user)
    except LastAdminError as refusal:
        context = of_every_page(request) | {"typed": typed, "refusal": str(refusal)}
        return render(request, "account/delete.html", context, status=UNPROCESSABLE)
    response = redirect(address_of_sign_in("deleted"))
    response.headers["Clear-Site-Data"] = FORGET_WHAT_WAS_SHOWN
    return response
