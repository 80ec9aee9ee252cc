"""What is printed on a form: number and caption of each line, beside the field it names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, get_type_hints

from calculator.amounts import Condition, Form, choose

if TYPE_CHECKING:
    from calculator.amounts import Dollars


class Line(NamedTuple):
    """A printed line: its number on the 2025 form, and what it holds in our words."""

    number: str
    caption: str


class Filled(NamedTuple, Generic[Form]):
    """A filled-in form that not everyone in a batch needs."""

    form: Form
    needed: Condition = True
    """Where it does not hold, the taxpayer is told to skip the form."""


@lru_cache
def lines_of(form: type[tuple[Any, ...]]) -> dict[str, Line]:
    """The printed lines of a kind of form by field name, in the order of the form."""
    hints = get_type_hints(form, include_extras=True)
    return {
        name: line
        for name, hint in hints.items()
        for line in getattr(hint, "__metadata__", ())
        if isinstance(line, Line)
    }


def printed(form: tuple[Any, ...]) -> dict[str, Dollars]:
    """A filled-in form as line numbers and amounts."""
    return {line.number: getattr(form, name) for name, line in lines_of(type(form)).items()}


def printed_where_needed(filled: Filled[Form]) -> dict[str, Dollars]:
    """The form as printed, every line zero for those who skip it."""
    lines = printed(filled.form)
    if filled.needed is True:
        return lines
    return {number: choose(filled.needed, amount, 0.0) for number, amount in lines.items()}
