"""Going from a firm, sending a member's browsers away, and the end of a firm."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render

from amtweb.firms import leaving, workspace
from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import Act
from amtweb.firms.sessions import end_sign_ins, forget_firm
from amtweb.firms.views.firm import firm_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member


@in_firm("POST", act=Act.SEE)
def leave_firm(request: HttpRequest, member: Member) -> HttpResponse:
    """The member goes for good, unless nobody would be left to manage the firm."""
    try:
        leaving.leave(member)
    except leaving.LastAdminError as refusal:
        return firm_page(request, member, trouble=str(refusal))
    _go_out(request, member)
    return redirect("firms:workspaces")


@in_firm("GET", "HEAD", "POST", act=Act.MANAGE, confirmed=True)
def delete_firm(request: HttpRequest, member: Member) -> HttpResponse:
    """Asks for the name as a confirmation, and deletes the firm with all that is its."""
    firm = member.firm
    typed = request.POST.get("name", "").strip()
    if request.method == "POST" and typed.casefold() == firm.name.strip().casefold():
        leaving.delete_firm(member)
        _go_out(request, member)
        return redirect("firms:workspaces")
    mistaken = request.method == "POST"
    context = {
        "firm": firm,
        "typed": typed,
        "mistaken": mistaken,
        "clients": firm.clients.count(),
        "scenarios": firm.scenario_set.count(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if mistaken else HTTPStatus.OK
    return render(request, "firms/delete_firm.html", context, status=status)


@in_firm("POST", act=Act.MANAGE, confirmed=True)
def end_sessions(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Signs a member out of the site in every browser."""
    who = get_object_or_404(member.firm.members, public_id=public_id)
    with transaction.atomic():
        end_sign_ins(who.user_id)
        note(member, "sessions_ended", f"account {who.user_id}")
    if who.user_id == member.user_id:
        request.session.flush()
        return redirect("account_login")
    return redirect("firms:firm")


def _go_out(request: HttpRequest, member: Member) -> None:
    forget_firm(request.session, member.firm.public_id)
    workspace.leave(request)
