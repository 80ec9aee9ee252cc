"""Takes the rows of a plan over into a scenario: all of them, as one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from amtweb.exchange.csv_import.plan import plan_of
from amtweb.firms.workspace import place_of
from amtweb.scenarios import undo, working_copy
from amtweb.scenarios.editor import typed
from amtweb.scenarios.edits import Before, Edit
from amtweb.scenarios.models import digest_of
from amtweb.scenarios.once import key_of, once
from amtweb.scenarios.steps import now
from amtweb.scenarios.views.saved import land_step, own_scenario, standing
from amtweb.scenarios.visitors import visitor_of
from calculator.law import published_years

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.exchange.csv_import.plan import Plan
    from amtweb.exchange.csv_import.sending import Sent
    from amtweb.scenarios.models import Scenario

TAKEN_LAST = "rows_taken_last"


class ChangedError(Exception):
    """The scenario is another than the one that the preview was made of."""


class Target(NamedTuple):
    """The scenario that rows are taken into: a saved one, or what is on the bench."""

    scenario: Scenario | None
    before: Before
    """What stands in its editor."""
    is_begun: bool
    """Whether it is the visitor's own, and not an example to begin with."""

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.before.tree.get("title", "")).strip() or "Untitled scenario"

    @property
    def page(self) -> str:
        """Where it is worked on."""
        return self.scenario.get_absolute_url() if self.scenario else reverse("scenarios:workbench")

    @property
    def state(self) -> str:
        """Another one whenever something was typed or saved."""
        version = self.scenario.draft_version if self.scenario else 0
        return digest_of({"version": version, "tree": self.before.tree})

    def plan(self, sent: Sent) -> Plan:
        """What the table that was sent would do."""
        if self.takes_new(sent):
            return _plan_of_new(sent)
        before = self.before
        return plan_of(sent.kind, sent.text, before.tree, before.last_good, sent.choices)

    def takes_new(self, sent: Sent) -> bool:
        """Whether the rows begin a scenario, which the bench alone can."""
        return sent.into_new and self.scenario is None


def _plan_of_new(sent: Sent) -> Plan:
    """A scenario that begins with the year of the first exercise or sale, to show its AMT."""
    blank = working_copy.blank_document()
    plan = plan_of(sent.kind, sent.text, typed.from_document(blank), blank, sent.choices)
    first, last = (blank["years"][place]["year"] for place in (0, -1))
    begins = max(min(plan.years_of_events, default=first), published_years()[0])
    if begins >= first:
        return plan
    years = [{"year": year} for year in range(begins, last + 1)]
    longer = blank | {"years": years}
    return plan_of(sent.kind, sent.text, typed.from_document(longer), longer, sent.choices)


def target_of(request: HttpRequest, public_id: str | None) -> Target:
    """The visitor's scenario of that address; without one, what is on the bench."""
    if public_id is None:
        document, tree = working_copy.working_copy(request)
        before = Before(document, tree, undo.steps_of(request, None))
        return Target(None, before, working_copy.is_begun(request))
    scenario = own_scenario(request, public_id)
    return Target(scenario, standing(request, scenario), is_begun=True)


def was_taken(request: HttpRequest, page: str, target: Target, sent: Sent) -> bool:
    """Whether the same request has put its rows on the bench, and nothing came after."""
    key = _key(page, None, sent)
    return bool(key) and request.session.get(place_of(request, TAKEN_LAST)) == [key, target.state]


def take_to_bench(request: HttpRequest, page: str, target: Target, sent: Sent, plan: Plan) -> None:
    """The rows stand on the bench, or a new scenario of them does."""
    document = plan.after.document
    assert document is not None  # noqa: S101  (a sound plan has one)
    said = _said(sent, plan)
    if target.takes_new(sent):
        working_copy.start_from(request, document)
        if target.is_begun:
            undo.remember(request, target.before.tree, plan.after.tree, said)
    else:
        steps = target.before.steps
        is_step = steps.record(target.before.tree, plan.after.tree, said, now())
        edit = Edit(plan.after, plan.after.tree, "", said, "", steps, is_step)
        working_copy.put(request, edit, document)
    # A list, because that is what a session makes of anything like it.
    taken = [_key(page, None, sent), target_of(request, None).state]
    request.session[place_of(request, TAKEN_LAST)] = taken


def take_to_scenario(
    request: HttpRequest, page: str, public_id: str, sent: Sent, seen: str
) -> None:
    """The rows become part of the draft, once for each page that asks for it.

    Raises:
        ChangedError: The scenario is not in the state that the preview was made of.
        NewerDraftError: It was changed at this very moment.
        NotATableError: The text is no table.
    """

    def make() -> Scenario:
        target = target_of(request, public_id)
        assert target.scenario is not None  # noqa: S101  (it has an address)
        if target.state != seen:
            raise ChangedError
        plan = target.plan(sent)
        if not plan.can_be_taken:
            raise ChangedError
        land_step(request, target.scenario, target.before, plan.after, _said(sent, plan))
        return target.scenario

    once(
        visitor_of(request),
        _key(page, public_id, sent),
        make=make,
        name=lambda scenario: str(scenario.draft_version),
        find=lambda version: _unchanged(request, public_id, version),
    )


def _unchanged(request: HttpRequest, public_id: str, version: str) -> Scenario | None:
    scenario = own_scenario(request, public_id)
    return scenario if str(scenario.draft_version) == version else None


def _key(page: str, public_id: str | None, sent: Sent) -> str:
    return key_of(page, f"take rows to {public_id or 'the bench'}", sent.digest)


def _said(sent: Sent, plan: Plan) -> str:
    rows = "1 row" if plan.taken == 1 else f"{plan.taken:,} rows"
    return f"Took over {rows} of {sent.kind.title}."
