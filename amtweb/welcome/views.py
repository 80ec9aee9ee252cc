"""The first page, and the three ways in."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amtweb.scenarios.editor import wording
from amtweb.scenarios.quotas import IN_A_BROWSER, NotKeptError
from amtweb.welcome.beginning import begin, standing, title_of
from amtweb.welcome.credit import CreditForm
from amtweb.welcome.example import SOLD, work
from amtweb.welcome.example_chart import example_figure
from amtweb.welcome.example_form import SLIDERS, ExampleForm
from amtweb.welcome.example_words import costs, headline
from amtweb.welcome.exercised import ExercisedForm
from calculator import InvalidScenario, parse_scenario

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.htmx import HtmxHttpRequest


@require_safe
def landing(request: HtmxHttpRequest) -> HttpResponse:
    """What the site answers, worked on an example whose numbers the address has."""
    form = ExampleForm(request.GET)
    is_valid = form.is_valid()
    asked = form.asked()
    worked = work(asked)
    context = {
        "form": form,
        "dials": form.dials(),
        "taken": asked.texts(),
        "sold": SOLD,
        "headline": headline(worked),
        "costs": costs(worked),
        "figure": example_figure(worked),
        "replaced": [
            (form[name].label, wording.write_amount(SLIDERS[name].start)) for name in form.errors
        ],
    }
    status = HTTPStatus.OK if is_valid else HTTPStatus.UNPROCESSABLE_ENTITY
    if request.htmx:
        context["out_of_band"] = True
        return render(request, "welcome/_example_updates.html", context, status=status)
    context["begun"] = title_of(request)
    return render(request, "welcome/landing.html", context, status=status)


@require_POST
def take_example(request: HttpRequest) -> HttpResponse:
    """The example goes on in the planner, with the numbers that the first page showed."""
    form = ExampleForm(request.POST)
    form.is_valid()
    asked = form.asked()
    if begin(request, asked.document(), "Opened the example of the first page."):
        return redirect("scenarios:workbench")
    context = {"fields": asked.texts(), "standing": standing(request)}
    return render(request, "welcome/instead.html", context, status=HTTPStatus.CONFLICT)


@require_safe
def advisor(request: HttpRequest) -> HttpResponse:
    """The start of somebody with clients."""
    context = {
        "known_for": timedelta(seconds=settings.SESSION_COOKIE_AGE),
        "most_in_browser": IN_A_BROWSER,
    }
    return render(request, "welcome/advisor.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def exercised(request: HttpRequest) -> HttpResponse:
    """The start of somebody who exercised ISOs."""
    form = ExercisedForm(request.POST if request.method == "POST" else None)
    return _start(request, form, "welcome/exercised.html", "Began with an exercise.")


@require_http_methods(["GET", "HEAD", "POST"])
def credit(request: HttpRequest) -> HttpResponse:
    """The start of somebody who has a credit already."""
    form = CreditForm(request.POST if request.method == "POST" else None)
    return _start(request, form, "welcome/credit.html", "Began with a credit.")


def _start(
    request: HttpRequest, form: ExercisedForm | CreditForm, template: str, said: str
) -> HttpResponse:
    """The questions, or the planner with a scenario of the answers."""
    context: dict[str, Any] = {"form": form}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        try:
            if form.is_valid() and _begins(form):
                if begin(request, form.document(), said, form.assumed()):
                    return redirect("scenarios:workbench")
                status = HTTPStatus.CONFLICT
        except NotKeptError as error:
            context["no_room"] = error
            status = HTTPStatus.CONFLICT
    context["standing"] = standing(request)
    context["unfolded"] = any(form.errors.get(name) or form[name].data for name in form.more)
    return render(request, template, context, status=status)


def _begins(form: ExercisedForm | CreditForm) -> bool:
    """Whether the answers make a scenario; what no field of the form knows of stands above all."""
    try:
        parse_scenario(form.document())
    except InvalidScenario as refusal:
        for problem in refusal.problems:
            form.add_error(None, problem.message)
    return form.is_valid()
