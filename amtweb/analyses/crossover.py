"""How many shares can be exercised before AMT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.analyses.controls import AmountField, Controls
from amtweb.analyses.panel import Panel, Proposal, proposal
from amtweb.scenarios.headline import dollars
from calculator.analysis.crossover import crossover

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.analysis.crossover import Crossover


class CrossoverControls(Controls):
    exercise = forms.ChoiceField(label="Exercise")
    budget = AmountField(label="AMT budget $", required=False, help_text="AMT you would accept")

    def defaults(self) -> dict[str, str]:
        return {"exercise": modelled(self.scenario)[0].id}

    def offer(self) -> None:
        grants = {grant.id: grant.label or "Option" for grant in self.scenario.grants}
        self.choose_from(
            "exercise",
            [(each.id, f"{grants[each.grant]}, {each.date}") for each in modelled(self.scenario)],
        )


def modelled(scenario: Scenario) -> list[Any]:
    """The exercises in the years of the scenario."""
    first = scenario.years[0].year
    return [each for each in scenario.exercises if each.date.year >= first]


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The points, in words and as numbers of shares to take over."""
    found = crossover(scenario, asked["exercise"], budget=asked["budget"])
    points = [
        ("AMT starts at", found.shares),
        (f"AMT reaches {dollars(asked['budget'] or 0)} at", found.shares_for_budget),
        ("Less credit can be used from", found.shares_before_credit_shrinks),
    ]
    if asked["budget"] is None:
        del points[1]
    return {
        "found": found,
        "points": [
            (words, shares, None if shares is None else shares * found.spread)
            for words, shares in points
        ],
        "proposals": proposals(scenario, found, asked["exercise"]),
    }


def proposals(scenario: Scenario, found: Crossover, exercise: str) -> list[Proposal]:
    """Whole shares, so that nothing is due."""
    place = next(i for i, each in enumerate(scenario.exercises) if each.id == exercise)
    wanted = {
        int(shares): name
        for name, shares in (
            ("without AMT", found.shares),
            ("within the budget", found.shares_for_budget),
            ("without touching the credit", found.shares_before_credit_shrinks),
        )
        if shares is not None and shares >= 1
    }
    return [
        proposal(
            f"Exercise {shares:,} shares ({name})",
            [{"path": f"exercises[{place}].shares", "value": shares}],
            f"The exercise is now of {shares:,} shares.",
        )
        for shares, name in wanted.items()
    ]


PANEL = Panel(
    slug="crossover",
    name="Shares before AMT",
    title="How many shares can be exercised before AMT starts?",
    needs="There is no exercise in the years of this scenario: add one first.",
    is_possible=lambda scenario: bool(modelled(scenario)),
    controls=CrossoverControls,
    answer=answer,
)
