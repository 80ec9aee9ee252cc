"""The page that compares two to four scenarios, and the same as a table to take away."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from amtweb.comparing.addresses import view_of
from amtweb.comparing.charts import DASHES, SYMBOLS, figures
from amtweb.comparing.choices import VariantForm, has_room, offers, to_add
from amtweb.comparing.columns import Column, compared
from amtweb.comparing.comparison_table import comparison_table
from amtweb.comparing.explanations import in_all, of_year, year_that_differs_most
from amtweb.comparing.inputs import inputs_that_differ
from amtweb.comparing.references import EXAMPLE, in_a_log
from amtweb.comparing.sentences import sentence
from amtweb.comparing.totals import differences, total_rows
from amtweb.comparing.year_rows import year_blocks
from amtweb.exchange.csv_text import csv_of
from amtweb.exchange.taking_away import may_take, note_taken
from amtweb.scenarios.pictures import MARKERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from amtweb.comparing.addresses import View
    from amtweb.comparing.columns import Compared, Complaint
    from amtweb.comparing.totals import Difference
    from amtweb.htmx import HtmxHttpRequest

FEWEST = 2
OF_YEAR = "of-year"
"""The part of the page that follows the selected year."""
BEGINNINGS = (
    ("pairing-alone", "pairing-paired", "An AMT capital loss alone, and paired with a gain"),
    ("way-back", "way-back~law.path=sunset", "The same exercise under two laws"),
    ("eso-primer-20", "eso-primer-6", "Two prices at which the shares are sold"),
)


class Chip(NamedTuple):
    """One of those that are compared, and what can be done with it."""

    column: Column
    is_baseline: bool
    dash: str
    marker: str
    """The path of its marker in the charts."""
    as_baseline: View
    without: View
    earlier: View | None
    later: View | None


@require_safe
def compare(request: HtmxHttpRequest) -> HttpResponse:
    """Compares what the address names; what it cannot, it says, and keeps the rest."""
    found = compared(request, _references(request))
    columns = found.columns
    view = view_of(request.GET, columns)
    form = VariantForm(columns, request.GET if "field" in request.GET else None)
    if form.is_bound and columns and has_room(columns) and form.is_valid():
        return redirect(view.with_one_more(form.cleaned_data["reference"]).address)
    context: dict[str, Any] = {
        "view": view,
        "complaints": found.complaints,
        "chips": _chips(columns, view),
    }
    template = "comparing/_comparison.html" if request.htmx else "comparing/compare.html"
    if len(columns) >= FEWEST:
        measured = differences(columns, view.baseline)
        context |= _of_selected_year(columns, measured, view)
        if request.htmx and request.htmx.target == OF_YEAR:
            return render(request, "comparing/_of_year.html", context)
        context |= _comparison(columns, measured, view)
    if has_room(columns):
        context |= {"choices": to_add(request, view), "form": form}
    context |= _to_begin_with(columns, view)
    return render(request, template, context, status=_status(found, form))


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The inputs that differ, the totals and all years, as CSV."""
    columns, complaints = compared(request, _references(request))
    if any(each.is_absent for each in complaints):
        raise Http404
    taken = in_a_log(each.reference for each in columns)
    may_take(request, *taken)
    view = view_of(request.GET, columns)
    if len(columns) < FEWEST:
        return redirect(view.address)
    table = comparison_table(columns, differences(columns, view.baseline))
    response = HttpResponse(csv_of(table), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="amtweb-comparison.csv"'
    note_taken(request, "comparison.csv", *taken)
    return response


def _references(request: HttpRequest) -> list[str]:
    return [text for text in request.GET.getlist("with") if text.strip()]


def _comparison(
    columns: Sequence[Column], measured: Sequence[Difference | None], view: View
) -> dict[str, Any]:
    return {
        "columns": columns,
        "sentences": [sentence(each) for each in measured if each is not None],
        "totals": total_rows(columns, measured),
        "figures": figures(columns, measured, view.baseline),
        "inputs": inputs_that_differ(columns),
        "blocks": year_blocks(columns, view.baseline, shows_all=view.shows_all),
        "of_all_years": [in_all(each) for each in measured if each is not None],
        "other_rows": view._replace(shows_all=not view.shows_all),
    }


def _of_selected_year(
    columns: Sequence[Column], measured: Sequence[Difference | None], view: View
) -> dict[str, Any]:
    years = sorted({year for column in columns for year in column.years})
    wanted = view.year or year_that_differs_most(measured) or years[0]
    year = min(years, key=lambda each: abs(each - wanted))
    return {
        "selected_year": year,
        "first_year": years[0],
        "last_year": years[-1],
        "of_year": [of_year(each, year) for each in measured if each is not None],
    }


def _chips(columns: Sequence[Column], view: View) -> list[Chip]:
    last = len(columns) - 1
    return [
        Chip(
            column=column,
            is_baseline=place == view.baseline,
            dash=DASHES[place],
            marker=MARKERS[SYMBOLS[place]],
            as_baseline=view._replace(baseline=place),
            without=view.without(place),
            earlier=view.earlier(place) if place else None,
            later=view.earlier(place + 1) if place < last else None,
        )
        for place, column in enumerate(columns)
    ]


def _to_begin_with(columns: Sequence[Column], view: View) -> dict[str, Any]:
    """Variants of the baseline, or without one some comparisons."""
    if columns:
        base = columns[view.baseline]
        return {"base": base, "offers": offers(view, base) if has_room(columns) else []}
    return {
        "beginnings": [
            (words, view._replace(references=(f"{EXAMPLE}{one}", f"{EXAMPLE}{other}")))
            for one, other, words in BEGINNINGS
        ]
    }


def _status(found: Compared, form: VariantForm) -> HTTPStatus:
    """Like the page of a scenario that is not there, whoever else may have it."""
    complaints: tuple[Complaint, ...] = found.complaints
    if any(each.is_absent for each in complaints):
        return HTTPStatus.NOT_FOUND
    if form.errors or any(each.is_unreadable for each in complaints):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.OK
