"""Puts a scenario that a short form made into the planner, without losing what stands there.

What the visitor made of the working copy is theirs: they say whether it is saved first.  Either way
it can be had back by undoing.  What a short form put there, and nobody changed, is not asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from amtweb.firms.permissions import MAY, Act
from amtweb.firms.workspace import member_of, place_of
from amtweb.scenarios import undo, working_copy
from amtweb.scenarios.assumed import Assumed, beginning_of, note_beginning, values_at
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.as_shown import as_written
from amtweb.scenarios.for_whom import kept_choice, named_client
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import digest_of
from amtweb.scenarios.saving import new_scenario
from calculator import InvalidScenario, parse_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

INSTEAD: Final = "instead"
SAVE: Final = "save"
REPLACE: Final = "replace"


class Standing(NamedTuple):
    """What the visitor made of the working copy."""

    title: str
    """Empty if they gave it none."""
    may_save: bool


def title_of(request: HttpRequest) -> str | None:
    """What the working copy is called, empty without a title; None if there is none."""
    if not working_copy.is_begun(request):
        return None
    return str(working_copy.working_copy(request).tree.get("title", ""))


def standing(request: HttpRequest) -> Standing | None:
    """What would be lost; None if there is nothing of the visitor's own."""
    title = title_of(request)
    if title is None or _is_untouched(request):
        return None
    member = member_of(request)
    may_save = member is None or Act.CHANGE in MAY[member.role]
    document = working_copy.working_copy(request).document
    return Standing(title, may_save and _is_good(document))


def begin(
    request: HttpRequest, document: dict[str, Any], said: str, assumed: Sequence[Assumed] = ()
) -> bool:
    """The document becomes the working copy; not if the visitor has yet to say what of theirs.

    Args:
        request: Posts ``instead`` where something stands in the planner.
        document: What they begin with.
        said: What was done, for the button that undoes it.
        assumed: What the page is to say of the document.

    Raises:
        NotKeptError: There is no room to save what stands there.
    """
    there = standing(request)
    asked = request.POST.get(INSTEAD, "")
    if there and asked != REPLACE and not (asked == SAVE and there.may_save):
        return False
    before = working_copy.working_copy(request)
    was_begun = working_copy.is_begun(request)
    if there and asked == SAVE:
        _save(request, before.document)
    working_copy.start_from(request, document)
    if was_begun:
        undo.remember(request, before.tree, typed.from_document(document), said)
    note_beginning(request, document, assumed)
    return True


def assumed_in(request: HttpRequest) -> list[Assumed]:
    """What the short form assumed that the working copy began with, and that still stands there.

    None of it once the working copy has another title: it is another one.
    """
    started = beginning_of(request)
    if not started.get("assumed") or title_of(request) != started["title"]:
        return []
    assumed = [Assumed(*each) for each in started["assumed"]]
    tree = as_written(working_copy.working_copy(request).tree)
    now = values_at([each.anchor for each in assumed], tree)
    began = started.get("values", now)
    return [each for each, was, stands in zip(assumed, began, now, strict=True) if was == stands]


def _is_untouched(request: HttpRequest) -> bool:
    started = beginning_of(request)
    document = request.session.get(place_of(request, working_copy.DOCUMENT))
    typed_now = request.session.get(place_of(request, working_copy.TYPED))
    if not document or typed_now:
        return False
    return bool(started.get("digest") == digest_of(document))


def _is_good(document: dict[str, Any]) -> bool:
    """Whether it can be computed; what was good when it was kept may be refused today."""
    try:
        parse_scenario(document)
    except InvalidScenario:
        return False
    return True


def _save(request: HttpRequest, document: dict[str, Any]) -> None:
    figures = figures_of(result_of(document))
    client = named_client(member_of(request), kept_choice(request))
    new_scenario(request, document, figures, "", client)
