"""The forms that begin a run."""

from __future__ import annotations

from http import HTTPStatus
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render

from amtweb.book.looks import look_in
from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import Act
from amtweb.runs.forms import RollForwardForm, RunForm
from amtweb.runs.models import Kind, Run
from amtweb.runs.starting import start
from amtweb.scenarios.edits import place_in_order
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.book.looks import Look
    from amtweb.firms.models import Member


@in_firm("GET", "HEAD", "POST", act=Act.RUN_ACROSS_THE_BOOK)
def new_run(request: HttpRequest, member: Member) -> HttpResponse:
    """Asks what is to be supposed, and begins."""
    form = RunForm(member, _chosen(request), _shown(request), request.POST or None)
    return _answer(request, member, form, Kind.RECOMPUTE, "runs/new_run.html")


@in_firm("GET", "HEAD", "POST", act=Act.RUN_ACROSS_THE_BOOK)
def roll_forward(request: HttpRequest, member: Member) -> HttpResponse:
    """Asks which year is to be closed for whom, and begins with a look at what each would get."""
    form = RollForwardForm(member, _chosen(request), _shown(request), request.POST or None)
    return _answer(request, member, form, Kind.PREVIEW, "runs/roll_forward.html")


def _chosen(request: HttpRequest) -> list[str]:
    """The clients that the book sends, once each: repeated, or separated by commas."""
    sent = request.POST if request.method == "POST" else request.GET
    names = [name for text in sent.getlist("client") for name in text.split(",")]
    return list(dict.fromkeys(name for name in names if name and name.isascii()))


def _shown(request: HttpRequest) -> Look | None:
    """What the book showed when it sent here."""
    sent = request.POST if request.method == "POST" else request.GET
    return look_in(sent) if "look" in sent else None


def _answer(
    request: HttpRequest, member: Member, form: RunForm | RollForwardForm, kind: str, page: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        return redirect(_begin(request, member, form, kind))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "tab": place_in_order(request.POST)[0] or token_urlsafe(12)}
    return render(request, page, context, status=status)


def _begin(request: HttpRequest, member: Member, form: RunForm | RollForwardForm, kind: str) -> Run:
    """The run that is asked for; the same if the button is pressed twice."""
    question = form.question()
    asked_of = sorted(form.clients().values_list("public_id", flat=True))

    def make() -> Run:
        run = start(member, kind, question, form.clients())
        note(member, "run_begun", f"run {run.public_id}")
        return run

    tab, _ = place_in_order(request.POST)
    return once(
        visitor_of(request),
        key_of(tab, f"run {kind}", [question, asked_of]),
        make=make,
        name=lambda run: run.public_id,
        find=lambda name: Run.objects.of(member).filter(public_id=name).first(),
    )
