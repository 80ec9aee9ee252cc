"""The list of runs, the page of one, and what can be done with it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_htmx.http import HttpResponseClientRefresh

from amtweb.exchange.csv_text import csv_of
from amtweb.firms.access import in_firm, note
from amtweb.firms.models import Client
from amtweb.firms.permissions import MAY, Act
from amtweb.runs import results, starting, undoing
from amtweb.runs.files import table_of
from amtweb.runs.models import Kind, Run
from amtweb.runs.progress import NOBODY_WORKS, progress_of, with_progress
from amtweb.runs.questions import question_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.firms.models import Member
    from amtweb.runs.progress import Progress

A_PAGE: Final = 100
MOST_RUNS: Final = 100
TOUCHED: Final = "touched"
LONGEST_SEARCH: Final = 100


@in_firm("GET", "HEAD", act=Act.SEE)
def runs(request: HttpRequest, member: Member) -> HttpResponse:
    """The runs of the firm, the newest first."""
    found = with_progress(Run.objects.of(member).select_related("made_by__user"))[:MOST_RUNS]
    shown = [(run, progress_of(run), title_of(run)) for run in found]
    return render(request, "runs/runs.html", {"runs": shown} | _may(member))


@in_firm("GET", "HEAD", act=Act.SEE)
def run(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """How far a run is, or what came of it."""
    found, progress = _run(member, public_id)
    context: dict[str, Any] = {"run": found, "progress": progress, "title": title_of(found)}
    context |= {"nobody_works": NOBODY_WORKS} | _may(member)
    if progress.is_running:
        return render(request, "runs/running.html", context)
    note(member, "run_seen", f"run {public_id}")
    if found.kind == Kind.RECOMPUTE:
        return render(request, "runs/results.html", context | _results(request, found))
    return _closing_page(request, member, found, progress)


@in_firm("GET", "HEAD", act=Act.SEE)
def progress(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """How far a run is, for the page that waits for it; when it is over, all of the page."""
    found, how_far = _run(member, public_id)
    if not how_far.is_running:
        if request.headers.get("HX-Request"):
            return HttpResponseClientRefresh()
        return redirect(found)
    context = {"run": found, "progress": how_far, "nobody_works": NOBODY_WORKS}
    return render(request, "runs/_progress.html", context)


@in_firm("POST", act=Act.RUN_ACROSS_THE_BOOK)
def cancel(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Stops a run; what is done is kept."""
    found, how_far = _run(member, public_id)
    if how_far.is_running:
        starting.cancel(found)
        note(member, "run_stopped", f"run {public_id}")
        messages.info(request, "Stopped. What was computed until then stands here.")
    return redirect(found)


