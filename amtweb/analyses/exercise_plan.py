"""Spreading the exercise of a grant over years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.analyses.controls import AmountField, Controls, PercentageField, YearField
from amtweb.analyses.panel import Panel, Proposal, proposal
from amtweb.analyses.tables import Table, TableRow
from amtweb.analyses.year_bars import Series, YearBars, year_bars
from amtweb.scenarios.headline import dollars
from calculator.analysis.exercise_plan import Limits, exercise_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculator import Scenario
    from calculator.analysis.exercise_plan import ExercisePlan, Plan
    from calculator.scenario import Grant

WORDS = {"lump": "All at once", "even": "Evenly", "optimized": "Least tax"}
YEARS_AT_FIRST = 5


class ExercisePlanControls(Controls):
    grant = forms.ChoiceField(label="Grant")
    first_year = YearField(label="From")
    last_year = YearField(label="To")
    value = AmountField(label="Value a share $", help_text="In the first of these years")
    growth = PercentageField(label="Growth a year %", required=False, least=None)
    amt = AmountField(label="AMT a year $", required=False, help_text="At most; blank: no limit")
    cash = AmountField(label="Cash a year $", required=False, help_text="For strike and tax")
    shares_left = AmountField(label="Shares to leave", required=False)
    credit_worth = PercentageField(
        label="Credit left is worth %", required=False, help_text="After the last year"
    )

    def defaults(self) -> dict[str, str]:
        grant = open_grants(self.scenario)[0]
        first = max(self.scenario.years[0].year, grant.date.year)
        last = min(first + YEARS_AT_FIRST - 1, self.scenario.years[-1].year)
        return {
            "grant": grant.id,
            "first_year": str(first),
            "last_year": str(last),
            "value": f"{value_of(self.scenario, grant):,.12g}",
            "growth": "0",
            "credit_worth": "0",
        }

    def offer(self) -> None:
        years = [(facts.year, str(facts.year)) for facts in self.scenario.years]
        self.choose_from("first_year", years)
        self.choose_from("last_year", years)
        self.choose_from(
            "grant",
            [
                (grant.id, f"{grant.label or grant.kind.upper()}: {left:,.0f} shares left")
                for grant in open_grants(self.scenario)
                if (left := shares_left(self.scenario, grant))
            ],
        )


def shares_left(scenario: Scenario, grant: Grant) -> float:
    """Granted, less exercised."""
    exercised = sum(float(each.shares) for each in scenario.exercises if each.grant == grant.id)
    return float(grant.shares) - exercised


def open_grants(scenario: Scenario) -> list[Grant]:
    """The grants of which shares are left, made before the last year ends."""
    last = scenario.years[-1].year
    return [
        grant
        for grant in scenario.grants
        if shares_left(scenario, grant) > 0 and grant.date.year <= last
    ]


def value_of(scenario: Scenario, grant: Grant) -> float:
    """What a share was worth when last the scenario said so."""
    known = [(each.date, float(each.fair_market_value)) for each in scenario.exercises]
    if known:
        return max(known)[1]
    at_grant = grant.fair_market_value
    return float(grant.strike) if at_grant is None else float(at_grant)


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The three plans side by side."""
    found = exercise_plan(
        scenario,
        asked["grant"],
        asked["first_year"],
        asked["last_year"],
        asked["value"],
        growth=asked["growth"] or 0.0,
        limits=Limits(amt=asked["amt"], cash=asked["cash"]),
        shares_left=asked["shares_left"] or 0.0,
        credit_worth=asked["credit_worth"] or 0.0,
    )
    said = sentences(found)
    return {
        "sentences": said,
        "shares": bars(found, said, "Shares exercised", lambda plan: plan.shares, whole_shares),
        "amt": bars(found, said, "AMT of each year", lambda plan: plan.amt, dollars),
        "table": table(found),
        "proposals": proposals(found),
    }


def whole_shares(number: float) -> str:
    """Shares without a fraction, as in the pictures."""
    return f"{number:,.0f}"


def sentences(found: ExercisePlan) -> list[str]:
    """What the best plan saves over the other two."""
    best, lump, even = found.plan("optimized"), found.plan("lump"), found.plan("even")
    said = [best.proposal.words]
    exercised = sum(best.shares)
    if exercised < found.shares - 1:
        said.append(
            f"The limits leave room for {exercised:,.0f} of {found.shares:,.0f} shares in these"
            " years."
        )
    saves_lump, saves_even = (other.present_value - best.present_value for other in (lump, even))
    if exercised >= found.shares - 1 and max(saves_lump, saves_even) >= 1:
        said.append(
            f"Over all years that costs {dollars(saves_lump)} less than all at once, and"
            f" {dollars(saves_even)} less than evenly."
        )
    broken = [WORDS[plan.name].lower() for plan in (lump, even) if not plan.within_limits]
    if broken:
        said.append(f"Outside of the limits: {' and '.join(broken)}.")
    return said


def bars(
    found: ExercisePlan,
    said: list[str],
    title: str,
    amounts: Callable[[Plan], tuple[float, ...]],
    words: Callable[[float], str],
) -> YearBars:
    """The plans beside one another in each year."""
    return year_bars(
        title.split(maxsplit=1)[0].lower(),
        title,
        " ".join(said),
        found.years,
        [Series(WORDS[plan.name], amounts(plan)) for plan in found.plans],
        words=words,
    )


def table(found: ExercisePlan) -> Table:
    """A line a plan."""
    rows = [
        TableRow(
            WORDS[plan.name],
            (
                whole_shares(sum(plan.shares)),
                dollars(sum(plan.amt)),
                dollars(max(plan.cash)),
                dollars(plan.federal_tax),
                dollars(plan.present_value - found.present_value_without),
                dollars(plan.credit_left),
                str(plan.first_year_without_credit or "never"),
                "kept" if plan.within_limits else "missed",
            ),
            "proposed" if plan.name == "optimized" else "",
        )
        for plan in found.plans
    ]
    columns = (
        "Shares",
        "AMT",
        "Most cash in a year",
        "Federal tax",
        "Cost of the plan",
        "Credit left",
        "All back in",
        "Limits",
    )
    return Table("The plans", "Plan", columns, tuple(rows))


def proposals(found: ExercisePlan) -> list[Proposal]:
    """Each plan as exercises to add."""
    return [
        proposal(
            f"{WORDS[plan.name]}: {plan.proposal.words[0].lower()}{plan.proposal.words[1:-1]}",
            plan.proposal.edits,
            f"Applied: {plan.proposal.words}",
        )
        for plan in reversed(found.plans)
        if plan.proposal.edits
    ]


PANEL = Panel(
    slug="exercise-plan",
    name="Exercise plan",
    title="In which years should a grant be exercised?",
    needs="There is no grant with shares left to exercise: add one, or reduce an exercise first.",
    is_possible=lambda scenario: bool(open_grants(scenario)),
    controls=ExercisePlanControls,
    answer=answer,
)
