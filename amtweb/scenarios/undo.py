"""Where the steps of an editor are kept, for each browser on its own.

Of a saved scenario beside its draft, so that both are written at once; of the working copy in the
session, where that lies too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.models import EditSteps
from amtweb.scenarios.steps import Steps, now
from amtweb.scenarios.visitors import visitor_of, visitor_who_makes

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

    from amtweb.scenarios.editor.typed import Tree
    from amtweb.scenarios.models import Scenario

SESSION_KEY = "undo"


def steps_of(request: HttpRequest, scenario: Scenario | None) -> Steps:
    """The steps of this browser in the scenario; without one, in the working copy."""
    if scenario is None:
        return Steps.from_json(request.session.get(SESSION_KEY))
    digest = visitor_of(request).digest
    if not digest:
        return Steps()
    kept = EditSteps.objects.filter(scenario=scenario, visitor=digest)
    return Steps.from_json(kept.values_list("steps", flat=True).first())


def keep(request: HttpRequest, scenario: Scenario | None, steps: Steps) -> None:
    """Keeps the steps, for as long as the scenario or the session lasts."""
    if scenario is None:
        request.session[SESSION_KEY] = steps.to_json()
        return
    digest = visitor_who_makes(request).digest
    kept = EditSteps.objects.filter(scenario=scenario, visitor=digest)
    if not kept.update(steps=steps.to_json()):
        EditSteps.objects.update_or_create(
            scenario=scenario, visitor=digest, defaults={"steps": steps.to_json()}
        )


def remember(request: HttpRequest, before: Tree, after: Tree, said: str) -> None:
    """What was just done to the working copy from outside of its editor can be undone there."""
    steps = steps_of(request, None)
    if steps.record(before, after, said, now()):
        keep(request, None, steps)


def forget(request: HttpRequest) -> None:
    """The working copy begins with something else."""
    request.session.pop(SESSION_KEY, None)


def forget_of(public_ids: Collection[str]) -> None:
    """What was typed in these scenarios is to leave no trace."""
    EditSteps.objects.filter(scenario__public_id__in=public_ids).delete()
