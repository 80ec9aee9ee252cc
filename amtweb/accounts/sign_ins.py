"""The sessions of a user: how long they last, which there are, and their end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY as SIGNED_IN_AS
from django.contrib.sessions.models import Session
from django.utils import timezone

from amtweb.firms.sessions import end_sign_ins, rotate_session

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from amtweb.accounts.models import User

# In this order, because each names itself beside those after it.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox|FxiOS": "Firefox",
    "Chrome|CriOS|Chromium": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


class SignIn(NamedTuple):
    """A place where the user is signed in."""

    key: int
    device: str
    address: str
    since: datetime
    is_this: bool


def limit_session(request: HttpRequest) -> None:
    """From now on the session ends at a fixed time, however much it is used."""
    request.session.set_expiry(timezone.now() + settings.LONGEST_SIGN_IN)


def sign_ins_of(request: HttpRequest) -> list[SignIn]:
    """Where the user is signed in now, the newest first."""
    kept = UserSession.objects.filter(user_id=request.user.pk)
    alive = set(
        Session.objects.filter(
            session_key__in=kept.values("session_key"), expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    return [
        SignIn(
            key=each.pk,
            device=device_of(each.user_agent),
            address=each.ip,
            since=each.created_at,
            is_this=each.session_key == request.session.session_key,
        )
        for each in kept.order_by("-created_at")
        if each.session_key in alive
    ]


def end_others(request: HttpRequest) -> int:
    """Signs the user out everywhere but here."""
    here = UserSession.objects.filter(session_key=request.session.session_key)
    others = UserSession.objects.filter(user_id=request.user.pk).exclude(pk__in=here)
    return end_sign_ins(
        request.user.pk,  # type: ignore[arg-type]
        pk__in=list(others.values_list("pk", flat=True)),
    )


def sessions_that_name(user: User) -> QuerySet[Session]:
    """Those, signed in or not yet, that hold the user's number or address.

    Reads all sessions of the site, which nothing that happens often should.
    """
    keys = []
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if data.get(SIGNED_IN_AS) == str(user.pk) or user.email in repr(data):
            keys.append(session.pk)
    return Session.objects.filter(pk__in=keys)


def device_of(user_agent: str) -> str:
    """Such as "Firefox on Linux"."""
    browser = _first(BROWSERS, user_agent) or "A browser"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} on {system}" if system else browser


def _first(names: dict[str, str], text: str) -> str:
    return next((name for pattern, name in names.items() if re.search(pattern, text)), "")


def forget_sign_in(sender: Any, request: HttpRequest, **_: Any) -> None:
    """Takes a session off the list as it ends by signing out."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()


def end_all(sender: Any, user: User, **_: Any) -> None:
    """Ends every session after the password has changed, with all that they held."""
    end_sign_ins(user.pk)


def rotate(sender: Any, request: HttpRequest, **_: Any) -> None:
    """Changes the key of the session after a second step was added or removed."""
    if request.user.is_authenticated:
        rotate_session(request)


def rotate_confirmed(sender: Any, request: HttpRequest, *, reauthenticated: bool, **_: Any) -> None:
    """Changes the key of the session after it has shown a second step anew."""
    if reauthenticated:
        rotate_session(request)
