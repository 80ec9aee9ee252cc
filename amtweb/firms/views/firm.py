"""The firm itself: its members, whom it invites, what stands on what it hands out."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from amtweb.firms import invitations, workspace
from amtweb.firms.access import in_firm, note
from amtweb.firms.forms import FirmForm, InvitationForm
from amtweb.firms.models import Firm, Role
from amtweb.firms.permissions import MAY, Act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member

LAST_ADMIN = "A firm has at least one admin: make somebody else admin first."


@in_firm("GET", "HEAD", act=Act.SEE)
def firm(request: HttpRequest, member: Member) -> HttpResponse:
    """Who works here, and who is asked to."""
    return _page(request, member)


@in_firm("POST", act=Act.MANAGE)
def settings(request: HttpRequest, member: Member) -> HttpResponse:
    """Takes the name and the disclaimer."""
    form = FirmForm(request.POST, instance=member.firm)
    if not form.is_valid():
        member.firm.refresh_from_db()
        return _page(request, member, settings_form=form)
    form.save()
    note(member, "firm_changed")
    return redirect("firms:firm")


@in_firm("POST", act=Act.MANAGE, confirmed=True)
def invite(request: HttpRequest, member: Member) -> HttpResponse:
    """Asks the holder of an address to work here."""
    form = InvitationForm(request.POST)
    since = timezone.now() - timedelta(days=1)
    if form.is_valid() and member.invitations.filter(created_at__gt=since).count() >= (
        invitations.MOST_A_DAY
    ):
        form.add_error(None, f"You have invited {invitations.MOST_A_DAY} people today.")
    if not form.is_valid():
        return _page(request, member, invite_form=form)
    with transaction.atomic():
        made = form.save(commit=False)
        made.firm, made.invited_by = member.firm, member
        made.save()
        note(member, "invited", f"invitation {made.public_id} as {made.role}")
    if not invitations.send(made):
        return _page(request, member, trouble="The mail could not be sent; the invitation stands.")
    return redirect("firms:firm")


@in_firm("POST", act=Act.MANAGE, confirmed=True)
def change_member(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Gives a member another role, or takes them out of the firm."""
    op = request.POST.get("op", "")
    with transaction.atomic():
        # One at a time, so that two admins cannot each remove the other.
        Firm.objects.select_for_update().get(pk=member.firm_id)
        who = get_object_or_404(member.firm.members, public_id=public_id)
        others = member.firm.members.filter(role=Role.ADMIN).exclude(pk=who.pk)
        demotes = op != Role.ADMIN and who.role == Role.ADMIN
        if demotes and not others.exists():
            return _page(request, member, trouble=LAST_ADMIN)
        if op == "remove":
            note(member, "member_removed", f"account {who.user_id}")
            who.delete()
            if who.user_id == member.user_id:
                workspace.leave(request)
                return redirect("firms:workspaces")
        elif op in Role.values:
            who.role = op
            who.save(update_fields=["role"])
            note(member, "role_changed", f"account {who.user_id} to {op}")
    return redirect("firms:firm")


@in_firm("POST", act=Act.MANAGE)
def withdraw(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Takes an invitation back."""
    found = get_object_or_404(member.firm.invitations, public_id=public_id)
    found.revoked_at = timezone.now()
    found.save(update_fields=["revoked_at"])
    note(member, "invitation_withdrawn", f"invitation {public_id}")
    return redirect("firms:firm")


def _page(request: HttpRequest, member: Member, **context: Any) -> HttpResponse:
    now = timezone.now()
    refused = context.keys() & {"trouble", "invite_form", "settings_form"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    shown = {
        "member": member,
        "may": {act.name.lower() for act in MAY[member.role]},
        "members": member.firm.members.select_related("user"),
        "invitations": [each for each in member.firm.invitations.all() if each.is_open(now)],
        "roles": Role.choices,
        "invite_form": InvitationForm(initial={"role": Role.ADVISOR}),
        "settings_form": FirmForm(instance=member.firm),
    }
    return render(request, "firms/firm.html", shown | context, status=status)
