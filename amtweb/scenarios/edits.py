"""What a posted editor asks for: the tree as typed, after an operation if one was asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.bench import Bench, work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.filling import FILL_RIGHT, PASTE, PASTE_ACROSS, fill_right, paste
from amtweb.scenarios.editor.new_rows import with_new_sources
from amtweb.scenarios.editor.pasting_rows import are_pasted_into_rows, paste_rows
from amtweb.scenarios.editor.proposals import apply_proposal
from amtweb.scenarios.editor.rows import Change, change_rows
from amtweb.scenarios.steps import Steps, now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from amtweb.scenarios.editor.typed import Tree

SAVE = "save"
SHARE = "share"
"""Saves what has no address yet, and goes on where links are made."""
UNDO = "undo"
REDO = "redo"
OVERWRITE = "overwrite:"
"""Saves in place of the draft of this version, which this editor has not seen."""
TAKE_THEIRS = "theirs:"
"""Gives what is typed up for the draft of this version; it can be undone."""
KEEP_BOTH = "both:"
"""Makes what is typed another scenario."""
APPLY = "apply:"
_TAB = re.compile("[A-Za-z0-9_-]{1,32}")
UNFIT = (ValueError, KeyError, IndexError, TypeError, AttributeError)
"""What a made-up operation can raise."""


class Before(NamedTuple):
    """What stood before an edit."""

    last_good: Mapping[str, Any]
    """The last document that could be computed."""
    tree: Tree
    """What was typed, as far as it is known."""
    steps: Steps


class Edit(NamedTuple):
    """The bench after the edit; ``focus`` and ``said`` if an operation changed the inputs."""

    bench: Bench
    typed: Tree
    """What was posted, before the operation."""
    focus: str
    said: str
    operation: str
    steps: Steps
    is_step: bool
    """Whether the steps are others than before."""

    @property
    def asks_to_save(self) -> bool:
        """Whether it is to become a revision."""
        return self.operation == SAVE or self.operation.startswith(OVERWRITE)

    @property
    def asks_to_share(self) -> bool:
        """Whether links to it are to be made next."""
        return self.operation == SHARE

    @property
    def moves(self) -> bool:
        """Whether it takes a step back, or does it again."""
        return self.operation in (UNDO, REDO)

    @property
    def decides(self) -> bool:
        """Whether it answers the question which of two versions stays."""
        return self.operation.startswith((OVERWRITE, TAKE_THEIRS))

    @property
    def context(self) -> dict[str, str]:
        """What the page says about steps to take back or do again."""
        return steps_context(self.steps, self.bench.tree)


def steps_context(steps: Steps, tree: Tree) -> dict[str, str]:
    """What the buttons of undo and redo would do, in words."""
    return {"undoes": steps.undoes(tree), "redoes": steps.redoes(tree)}


def applied_context(query: QueryDict, steps: Steps) -> dict[str, str]:
    """What another page has just done here, if the address says that one did."""
    return {"applied": steps.done[-1].said} if "applied" in query and steps.done else {}


def edit_of(post: QueryDict, before: Before) -> Edit:
    """Reads a posted editor.  An operation that makes no sense is passed over: nothing is lost."""
    posted = tree = typed.from_post({name: str(post[name]) for name in post})
    operation = post.get("op", "")
    steps = before.steps
    move = _move(post, operation)
    again = bool(move) and move == steps.last_move
    focus = said = ""
    is_step = False
    if not operation:
        tree = with_new_sources(before.tree, tree)
    if not again and not operation.startswith((TAKE_THEIRS, OVERWRITE)):
        gesture = f"{post.get('tab', '')[:32]} {post.get('gesture', '')[:12]}"
        gesture = gesture if post.get("gesture") else ""
        is_step = steps.record(before.tree, tree, "", now(), gesture)
    if operation not in ("", SAVE, SHARE):
        try:
            tree, focus, said = _operate(before, tree, post, move)
            is_step = True
        except UNFIT:
            said = "That cannot be done any more."
    bench = work(tree, before.last_good)
    return Edit(bench, posted, focus, said, operation, steps, is_step)


def _operate(before: Before, tree: Tree, post: QueryDict, move: str) -> Change:
    steps, operation = before.steps, str(post["op"])
    if operation == UNDO:
        return steps.take_back(tree, move)
    if operation == REDO:
        return steps.do_again(tree, move)
    if operation.startswith(OVERWRITE):
        change = Change(tree, "", "Kept what stands here.")
        steps.record(before.tree, tree, change.said, now())
        return change
    if operation.startswith(TAKE_THEIRS):
        theirs = typed.from_document(before.last_good)
        change = Change(theirs, "title", "Took the other version.")
    elif operation.startswith(APPLY):
        change = apply_proposal(tree, operation.removeprefix(APPLY))
    else:
        change = _change(before.steps, tree, operation, post)
    if not move or move != steps.last_move:
        steps.record(tree, change.tree, change.said, now())
        steps.last_move = move
    return change


def _change(steps: Steps, tree: Tree, operation: str, post: QueryDict) -> Change:
    """Changes rows or years, with what the form says about it."""
    said = {name: str(post[name]) for name in post}
    if operation == FILL_RIGHT:
        return fill_right(tree, said)
    if operation == PASTE:
        return paste_rows(tree, said) if are_pasted_into_rows(said) else paste(tree, said)
    if operation != PASTE_ACROSS:
        return change_rows(tree, operation)
    before = steps.before_last(tree)
    if before is None or not steps.done[-1].said.startswith("Pasted"):
        raise ValueError(operation)
    return paste(before, said, across=True)


def _move(post: QueryDict, operation: str) -> str:
    """A name of the request by which it is known when it comes again; empty if it has none."""
    tab, sequence = place_in_order(post)
    return f"{tab} {sequence} {operation[:80]}" if tab and operation else ""


def place_in_order(post: QueryDict) -> tuple[str, int]:
    """The open editor that posted, and the number of its request; without scripts always 0."""
    tab = post.get("tab", "")
    return tab if _TAB.fullmatch(tab) else "", _counter(post.get("sequence"))


def version_seen(post: QueryDict) -> int:
    """The version of the draft that the editor may replace."""
    operation = post.get("op", "")
    for decision in (OVERWRITE, TAKE_THEIRS, KEEP_BOTH):
        if operation.startswith(decision):
            return _counter(operation.removeprefix(decision))
    return _counter(post.get("draft_version"))


def _counter(text: str | None) -> int:
    """A counter of ours; anything else counts as long past."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 15 else 0
