"""The first page, and the three ways in."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from amtweb.scenarios.editor import wording
from amtweb.welcome.beginning import begin, standing, title_of
from amtweb.welcome.example import SOLD, work
from amtweb.welcome.example_chart import example_figure
from amtweb.welcome.example_form import SLIDERS, ExampleForm
from amtweb.welcome.example_words import costs, headline

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
    return render(request, "welcome/advisor.html")


@require_safe
def exercised(request: HttpRequest) -> HttpResponse:
    """The start of somebody who exercised ISOs."""
    return render(request, "welcome/exercised.html")


@require_safe
def credit(request: HttpRequest) -> HttpResponse:
    """The start of somebody who has a credit already."""
    return render(request, "welcome/credit.html")