@in_firm("POST", act=Act.RUN_ACROSS_THE_BOOK)
def again(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Asks the same clients the same once more."""
    found, _ = _run(member, public_id)
    if found.kind == Kind.CLOSE:
        return redirect(found)
    clients = Client.objects.of(member).filter(run_items__run=found, archived_at=None)
    with transaction.atomic():
        made = starting.start(member, found.kind, found.question, clients)
        note(member, "run_begun", f"run {made.public_id}")
    return redirect(made)


@in_firm("POST", act=Act.RUN_ACROSS_THE_BOOK)
def delete(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Throws the results away; scenarios that a run made stay."""
    found, _ = _run(member, public_id)
    with transaction.atomic():
        starting.cancel(found)
        note(member, "run_deleted", f"run {public_id}")
        found.delete()
    messages.success(request, "The results are deleted. The scenarios stay as they are.")
    return redirect("runs:runs")


@in_firm("POST", act=Act.RUN_ACROSS_THE_BOOK)
def close_years(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Closes the year for those whom a preview shows; or shows another page of them.

    What is ticked on one page goes with the form to the next.
    """
    found, how_far = _run(member, public_id)
    if found.kind != Kind.PREVIEW or how_far.is_running:
        return redirect(found)
    if "page" in request.POST:
        return _closing_page(request, member, found, how_far)
    left_out = set(request.POST.getlist("leave_out"))
    with transaction.atomic():
        begun = found.acts.filter(undone_at=None).exists()
        made = starting.start_closing(
            member, found, left_out, archive=bool(request.POST.get("archive"))
        )
        if not begun:
            note(member, "year_closed_for_many", f"run {made.public_id}")
    return redirect(made)


@in_firm("POST", act=Act.RUN_ACROSS_THE_BOOK)
def undo(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Takes back what a run made."""
    found, _ = _run(member, public_id)
    if found.kind != Kind.CLOSE:
        return redirect(found)
    with transaction.atomic():
        undone = undoing.undo(found)
        if undone.taken_back or undone.kept:
            note(member, "year_closing_undone", f"run {public_id}")
    if undone.kept:
        kept = f"{undone.kept:,} of the new scenarios were changed since and stay."
        messages.info(request, kept)
    return redirect(found)


@in_firm("GET", "HEAD", act=Act.EXPORT, confirmed=True)
def as_csv(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """All rows of a run as a table to take away."""
    found, _ = _run(member, public_id)
    note(member, "run_exported", f"run {public_id}")
    name = "amtweb-across-the-book.csv"
    return HttpResponse(
        csv_of(table_of(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
        status=HTTPStatus.OK,
    )


def title_of(run: Run) -> str:
    """What a run is about."""
    if run.kind == Kind.RECOMPUTE:
        return question_of(run.question).title
    year = run.question["year"]
    return f"Closing {year}" + (": who would get what" if run.kind == Kind.PREVIEW else "")


def _run(member: Member, public_id: str) -> tuple[Run, Progress]:
    all_of_firm = with_progress(Run.objects.of(member).select_related("made_by__user", "firm"))
    found = get_object_or_404(all_of_firm, public_id=public_id)
    return found, progress_of(found)


def _results(request: HttpRequest, found: Run) -> dict[str, Any]:
    question, of_all = question_of(found.question), results.results_of(found)
    main = results.main_measure(of_all.rows)
    order = request.GET.get("sort", main)
    search = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    only = request.GET.get("show", TOUCHED if any(r.is_touched for r in of_all.rows) else "all")
    rows = [row for row in of_all.rows if search.casefold() in row.name.casefold()]
    rows = [row for row in rows if row.is_touched or only != TOUCHED]
    measure = order if order in results.MEASURES else main
    histogram = results.distribution(of_all.rows, measure, question.columns)
    pages = Paginator(results.in_order(rows, order), A_PAGE)
    return {
        "question": question,
        "results": of_all,
        "sentences": results.sentences(of_all, question),
        "totals": results.totals(of_all.rows),
        "histogram": histogram,
        "table": results.as_table(histogram) if histogram else None,
        "page": pages.get_page(request.GET.get("page")),
        "order": order,
        "orders": {**results.MEASURES, "name": "Name"},
        "search": search,
        "only": only,
    }


def _closing_page(
    request: HttpRequest, member: Member, found: Run, progress: Progress
) -> HttpResponse:
    """A page of those whose year can be closed, or was, with what is ticked so far."""
    of_all = results.results_of(found)
    rows = results.in_order(of_all.rows, "name")
    asked = request.POST if request.method == "POST" else request.GET
    page = Paginator(rows, A_PAGE).get_page(asked.get("page"))
    left_out = set(request.POST.getlist("leave_out"))
    here = {row.item["client__public_id"] for row in page}
    everywhere = {row.item["client__public_id"] for row in rows}
    is_preview = found.kind == Kind.PREVIEW
    act = found.acts.filter(undone_at=None).first() if is_preview else None
    may = _may(member)
    context = {
        "run": found,
        "progress": progress,
        "title": title_of(found),
        "results": of_all,
        "rows": rows,
        "page": page,
        "act": act,
        "may_choose": is_preview and act is None and "run_across_the_book" in may["may"],
        "left_out": left_out,
        "elsewhere": sorted(left_out & everywhere - here),
        "archive": request.POST.get("archive"),
        "made": sum(1 for row in rows if row.item["made__public_id"]),
        "year": found.question["year"],
    }
    return render(request, "runs/closing.html", context | may)


def _may(member: Member) -> dict[str, Any]:
    """What the page offers: nothing that the role would be refused."""
    return {"member": member, "may": {act.name.lower() for act in MAY[member.role]}}
