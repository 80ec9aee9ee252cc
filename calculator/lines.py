"""What is printed on a form: number and caption of each line, beside the field it names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_type_hints

if TYPE_CHECKING:
    from calculator.amounts import Dollars


class Line(NamedTuple):
    """A printed line: its number on the 2025 form, and what it holds in our words."""

    number: str
    caption: str


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
