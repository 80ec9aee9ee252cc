"""What a posted editor asks for: the tree as typed, after a change of rows if one was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.bench import Bench, work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.rows import change_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict


class Edit(NamedTuple):
    """The bench after the edit; ``focus`` and ``said`` if rows were changed."""

    bench: Bench
    focus: str
    said: str
    asks_to_save: bool


SAVE = "save"


def edit_of(post: QueryDict, last_good: Mapping[str, Any]) -> Edit:
    """Reads a posted editor.  An operation that makes no sense is passed over: nothing is lost."""
    tree = typed.from_post({name: str(post[name]) for name in post})
    operation = post.get("op", "")
    focus = said = ""
    if operation and operation != SAVE:
        try:
            tree, focus, said = change_rows(tree, operation)
        except (ValueError, KeyError, TypeError, AttributeError):
            said = "That row is no longer there."
    return Edit(work(tree, last_good), focus, said, operation == SAVE)
