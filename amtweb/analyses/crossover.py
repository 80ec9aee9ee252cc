"""How many shares can be exercised before AMT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django import forms

from amtweb.analyses.controls import AmountField, Controls
from amtweb.analyses.panel import Panel, Proposal, proposal, reduced_sales, slider_edit
from amtweb.scenarios.charts.curve import SHARES, Curve, Line, Mark, curve_figure
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.charts.palette import MINIMUM, REGULAR, USED
from amtweb.scenarios.editor.wording import write_day
from calculator.analysis.crossover import crossover
from calculator.analysis.what_if import (
    evaluate_batch,
    exercise_of,
    passing_through,
    through,
    whole,
    with_exercise,
    without_sales_from,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    from calculator import Scenario
    from calculator.analysis.crossover import Crossover

POINTS = 201


class CrossoverControls(Controls):
    exercise = forms.ChoiceField(label="Exercise")
    budget = AmountField(label="AMT budget $", required=False, help_text="AMT you would accept")

    def defaults(self) -> dict[str, str]:
        return {"exercise": modelled(self.scenario)[0].id}

    def offer(self) -> None:
        grants = {grant.id: grant.label or "Option" for grant in self.scenario.grants}
        self.choose_from(
            "exercise",
            [
                (each.id, f"{grants[each.grant]}, {write_day(each.date)}")
                for each in modelled(self.scenario)
            ],
        )


def modelled(scenario: Scenario) -> list[Any]:
    """The exercises in the years of the scenario."""
    first = scenario.years[0].year
    return [each for each in scenario.exercises if each.date.year >= first]


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The points, in words, as numbers of shares to take over, and along a curve."""
    found = crossover(scenario, asked["exercise"], budget=asked["budget"])
    points = [
        ("Without AMT", found.shares),
        (f"With at most {dollars(asked['budget'] or 0)} of AMT", found.shares_for_budget),
        ("Without taking credit away", found.shares_before_credit_shrinks),
    ]
    if asked["budget"] is None:
        del points[1]
    lot = Lot(scenario, asked["exercise"])
    context: dict[str, Any] = {
        "sentences": sentences(found),
        "found": found,
        "points": [
            (words, shares, None if shares is None else int(shares) * found.spread)
            for words, shares in points
        ],
        "proposals": proposals(found, lot),
    }
    if found.shares_available > 0:
        context["figure"] = figure(scenario, found)
        edit = {"path": lot.path, "value": 0}
        context["slider"] = slider_edit("Exercise {}", edit, "set", sales=lot.sales)
    return context


@dataclass(frozen=True)
class Lot:
    """Where the shares of an exercise and of its sales stand in the document."""

    scenario: Scenario
    exercise: str

    @property
    def path(self) -> str:
        """Of the number of shares exercised."""
        ids = [each.id for each in self.scenario.exercises]
        return f"exercises[{ids.index(self.exercise)}].shares"

    @property
    def sales(self) -> dict[str, float]:
        """By path, the shares of each sale."""
        return {
            f"sales[{place}].shares": float(sale.shares)
            for place, sale in enumerate(self.scenario.sales)
            if sale.source == self.exercise
        }

    def edits(self, shares: int) -> list[dict[str, Any]]:
        """Exercises so many; if more than that is sold, the sales are reduced in proportion."""
        edit = {"path": self.path, "value": shares}
        return [edit, *reduced_sales(self.scenario, self.exercise, shares)]


def sentences(found: Crossover) -> list[str]:
    """The crossover in words."""
    available = f"{found.shares_available:,.0f} options"
    if found.spread <= 0:
        return ["The option is not worth more than its strike: its exercise causes no AMT."]
    if found.shares is None:
        return [f"All {available} can be exercised in {found.year} without any AMT."]
    said = [
        f"In {found.year}, {int(found.shares):,} of {available} can be exercised before AMT begins,"
        f" with {dollars(int(found.shares) * found.spread)} of spread."
    ]
    if found.shares < 1:
        said = [f"Every option exercised in {found.year} adds AMT."]
    shrinks = found.shares_before_credit_shrinks
    if shrinks is not None and shrinks + 1 < found.shares:
        said.append(
            f"From {int(shrinks):,} options on, the exercise takes room from the credit of earlier"
            " years, although no AMT is due yet."
        )
    return said


def figure(scenario: Scenario, found: Crossover) -> Curve:
    """The shares exercised against AMT and the credit used, the sales of them left out."""
    alone = without_sales_from(through(scenario, found.year), found.exercise)
    shares = whole_points(found)
    size = shares.size
    year = evaluate_batch(with_exercise(alone, found.exercise, shares=shares), size).years[-1]
    exercised = float(exercise_of(scenario, found.exercise).shares)
    marks = [
        Mark(amount, words)
        for amount, words in (
            (found.shares, "AMT begins"),
            (found.shares_for_budget, "budget"),
            (found.shares_before_credit_shrinks, "less credit"),
        )
        if amount is not None
    ]
    return curve_figure(
        "crossover",
        f"Options exercised in {found.year}",
        " ".join(sentences(found)),
        x_name="Options",
        x=shares.tolist(),
        unit=SHARES,
        start=exercised,
        lines=[
            Line("Regular tax", whole(year.regular_tax, size).tolist(), REGULAR),
            Line(
                "Tentative minimum tax",
                whole(year.tentative_minimum_tax, size).tolist(),
                MINIMUM,
                "dash",
            ),
            Line("AMT", whole(year.amt, size).tolist(), MINIMUM, "dot"),
            Line("Credit used", whole(year.credit_used, size).tolist(), USED, "dashdot"),
        ],
        marks=marks,
    )


def whole_points(found: Crossover) -> npt.NDArray[np.float64]:
    """Whole shares from none to all, those of the marks among them."""
    marks = (found.shares, found.shares_for_budget, found.shares_before_credit_shrinks)
    spaced = np.floor(np.linspace(0.0, found.shares_available, POINTS))
    spaced[-1] = found.shares_available
    return passing_through(np.unique(spaced), [int(each) for each in marks if each is not None])


def proposals(found: Crossover, lot: Lot) -> list[Proposal]:
    """Whole shares, so that nothing is due."""
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
            f"Exercise {shares:,} options ({name})",
            lot.edits(shares),
            f"The exercise is now of {shares:,} options.",
        )
        for shares, name in wanted.items()
    ]


PANEL = Panel(
    slug="crossover",
    name="How many before AMT",
    title="How many options can be exercised before AMT begins?",
    needs="There is no exercise in the years of this scenario: add one first.",
    is_possible=lambda scenario: bool(modelled(scenario)),
    controls=CrossoverControls,
    answer=answer,
)
