"""Sliders beside number boxes: which figures of a row can be played with, and how far."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.lot_words import shares_left
from amtweb.scenarios.editor.places import id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.scenarios.editor.lot_words import Left, Lot
    from amtweb.scenarios.editor.typed import Tree

STEPS = 100
"""Of a slider, about."""


class Knob(NamedTuple):
    """A slider, as far as its attributes go."""

    plays: str
    """The id of the number box."""
    label: str
    most: str
    step: str
    value: str


class Known(NamedTuple):
    """What of the other rows is needed; found once, for there can be many rows."""

    lefts: Mapping[Lot, Left]
    values: Mapping[str, str]
    """Of a share at exercise, by the id of the exercise."""

    @classmethod
    def of(cls, tree: Tree) -> Known:
        """From what is typed."""
        exercises = tree.get("exercises") or ()
        values = {
            str(row.get("id", "")): str(row.get("fair_market_value", "")) for row in exercises
        }
        return cls(shares_left(tree), values)


def knobs_of(kind: str, number: int, row: Tree, known: Known) -> tuple[Knob, ...]:
    """The sliders of an exercise or a sale."""
    if kind == "exercises":
        return _shares(kind, "grant", number, row, known)
    if kind == "sales":
        return (*_shares(kind, "from", number, row, known), _price(number, row, known))
    return ()


def _shares(kind: str, field: str, number: int, row: Tree, known: Known) -> tuple[Knob, ...]:
    left = known.lefts.get((field, str(row.get(field, ""))))
    most = left.beside(number) if left else 0.0
    if most < 1:
        return ()
    path = f"{kind}[{number}].shares"
    return (_knob(path, "Shares", row, "shares", float(math.floor(most)), 1.0),)


def _price(number: int, row: Tree, known: Known) -> Knob:
    value_then = known.values.get(str(row.get("from", "")), "")
    amounts = (wording.read_amount(str(text)) for text in (row.get("price", ""), value_then))
    most = _round_up(2 * max(5.0, *(amount or 0.0 for amount in amounts)))
    return _knob(f"sales[{number}].price", "Price", row, "price", most, 0.01)


def _knob(path: str, label: str, row: Tree, field: str, most: float, least_step: float) -> Knob:
    value = wording.read_amount(str(row.get(field, ""))) or 0.0
    step = max(least_step, 10.0 ** math.floor(math.log10(max(most / STEPS, least_step))))
    texts = (f"{each:.10g}" for each in (max(most, value), step, value))
    return Knob(id_of(path), label, *texts)


def _round_up(amount: float) -> float:
    """To one digit."""
    size = 10.0 ** math.floor(math.log10(amount))
    return math.ceil(amount / size) * size
