"""Scenarios with an address of their own: the editor, the revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from amtweb.firms.access import note_look, note_within_the_hour, require
from amtweb.firms.permissions import Act
from amtweb.firms.workspace import place_of
from amtweb.scenarios import undo
from amtweb.scenarios.aged import aged
from amtweb.scenarios.bench import work
from amtweb.scenarios.conflicts import conflict_of
from amtweb.scenarios.editor import typed
from amtweb.scenarios.edits import (
    KEEP_BOTH,
    Before,
    Edit,
    applied_context,
    edit_of,
    place_in_order,
    steps_context,
    version_seen,
)
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import NewerDraftError, Revision, Scenario
from amtweb.scenarios.pages import bench_page
from amtweb.scenarios.quotas import FullHistoryError
from amtweb.scenarios.saving import go_to, go_to_share, new_revision, new_scenario
from amtweb.scenarios.steps import now
from amtweb.scenarios.views.workbench import answer
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from amtweb.htmx import HtmxHttpRequest
    from amtweb.scenarios.bench import Bench

TYPED = "typed_in_scenarios"
CONFLICT = 409
MOST_TYPED = 5
"""Scenarios of which a session keeps what is typed and not saved."""


@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request: HtmxHttpRequest, public_id: str) -> HttpResponse:
    """Shows a scenario for editing, or lands an edit in its draft."""
    found = own_scenario(request, public_id)
    if request.method != "POST":
        return _page(request, found)
    last_good, version = found.draft, version_seen(request.POST)
    edit, no_room = edit_of(request.POST, standing(request, found)), None
    if edit.operation.startswith(KEEP_BOTH) and edit.bench.result:
        return _keep_both(request, found, edit)
    if edit.bench.document is None:
        if _is_current(found, request.POST):
            _keep_steps(request, found, edit)
    else:
        try:
            version = _land(request, found, edit)
        except NewerDraftError:
            if edit.decides or edit.bench.document != found.draft:
                edit = edit._replace(bench=work(edit.typed, found.draft))
                _keep_typed(request, found, edit, version, refused=True)
                return _conflict(request, found, edit)
            # The other window typed the same.
            version = found.draft_version
        except FullHistoryError as error:
            version, no_room = found.draft_version, error
    _keep_typed(request, found, edit, version)
    context = context_of(found, version) | {"no_room": no_room}
    return _to_share(request, found, edit) or answer(request, edit, last_good, **context)


def _to_share(request: HtmxHttpRequest, found: Scenario, edit: Edit) -> HttpResponse | None:
    """On where links are made, if that was asked and nothing has to be corrected first."""
    asked = edit.asks_to_share and edit.bench.document is not None
    return go_to_share(request, found) if asked else None


def own_scenario(
    request: HttpRequest, public_id: str, *, deleted_too: bool = False, act: Act | None = None
) -> Scenario:
    """The visitor's scenario of that address; to anyone else there is none.

    Args:
        request: Whose.
        public_id: The address.
        deleted_too: Whether one counts that is deleted.
        act: What is done with it, if it is a firm's; usually to see or to change it.

    Raises:
        PermissionDenied: It is a firm's, and the role of who works there does not include the act.
    """
    visitor = visitor_of(request)
    scenarios = Scenario.objects
    own = scenarios.of(visitor) if deleted_too else scenarios.editable_by(visitor)
    found = get_object_or_404(own, public_id=public_id)
    if visitor.member is not None:
        usual = Act.SEE if request.method in ("GET", "HEAD") else Act.CHANGE
        require(visitor.member, act or usual, f"scenario {public_id}")
        note_look(request, visitor.member, f"scenario {public_id}")
    return found


def _newest(found: Scenario) -> Revision | None:
    """Without what it holds: every edit asks for it."""
    told = found.revisions.only("scenario", "number", "created_at")
    return told.order_by("-number").first()


def _page(request: HttpRequest, found: Scenario) -> HttpResponse:
    """The scenario as it stands, or what was typed into it and could not be saved."""
    kept = _kept(request, found)
    tree = kept["tree"] if kept else typed.from_document(found.draft)
    version = kept["version"] if kept else found.draft_version
    bench = work(tree, found.draft)
    steps = undo.steps_of(request, found)
    context = context_of(found, version) | steps_context(steps, tree)
    context |= applied_context(request.GET, steps)
    context |= aged_context(found, found.revisions.first())
    if version != found.draft_version and bench.document != found.draft:
        context["conflict"] = conflict_of(found, bench)
    return bench_page(request, bench, last_good=found.draft, **context)


def standing(request: HttpRequest, found: Scenario) -> Before:
    """What the edit changes: the draft, or what was last typed over it."""
    kept = _kept(request, found)
    current = kept is not None and kept["version"] == found.draft_version
    tree = kept["tree"] if kept and current else typed.from_document(found.draft)
    return Before(found.draft, tree, undo.steps_of(request, found))


def land_step(
    request: HttpRequest, found: Scenario, before: Before, bench: Bench, said: str
) -> None:
    """Makes what another page did to the scenario one step of its editor.

    Raises:
        NewerDraftError: The draft is another than was read with ``found``.
    """
    assert bench.document is not None  # noqa: S101  (the caller made sure)
    is_step = before.steps.record(before.tree, bench.tree, said, now())
    edit = Edit(bench, bench.tree, "", said, "", before.steps, is_step)
    with transaction.atomic():
        found.save_draft(bench.document, version=found.draft_version, tab="", sequence=0)
        _keep_steps(request, found, edit)
        note_change(request, found)
    _keep_typed(request, found, edit, found.draft_version)


def _land(request: HttpRequest, found: Scenario, edit: Edit) -> int:
    """The edit becomes the draft, of the version returned, and a revision if that was asked for."""
    document, result = edit.bench.document, edit.bench.result
    assert document is not None  # noqa: S101  (the caller asked)
    assert result is not None  # noqa: S101
    tab, sequence = place_in_order(request.POST)
    with transaction.atomic():
        found.save_draft(document, version=version_seen(request.POST), tab=tab, sequence=sequence)
        _keep_steps(request, found, edit)
        note_change(request, found)
    # If there is no room for another revision the draft has landed all the same.
    if edit.asks_to_save:
        note = request.POST.get("note", "")
        new_revision(request, found, document, figures_of(result), note)
    return found.draft_version


def note_change(request: HttpRequest, found: Scenario) -> None:
    """Writes in the log of its firm that the draft was changed: once an hour, not for each key."""
    member = visitor_of(request).member
    if member is not None:
        note_within_the_hour(member, "scenario_changed", f"scenario {found.public_id}")


def _is_current(found: Scenario, post: QueryDict) -> bool:
    """Whether nobody else has written since the editor last saw the draft."""
    tab, sequence = place_in_order(post)
    goes_on = bool(tab) and tab == found.draft_tab and sequence >= found.draft_sequence
    return goes_on or version_seen(post) == found.draft_version


def _keep_both(request: HtmxHttpRequest, found: Scenario, edit: Edit) -> HttpResponse:
    """What is typed becomes a scenario of its own, and the draft stays as the others left it."""
    document, result = edit.bench.document, edit.bench.result
    assert document is not None  # noqa: S101  (the caller asked)
    assert result is not None  # noqa: S101
    note = f"Kept beside {str(found)[:60]}, which was changed elsewhere"
    other = new_scenario(request, document, figures_of(result), note, found.client)
    forget_typed(request, found.public_id)
    return go_to(request, other)


def _conflict(request: HtmxHttpRequest, found: Scenario, edit: Edit) -> HttpResponse:
    """The page stays as it is typed, and may not replace the draft before it is told to."""
    conflict = conflict_of(found, edit.bench)
    if request.htmx:
        piece = {"scenario": found, "conflict": conflict, "out_of_band": True}
        return render(request, "scenarios/conflict_updates.html", piece, status=CONFLICT)
    context = context_of(found, version_seen(request.POST)) | {"conflict": conflict}
    response = bench_page(request, edit.bench, last_good=found.draft, **context)
    response.status_code = CONFLICT
    return response


def context_of(found: Scenario, version: int) -> dict[str, Any]:
    """What the bench shows of a scenario; the version is of the draft that the page has seen."""
    return {
        "scenario": found,
        "draft_version": version,
        "action": found.get_absolute_url(),
        "newest_revision": _newest(found),
    }


def aged_context(found: Scenario, newest: Revision | None) -> dict[str, Any]:
    """What the page says if the newest revision showed other figures on its day."""
    said = aged(newest)
    takes = reverse("scenarios:take_new_figures", args=[found.public_id])
    return {"aged": said, "takes": takes} if said else {}


def _kept(request: HttpRequest, found: Scenario) -> dict[str, Any] | None:
    """What was typed and is not the draft, and the version of the draft that it was typed over."""
    kept: dict[str, Any] | None = _all_kept(request).get(found.public_id)
    return kept


def _all_kept(request: HttpRequest) -> dict[str, Any]:
    """By scenario, of this workspace."""
    kept: dict[str, Any] = request.session.get(place_of(request, TYPED), {})
    return kept


def _keep_steps(request: HttpRequest, found: Scenario, edit: Edit) -> None:
    if edit.is_step:
        undo.keep(request, found, edit.steps)


def _keep_typed(
    request: HttpRequest, found: Scenario, edit: Edit, version: int, *, refused: bool = False
) -> None:
    """What cannot be computed, or was refused, is not the draft, yet it survives a reload."""
    if refused or edit.bench.document is None or edit.bench.pending:
        tab, _ = place_in_order(request.POST)
        kept = {"version": version, "tree": edit.bench.tree, "tab": tab}
        others = {k: v for k, v in _all_kept(request).items() if k != found.public_id}
        newest = dict(list(others.items())[1 - MOST_TYPED :])
        request.session[place_of(request, TYPED)] = newest | {found.public_id: kept}
    elif _is_settled(request, found, edit):
        forget_typed(request, found.public_id)


def _is_settled(request: HttpRequest, found: Scenario, edit: Edit) -> bool:
    """Whether what was kept is of this editor, and not what another window is still asked about."""
    kept = _kept(request, found) or {}
    tab, sequence = place_in_order(request.POST)
    # Without scripts every page has another name.
    follows = not sequence and kept.get("version") == found.draft_version - 1
    return edit.decides or follows or kept.get("tab") == tab


def forget_typed(request: HttpRequest, public_id: str) -> None:
    """What is typed at the scenario's editor is its draft again."""
    kept = _all_kept(request)
    if kept.pop(public_id, None) is not None:
        request.session[place_of(request, TYPED)] = kept
