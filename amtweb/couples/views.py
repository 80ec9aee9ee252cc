"""The page that compares joint with separate returns, and the one that divides a scenario."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amtweb.comparing.addresses import View
from amtweb.comparing.choices import to_add
from amtweb.comparing.columns import compared as compared_columns
from amtweb.comparing.columns import refusal_words
from amtweb.comparing.references import in_a_log, read_reference
from amtweb.couples.charts import figures
from amtweb.couples.forms import DivisionForm
from amtweb.couples.making import both_of, joint_of
from amtweb.couples.pairs import NAMES, NOBODY, WHOSE, Couple, Pair, address_of, pair_of
from amtweb.couples.rows import blocks, totals, years_table
from amtweb.couples.sentences import drivers, findings, headline
from amtweb.exchange.csv_text import csv_of
from amtweb.exchange.taking_away import may_take, note_taken
from amtweb.scenarios.quotas import FullLibraryError
from calculator import InvalidScenario
from calculator.analysis.division import divided
from calculator.analysis.joint_or_separate import joint_or_separate

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.comparing.choices import Group
    from amtweb.comparing.columns import Column, Compared
    from calculator.analysis.joint_or_separate import JointOrSeparate

MAKE = "make"


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Compares the returns of the two whom the address names."""
    pair = pair_of(request, request.GET)
    context: dict[str, Any] = {
        "choices": _choices(request, pair.couple),
        "pair": pair,
        "chosen": dict(zip(NAMES, _shown(pair), strict=True)),
        "nobody": NOBODY,
        "complaints": pair.complaints,
    }
    if pair.couple is not None:
        context |= _comparison(pair.couple.compared, request.GET.get("year", ""))
        context |= {
            "couple": pair.couple,
            "spouses": tuple(zip(WHOSE, pair.couple.spouses, strict=True)),
            "doubts": _doubts(pair.couple),
            "sheet": address_of(*pair.references, "download"),
            "tab": secrets.token_urlsafe(12),
        }
    status = HTTPStatus.OK
    if pair.complaints:
        status = HTTPStatus.NOT_FOUND if pair.is_absent else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "couples/compare.html", context, status=status)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Every amount of every year, as CSV."""
    pair = pair_of(request, request.GET)
    if pair.is_absent:
        raise Http404
    if pair.couple is None:
        return redirect(address_of(*pair.references))
    named = [read_reference(each) for each in pair.references if each != NOBODY]
    taken = in_a_log(named)
    may_take(request, *taken)
    sheet = csv_of(years_table(pair.couple))
    response = HttpResponse(sheet, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="amtweb-joint-or-separate.csv"'
    note_taken(request, "joint-or-separate.csv", *taken)
    return response


@require_POST
def make_joint(request: HttpRequest) -> HttpResponse:
    """Makes the joint return of both a scenario, and opens it."""
    pair = pair_of(request, request.POST)
    if pair.is_absent:
        raise Http404
    if pair.couple is None:
        return redirect(address_of(*pair.references))
    try:
        return redirect(joint_of(request, pair.couple))
    except InvalidScenario as refusal:
        context = {"problems": refusal.problems, "back": address_of(*pair.references)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "couples/not_made.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def divide(request: HttpRequest) -> HttpResponse:
    """Asks whose is what of a couple's scenario, and compares their returns or makes two of it."""
    query = request.POST if request.method == "POST" else request.GET
    found = compared_columns(request, [query.get("of", "").strip()] if query.get("of") else [])
    if not found.columns:
        return _divide_what(request, found)
    (column,) = found.columns
    form = DivisionForm(column.facts, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"column": column, "form": form, "tab": _tab(request)}
    if not form.is_bound:
        return render(request, "couples/divide.html", context)
    if not form.is_valid():
        return render(request, "couples/divide.html", context, status=422)
    return _divided(request, column, form, context)


def _divided(
    request: HttpRequest, column: Column, form: DivisionForm, context: dict[str, Any]
) -> HttpResponse:
    """The comparison of both parts, or both made scenarios."""
    parts = divided(column.facts, form.division())
    status = HTTPStatus.OK
    try:
        compared = joint_or_separate(*parts)
        if request.POST.get("op") == MAKE:
            made = both_of(request, column.source.name, parts, column.reference.start)
            return redirect(address_of(*(each.public_id for each in made)))
        context |= _comparison(compared, "")
    except InvalidScenario as refusal:
        context["refusal"] = refusal_words(refusal, column.document)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    except FullLibraryError as no_room:
        context |= {"no_room": no_room, **_comparison(compared, "")}
        status = HTTPStatus.CONFLICT
    return render(request, "couples/divide.html", context, status=status)


def _divide_what(request: HttpRequest, found: Compared) -> HttpResponse:
    """Asks for the scenario, or says why the one that is named cannot be divided."""
    context = {"choices": _choices(request), "complaints": found.complaints}
    status = HTTPStatus.OK
    if found.complaints:
        absent = any(each.is_absent for each in found.complaints)
        status = HTTPStatus.NOT_FOUND if absent else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "couples/divide.html", context, status=status)


def _comparison(compared: JointOrSeparate, wanted: str) -> dict[str, Any]:
    years = compared.years
    most = max(years, key=lambda year: abs(year.joint_saves)).year
    numbers = {str(year.year): year.year for year in years}
    return {
        "compared": compared,
        "headline": headline(compared),
        "findings": findings(compared),
        "drivers": drivers(compared),
        "wash_sales": [(WHOSE[each.spouse], each) for each in compared.wash_sales],
        "totals": totals(compared),
        "figures": figures(compared),
        "blocks": blocks(compared),
        "selected_year": numbers.get(wanted, most),
    }


def _choices(request: HttpRequest, couple: Couple | None = None) -> list[Group]:
    """What can be chosen, and what the address names besides, such as a variant."""
    groups = to_add(request, View((), 0, None, shows_all=False))
    known = {reference for _, group in groups for reference, _ in group} | {NOBODY}
    named = {} if couple is None else {s.reference: f"{s.title}, {s.kind}" for s in couple.spouses}
    others = [each for each in named.items() if each[0] not in known]
    return [("In this address", others), *groups] if others else groups


def _shown(pair: Pair) -> tuple[str, str]:
    """The references as they are written in full, where they could be read."""
    if pair.couple is None:
        return pair.references
    mine, theirs = pair.couple.spouses
    return mine.reference, theirs.reference


def _doubts(couple: Couple) -> list[str]:
    """What may be meant otherwise."""
    doubts = []
    mine, theirs = couple.spouses
    if mine.reference == theirs.reference:
        doubts.append("Both are the same scenario: everything counts twice.")
    for whose, each in zip(WHOSE, couple.spouses, strict=True):
        if each.seems_joint:
            said = "says that it is of a joint return, and counts as one spouse’s."
            doubts.append(f"{whose}: “{each.title}” {said}")
    years = {len(each.facts.years) for each in couple.spouses}
    if len(years) > 1:
        last = couple.compared.years[-1].year
        doubts.append(f"Only the years that both cover are compared, until {last}.")
    return doubts


def _tab(request: HttpRequest) -> str:
    return request.POST.get("tab") or secrets.token_urlsafe(12)
