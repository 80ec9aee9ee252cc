"""The law that a year is computed with, number by number, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from amtweb.parameters.wording import sections
from amtweb.scenarios.editor.fields import STATUSES
from calculator import UnsupportedSituation
from calculator.law import law_label, published_years, why_unsupported
from calculator.law.cited import cited_parameters
from calculator.law.projected import last_projected_year
from calculator.scenario import LawChoice

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from calculator.law.cited import CitedParameter

STATUS = STATUSES[0][0]
PATHS = (
    ("current", "The law as it is"),
    ("sunset", "Had the tax cuts of 2017 expired"),
)
HIGHEST_RATE = 25
"""Percent a year."""
DECIMALS = 4


class Asked(forms.Form):
    """What the page is asked for; anything else shows the year as most people want it."""

    status = forms.ChoiceField(label="Filing status", choices=STATUSES, required=False)
    path = forms.ChoiceField(label="Law", choices=PATHS, required=False)
    indexing = forms.FloatField(
        label="Indexing after the estimates, percent a year",
        required=False,
        min_value=0,
        max_value=HIGHEST_RATE,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "amount"}),
    )


@require_safe
def parameters(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Every parameter of a year, for a filing status, with what it was the year before."""
    years = range(published_years()[0], last_projected_year() + 1)
    if year is None:
        asked = request.GET.get("year", "")
        this = int(asked) if asked in map(str, years) else timezone.now().year
        year = min(max(this, years[0]), years[-1])
    if year not in years:
        raise Http404
    form = Asked({**_standing(), **request.GET.dict()})
    form.is_valid()
    given = form.cleaned_data
    choice = LawChoice(path=given.get("path") or "current")
    if given.get("indexing") is not None:
        choice = LawChoice(
            path=choice.path, indexing_rate=round(given["indexing"] / 100, DECIMALS + 2)
        )
    status = given.get("status") or STATUS
    now = _parameters(year, status, choice)
    context = {
        "form": form,
        "year": year,
        "years": years,
        "sections": sections(now, _before(year, status, choice)),
        "status_words": dict(STATUSES)[status],
        "is_published": year in published_years(),
        "is_counterfactual": any(each.standing == "counterfactual" for each in now),
        "law_label": law_label(),
    }
    return render(request, "parameters/year.html", context)


def _standing() -> dict[str, str]:
    rate = f"{LawChoice().indexing_rate * 100:g}"
    return {"status": STATUS, "path": PATHS[0][0], "indexing": rate}


def _parameters(year: int, status: str, choice: LawChoice) -> tuple[CitedParameter, ...]:
    try:
        return cited_parameters(year, status, choice)
    except UnsupportedSituation as refusal:
        raise Http404 from refusal


def _before(year: int, status: str, choice: LawChoice) -> tuple[CitedParameter, ...]:
    if why_unsupported(year - 1, choice):
        return ()
    return _parameters(year - 1, status, choice)
