"""Lets a view be reached by those alone whose role includes what it does."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from amtweb.audit.log import Actor, record, record_all, record_once
from amtweb.firms.permissions import Act, may, roles_that_may
from amtweb.firms.workspace import member_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member

    View = Callable[..., HttpResponse]

SAFE = ("GET", "HEAD")
AN_HOUR = timedelta(hours=1)


class RoleError(PermissionDenied):
    """The role of whoever asks does not include what is asked; the text says which roles do."""

    def __init__(self, member: Member, act: Act, about: str = "") -> None:
        roles = " or ".join(role.lower() for role in roles_that_may(act))
        who = f"As {member.get_role_display().lower()} of {member.firm} you may not {act.value}."
        super().__init__(f"{who} Ask somebody who is {roles} there.")
        self._attempt = (member, act.name.lower(), about)

    def write_down(self) -> None:
        """Notes the attempt in the firm's log, once what it would have been part of is undone."""
        member, act, about = self._attempt
        record(member.firm.public_id, actor_of(member), act, about, refused=True)


def actor_of(member: Member) -> Actor:
    """The member, as the firm's log names them."""
    return Actor(member.user_id, member.role)


def note(member: Member, act: str, about: str = "") -> None:
    """Writes in the firm's log what the member has just done."""
    record(member.firm.public_id, actor_of(member), act, about)


def note_all(member: Member, told: Sequence[tuple[str, str]]) -> None:
    """Writes several things that the member has just done, each an act and to what."""
    if told:
        record_all(member.firm.public_id, actor_of(member), told)


def note_within_the_hour(member: Member, act: str, about: str) -> None:
    """Writes what is done again and again, such as looking, once an hour."""
    record_once(member.firm.public_id, actor_of(member), act, about, within=AN_HOUR)


def note_look(request: HttpRequest, member: Member, about: str) -> None:
    """Writes that the member looks at something, if that is what they do."""
    if request.method == "GET":
        note_within_the_hour(member, "seen", about)


def only_reads(request: HttpRequest) -> bool:
    """Whether whoever asks works in a firm and may change nothing there."""
    member = member_of(request)
    return member is not None and not may(member, Act.CHANGE)


def require(member: Member, act: Act, about: str = "") -> None:
    """Goes on only if the member's role includes the act; else the firm's log gets the attempt.

    Raises:
        RoleError: It does not.
    """
    if not may(member, act):
        raise RoleError(member, act, about)


def in_firm(*methods: str, act: Act, confirmed: bool = False) -> Callable[[View], View]:
    """The view by these methods alone, for members at work in a firm, called with the member.

    Args:
        methods: Those that it takes.
        act: What it does.
        confirmed: Whether only somebody may who has shown within the last minutes who they are.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.path if "GET" in methods else "/")
            member = member_of(request)
            if member is None:
                return redirect("firms:workspaces")
            require(member, act)
            if confirmed:
                raise_if_reauthentication_required(request, app="allauth.account")
            return view(request, member, *args, **kwargs)

        return require_http_methods(list(methods))(asked)

    return decorate
