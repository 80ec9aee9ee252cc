"""Closes the first year of a client's plan with its modelled figures, as ``year_end`` does for one.

First for looking: who can be closed, and with which figures. Then for good: each plan's next years
become a scenario of their own, in the transaction in which the item becomes done.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DatabaseError, transaction

from amtweb.book.models import Plan as Mark
from amtweb.book.plans import begins_with, mark_successor
from amtweb.firms.permissions import Act, may
from amtweb.runs.models import Item, Run
from amtweb.runs.outcomes import GONE, CannotError, Outcome, failed, store
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.library.changes import archive
from amtweb.scenarios.library.making import make_scenario
from amtweb.scenarios.models import LONGEST_NOTE, Scenario
from amtweb.scenarios.quotas import QuotaError
from amtweb.scenarios.visitors import Visitor
from amtweb.year_end.closing import closed_document
from calculator import InvalidScenario
from calculator.analysis.roll_forward import as_modelled

if TYPE_CHECKING:
    from amtweb.runs.outcomes import Plan

Document = dict[str, Any]

logger = logging.getLogger("amtweb.runs")
LEFT = "Who asked for this has left the firm, or has another role by now."
CHANGED = "It was changed after the preview."
BROKEN = "The program failed at it; the server’s log has the reason."


def previewed(asked: Document, plan: Plan) -> Outcome:
    """What closing the year would give the plan; stores nothing.

    Raises:
        CannotError: The year cannot be closed with the modelled figures.
    """
    outcome, _ = _closed(asked, plan)
    return outcome


def close_plan(item: Item, run: Run, plan: Plan | None, worker: str) -> None:
    """Makes the scenario of the next years once, or keeps the reason why not.

    It waits for whoever cancels the run: when cancelling is answered, nothing more is made.
    """
    try:
        # Before the transaction: others wait for it.
        prepared = _prepared(item, run, plan)
        with transaction.atomic():
            Run.objects.select_for_update().get(pk=run.pk)
            if Run.objects.filter(pk=run.pk, cancelled_at=None).exists():
                _make(item, run, prepared, worker)
    except (CannotError, QuotaError) as reason:
        store(item, failed(str(reason)), worker)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("an item of a run failed")
        store(item, failed(BROKEN), worker)


class _Prepared(NamedTuple):
    """What is made of a plan, and from which scenario."""

    closed: Scenario
    outcome: Outcome
    document: Document
    headline: Document


def _prepared(item: Item, run: Run, plan: Plan | None) -> _Prepared:
    if plan is None:
        raise CannotError(GONE)
    if plan.scenario.draft_digest != item.digest:
        raise CannotError(CHANGED)
    outcome, document = _closed(run.question, plan)
    return _Prepared(plan.scenario, outcome, document, figures_of(result_of(document)))


def _make(item: Item, run: Run, prepared: _Prepared, worker: str) -> None:
    closed, outcome = prepared.closed, prepared.outcome
    marked = Mark.objects.filter(scenario=closed, client_id=item.client_id).exists()
    archives = bool(run.question.get("archive"))
    kept = {"marked": marked, "archived": archives}
    if not store(item, outcome._replace(result=outcome.result | kept), worker):
        return
    visitor = _visitor(run)
    note = f"{run.question['year']} closed with the modelled figures, from “{closed}”"
    made = make_scenario(
        visitor, prepared.document, prepared.headline, note[:LONGEST_NOTE], closed.client
    )
    Item.objects.filter(pk=item.pk).update(made=made)
    if marked:
        mark_successor(item.client, made)
    if archives:
        archive(visitor, Scenario.objects.filter(pk=closed.pk))


def _visitor(run: Run) -> Visitor:
    member = run.made_by
    if member is None or not may(member, Act.RUN_ACROSS_THE_BOOK) or not may(member, Act.CHANGE):
        raise CannotError(LEFT)
    return Visitor(member.user_id, "", member)


def _closed(asked: Document, plan: Plan) -> tuple[Outcome, Document]:
    """What closing gives, and the document of the years after."""
    document, year = plan.scenario.draft, int(asked["year"])
    _refuse_other_years(document, year)
    _refuse_what_is_closed(plan.scenario, year)
    try:
        first = result_of(document).years[0]
        closed = closed_document(document, year)
    except InvalidScenario as refusal:
        raise CannotError(refusal.problems[0].message) from None
    filed = as_modelled(first)
    result = {
        "credit": float(filed.credit),
        "amt": float(filed.amt),
        "capital_loss": _in_all(filed.capital_loss),
        "amt_capital_loss": _in_all(filed.amt_capital_loss),
        "tax": float(filed.tax),
        "adjusted_gross_income": float(filed.adjusted_gross_income),
        "title": closed.get("title", ""),
    }
    return Outcome(result, digest=plan.scenario.draft_digest, revision=plan.saved_as), closed


def _refuse_what_is_closed(scenario: Scenario, year: int) -> None:
    """While the year lasts, its scenario goes on standing for the client."""
    current = Scenario.objects.filter(
        begins_with(year + 1), client=scenario.client_id, deleted_at=None, archived_at=None
    )
    if after := current.order_by("-changed_at").first():
        raise CannotError(f"{year} is closed already: “{after}” begins with {year + 1}.")


def _in_all(loss: Any) -> float:
    return float(loss.short_term) + float(loss.long_term)


def _refuse_other_years(document: Document, year: int) -> None:
    first, last = document["years"][0]["year"], document["years"][-1]["year"]
    if first > year:
        raise CannotError(f"It begins with {first}: {year} is closed already.")
    if last == year:
        raise CannotError(f"It ends with {year}: add {year + 1} before {year} is closed.")
    if first < year:
        raise CannotError(f"It begins with {first}: years before {year} have to be closed first.")
