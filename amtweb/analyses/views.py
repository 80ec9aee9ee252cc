"""Answers a panel's question about what stands on the bench.

A script that asks gets the panel, or the answer for a panel that is open; without scripts the
answer is the page of the bench with the panel open on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from amtweb.analyses.others import others
from amtweb.analyses.panels import PANELS
from amtweb.firms.access import only_reads
from amtweb.firms.permissions import Act
from amtweb.scenarios import undo
from amtweb.scenarios.bench import work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.edits import steps_context, version_seen
from amtweb.scenarios.gallery import example
from amtweb.scenarios.pages import UNPROCESSABLE, bench_page
from amtweb.scenarios.views.saved import context_of, own_scenario
from amtweb.scenarios.working_copy import working_copy
from calculator import InvalidScenario, parse_scenario

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.analyses.panel import Panel
    from amtweb.htmx import HtmxHttpRequest
    from amtweb.scenarios.editor.typed import Tree
    from amtweb.scenarios.steps import Steps
    from calculator import Scenario

ASKED = "asked"
"""Posted by the controls of an open panel: the panel they belong to."""


class Place(NamedTuple):
    """The bench that the question comes from."""

    tree: Tree
    """What stands there if nothing is posted."""
    last_good: dict[str, Any]
    steps: Steps
    context: dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HtmxHttpRequest, slug: str, public_id: str = "") -> HttpResponse:
    """The panel with its answer; nothing of what is posted is kept."""
    panel = next((each for each in PANELS if each.slug == slug), None)
    if panel is None:
        raise Http404
    place = _place(request, public_id)
    tree = place.tree
    # Who may not change a scenario is shown its fields closed, and they are not sent.
    if request.method == "POST" and not (public_id and only_reads(request)):
        tree = typed.from_post({name: str(request.POST[name]) for name in request.POST})
    bench = work(tree, place.last_good)
    analysis: dict[str, Any] = {"panel": panel, "address": request.path}
    if bench.document is None:
        analysis["refusal"] = "Correct the inputs first; then this can be answered."
    else:
        analysis |= _answered(request, panel, parse_scenario(bench.document), place)
    if request.htmx:
        is_open = request.POST.get(ASKED) == panel.slug
        template = "analyses/answer.html" if is_open else "analyses/panel.html"
        response = render(request, template, analysis)
    else:
        context = place.context | {"analysis": analysis}
        response = bench_page(request, bench, last_good=place.last_good, **context)
    if analysis.get("mistaken"):
        response.status_code = UNPROCESSABLE
    return response


@require_safe
def ask_of_example(request: HtmxHttpRequest, example_slug: str, slug: str) -> HttpResponse:
    """An example on the bench with the panel open on it, as it answers at first."""
    panel = next((each for each in PANELS if each.slug == slug), None)
    try:
        chosen = example(example_slug)
    except KeyError:
        raise Http404 from None
    if panel is None:
        raise Http404
    document = chosen.document
    tree = typed.from_document(document)
    place = Place(tree, document, undo.steps_of(request, None), {})
    # From here on the question is asked of what stands on the bench.
    analysis = {"panel": panel, "address": reverse("analyses:ask", args=[slug])}
    analysis |= _answered(request, panel, parse_scenario(document), place)
    return bench_page(
        request,
        work(tree, document),
        last_good=document,
        example=chosen,
        begins=chosen.slug,
        action=reverse("scenarios:workbench"),
        analysis=analysis,
    )


def _place(request: HttpRequest, public_id: str) -> Place:
    if public_id:
        # What is asked is posted, and nothing is kept of it.
        found = own_scenario(request, public_id, act=Act.SEE)
        # The page keeps the version that it was made from, so that a newer one is not lost.
        posts = request.method == "POST"
        version = version_seen(request.POST) if posts else found.draft_version
        tree, last_good = typed.from_document(found.draft), found.draft
        context = context_of(found, version)
        steps = undo.steps_of(request, found)
    else:
        last_good, tree = working_copy(request)
        context = {"action": reverse("scenarios:workbench")}
        steps = undo.steps_of(request, None)
    return Place(tree, last_good, steps, context | steps_context(steps, tree))


def _answered(
    request: HtmxHttpRequest, panel: Panel, scenario: Scenario, place: Place
) -> dict[str, Any]:
    if not panel.is_possible(scenario):
        return {"refusal": panel.needs, "leads_on": panel.leads_on(scenario)}
    is_open = request.POST.get(ASKED) == panel.slug
    compared = others(request, place.steps, place.tree, place.last_good) if panel.compares else []
    given = {name: str(request.GET[name]) for name in request.GET}
    controls = panel.controls(scenario, request.POST if is_open else None, compared, given)
    context: dict[str, Any] = {"controls": controls, "template": f"analyses/{panel.slug}.html"}
    if not controls.is_valid():
        return context | {"mistaken": True}
    asked = controls.cleaned_data | {"by_script": bool(request.htmx), "others": compared}
    try:
        return context | panel.answer(scenario, asked)
    except InvalidScenario as refusal:
        return context | {"refusal": " ".join(each.message for each in refusal.problems)}
