"""Takes the figures of today over for a scenario whose revision showed others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from amtweb.scenarios.aged import aged, note_of_new_figures
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.saving import new_revision
from amtweb.scenarios.views.saved import own_scenario

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
def take_new_figures(request: HttpRequest, public_id: str) -> HttpResponse:
    """The newest revision once more, with the figures of today; nothing if they are the same."""
    scenario = own_scenario(request, public_id)
    newest = scenario.revisions.first()
    said = aged(newest)
    if newest is not None and said is not None and not said.refused:
        figures = figures_of(result_of(newest.document))
        new_revision(request, scenario, newest.document, figures, note_of_new_figures())
    return redirect(scenario)
