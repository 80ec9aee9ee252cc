"""What a command of the command line is, and where it reads its documents."""

from __future__ import annotations

import sys
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.document import parse_json
from calculator.document.json_text import LARGEST_TEXT
from calculator.errors import InvalidScenario, Problem

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from calculator.flags import Flag
    from calculator.scenario import Scenario


class Command(NamedTuple):
    """A question about a scenario."""

    name: str
    help: str
    flags: tuple[Flag, ...]
    answer: Callable[[Any, argparse.Namespace], dict[str, Any]]
    document: Callable[[argparse.Namespace], str] = attrgetter("scenario")
    """Which file holds the scenario, ``-`` for standard input."""
    read: Callable[[bytes], Any] = parse_json
    """What the answer is given of it: the scenario, or the document."""


def scenario_in(named: str) -> Scenario:
    """The scenario in a file, or on standard input if ``-`` is named."""
    return parse_json(text_in(named))


def text_in(named: str) -> bytes:
    """A file, or standard input if ``-`` is named."""
    try:
        if named == "-":
            return sys.stdin.buffer.read(LARGEST_TEXT + 1)
        with Path(named).open("rb") as file:
            return file.read(LARGEST_TEXT + 1)
    except OSError as error:
        message = f"The file “{named}” cannot be read: {error.strerror}."
        raise InvalidScenario((Problem(path="", message=message),)) from None
