"""The change between one's own workspace and those of firms, and the beginning of a firm."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amtweb.firms import workspace
from amtweb.firms.access import note
from amtweb.firms.forms import FirmForm
from amtweb.firms.invitations import AlreadyMemberError, accept, invitations_to
from amtweb.firms.models import Member, Role

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NEW_FIRM = "new-firm"
"""What one is about when one sets up a second step: then that comes next."""
MOST_FIRMS = 10
"""Of which one account may be admin and set up another."""


@require_safe
@login_required
def workspaces(request: HttpRequest) -> HttpResponse:
    """The person's own workspace, their firms, and who asks them into another."""
    memberships = Member.objects.filter(user=workspace.user_of(request)).select_related("firm")
    context = {
        "memberships": memberships.order_by("firm__name"),
        "current": workspace.member_of(request),
        "invitations": invitations_to(request.user),
        "by_oneself": not workspace.wanted_firm(request),
        "may_enter": workspace.may_enter(request),
    }
    return render(request, "firms/workspaces.html", context)


@require_POST
@login_required
def enter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Goes to work in a firm; without a second step, first to that."""
    found = Member.objects.filter(user=workspace.user_of(request), firm__public_id=public_id)
    member = found.select_related("firm").first()
    if member is None:
        raise Http404
    if not workspace.may_enter(request):
        return redirect("firms:second_step")
    workspace.enter(request, member)
    note(member, "entered")
    return redirect("book:book")


@require_POST
@login_required
def leave(request: HttpRequest) -> HttpResponse:
    """Goes back to the person's own workspace."""
    workspace.leave(request)
    return redirect("scenarios:library")


@require_safe
@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """Says why a second step is needed, and how to come by one."""
    own = Authenticator.objects.filter(user=workspace.user_of(request))
    kinds = set(own.values_list("type", flat=True))
    begins = request.GET.get("for") == NEW_FIRM
    context = {
        "wants": NEW_FIRM if begins else "",
        "onward": reverse("firms:new_firm" if begins else "firms:workspaces"),
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
    }
    return render(request, "firms/second_step.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_firm(request: HttpRequest) -> HttpResponse:
    """Makes a firm whose first admin is whoever asks."""
    if not workspace.may_enter(request):
        return redirect(f"{reverse('firms:second_step')}?for={NEW_FIRM}")
    form = FirmForm(request.POST or None)
    user = workspace.user_of(request)
    run = Member.objects.filter(user=user, role=Role.ADMIN)
    if form.is_valid() and run.count() >= MOST_FIRMS:
        form.add_error(None, f"You are admin of {MOST_FIRMS} firms already, which is the most.")
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(request, "firms/new_firm.html", {"form": form}, status=status)
    with transaction.atomic():
        firm = form.save()
        member = Member.objects.create(firm=firm, user=workspace.user_of(request), role=Role.ADMIN)
        note(member, "firm_made")
    workspace.enter(request, member)
    return redirect("book:book")


@require_POST
@login_required
def accept_invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes up an invitation to an address that the person has confirmed."""
    with transaction.atomic():
        found = invitations_to(request.user).select_for_update(of=("self",))
        invitation = found.filter(public_id=public_id).first()
        if invitation is None or not invitation.is_open(timezone.now()):
            raise Http404
        try:
            member = accept(invitation, request.user)
        except AlreadyMemberError:
            return redirect("firms:workspaces")
        note(member, "joined", f"as {member.role}")
    return redirect("firms:workspaces")
