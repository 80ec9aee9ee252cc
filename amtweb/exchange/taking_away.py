"""What a firm says about files: who may take them away, and that somebody did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.firms.access import note_all, require
from amtweb.firms.permissions import Act
from amtweb.firms.workspace import member_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def may_take(request: HttpRequest, *about: str) -> None:
    """Goes on only if whoever asks may take the firm's files away; of others, always.

    Args:
        request: Whose.
        about: What they are in the firm's log; nothing for what is everybody's.

    Raises:
        RoleError: Their role does not include it.
    """
    member = member_of(request)
    if member is not None:
        for each in filter(None, about):
            require(member, Act.EXPORT, each)


def note_taken(request: HttpRequest, kind: str, *about: str) -> None:
    """Writes in the firm's log that they were taken away, as what kind of file."""
    member = member_of(request)
    if member is not None:
        note_all(member, [("exported", f"{each} as {kind}") for each in about if each])
