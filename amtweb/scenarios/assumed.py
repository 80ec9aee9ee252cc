"""What a scenario was made with that nobody was asked about, told while it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.firms.workspace import place_of
from amtweb.scenarios import working_copy
from amtweb.scenarios.editor.places import id_of
from amtweb.scenarios.models import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


class Assumed(NamedTuple):
    """What a few questions put in without asking."""

    words: str
    anchor: str
    """Where it stands in the planner."""


def assumed_at(path: str, words: str) -> Assumed:
    """What was put into the input of a path."""
    return Assumed(words, id_of(path))


def note_beginning(
    request: HttpRequest, document: dict[str, Any], assumed: Sequence[Assumed]
) -> None:
    """Notes what the working copy begins with, and what of it is assumed."""
    request.session[place_of(request, working_copy.STARTED)] = {
        "digest": digest_of(document),
        "title": document.get("title", ""),
        "assumed": [list(each) for each in assumed],
    }


def beginning_of(request: HttpRequest) -> dict[str, Any]:
    """What was noted; empty for a working copy that did not begin from a few questions."""
    noted: dict[str, Any] = request.session.get(place_of(request, working_copy.STARTED)) or {}
    return noted
