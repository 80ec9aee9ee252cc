"""The scenarios that the one on the bench can be compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.bench import work
from amtweb.scenarios.gallery import examples
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from amtweb.scenarios.editor.typed import Tree
    from amtweb.scenarios.steps import Steps

BEFORE, SAVED, EXAMPLE = "before", "saved:", "example:"
MOST_SAVED = 50


class Other(NamedTuple):
    """A scenario to compare with."""

    key: str
    words: str
    document: dict[str, Any]


def others(
    request: HttpRequest, steps: Steps, tree: Tree, last_good: dict[str, Any]
) -> list[Other]:
    """What the bench was before its last step, one's saved scenarios, and the examples."""
    return [
        *_before(steps, tree, last_good),
        *(
            Other(f"{SAVED}{each.public_id}", f"Saved: {each.title or 'untitled'}", each.draft)
            for each in Scenario.objects.editable_by(visitor_of(request))[:MOST_SAVED]
        ),
        *(
            Other(f"{EXAMPLE}{each.slug}", f"Example: {each.title}", each.document)
            for each in examples()
        ),
    ]


def _before(steps: Steps, tree: Tree, last_good: dict[str, Any]) -> Iterator[Other]:
    before = steps.before_last(tree)
    document = None if before is None else work(before, last_good).document
    if document is not None:
        did = steps.undoes(tree).removesuffix(".")
        yield Other(BEFORE, f"Before the last change ({did})", document)
