"""Puts a plan into the planner, or into the scenario that it was made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.explorer.cards import applied_words
from amtweb.scenarios import undo, working_copy
from amtweb.scenarios.assumed import note_beginning
from amtweb.scenarios.bench import work
from amtweb.scenarios.differences import ADDED, differences, gathered
from amtweb.scenarios.editor import typed
from amtweb.scenarios.edits import Before, Edit
from amtweb.scenarios.models import digest_of
from amtweb.scenarios.steps import now
from amtweb.scenarios.views.saved import land_step, standing

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.explorer.asked import Asked
    from amtweb.scenarios.assumed import Assumed
    from amtweb.scenarios.bench import Bench
    from amtweb.scenarios.differences import Difference
    from amtweb.scenarios.models import Scenario
    from calculator.analysis.option_plans import OptionPlan

MOST_TOLD = 30


class Change(NamedTuple):
    """What applying a plan does to what stands there."""

    before: Before
    bench: Bench
    """With the plan in it."""
    said: str
    replaces_all: bool
    """Whether another scenario than that of the questions gives way."""
    told: tuple[Difference, ...]
    """What it changes besides adding exercises."""
    drops_typing: bool
    """Whether something was typed that cannot be computed yet."""
    assumed: tuple[Assumed, ...] = ()

    @property
    def asks_first(self) -> bool:
        """Whether anything is replaced or lost."""
        return self.replaces_all or self.drops_typing or bool(self.told)

    @property
    def seen(self) -> str:
        """By which a page that asks knows that nothing has changed since."""
        return digest_of({"tree": self.before.tree})

    @property
    def more(self) -> int:
        """Changes that are not told one by one."""
        return max(0, len(self.told) - MOST_TOLD)


def change_of(request: HttpRequest, asked: Asked, plan: OptionPlan) -> Change:
    """What applying would do."""
    document = asked.document_with(plan)
    tree = typed.from_document(document)
    bench = work(tree, document)
    said = applied_words(asked, plan)
    if asked.basis is None:
        begun = working_copy.is_begun(request)
        last_good, standing_tree = working_copy.working_copy(request)
        if not begun:
            last_good, standing_tree = asked.document, typed.from_document(asked.document)
        before = Before(last_good, standing_tree, undo.steps_of(request, None))
        assumed = tuple(asked.assumed(plan))
        return Change(before, bench, said, begun, (), drops_typing=False, assumed=assumed)
    before = _before(request, asked.basis.saved)
    found = gathered(differences(before.last_good, document))
    told = tuple(each for each in found if each.kind != ADDED)
    drops = before.tree != typed.from_document(before.last_good)
    return Change(before, bench, said, False, told, drops)  # noqa: FBT003  (named in the type)


def apply(request: HttpRequest, asked: Asked, change: Change) -> None:
    """Makes the change one step that can be undone where it lands.

    Raises:
        NewerDraftError: The scenario was changed at this very moment.
    """
    tree = change.bench.tree
    document = change.bench.document
    assert document is not None  # noqa: S101  (the caller made sure)
    if asked.basis is None:
        working_copy.start_from(request, document)
        undo.remember(request, change.before.tree, tree, change.said)
        note_beginning(request, document, change.assumed)
    elif asked.basis.saved is not None:
        land_step(request, asked.basis.saved, change.before, change.bench, change.said)
    else:
        steps = change.before.steps
        is_step = steps.record(change.before.tree, tree, change.said, now())
        edit = Edit(change.bench, tree, "", change.said, "", steps, is_step)
        working_copy.put(request, edit, document)


def _before(request: HttpRequest, saved: Scenario | None) -> Before:
    if saved is not None:
        return standing(request, saved)
    document: dict[str, Any]
    document, tree = working_copy.working_copy(request)
    return Before(document, tree, undo.steps_of(request, None))
