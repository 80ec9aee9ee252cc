"""What a posted editor asks for: the tree as typed, after an operation if one was asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios import undo
from amtweb.scenarios.bench import Bench, work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.proposals import apply_proposal
from amtweb.scenarios.editor.rows import Change, change_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, QueryDict

    from amtweb.scenarios.editor.typed import Tree

SAVE = "save"
UNDO = "undo"
OVERWRITE = "overwrite:"
"""Saves in place of the draft of this version, which this editor has not seen."""
APPLY = "apply:"
_TAB = re.compile("[A-Za-z0-9_-]{1,32}")
UNFIT = (ValueError, KeyError, IndexError, TypeError, AttributeError)
"""What a made-up operation can raise."""


class Edit(NamedTuple):
    """The bench after the edit; ``focus`` and ``said`` if an operation changed the inputs."""

    bench: Bench
    focus: str
    said: str
    asks_to_save: bool
    undoes: str
    """What the next undo would take back, in words."""


def edit_of(request: HttpRequest, last_good: Mapping[str, Any]) -> Edit:
    """Reads a posted editor.  An operation that makes no sense is passed over: nothing is lost."""
    post = request.POST
    tree = typed.from_post({name: str(post[name]) for name in post})
    operation = post.get("op", "")
    focus = said = ""
    asks_to_save = operation == SAVE or operation.startswith(OVERWRITE)
    if operation and not asks_to_save:
        try:
            tree, focus, said = _operate(request, tree, operation)
        except UNFIT:
            said = "That cannot be done any more."
    return Edit(work(tree, last_good), focus, said, asks_to_save, undo.last(request, request.path))


def _operate(request: HttpRequest, tree: Tree, operation: str) -> Change:
    if operation == UNDO:
        return undo.take_back(request, request.path) or Change(
            tree, "", "There is nothing to undo."
        )
    if operation.startswith(APPLY):
        change = apply_proposal(tree, operation.removeprefix(APPLY))
    else:
        change = change_rows(tree, operation)
    undo.remember(request, request.path, tree, change)
    return change


def place_in_order(post: QueryDict) -> tuple[str, int]:
    """The open editor that posted, and the number of its request; without scripts always 0."""
    tab = post.get("tab", "")
    return tab if _TAB.fullmatch(tab) else "", _counter(post.get("sequence"))


def version_seen(post: QueryDict) -> int:
    """The version of the draft that the editor may replace."""
    operation = post.get("op", "")
    if operation.startswith(OVERWRITE):
        return _counter(operation.removeprefix(OVERWRITE))
    return _counter(post.get("draft_version"))


def _counter(text: str | None) -> int:
    """A counter of ours; anything else counts as long past."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 15 else 0
