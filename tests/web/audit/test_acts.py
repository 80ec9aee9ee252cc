"""Everything that is written in a log has words for whoever reads it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from amtweb.audit.acts import WORDS
from amtweb.audit.log import Actor, record
from amtweb.firms.permissions import Act
from tests.architecture.sources import modules_under

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITES = {
    **{("amtweb.firms.access", name): 1 for name in ("note", "note_all", "note_within_the_hour")},
    **{("amtweb.audit.log", name): 2 for name in ("record", "record_all", "record_once")},
}
"""By where it comes from, what writes in a log, and the place of the act in its arguments."""
OWN = ("amtweb.audit.acts", "amtweb.audit.log")


def modules_that_write() -> Iterator[tuple[ast.Module, dict[str, int]]]:
    for name, tree in modules_under("amtweb").items():
        places = {
            alias.asname or alias.name: WRITES[node.module or "", alias.name]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if (node.module or "", alias.name) in WRITES
        }
        if places and name not in OWN:
            yield tree, places


def acts_of(tree: ast.Module, places: dict[str, int]) -> Iterator[ast.expr]:
    """What each call says that was done."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if called in places:
                named = [word.value for word in node.keywords if word.arg == "act"]
                yield from named or node.args[places[called] : places[called] + 1]


def literals(node: ast.AST) -> set[str]:
    return {
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def spelled_out(act: ast.JoinedStr) -> set[str]:
    """Every name with words that the pieces of an f-string can make."""
    pattern = "".join(
        re.escape(str(piece.value)) if isinstance(piece, ast.Constant) else "[a-z_]+"
        for piece in act.values
    )
    return {name for name in WORDS if re.fullmatch(pattern, name)}


def test_every_act_has_words_and_no_words_are_left_over() -> None:
    used = {act.name.lower() for act in Act}
    for tree, places in modules_that_write():
        for act in acts_of(tree, places):
            if isinstance(act, ast.Constant):
                used |= literals(act)
            elif isinstance(act, ast.IfExp):
                used |= literals(act.body) | literals(act.orelse)
            elif isinstance(act, ast.JoinedStr):
                assert spelled_out(act), ast.unparse(act)
                used |= spelled_out(act)
            else:  # Handed on: its name stands elsewhere in the module.
                used |= literals(tree) & WORDS.keys()

    assert used - WORDS.keys() == set()
    assert WORDS.keys() - used == set()


def test_an_act_without_words_is_not_written_down() -> None:
    with pytest.raises(ValueError, match="no words"):
        record("firm", Actor(None), "did_something")
