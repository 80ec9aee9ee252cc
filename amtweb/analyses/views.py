"""Answers a panel's question about what stands on the bench."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amtweb.analyses.panels import PANELS
from amtweb.scenarios.bench import work
from amtweb.scenarios.editor import typed
from calculator import InvalidScenario, parse_scenario

if TYPE_CHECKING:
    from amtweb.analyses.panel import Panel
    from amtweb.htmx import HtmxHttpRequest
    from calculator import Scenario

ASKED = "asked"
"""Posted by the controls of a panel that is open already."""


@require_POST
def ask(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The panel with its answer, or the answer alone for a panel that is open."""
    panel = next((each for each in PANELS if each.slug == slug), None)
    if panel is None:
        raise Http404
    bench = work(typed.from_post({name: str(request.POST[name]) for name in request.POST}), {})
    context: dict[str, Any] = {"panel": panel}
    if bench.document is None:
        context["refusal"] = "Correct the inputs first; then this can be answered."
    else:
        context |= _answered(request, panel, parse_scenario(bench.document))
    whole = ASKED not in request.POST
    template = "analyses/panel.html" if whole else "analyses/answer.html"
    return render(request, template, context, status=422 if context.get("mistaken") else None)


def _answered(request: HtmxHttpRequest, panel: Panel, scenario: Scenario) -> dict[str, Any]:
    if not panel.is_possible(scenario):
        return {"refusal": panel.needs}
    controls = panel.controls(scenario, request.POST if ASKED in request.POST else None)
    context: dict[str, Any] = {"controls": controls, "template": f"analyses/{panel.slug}.html"}
    if not controls.is_valid():
        return context | {"mistaken": True}
    try:
        return context | panel.answer(scenario, controls.cleaned_data)
    except InvalidScenario as refusal:
        return context | {"refusal": " ".join(each.message for each in refusal.problems)}
