"""What comes of an item: a result with what it was computed of, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now

import calculator
from amtweb.runs.models import Item, State
from amtweb.scenarios.models import Revision, Scenario
from calculator.law import law_version

if TYPE_CHECKING:
    from collections.abc import Iterable


GONE: Final = "There is no scenario any more that stood for this client when it was asked."


class CannotError(Exception):
    """There is no result; the text says why."""


class Plan(NamedTuple):
    """The scenario that stands for a client, and its newest revision."""

    scenario: Scenario
    revision: Revision | None

    @property
    def saved_as(self) -> int | None:
        """The number of the revision that says what the scenario says now."""
        revision = self.revision
        same = revision is not None and revision.digest == self.scenario.draft_digest
        return revision.number if revision is not None and same else None


class Outcome(NamedTuple):
    """A result, or a reason."""

    result: dict[str, Any]
    reason: str = ""
    digest: str = ""
    revision: int | None = None

    def columns(self) -> dict[str, Any]:
        """As an item keeps it."""
        return {
            "state": State.FAILED if self.reason else State.DONE,
            "reason": self.reason,
            "result": self.result,
            "digest": self.digest,
            "revision": self.revision,
            "engine_version": calculator.ENGINE_VERSION,
            "law_version": law_version(),
        }


def failed(reason: str) -> Outcome:
    """That there is no result."""
    return Outcome({}, reason=reason)


def plans_for(items: Iterable[Item]) -> dict[int, Plan]:
    """The plans of the items by the items' keys, if they still stand for their clients."""
    newest = Revision.objects.filter(scenario=OuterRef("pk")).order_by("-number").values("pk")[:1]
    items = list(items)
    scenarios = Scenario.objects.filter(
        pk__in=[item.scenario_id for item in items if item.scenario_id], deleted_at=None
    ).annotate(newest=Subquery(newest))
    found = {scenario.pk: scenario for scenario in scenarios}
    newest_of = {each.pk: getattr(each, "newest", None) for each in found.values()}
    revisions = Revision.objects.in_bulk([pk for pk in newest_of.values() if pk])
    plans = {}
    for item in items:
        scenario = found.get(item.scenario_id or 0)
        if scenario is not None and scenario.client_id == item.client_id:
            plans[item.pk] = Plan(scenario, revisions.get(newest_of[scenario.pk]))
    return plans


def store(item: Item, outcome: Outcome, worker: str) -> bool:
    """Keeps what came of an item, unless something did before; in the caller's transaction."""
    waiting = Item.with_closed.filter(pk=item.pk, state=State.WAITING)
    return bool(waiting.update(**outcome.columns(), worker=worker, stored_at=Now()))
