"""The sessions of those who work in firms: how long they stay open, and what they hold of a firm.

What a session keeps for a workspace stands under a key with the firm's public name, so that no
workspace sees what lies on the desk of another.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpRequest

SECOND_STEP = "mfa"
NOTED_EVERY = timedelta(minutes=5)
"""How exactly it is known when a session was last at work; it ends so much too early at most."""


def second_step_at(request: HttpRequest) -> datetime | None:
    """When this session last showed more than a password; None if it never did."""
    records = get_authentication_records(request, request.user)
    shown = [each["at"] for each in records if each.get("method") == SECOND_STEP]
    return datetime.fromtimestamp(max(shown), UTC) if shown else None


def is_awake(shown: datetime | None, used: datetime | None) -> bool:
    """Whether a session may be at work in a firm, by its second step and its last use there."""
    if shown is None:
        return False
    now = timezone.now()
    idle = now - max(shown, used or shown)
    return bool(now - shown < settings.LONGEST_IN_A_FIRM and idle < settings.LONGEST_IDLE_IN_A_FIRM)


def used_at(request: HttpRequest) -> datetime | None:
    """When the session was last at work in a firm, or else began."""
    found = UserSession.objects.filter(session_key=request.session.session_key)
    seen: datetime | None = found.values_list("last_seen_at", flat=True).first()
    return seen


def note_use(request: HttpRequest, used: datetime | None) -> None:
    """Remembers that the session is at work.

    Beside the session and not in it: who reads would else put back what another tab has typed.
    """
    now = timezone.now()
    if used is not None and now - used > NOTED_EVERY:
        found = UserSession.objects.filter(session_key=request.session.session_key)
        found.update(last_seen_at=now)


def rotate_session(request: HttpRequest) -> None:
    """The session goes on under another key, after its rights have changed."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def end_sign_ins(user_id: int, **which: Any) -> int:
    """Signs the user out there, with all that those sessions held; returns in how many places."""
    found = UserSession.objects.filter(user_id=user_id, **which)
    keys = list(found.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    found.delete()
    return len(keys)


def place_of(name: str, firm: str) -> str:
    """The key of a session under which it keeps something for a firm; without one, its own."""
    return f"{name}@{firm}" if firm else name


def forget_firm(session: SessionBase, firm: str) -> bool:
    """Drops what the session holds of a firm; whether there was anything."""
    held = [key for key in list(session.keys()) if key.endswith(f"@{firm}")]
    for key in held:
        del session[key]
    return bool(held)


def firms_held(session: SessionBase) -> set[str]:
    """The firms of which the session holds something."""
    return {key.rpartition("@")[2] for key in list(session.keys()) if "@" in key}


def forget_firm_everywhere(firm: str, users: Collection[int]) -> None:
    """Drops what any session of these users holds of a firm."""
    kept = UserSession.objects.filter(user_id__in=users)
    for key in kept.values_list("session_key", flat=True):
        session = SessionStore(key)
        if not forget_firm(session, firm):
            continue
        try:
            session.save()
        except UpdateError:
            # It has just ended, and took everything with it.
            continue
