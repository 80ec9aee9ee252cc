"""Did you ever pay AMT?  Where the credit stands, and a scenario that begins with it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from amtweb.scenarios import working_copy
from amtweb.year_end.amounts import rows_of
from amtweb.year_end.finding import (
    NumbersForm,
    QuestionsForm,
    first_modelled_year,
    lines_of,
    rebuilt,
)
from amtweb.year_end.old_forms import places

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

START = "start"
REBUILD = "rebuild"


@require_http_methods(["GET", "HEAD", "POST"])
def find_my_credit(request: HttpRequest) -> HttpResponse:
    """Asks, says where to look, takes what was found."""
    if request.method != "POST":
        return render(request, "year_end/find_my_credit.html", {"questions": QuestionsForm()})
    questions = QuestionsForm(request.POST)
    if not questions.is_valid():
        return _page(request, {"questions": questions}, wrong=True)
    asked = questions.cleaned_data
    year = int(asked["last_return"])
    first = int(asked["first_exercise"])
    operation = request.POST.get("op")
    numbers = NumbersForm(year, request.POST if operation == START else None)
    modelled = year + 1 >= first_modelled_year()
    document = None
    if operation == START and modelled and numbers.is_valid():
        document = numbers.document()
    elif operation == REBUILD and first >= first_modelled_year():
        document = rebuilt(first, year)
    if document is not None:
        working_copy.start_from(request, document)
        return redirect("scenarios:workbench")
    context = {
        "questions": questions,
        "asked": asked,
        "year": year,
        "next_year": year + 1,
        "places": places(first, year),
        "first_exercise": first,
        "first_modelled_year": first_modelled_year(),
        "modelled": modelled,
        "numbers": numbers,
        "rows": rows_of(numbers, lines_of(year), {}),
        "replaces": working_copy.is_begun(request),
    }
    return _page(request, context, wrong=bool(numbers.errors))


def _page(request: HttpRequest, context: dict[str, Any], *, wrong: bool) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "year_end/find_my_credit.html", context, status=status)
