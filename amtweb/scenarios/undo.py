"""Where the steps of an editor are kept, for each browser on its own.

Of a saved scenario beside its draft, so that both are written at once; of the working copy in the
session, where that lies too.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from amtweb.firms.workspace import place_of
from amtweb.scenarios.models import EditSteps
from amtweb.scenarios.steps import Steps, now
from amtweb.scenarios.visitors import digest_of_visitor, visitor_of, visitor_who_makes

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

    from amtweb.scenarios.editor.typed import Tree
    from amtweb.scenarios.models import Scenario

SESSION_KEY = "undo"
BROWSER_OF_A_USER = "undo_browser"


def steps_of(request: HttpRequest, scenario: Scenario | None) -> Steps:
    """The steps of this browser in the scenario; without one, in the working copy."""
    if scenario is None:
        return Steps.from_json(request.session.get(place_of(request, SESSION_KEY)))
    digest = _browser(request)
    if not digest:
        return Steps()
    kept = EditSteps.objects.filter(scenario=scenario, visitor=digest)
    return Steps.from_json(kept.values_list("steps", flat=True).first())


def keep(request: HttpRequest, scenario: Scenario | None, steps: Steps) -> None:
    """Keeps the steps, for as long as the scenario or the session lasts."""
    if scenario is None:
        request.session[place_of(request, SESSION_KEY)] = steps.to_json()
        return
    digest = _browser_that_edits(request)
    kept = EditSteps.objects.filter(scenario=scenario, visitor=digest)
    if not kept.update(steps=steps.to_json()):
        EditSteps.objects.update_or_create(
            scenario=scenario, visitor=digest, defaults={"steps": steps.to_json()}
        )


def _browser(request: HttpRequest) -> str:
    """What this browser's steps are found by; empty if it never edited.

    An anonymous browser is known as a visitor.  A user may edit in several, each with its own key.
    """
    if not request.user.is_authenticated:
        return visitor_of(request).digest
    key = request.session.get(BROWSER_OF_A_USER)
    return digest_of_visitor(key) if key else ""


def _browser_that_edits(request: HttpRequest) -> str:
    """What this browser's steps are found by from now on."""
    if not request.user.is_authenticated:
        return visitor_who_makes(request).digest
    if BROWSER_OF_A_USER not in request.session:
        request.session[BROWSER_OF_A_USER] = secrets.token_urlsafe(32)
    return _browser(request)


def remember(request: HttpRequest, before: Tree, after: Tree, said: str) -> None:
    """What was just done to the working copy from outside of its editor can be undone there."""
    steps = steps_of(request, None)
    if steps.record(before, after, said, now()):
        keep(request, None, steps)


def forget(request: HttpRequest) -> None:
    """The working copy begins with something else."""
    request.session.pop(place_of(request, SESSION_KEY), None)


def forget_of(public_ids: Collection[str]) -> None:
    """What was typed in these scenarios is to leave no trace."""
    EditSteps.objects.filter(scenario__public_id__in=public_ids).delete()
