"""How many options can be exercised before AMT, and a plan made of the answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from amtweb.analyses import crossover, exercise_plan
from amtweb.explorer import applying
from amtweb.explorer.answer import answer_context, chosen_number
from amtweb.explorer.asked import Asked
from amtweb.explorer.basis import NOTHING, basis_of
from amtweb.explorer.cards import cheapest_card, quick_cards, title_of
from amtweb.explorer.questions import Questions, first_answers, is_example
from amtweb.firms.permissions import Act
from amtweb.scenarios.models import NewerDraftError
from amtweb.scenarios.views.saved import own_scenario
from calculator import InvalidScenario
from calculator.analysis.option_plans import CHEAPEST, EVEN, FIRST, LINE, NOW

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from amtweb.htmx import HtmxHttpRequest

PLANS = (FIRST, NOW, LINE, EVEN, CHEAPEST)
ALL = "all"
MOST_ASKED = 1000
"""Letters of the address by which one comes back from the planner."""
"""Asks for the plan that is searched for in the same answer."""


class Place(NamedTuple):
    """The questions of an address, and what they are asked of."""

    questions: Questions
    asked: Asked | None
    """None if the questions have mistakes."""
    why_no_basis: str
    public_id: str
    elsewhere: str = ""
    """Where these questions lead on: those of another year, or of a scenario that has changed."""

    def address(self, name: str) -> str:
        """Of one of the pages of this place."""
        if not self.public_id:
            return reverse(f"explorer:{name}")
        of_scenario = {"apply": "apply_to_scenario"}.get(name, f"{name}_of_scenario")
        return reverse(f"explorer:{of_scenario}", args=[self.public_id])


@require_safe
def explorer(request: HtmxHttpRequest, public_id: str = "") -> HttpResponse:
    """The questions and their answer; nothing is kept."""
    place = _place(request, request.GET, public_id)
    if place.elsewhere:
        led = HttpResponseClientRedirect if request.htmx else redirect
        return led(place.elsewhere)
    context, status = _answered(place, with_search=ALL in request.GET)
    template = "explorer/pieces.html" if request.htmx else "explorer/explorer.html"
    return render(request, template, context, status=status)


@require_safe
def cheapest(request: HtmxHttpRequest, public_id: str = "") -> HttpResponse:
    """The plan that is searched for, for the page that shows the others already."""
    place = _place(request, request.GET, public_id)
    if place.elsewhere or place.asked is None:
        return redirect(place.elsewhere or f"{place.address('explorer')}?{request.GET.urlencode()}")
    context = _context(place)
    try:
        context["card"] = cheapest_card(place.asked)
    except InvalidScenario as refusal:
        return _refused(request, context, refusal)
    template = "explorer/_card.html" if request.htmx else "explorer/explorer.html"
    if not request.htmx:
        context, _ = _answered(place, with_search=True)
    return render(request, template, context)


@require_POST
def apply_plan(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Puts a plan into the planner, after asking if that replaces anything."""
    query = QueryDict(request.POST.get("asked", ""))
    place = _place(request, query, public_id, changes=True)
    asked, name = place.asked, request.POST.get("plan")
    if public_id and not place.public_id:
        return redirect("explorer:explorer_of_scenario", public_id)
    if place.elsewhere or asked is None or name not in PLANS:
        return redirect(place.elsewhere or f"{place.address('explorer')}?{query.urlencode()}")
    try:
        plan = asked.plan(name, chosen_number(asked))
        change = applying.change_of(request, asked, plan)
    except InvalidScenario as refusal:
        return _refused(request, _context(place), refusal)
    context = _context(place) | {"change": change, "plan": plan, "basis": asked.basis}
    return _changed(request, asked, change, context)


