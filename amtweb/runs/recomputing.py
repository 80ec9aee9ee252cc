"""A client’s figures before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.runs.outcomes import CannotError, Outcome
from calculator import InvalidScenario, parse_scenario
from calculator.analysis.price_change import prices_changed
from calculator.analysis.supposition import supposed

if TYPE_CHECKING:
    from amtweb.runs.outcomes import Plan
    from amtweb.runs.questions import Question

KEPT = ("amt", "credit_left", "federal_tax", "first_year_without_credit")
"""Figures that a revision has of its day."""


def recomputed(question: Question, plan: Plan) -> Outcome:
    """The figures of the plan before and after; stores nothing.

    Raises:
        CannotError: They cannot be computed.
    """
    try:
        return _since_saved(plan) if question.since_saved else _compared(question, plan)
    except InvalidScenario as refusal:
        raise CannotError(refusal.problems[0].message) from None


def _compared(question: Question, plan: Plan) -> Outcome:
    scenario = parse_scenario(plan.scenario.draft)
    result: dict[str, Any] = {
        "before": supposed(scenario, question.before).to_dict(),
        "after": supposed(scenario, question.after).to_dict(),
    }
    prices = question.after.prices
    if prices is not None and not prices_changed(scenario, prices):
        result["untouched"] = True
    return Outcome(result, digest=plan.scenario.draft_digest, revision=plan.saved_as)


def _since_saved(plan: Plan) -> Outcome:
    revision = plan.revision
    if revision is None:
        raise CannotError("Nothing of it was saved as a revision, so there is no figure of a day.")
    after = supposed(parse_scenario(revision.document)).to_dict()
    before = {name: revision.headline.get(name) for name in KEPT}
    return Outcome(
        {"before": before, "after": after}, digest=revision.digest, revision=revision.number
    )
