"""What a scenario was made with that nobody was asked about, told while it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.firms.workspace import place_of
from amtweb.scenarios import working_copy
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.places import id_of
from amtweb.scenarios.models import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest

    from amtweb.scenarios.editor.typed import Tree


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
        "values": values_at([each.anchor for each in assumed], typed.from_document(document)),
    }


def values_at(anchors: Sequence[str], tree: Tree) -> list[str]:
    """What stands at each place: an input's text, or below a heading how many rows there are."""
    texts = {id_of(path): text for path, text in _texts(tree)}
    return [texts.get(anchor, "") for anchor in anchors]


def _texts(tree: Tree, path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            yield from _texts(value, here)
        elif isinstance(value, list):
            yield f"{here}.title", str(len(value) or "")
            for number, row in enumerate(value):
                yield from _texts(row, f"{here}[{number}]")
        else:
            yield here, str(value)


def beginning_of(request: HttpRequest) -> dict[str, Any]:
    """What was noted; empty for a working copy that did not begin from a few questions."""
    noted: dict[str, Any] = request.session.get(place_of(request, working_copy.STARTED)) or {}
    return noted
