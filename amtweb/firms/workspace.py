"""Where somebody works now: by themselves, or in one of their firms.

A firm is entered and left by a step of its own.  Whoever works in it has shown a second step in
this session not long ago, because they see what belongs to others.  What the session keeps for one
workspace no other one sees.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db.models import Subquery
from django.middleware.csrf import rotate_token

from amtweb.firms import sessions
from amtweb.firms.models import Member

if TYPE_CHECKING:
    from django.http import HttpRequest


SESSION_KEY = "workspace"


class Shut(Enum):
    """Why the firm that a session is in is not open to it."""

    NO_SECOND_STEP = "no second step"
    GONE = "no longer a member"
    ASLEEP = "too long ago"


def member_of(request: HttpRequest) -> Member | None:
    """Who is asking, as a member of the firm they work in now; None by themselves.

    Asked anew with every request: who has left the firm is out at once.
    """
    found = _standing(request)
    return found if isinstance(found, Member) else None


def shut_out(request: HttpRequest) -> Shut | None:
    """Why whoever is in a firm may not go on there; None for everyone else."""
    found = _standing(request)
    return found if isinstance(found, Shut) else None


def wanted_firm(request: HttpRequest) -> str:
    """The public name of the firm that the session is in, whatever became of it; else empty."""
    if not request.user.is_authenticated:
        return ""
    return str(request.session.get(SESSION_KEY, ""))


def place_of(request: HttpRequest, name: str) -> str:
    """The key of the session under which it keeps something for where its user works now."""
    return sessions.place_of(name, wanted_firm(request))


def user_of(request: HttpRequest) -> Any:
    """Who is signed in.

    Raises:
        PermissionDenied: Nobody is, where somebody must be.
    """
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def _standing(request: HttpRequest) -> Member | Shut | None:
    if not hasattr(request, "_standing"):
        request._standing = _look(request)  # type: ignore[attr-defined]
    found: Member | Shut | None = request._standing  # type: ignore[attr-defined]
    return found


def _look(request: HttpRequest) -> Member | Shut | None:
    firm = wanted_firm(request)
    if not firm:
        return None
    shown = sessions.second_step_at(request)
    if shown is None:
        return Shut.NO_SECOND_STEP
    here = UserSession.objects.filter(session_key=request.session.session_key)
    members = Member.objects.select_related("firm").annotate(
        used_at=Subquery(here.values("last_seen_at")[:1])
    )
    member = members.filter(user=user_of(request), firm__public_id=firm).first()
    if member is None:
        return Shut.GONE
    return member if sessions.is_awake(shown, used_at_of(member)) else Shut.ASLEEP


def used_at_of(member: Member) -> Any:
    """When the session that asks was last at work, as it was found with its member."""
    return getattr(member, "used_at", None)


def may_enter(request: HttpRequest) -> bool:
    """Whether this session has shown a second step of late."""
    return sessions.is_awake(sessions.second_step_at(request), sessions.used_at(request))


def enter(request: HttpRequest, member: Member) -> None:
    """From now on the session works in the firm, under another key."""
    _change(request)
    request.session[SESSION_KEY] = member.firm.public_id
    sessions.rotate_session(request)
    # One that was opened in another way than by the sign-in page is not listed yet.
    UserSession.objects.create_from_request(request)
    request._standing = member  # type: ignore[attr-defined]


def leave(request: HttpRequest) -> None:
    """From now on the session works for the person alone."""
    _change(request)
    request.session.pop(SESSION_KEY, None)
    request._standing = None  # type: ignore[attr-defined]


def _change(request: HttpRequest) -> None:
    """Nothing goes along into another workspace.

    The forms of pages that are still open are refused from now on: what was typed in one workspace
    would else arrive in the other.  What waits for a confirmation is given up likewise.
    """
    rotate_token(request)
    request.session.pop(STATE_SESSION_KEY, None)
    held = sessions.firms_held(request.session)
    if held:
        own = Member.objects.filter(user=user_of(request), firm__public_id__in=held)
        for firm in held - set(own.values_list("firm__public_id", flat=True)):
            sessions.forget_firm(request.session, firm)
