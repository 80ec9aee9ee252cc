"""What the editor knows of an input before it is filled in."""

from __future__ import annotations

from typing import NamedTuple

Choices = tuple[tuple[str, str], ...]


class Spec(NamedTuple):
    """An input before it is filled in."""

    field: str
    label: str
    control: str = "amount"
    choices: Choices = ()
    hint: str = ""
    unit: str = ""
    standing: str = ""
    """What a choice shows when nothing was chosen yet."""
    wide: bool = False
    """Whether its words need room."""
