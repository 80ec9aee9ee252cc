"""The landing page: a worked example or what the visitor made of it, computed and editable."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from amtweb.scenarios import beginnings, undo, working_copy
from amtweb.scenarios.bench import work
from amtweb.scenarios.change_words import what_changed
from amtweb.scenarios.editor import typed
from amtweb.scenarios.edits import Before, applied_context, edit_of, steps_context
from amtweb.scenarios.for_whom import posted_client
from amtweb.scenarios.gallery import example, examples
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.pages import bench_page, bench_updates
from amtweb.scenarios.quotas import NotKeptError
from amtweb.scenarios.saving import go_to, go_to_share, new_scenario
from amtweb.scenarios.sparkline import credit_course

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.htmx import HtmxHttpRequest
    from amtweb.scenarios.edits import Edit


@require_http_methods(["GET", "HEAD", "POST"])
def workbench(request: HtmxHttpRequest) -> HttpResponse:
    """Shows the working copy, or computes what is posted and keeps it in the session."""
    if request.method != "POST":
        document, tree = working_copy.working_copy(request)
        steps = undo.steps_of(request, None)
        context = steps_context(steps, tree) | applied_context(request.GET, steps)
        if not working_copy.is_begun(request):
            context["begun_from"] = document["title"]
        return bench_page(request, work(tree, document), last_good=document, **context)
    return _edited(request)


def answer(
    request: HtmxHttpRequest, edit: Edit, last_good: dict[str, Any], **context: Any
) -> HttpResponse:
    """The pieces for a page that can take them, else the whole page."""
    context |= edit.context | {"change": _what_changed(edit)}
    if request.htmx:
        return bench_updates(request, edit.bench, said=edit.said, focus=edit.focus, **context)
    return bench_page(request, edit.bench, last_good=last_good, **context)


def _what_changed(edit: Edit) -> str:
    """What the step that an undo would take back did to the result."""
    tree = None if edit.moves else edit.steps.before_last(edit.bench.tree)
    if tree is None or edit.bench.result is None:
        return ""
    before = work(tree, {}).result
    return what_changed(before, edit.bench.result) if before else ""


def _edited(request: HtmxHttpRequest) -> HttpResponse:
    shown = working_copy.beginning_shown(request)
    if shown:
        undo.forget(request)
        last_good, tree = shown, typed.from_document(shown)
    else:
        last_good, tree = working_copy.working_copy(request)
    edit = edit_of(request.POST, Before(last_good, tree, undo.steps_of(request, None)))
    no_room = None
    asks = edit.asks_to_save or edit.asks_to_share
    if asks and edit.bench.document is not None:
        try:
            saved = _save(request, edit)
        except NotKeptError as error:
            no_room = error
        else:
            if shown is None:
                working_copy.forget(request)
            return saved
    working_copy.keep(request, edit, last_good)
    response = answer(request, edit, last_good, no_room=no_room)
    if no_room:
        response.status_code = HTTPStatus.CONFLICT
    if request.htmx and request.htmx.current_url_abs_path != request.path:
        # An example becomes the visitor's own with the first edit: a reload shows theirs.
        # Its lines, lots and files stand beside the first page, not below the planner.
        own = {"path": request.path, "beside": reverse("welcome:landing")}
        trigger_client_event(response, "amtweb:address", own)
    return response


def _save(request: HtmxHttpRequest, edit: Edit) -> HttpResponse:
    """Gives the working copy an address of its own."""
    assert edit.bench.document is not None  # noqa: S101  (the caller asked)
    assert edit.bench.result is not None  # noqa: S101
    note = request.POST.get("note", "")
    figures, client = figures_of(edit.bench.result), posted_client(request)
    scenario = new_scenario(request, edit.bench.document, figures, note, client)
    if edit.asks_to_share:
        return go_to_share(request, scenario, was_saved=True)
    return go_to(request, scenario)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """The worked examples to start from."""
    cards = [(each, credit_course(each)) for each in examples()]
    return render(request, "scenarios/gallery.html", {"cards": cards})


@require_safe
def open_example(request: HttpRequest, slug: str) -> HttpResponse:
    """An example on the bench; nothing is kept before the first edit."""
    try:
        chosen = example(slug)
    except KeyError:
        raise Http404 from None
    tree = typed.from_document(chosen.document)
    return bench_page(
        request,
        work(tree, chosen.document),
        last_good=chosen.document,
        example=chosen,
        begun_from=chosen.title,
        begins=chosen.slug,
        action=reverse("scenarios:workbench"),
    )


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """Nothing but the next years, or what a client's last scenario says of them.

    Kept from the first edit on.
    """
    last = None if "empty" in request.GET else beginnings.last_of_client(request)
    document = beginnings.like(last.draft) if last else working_copy.blank_document()
    return bench_page(
        request,
        work(typed.from_document(document), document),
        last_good=document,
        begins=f"{beginnings.LIKE}{last.public_id}" if last else working_copy.BLANK,
        begun_like=last,
        action=reverse("scenarios:workbench"),
    )


@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Forgets the working copy."""
    working_copy.forget(request)
    return redirect("scenarios:workbench")
