"""Scenarios with an address of their own: the list, the editor, the revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amtweb.scenarios import undo
from amtweb.scenarios.bench import work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.edits import counter, edit_of, place_in_order
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import NewerDraftError, Scenario
from amtweb.scenarios.pages import bench_page
from amtweb.scenarios.views.workbench import answer
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from amtweb.htmx import HtmxHttpRequest
    from amtweb.scenarios.edits import Edit

TYPED = "typed_in_scenarios"
CONFLICT = 409


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The scenarios that this visitor saved."""
    scenarios = Scenario.objects.editable_by(visitor_of(request)).prefetch_related("revisions")
    return render(request, "scenarios/library.html", {"scenarios": scenarios})


@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request: HtmxHttpRequest, public_id: str) -> HttpResponse:
    """Shows a scenario for editing, or lands an edit in its draft."""
    found = own_scenario(request, public_id)
    if request.method != "POST":
        tree = _typed(request, found) or typed.from_document(found.draft)
        context = _context(found) | {"undoes": undo.last(request, request.path)}
        return bench_page(request, work(tree, found.draft), last_good=found.draft, **context)
    last_good = found.draft
    edit = edit_of(request, last_good)
    _keep_typed(request, found, edit)
    if edit.bench.document is not None:
        try:
            _land(found, edit, request.POST)
        except NewerDraftError:
            return _conflict(request, found)
    return answer(request, edit, last_good, **_context(found))


@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Deletes a scenario with its revisions and links."""
    own_scenario(request, public_id).delete()
    return redirect("scenarios:library")


def own_scenario(request: HttpRequest, public_id: str) -> Scenario:
    """The visitor's scenario of that address; to anyone else there is none."""
    return get_object_or_404(Scenario.objects.editable_by(visitor_of(request)), public_id=public_id)


def _land(found: Scenario, edit: Edit, post: QueryDict) -> None:
    """The edit becomes the draft, and a revision if that was asked for."""
    assert edit.bench.document is not None  # noqa: S101  (the caller asked)
    assert edit.bench.result is not None  # noqa: S101
    tab, sequence = place_in_order(post)
    found.save_draft(
        edit.bench.document,
        version=counter(post.get("draft_version")),
        tab=tab,
        sequence=sequence,
    )
    if edit.asks_to_save:
        found.make_revision(edit.bench.document, figures_of(edit.bench.result))


def _conflict(request: HttpRequest, found: Scenario) -> HttpResponse:
    return render(request, "scenarios/conflict.html", {"scenario": found}, status=CONFLICT)


def _context(found: Scenario) -> dict[str, Any]:
    newest = found.revisions.first()
    return {"scenario": found, "action": found.get_absolute_url(), "newest_revision": newest}


def _typed(request: HttpRequest, found: Scenario) -> dict[str, Any] | None:
    tree: dict[str, Any] | None = request.session.get(TYPED, {}).get(found.public_id)
    return tree


def _keep_typed(request: HttpRequest, found: Scenario, edit: Edit) -> None:
    """What cannot be computed cannot become the draft, yet it survives a reload."""
    kept = request.session.get(TYPED, {})
    if edit.bench.document is None or edit.bench.pending:
        request.session[TYPED] = kept | {found.public_id: edit.bench.tree}
    elif found.public_id in kept:
        del kept[found.public_id]
        request.session[TYPED] = kept
