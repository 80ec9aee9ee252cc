"""Reads a file that somebody sends in: all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.scenarios.bench import work
from amtweb.scenarios.editor import typed
from calculator import InvalidScenario, Problem
from calculator.document import document_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.scenarios.bench import Mistake

LARGEST_FILE = 1024 * 1024
"""Bytes."""
LARGEST_UPLOAD = LARGEST_FILE + 16 * 1024
"""With what a form sends around the file."""


def read_document(text: bytes) -> dict[str, Any]:
    """The document in a JSON text, which the bench can show and compute.

    Raises:
        InvalidScenario: It cannot be used; holds every problem found.
    """
    document = document_of(text)
    bench = work(typed.from_document(document), document)
    if bench.mistakes:
        raise InvalidScenario(tuple(_problem(mistake) for mistake in bench.mistakes))
    return document


def _problem(mistake: Mistake) -> Problem:
    return Problem(path=mistake.path, message=mistake.message)


def announced_size(request: HttpRequest) -> int:
    """Bytes that the request says it has."""
    announced = request.META.get("CONTENT_LENGTH", "")
    return int(announced) if announced.isascii() and announced.isdigit() else 0
