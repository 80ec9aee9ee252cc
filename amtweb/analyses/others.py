"""The scenarios that the one on the bench can be compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios import undo
from amtweb.scenarios.bench import work
from amtweb.scenarios.gallery import examples
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

BEFORE, SAVED, EXAMPLE = "before", "saved:", "example:"
MOST_SAVED = 50


class Other(NamedTuple):
    """A scenario to compare with."""

    key: str
    words: str
    document: dict[str, Any]


def others(request: HttpRequest, address: str, last_good: dict[str, Any]) -> list[Other]:
    """What the bench was before its last button, one's saved scenarios, and the examples."""
    return [
        *_before(request, address, last_good),
        *(
            Other(f"{SAVED}{each.public_id}", f"Saved: {each.title or 'untitled'}", each.draft)
            for each in Scenario.objects.editable_by(visitor_of(request))[:MOST_SAVED]
        ),
        *(
            Other(f"{EXAMPLE}{each.slug}", f"Example: {each.title}", each.document)
            for each in examples()
        ),
    ]


def _before(request: HttpRequest, address: str, last_good: dict[str, Any]) -> Iterator[Other]:
    tree = undo.before_last(request, address)
    document = None if tree is None else work(tree, last_good).document
    if document is not None:
        did = undo.last(request, address).removesuffix(".")
        yield Other(BEFORE, f"Before the last change ({did})", document)
