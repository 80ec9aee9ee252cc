"""What a browser made before its owner signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.models import Scenario
from amtweb.scenarios.undo import BROWSER_OF_A_USER
from amtweb.scenarios.visitors import SESSION_KEY

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.accounts.models import User


def claim(request: HttpRequest, user: User, digest: str) -> int:
    """Gives the user the scenarios of the session; returns how many.

    Args:
        request: Whose session was the anonymous visitor's.
        user: Who has just signed in.
        digest: Of the key that the session holds; empty if it made nothing.
    """
    key = request.session.pop(SESSION_KEY, None)
    if not digest:
        return 0
    # What was typed before can still be taken back.
    request.session[BROWSER_OF_A_USER] = key
    ownerless = Scenario.objects.of_browsers().filter(visitor=digest)
    return ownerless.update(owner=user, visitor="")
