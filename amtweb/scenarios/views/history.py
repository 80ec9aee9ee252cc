"""The revisions of a scenario: the list, one of them, two compared, and one restored."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from amtweb.firms.access import note
from amtweb.scenarios import undo
from amtweb.scenarios.aged import aged
from amtweb.scenarios.bench import result_of, work
from amtweb.scenarios.differences import Difference, differences, gathered
from amtweb.scenarios.editor import typed
from amtweb.scenarios.edits import place_in_order, version_seen
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import NewerDraftError, digest_of
from amtweb.scenarios.pages import bench_page
from amtweb.scenarios.saving import new_revision
from amtweb.scenarios.steps import now
from amtweb.scenarios.views.saved import CONFLICT, forget_typed, own_scenario
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.scenarios.models import Revision, Scenario

ON_A_PAGE = 20
MOST_SHOWN = 6
"""Differences that are not folded away."""


class Told(NamedTuple):
    """What changed, in words."""

    first: tuple[Difference, ...]
    more: tuple[Difference, ...]


class Entry(NamedTuple):
    """A revision and what changed since the one before; None for the first."""

    revision: Revision
    told: Told | None


class Delta(NamedTuple):
    """A figure of the headline in two revisions."""

    label: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """By how much the later one is more."""
        return self.after - self.before


@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """The revisions, newest first, and above them what is not saved yet."""
    return _list(request, own_scenario(request, public_id))


@require_safe
def revision(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """A revision to be read, with all its results."""
    scenario = own_scenario(request, public_id)
    found = get_object_or_404(scenario.revisions.select_related("author"), number=number)
    return bench_page(
        request,
        work(typed.from_document(found.document), found.document),
        last_good=found.document,
        template="scenarios/history/revision.html",
        scenario=scenario,
        revision=found,
        aged=aged(found),
        draft_version=scenario.draft_version,
    )


@require_safe
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two revisions, the earlier one first; without a choice the newest two."""
    scenario = own_scenario(request, public_id)
    numbers = request.GET.getlist("n")
    chosen = {int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 9}
    found = scenario.revisions.order_by("-number")
    pair = list((found.filter(number__in=chosen) if numbers else found)[:3])[::-1]
    if numbers and (len(pair) != 2 or len(chosen) != 2):
        return _list(request, scenario, said="Choose two revisions to compare.")
    before, after = pair[-2:] if len(pair) > 1 else pair * 2
    context = {
        "scenario": scenario,
        "before": before,
        "after": after,
        "differences": gathered(differences(before.document, after.document)),
        "deltas": _deltas(before, after),
    }
    return render(request, "scenarios/history/compare.html", context)


@require_POST
def restore(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """A revision becomes the draft, and a revision anew; the editor can undo it."""
    scenario = own_scenario(request, public_id)
    found = get_object_or_404(scenario.revisions, number=number)
    said = f"Restored revision {number}"
    tab, sequence = place_in_order(request.POST)
    steps = undo.steps_of(request, scenario)
    before, after = (typed.from_document(each) for each in (scenario.draft, found.document))
    is_step = steps.record(before, after, f"{said}.", now())
    try:
        with transaction.atomic():
            version = version_seen(request.POST)
            scenario.save_draft(found.document, version=version, tab=tab, sequence=sequence)
            headline = figures_of(result_of(found.document))
            new_revision(request, scenario, found.document, headline, said)
            member = visitor_of(request).member
            if member is not None:
                about = f"scenario {public_id} revision {number}"
                note(member, "scenario_restored", about)
            if is_step:
                undo.keep(request, scenario, steps)
    except NewerDraftError:
        refusal = "Not restored: the scenario was changed since this page was shown. See below."
        response = _list(request, scenario, said=refusal)
        response.status_code = CONFLICT
        return response
    forget_typed(request, public_id)
    return redirect(scenario)


def _list(request: HttpRequest, scenario: Scenario, said: str = "") -> HttpResponse:
    revisions = scenario.revisions.select_related("author").order_by("-number")
    page = Paginator(revisions, ON_A_PAGE, allow_empty_first_page=True).get_page(
        request.GET.get("page")
    )
    # One more than is shown, to say what changed in the last of them.
    start = page.start_index() - 1 if page.paginator.count else 0
    shown = list(revisions[start : start + ON_A_PAGE + 1])
    context: dict[str, Any] = {
        "scenario": scenario,
        "page": page,
        "entries": _entries(shown),
        "said": said,
        "tab": secrets.token_urlsafe(12),
    }
    if page.number == 1 and shown and digest_of(scenario.draft) != shown[0].digest:
        context["unsaved"] = _told(shown[0].document, scenario.draft)
    return render(request, "scenarios/history/list.html", context)


def _entries(shown: list[Revision]) -> list[Entry]:
    earlier: list[Revision | None] = [*shown[1:], None]
    entries = [
        Entry(each, _told(before.document, each.document) if before else None)
        for each, before in zip(shown, earlier, strict=True)
    ]
    return entries[:ON_A_PAGE]


def _told(before: dict[str, Any], after: dict[str, Any]) -> Told:
    found = gathered(differences(before, after))
    return Told(found[:MOST_SHOWN], found[MOST_SHOWN:])


def _deltas(before: Revision, after: Revision) -> list[Delta]:
    """The amounts as they were shown on their days."""
    labels = {"amt": "AMT", "federal_tax": "Federal tax", "credit_left": "Credit left"}
    pair = before.headline, after.headline
    return [
        Delta(label, *(each[key] for each in pair))
        for key, label in labels.items()
        if all(key in each for each in pair)
    ]
