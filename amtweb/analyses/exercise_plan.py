"""Spreading the exercise of a grant over years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.analyses.controls import AmountField, Controls, PercentageField, YearField
from amtweb.analyses.panel import Panel, Proposal, proposal, reduced_sales
from amtweb.analyses.plan_words import shares_by_year
from amtweb.analyses.tables import Table, TableRow
from amtweb.analyses.year_bars import Series, YearBars, year_bars
from amtweb.scenarios.charts.curve import DOLLARS, SHARES, Unit
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.editor.wording import write_percentage
from calculator.analysis.exercise_plan import Limits, exercise_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculator import Scenario
    from calculator.analysis.exercise_plan import ExercisePlan, Plan
    from calculator.scenario import Exercise, Grant

WORDS = {"lump": "All at once", "even": "Evenly", "optimized": "Least tax"}
YEARS_AT_FIRST = 5
LEFT, ANEW = "left:", "anew:"


class ExercisePlanControls(Controls):
    grant = forms.ChoiceField(label="Grant")
    first_year = YearField(label="From")
    last_year = YearField(label="To")
    value = AmountField(label="Value a share $", help_text="In the first of these years")
    growth = PercentageField(label="Growth a year %", required=False, least=None)
    amt = AmountField(label="AMT a year $", required=False, help_text="At most; blank: no limit")
    cash = AmountField(label="Cash a year $", required=False, help_text="For strike and tax")
    shares_left = AmountField(label="Shares to leave", required=False)
    credit_value = PercentageField(
        label="Credit left is worth %", required=False, help_text="After the last year"
    )

    def defaults(self) -> dict[str, str]:
        asked = to_plan(self.scenario)[0]
        grant = asked.grant
        first = max(self.scenario.years[0].year, grant.date.year)
        last = min(first + YEARS_AT_FIRST - 1, self.scenario.years[-1].year)
        return {
            "grant": asked.choice,
            "first_year": str(first),
            "last_year": str(last),
            "value": f"{value_of(self.scenario, grant):,.12g}",
            "growth": "0",
            "credit_value": write_percentage(self.scenario.assumptions.credit_value),
        }

    def offer(self) -> None:
        years = [(facts.year, str(facts.year)) for facts in self.scenario.years]
        self.choose_from("first_year", years)
        self.choose_from("last_year", years)
        self.choose_from("grant", [(each.choice, each.words) for each in to_plan(self.scenario)])


@dataclass(frozen=True)
class Planned:
    """Shares of a grant to plan: those not exercised yet, or with those exercised in its years."""

    scenario: Scenario
    grant: Grant
    anew: bool

    @property
    def choice(self) -> str:
        """As the control names it."""
        return f"{ANEW if self.anew else LEFT}{self.grant.id}"

    @property
    def words(self) -> str:
        """As the control says it."""
        name = self.grant.label or self.grant.kind.upper()
        if self.anew:
            return f"{name}: {self.shares:,.0f} shares, its exercises planned anew"
        return f"{name}: {self.shares:,.0f} shares not exercised yet"

    @property
    def replaced(self) -> dict[int, Exercise]:
        """The exercises that the plan takes the place of, by their places in the document."""
        first = self.scenario.years[0].year
        return {
            place: each
            for place, each in enumerate(self.scenario.exercises)
            if self.anew and each.grant == self.grant.id and each.date.year >= first
        }

    @property
    def without(self) -> Scenario:
        """The scenario without the replaced exercises and the sales of their shares."""
        gone = {each.id for each in self.replaced.values()}
        return replace(
            self.scenario,
            exercises=tuple(each for each in self.scenario.exercises if each.id not in gone),
            sales=tuple(each for each in self.scenario.sales if each.source not in gone),
        )

    @property
    def shares(self) -> float:
        """Granted, less exercised otherwise."""
        exercised = (each for each in self.without.exercises if each.grant == self.grant.id)
        return float(self.grant.shares) - sum(float(each.shares) for each in exercised)

    def edits(self, plan: Plan) -> list[dict[str, Any]]:
        """The plan in the document.

        An exercise that is replaced becomes that of the plan in its year, or one of no shares; its
        sales are reduced in proportion if they sell more.
        """
        added = {int(edit["value"]["date"][:4]): edit for edit in plan.proposal.edits}
        edits: list[dict[str, Any]] = []
        for place, each in self.replaced.items():
            value = added.pop(each.date.year, {"value": {}})["value"]
            shares = float(value.get("shares", 0.0))
            edits.append({"path": f"exercises[{place}].shares", "value": shares})
            if value:
                price = value["fair_market_value"]
                edits.append({"path": f"exercises[{place}].fair_market_value", "value": price})
            edits += reduced_sales(self.scenario, each.id, shares)
        return [*edits, *added.values()]


def to_plan(scenario: Scenario) -> list[Planned]:
    """What can be planned of each grant made before the last year ends."""
    last = scenario.years[-1].year
    grants = [grant for grant in scenario.grants if grant.date.year <= last]
    choices = [Planned(scenario, grant, anew) for anew in (False, True) for grant in grants]
    return [each for each in choices if each.shares > 0 and (each.replaced if each.anew else True)]


def value_of(scenario: Scenario, grant: Grant) -> float:
    """What a share was worth when last the scenario said so."""
    known = [(each.date, float(each.fair_market_value)) for each in scenario.exercises]
    if known:
        return max(known)[1]
    at_grant = grant.fair_market_value
    return float(grant.strike) if at_grant is None else float(at_grant)


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The three plans side by side."""
    planned = next(each for each in to_plan(scenario) if each.choice == asked["grant"])
    found = exercise_plan(
        planned.without,
        planned.grant.id,
        asked["first_year"],
        asked["last_year"],
        asked["value"],
        growth=asked["growth"] or 0.0,
        limits=Limits(amt=asked["amt"], cash=asked["cash"]),
        shares_left=asked["shares_left"] or 0.0,
        credit_value=asked["credit_value"] or 0.0,
    )
    said = sentences(found)
    if planned.replaced:
        said.append("The plans take the place of the exercises of this grant; its sales wait.")
    return {
        "sentences": said,
        "shares": bars(found, said, "Shares exercised", lambda plan: plan.shares, SHARES),
        "amt": bars(found, said, "AMT of each year", lambda plan: plan.amt, DOLLARS),
        "table": table(found),
        "proposals": proposals(found, planned),
    }


