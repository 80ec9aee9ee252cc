"""The firm itself: its members, whom it invites, what stands on what it hands out."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from amtweb.firms import invitations, workspace
from amtweb.firms.access import in_firm, note, require
from amtweb.firms.forms import FirmForm, InvitationForm
from amtweb.firms.leaving import hold, is_last_admin, take_out
from amtweb.firms.models import Role
from amtweb.firms.permissions import MAY, Act, who_may
from amtweb.firms.sessions import forget_firm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member

REMOVE = "remove"
CHANGES = {REMOVE, *Role.values}
LAST_ADMIN = "A firm has at least one admin: make somebody else admin first."


@in_firm("GET", "HEAD", act=Act.SEE)
def firm(request: HttpRequest, member: Member) -> HttpResponse:
    """Who works here, and who is asked to."""
    return firm_page(request, member)


@in_firm("POST", act=Act.MANAGE)
def settings(request: HttpRequest, member: Member) -> HttpResponse:
    """Takes the name and the disclaimer."""
    form = FirmForm(request.POST, instance=member.firm)
    if not form.is_valid():
        member.firm.refresh_from_db()
        return firm_page(request, member, settings_form=form)
    with transaction.atomic():
        form.save()
        note(member, "firm_changed")
    messages.success(request, "Saved.")
    return redirect("firms:firm")


@in_firm("POST", act=Act.MANAGE, confirmed=True)
def invite(request: HttpRequest, member: Member) -> HttpResponse:
    """Asks the holder of an address to work here."""
    form = InvitationForm(request.POST)
    if form.is_valid() and invitations.sent_today_by(member) >= invitations.MOST_A_DAY:
        form.add_error(None, f"You have invited {invitations.MOST_A_DAY} people today.")
    if not form.is_valid():
        return firm_page(request, member, invite_form=form)
    with transaction.atomic():
        made = form.save(commit=False)
        made.firm, made.invited_by = member.firm, member
        made.save()
        note(member, "invited", f"invitation {made.public_id} as {made.role}")
    if not invitations.send(made):
        return firm_page(
            request, member, trouble="The mail could not be sent; the invitation stands."
        )
    messages.success(request, f"Invited {made.email} as {made.get_role_display().lower()}.")
    return redirect("firms:firm")


@in_firm("POST", act=Act.MANAGE, confirmed=True)
def change_member(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Gives a member another role, or takes them out of the firm."""
    op = request.POST.get("op", "")
    with transaction.atomic():
        hold(member.firm_id)
        # Somebody may have changed one's own role while one waited.
        member = get_object_or_404(member.firm.members, pk=member.pk)
        require(member, Act.MANAGE)
        who = get_object_or_404(member.firm.members, public_id=public_id)
        if op != Role.ADMIN and op in CHANGES and is_last_admin(who):
            return firm_page(request, member, trouble=LAST_ADMIN)
        if op == REMOVE:
            take_out(who)
            note(member, "member_removed", f"account {who.user_id}")
            messages.success(request, f"{who.user.email} no longer works here.")
        elif op in Role.values and op != who.role:
            who.role = op
            who.save(update_fields=["role"])
            note(member, "role_changed", f"account {who.user_id} to {op}")
            messages.success(request, f"{who.user.email} is {who.get_role_display().lower()} now.")
    if op == REMOVE and who.user_id == member.user_id:
        forget_firm(request.session, member.firm.public_id)
        workspace.leave(request)
        return redirect("firms:workspaces")
    return redirect("firms:firm")


@in_firm("POST", act=Act.MANAGE)
def withdraw(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Takes an invitation back."""
    found = get_object_or_404(member.firm.invitations, public_id=public_id)
    with transaction.atomic():
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        note(member, "invitation_withdrawn", f"invitation {public_id}")
    messages.success(request, f"The invitation of {found.email} is withdrawn.")
    return redirect("firms:firm")


def firm_page(request: HttpRequest, member: Member, **context: Any) -> HttpResponse:
    """The firm, and what was wrong with what was sent if something was."""
    now = timezone.now()
    refused = context.keys() & {"trouble", "invite_form", "settings_form"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    invited = member.firm.invitations.filter(invited_by__role__in=who_may(Act.MANAGE))
    shown = {
        "member": member,
        "may": {act.name.lower() for act in MAY[member.role]},
        "members": member.firm.members.select_related("user"),
        "invitations": [each for each in invited if each.is_open(now)],
        "roles": Role.choices,
        "invite_form": InvitationForm(initial={"role": Role.ADVISOR}),
        "settings_form": FirmForm(instance=member.firm),
    }
    return render(request, "firms/firm.html", shown | context, status=status)
