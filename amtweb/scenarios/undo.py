"""Undo of operations: what was typed before each of the last few, kept in the session.

Typing has the browser's own undo; this one takes back what a button did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.scenarios.editor.rows import Change

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.scenarios.editor.typed import Tree

SESSION_KEY = "undo"
DEPTH = 5


def remember(request: HttpRequest, address: str, before: Tree, change: Change) -> None:
    """Keeps what was typed before an operation at the editor of this address."""
    step = {"tree": before, "focus": change.focus, "did": change.said}
    _keep(request, address, [*_kept(request, address), step][-DEPTH:])


def last(request: HttpRequest, address: str) -> str:
    """What the next undo would take back, in words; empty if there is nothing."""
    kept = _kept(request, address)
    return str(kept[-1]["did"]) if kept else ""


def before_last(request: HttpRequest, address: str) -> Tree | None:
    """What was typed before the operation that the next undo would take back."""
    kept = _kept(request, address)
    return kept[-1]["tree"] if kept else None


def take_back(request: HttpRequest, address: str) -> Change | None:
    """The change to what was typed before the last operation; None if there is none."""
    kept = _kept(request, address)
    if not kept:
        return None
    step = kept[-1]
    _keep(request, address, kept[:-1])
    return Change(step["tree"], step["focus"] or "title", f"Undone: {step['did']}")


def forget(request: HttpRequest) -> None:
    """The editor begins with something else."""
    request.session.pop(SESSION_KEY, None)


def forget_at(request: HttpRequest, address: str) -> None:
    """What was typed at this editor is to leave no trace."""
    if _kept(request, address):
        forget(request)


def _keep(request: HttpRequest, address: str, steps: list[dict[str, Any]]) -> None:
    request.session[SESSION_KEY] = {"address": address, "steps": steps}


def _kept(request: HttpRequest, address: str) -> list[dict[str, Any]]:
    """The steps of this editor: going to another begins anew."""
    undo = request.session.get(SESSION_KEY) or {}
    return list(undo["steps"]) if undo.get("address") == address else []