def _changed(
    request: HttpRequest, asked: Asked, change: applying.Change, context: dict[str, Any]
) -> HttpResponse:
    """Makes the change and leads to it, or asks first."""
    status = HTTPStatus.OK
    if change.bench.document is None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif not change.asks_first or request.POST.get("seen") == change.seen:
        try:
            applying.apply(request, asked, change)
        except NewerDraftError:
            status = HTTPStatus.CONFLICT
        else:
            saved = asked.basis.saved if asked.basis else None
            back = {"asked": request.POST.get("asked", "")[:MOST_ASKED]}
            planner = saved.get_absolute_url() if saved else reverse("scenarios:workbench")
            return redirect(f"{planner}?{urlencode({'year': asked.year, 'applied': 1} | back)}")
    context["newer"] = status == HTTPStatus.CONFLICT
    return render(request, "explorer/confirm.html", context, status=status)


def _place(
    request: HttpRequest, data: QueryDict, public_id: str, *, changes: bool = False
) -> Place:
    act = Act.CHANGE if changes else Act.SEE
    saved = own_scenario(request, public_id, act=act) if public_id else None
    today = timezone.now().date()
    basis, why = None, ""
    if saved is not None or data.get("from") != NOTHING:
        basis, why = basis_of(request, saved, data.get("year", ""))
    # What a scenario cannot be asked is asked of nothing.
    public_id = public_id if basis else ""
    if saved is not None and basis is None:
        why = f"{saved}: {why}"
    if "wages" not in data:
        notes = {"from": NOTHING} if data.get("from") == NOTHING else {}
        typed: Mapping[str, Any] = first_answers(today, basis, notes)
    elif basis and data.get("basis") == basis.digest:
        if data.get("filled") != str(basis.year):
            return _elsewhere(today, public_id, {"year": str(basis.year)})
        typed = data
    elif public_id:
        return _elsewhere(today, public_id, {})
    else:
        was_filled = "basis" in data
        why = why or ("Your scenario is another by now: these figures stand alone." * was_filled)
        kept = {name: str(data[name]) for name in data if name not in ("basis", "filled")}
        basis, typed = None, kept | {"from": NOTHING}
    questions = Questions(typed, today, basis)
    asked = Asked(questions, today) if questions.is_valid() else None
    return Place(questions, asked, why, public_id)


def _elsewhere(today: date, public_id: str, query: dict[str, str]) -> Place:
    """The questions are filled in anew."""
    name, arguments = "explorer:explorer", []
    if public_id:
        name, arguments = "explorer:explorer_of_scenario", [public_id]
    address = f"{reverse(name, args=arguments)}?{urlencode(query)}"
    return Place(Questions({}, today, None), None, "", public_id, address)


def _context(place: Place) -> dict[str, Any]:
    questions = place.questions
    return {
        "form": questions,
        "basis": questions.basis,
        "why_no_basis": place.why_no_basis,
        "is_example": is_example(questions) and questions.basis is None,
        "action": place.address("explorer"),
        "search": place.address("cheapest"),
        "applies": place.address("apply"),
        "address": questions.address,
        "crossover_name": crossover.PANEL.name,
        "exercise_plan_name": exercise_plan.PANEL.name,
        "own": [(name, questions.data.get(name, "")) for name in ("from", "basis", "filled")],
    }


def _answered(place: Place, *, with_search: bool) -> tuple[dict[str, Any], HTTPStatus]:
    context = _context(place)
    if place.asked is None:
        return context | {"mistaken": True}, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        context |= answer_context(place.asked)
        if context["found"].lots:
            context["cards"] = quick_cards(place.asked)
            # Over one year there is nothing to search.
            context["searches"] = len(context["cards"]) > 1 and place.asked.plans.within > 1
            context["search_title"] = title_of(place.asked, CHEAPEST)
        if with_search and context.get("searches"):
            context["searched"] = cheapest_card(place.asked)
    except InvalidScenario as refusal:
        return context | {"problems": refusal.problems}, HTTPStatus.UNPROCESSABLE_ENTITY
    return context, HTTPStatus.OK


def _refused(
    request: HttpRequest, context: dict[str, Any], refusal: InvalidScenario
) -> HttpResponse:
    context |= {"problems": refusal.problems}
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "explorer/explorer.html", context, status=status)
