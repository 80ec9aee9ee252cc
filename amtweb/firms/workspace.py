"""Where somebody works now: by themselves, or in one of their firms.

A firm is entered and left by a step of its own.  Whoever works in it has shown a second step in
this session, because they see what belongs to others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from django.core.exceptions import PermissionDenied

from amtweb.firms.models import Member

if TYPE_CHECKING:
    from django.http import HttpRequest


SESSION_KEY = "workspace"
SECOND_STEP = "mfa"


def member_of(request: HttpRequest) -> Member | None:
    """Who is asking, as a member of the firm they work in now; None by themselves.

    Asked anew with every request: who has left the firm is out at once.
    """
    if not hasattr(request, "_member"):
        request._member = _member(request)  # type: ignore[attr-defined]
    found: Member | None = request._member  # type: ignore[attr-defined]
    return found


def wanted_firm(request: HttpRequest) -> str:
    """The public name of the firm that the session is in, whatever became of it; else empty."""
    if not request.user.is_authenticated:
        return ""
    return str(request.session.get(SESSION_KEY, ""))


def user_of(request: HttpRequest) -> Any:
    """Who is signed in.

    Raises:
        PermissionDenied: Nobody is, where somebody must be.
    """
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def _member(request: HttpRequest) -> Member | None:
    firm = wanted_firm(request)
    if not firm or not showed_second_step(request):
        return None
    members = Member.objects.select_related("firm")
    return members.filter(user=user_of(request), firm__public_id=firm).first()


def showed_second_step(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed since, by more than a password."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == SECOND_STEP for record in records)


def enter(request: HttpRequest, member: Member) -> None:
    """From now on the session works in the firm, under another key."""
    request.session[SESSION_KEY] = member.firm.public_id
    request.session.cycle_key()
    request._member = member  # type: ignore[attr-defined]


def leave(request: HttpRequest) -> None:
    """From now on the session works for the person alone."""
    request.session.pop(SESSION_KEY, None)
    request._member = None  # type: ignore[attr-defined]
