"""Puts what an analysis proposes into what is typed.

A proposal is a list of edits in terms of the document: ``{"path": "years[1].long_term_gain",
"value": 197000}``, or ``{"path": "sales[+]", "value": {…}}`` for a new row.
"""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.rows import KINDS, Change, free_id
from calculator import Scenario
from calculator.fields import document_fields

if TYPE_CHECKING:
    from amtweb.scenarios.editor.typed import Tree

MOST_EDITS = 200
_STEP = re.compile(r"([a-z0-9_]+)(?:\[([0-9]{1,4}|\+)\])?")


def apply_proposal(tree: Tree, text: str) -> Change:
    """Carries out the edits of a proposal, given as JSON.

    Raises:
        ValueError: It is no proposal, or does not fit what is typed.
    """
    try:
        proposal = json.loads(text)
        # JSON can hold halves of characters, which no page can show.
        json.dumps(proposal, ensure_ascii=False).encode()
    except RecursionError as bottomless:
        raise ValueError(text) from bottomless
    edits = proposal["edits"]
    if not isinstance(edits, list) or not 0 < len(edits) <= MOST_EDITS:
        raise ValueError(text)
    changed = copy.deepcopy(tree)
    places = [_carry_out(changed, str(edit["path"]), edit["value"]) for edit in edits]
    return Change(changed, places[0], str(proposal.get("said", "Applied."))[:200])


def _carry_out(tree: Tree, path: str, value: Any) -> str:
    """Sets one value, and gives the path of an input where it can be seen."""
    place: Any = tree
    of: Any = Scenario
    walked = ""
    steps = path.split(".")
    for last, step in ((number == len(steps) - 1, step) for number, step in enumerate(steps)):
        match = _STEP.fullmatch(step)
        if match is None or not isinstance(place, dict):
            raise ValueError(path)
        key, number = match.groups()
        field = next((each for each in document_fields(of) if each.key == key), None)
        if field is None:
            raise ValueError(path)
        walked = f"{walked}.{key}" if walked else key
        if number == "+" and last:
            return _append(tree, key, field.nested, value)
        if (number is None) != (field.many is None) or last != (field.kind is not None):
            raise ValueError(path)
        if number is not None:
            place = place[key][int(number)]
            walked = f"{walked}[{number}]"
        elif last:
            place[key] = "" if value is None else typed.text_of(field, value)
        else:
            place = place.setdefault(key, {})
        of = field.nested
    return walked


def _append(tree: Tree, key: str, of: type, value: Any) -> str:
    kind = KINDS[key]
    rows = tree.setdefault(key, [])
    rows.append({"id": free_id(tree, kind.prefix)} | typed.tree_of(of, value))
    return f"{key}[{len(rows) - 1}].{kind.first_field}"
