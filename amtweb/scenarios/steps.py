"""What was done in an editor, step by step, so that it can be taken back and done again.

A step is what it changed, not the whole of what was typed.  Typing in one field, without a long
pause, is one step.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor import places
from amtweb.scenarios.editor.leaves import (
    Changes,
    changed,
    changes,
    field_name,
    leaves_of,
    path_of,
    tree_of,
)
from amtweb.scenarios.editor.pending import REFERENCES
from amtweb.scenarios.editor.rows import KINDS, Change
from amtweb.scenarios.input_words import BLANK, specs

if TYPE_CHECKING:
    from amtweb.scenarios.editor.typed import Tree

MOST_STEPS = 200
MOST_BYTES = 64 * 1024
PAUSE = 30
"""Seconds after which typing in the same field is another step."""
LONGEST_TEXT = 40
NAMES_ROWS = {f"{kind}.id" for kind in KINDS} | {"years.year"}


class Step(NamedTuple):
    """One step."""

    changes: Changes
    said: str
    """What a button did, in words; empty for typing."""
    at: int
    """When, in seconds."""
    gesture: str = ""
    """The movement of a slider that it belongs to; empty for typing."""


@dataclass
class Steps:
    """The steps that stand, and those taken back, the next to be done again last."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    last_move: str = ""
    """The request of a button that came last: sent again it is answered alike."""

    @classmethod
    def from_json(cls, kept: Any) -> Steps:
        """What ``to_json`` gave."""
        if not kept:
            return cls()
        done, undone = ([Step(*step) for step in kept[name]] for name in ("done", "undone"))
        return cls(done, undone, kept["last_move"])

    def to_json(self) -> dict[str, Any]:
        """As small as it has to be: what is oldest goes first, but never the newest."""
        room = MOST_BYTES
        kept: dict[str, Any] = {"last_move": self.last_move}
        for name, steps in (("undone", self.undone), ("done", self.done)):
            newest: list[Step] = []
            for step in reversed(steps[-MOST_STEPS:]):
                room -= len(json.dumps(step))
                if room < 0 and newest:
                    break
                newest.append(step)
            kept[name] = newest[::-1]
        return kept

    def record(self, before: Tree, after: Tree, said: str, now: int, gesture: str = "") -> bool:
        """Adds the step from one tree to another, if there is one; what was taken back is gone."""
        was, is_now = leaves_of(before), leaves_of(after)
        made = changes(was, is_now)
        if not made:
            return False
        self.undone.clear()
        last = self.done[-1] if self.done else None
        same = last and last.gesture == gesture and _is_same_typing(last, made, said)
        if last and same and (gesture or now - last.at < PAUSE):
            self.done.pop()
            made = changes(changed(was, last.changes, back=True), is_now)
        if made:
            self.done.append(Step(made, said, now, gesture))
        return True

    def take_back(self, tree: Tree, move: str) -> Change:
        """The tree before the last step."""
        if not self._is_again(move) or not self.undone:
            if not self.done:
                return Change(tree, "", "There is nothing to undo.")
            self.undone.append(self.done.pop())
        self.last_move = move
        step = self.undone[-1]
        return _change(tree, step, f"Undone: {in_words(step, tree)}", back=True)

    def do_again(self, tree: Tree, move: str) -> Change:
        """The tree after the step that was taken back last."""
        if not self._is_again(move) or not self.done:
            if not self.undone:
                return Change(tree, "", "There is nothing to redo.")
            self.done.append(self.undone.pop())
        self.last_move = move
        step = self.done[-1]
        return _change(tree, step, f"Redone: {in_words(step, tree)}", back=False)

    def _is_again(self, move: str) -> bool:
        return bool(move) and move == self.last_move

    def before_last(self, tree: Tree) -> Tree | None:
        """What stood before the last step."""
        if not self.done:
            return None
        return tree_of(changed(leaves_of(tree), self.done[-1].changes, back=True))

    def undoes(self, tree: Tree) -> str:
        """What would be taken back, in words; empty for nothing."""
        return in_words(self.done[-1], tree) if self.done else ""

    def redoes(self, tree: Tree) -> str:
        """What would be done again, in words; empty for nothing."""
        return in_words(self.undone[-1], tree) if self.undone else ""


def now() -> int:
    """The second it is."""
    return int(time.time())


def in_words(step: Step, tree: Tree) -> str:
    """What a step did: ``Wages 2026: 200,000 → 250,000`` or ``Removed a sale.``"""
    if step.said:
        return step.said
    key, change = next(iter(step.changes.items()))
    place = places.place_of(path_of(key, tree), tree) or field_name(key)
    more = f" and {len(step.changes) - 1} more" if len(step.changes) > 1 else ""
    name = field_name(key)
    if more or len(change) > 2 or name.rpartition(".")[2] in REFERENCES.values():
        return f"{place}{more}"
    was, now = (_text(name, text) for text in change)
    return f"{place}: {was} → {now}"


def _text(name: str, text: str | None) -> str:
    spec = specs().get(name)
    words = dict(spec.choices).get(text or "") if spec else None
    shown = words or (text or "").strip() or BLANK
    return shown if len(shown) <= LONGEST_TEXT else f"{shown[:LONGEST_TEXT]}…"


def _is_same_typing(last: Step, made: Changes, said: str) -> bool:
    return not (said or last.said) and len(made) == 1 and made.keys() == last.changes.keys()


def _change(tree: Tree, step: Step, said: str, *, back: bool) -> Change:
    """Carries out a step, and says where it can be seen."""
    result = tree_of(changed(leaves_of(tree), step.changes, back=back))
    shown = (path_of(key, result) for key in step.changes if field_name(key) not in NAMES_ROWS)
    gone = next((key[:-1] for key in step.changes if key.endswith("#")), "")
    focus = next(filter(None, shown), "") or (f"add:{gone}" if gone else "title")
    return Change(result, focus, said)