def whole_shares(number: float) -> str:
    """Shares without a fraction, as in the pictures."""
    return f"{number:,.0f}"


def sentences(found: ExercisePlan) -> list[str]:
    """What the best plan saves over the other two."""
    best, lump, even = found.plan("optimized"), found.plan("lump"), found.plan("even")
    said = [f"Least tax: exercise {shares_by_year(found.years, best.shares)}."]
    exercised = sum(best.shares)
    if exercised < found.shares - 1:
        said.append(
            f"The limits leave room for {exercised:,.0f} of {found.shares:,.0f} shares in these"
            " years."
        )
    saves_lump, saves_even = (other.present_value - best.present_value for other in (lump, even))
    if exercised >= found.shares - 1 and max(saves_lump, saves_even) >= 1:
        than_even = f"{dollars(saves_even)} less than" if saves_even >= 1 else "as much as"
        said.append(
            f"Over all years that costs {dollars(saves_lump)} less than all at once, and"
            f" {than_even} evenly."
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
    unit: Unit,
) -> YearBars:
    """The plans beside one another in each year."""
    return year_bars(
        title.split(maxsplit=1)[0].lower(),
        title,
        " ".join(said),
        found.years,
        [Series(WORDS[plan.name], amounts(plan)) for plan in found.plans],
        unit=unit,
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


def proposals(found: ExercisePlan, planned: Planned) -> list[Proposal]:
    """Each plan as exercises."""
    kinds = {shares_by_year(found.years, plan.shares): plan for plan in found.plans}
    return [
        proposal(
            f"{WORDS[plan.name]}: exercise {shares}",
            planned.edits(plan),
            f"Applied: exercise {shares}.",
        )
        for shares, plan in reversed(kinds.items())
        if plan.proposal.edits
    ]


PANEL = Panel(
    slug="exercise-plan",
    name="In which years",
    title="In which years should a grant be exercised?",
    needs="There is no grant with shares to exercise in these years: add one first.",
    is_possible=lambda scenario: bool(to_plan(scenario)),
    controls=ExercisePlanControls,
    answer=answer,
)
