"""Scenarios with an address of their own: the editor, the revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from amtweb.scenarios import undo
from amtweb.scenarios.aged import aged
from amtweb.scenarios.bench import work
from amtweb.scenarios.editor import typed
from amtweb.scenarios.edits import edit_of, place_in_order, version_seen
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import NewerDraftError, Revision, Scenario
from amtweb.scenarios.pages import bench_page
from amtweb.scenarios.quotas import FullHistoryError
from amtweb.scenarios.views.workbench import answer
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from amtweb.htmx import HtmxHttpRequest
    from amtweb.scenarios.edits import Edit

TYPED = "typed_in_scenarios"
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request: HtmxHttpRequest, public_id: str) -> HttpResponse:
    """Shows a scenario for editing, or lands an edit in its draft."""
    found = own_scenario(request, public_id)
    if request.method != "POST":
        version, tree = _typed(request, found)
        context = context_of(found, version) | {"undoes": undo.last(request, request.path)}
        context |= aged_context(found, context["newest_revision"])
        return bench_page(request, work(tree, found.draft), last_good=found.draft, **context)
    last_good, version = found.draft, version_seen(request.POST)
    edit, no_room = edit_of(request, last_good), None
    if edit.bench.document is not None:
        try:
            version = _land(found, edit, request.POST)
        except NewerDraftError:
            forget_typed(request, found.public_id)
            return _conflict(request, found, edit, last_good)
        except FullHistoryError as error:
            version, no_room = found.draft_version, error
    _keep_typed(request, found, edit, version)
    context = context_of(found, version) | {"no_room": no_room}
    return answer(request, edit, last_good, **context)


def own_scenario(request: HttpRequest, public_id: str, *, deleted_too: bool = False) -> Scenario:
    """The visitor's scenario of that address; to anyone else there is none."""
    visitor = visitor_of(request)
    scenarios = Scenario.objects
    own = scenarios.of(visitor) if deleted_too else scenarios.editable_by(visitor)
    return get_object_or_404(own, public_id=public_id)


def _land(found: Scenario, edit: Edit, post: QueryDict) -> int:
    """The edit becomes the draft, of the version returned, and a revision if that was asked for."""
    assert edit.bench.document is not None  # noqa: S101  (the caller asked)
    assert edit.bench.result is not None  # noqa: S101
    tab, sequence = place_in_order(post)
    found.save_draft(
        edit.bench.document,
        version=version_seen(post),
        tab=tab,
        sequence=sequence,
    )
    if edit.asks_to_save:
        found.make_revision(edit.bench.document, figures_of(edit.bench.result))
    return found.draft_version


def _conflict(
    request: HtmxHttpRequest, found: Scenario, edit: Edit, last_good: dict[str, Any]
) -> HttpResponse:
    """The page stays as it is typed, and may not replace the draft before it is told to."""
    if request.htmx:
        piece = {"scenario": found, "out_of_band": True}
        return render(request, "scenarios/conflict.html", piece, status=CONFLICT)
    context = context_of(found, version_seen(request.POST)) | {"conflict": True}
    response = bench_page(request, edit.bench, last_good=last_good, **context)
    response.status_code = CONFLICT
    return response


def context_of(found: Scenario, version: int) -> dict[str, Any]:
    """What the bench shows of a scenario; the version is of the draft that the page has seen."""
    return {
        "scenario": found,
        "draft_version": version,
        "action": found.get_absolute_url(),
        "newest_revision": found.revisions.first(),
    }


def aged_context(found: Scenario, newest: Revision | None) -> dict[str, Any]:
    """What the page says if the newest revision showed other figures on its day."""
    said = aged(newest)
    takes = reverse("scenarios:take_new_figures", args=[found.public_id])
    return {"aged": said, "takes": takes} if said else {}


def _typed(request: HttpRequest, found: Scenario) -> tuple[int, dict[str, Any]]:
    """What to show, and the version of the draft that it was typed over."""
    kept = request.session.get(TYPED, {}).get(found.public_id)
    if kept is None:
        return found.draft_version, typed.from_document(found.draft)
    return kept["version"], kept["tree"]


def _keep_typed(request: HttpRequest, found: Scenario, edit: Edit, version: int) -> None:
    """What cannot be computed cannot become the draft, yet it survives a reload."""
    if edit.bench.document is None or edit.bench.pending:
        kept = {"version": version, "tree": edit.bench.tree}
        request.session[TYPED] = request.session.get(TYPED, {}) | {found.public_id: kept}
    else:
        forget_typed(request, found.public_id)


def forget_typed(request: HttpRequest, public_id: str) -> None:
    """What is typed at the scenario's editor is its draft again."""
    kept = request.session.get(TYPED, {})
    if kept.pop(public_id, None) is not None:
        request.session[TYPED] = kept
