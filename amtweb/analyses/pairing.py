"""Pairing other gains with the AMT capital loss."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
from django import forms

from amtweb.analyses.controls import AmountField, Controls, YearField
from amtweb.analyses.panel import Panel, Proposal, proposal
from amtweb.scenarios.charts.curve import Line, Mark, curve_figure
from amtweb.scenarios.charts.palette import CREDIT, ERODED, MINIMUM, REGULAR, USED
from amtweb.scenarios.headline import dollars
from calculator import evaluate
from calculator.analysis.pairing import absorbing_gain, gain_per_share, pairing

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.analysis.pairing import Pairing

INVESTMENT = "net_investment_income_tax"


class PairingControls(Controls):
    year = YearField(label="Gain realized in")
    source = forms.ChoiceField(label="From", required=False)
    upto = AmountField(
        label="Up to $", required=False, help_text="Blank: twice the AMT loss, or all there is"
    )
    otherwise = YearField(label="Otherwise sold", required=False)

    def defaults(self) -> dict[str, str]:
        losses = {year.year: absorbing_gain(self.result, year.year) for year in self.result.years}
        return {"year": str(max(losses, key=lambda year: losses[year]))}

    def offer(self) -> None:
        years = [(facts.year, str(facts.year)) for facts in self.scenario.years]
        holdings = [
            (holding.id, holding.label or f"Held since {holding.acquired}")
            for holding in self.scenario.holdings
            if gain_per_share(holding) > 0
        ]
        self.choose_from("year", years)
        self.choose_from("otherwise", [("", "Never"), *years])
        self.choose_from("source", [("", "Any long-term gain"), *holdings])

    @property
    def result(self) -> Any:
        """The scenario as it is."""
        return evaluate(self.scenario)


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The curve, its marks in words, and what can be applied."""
    found = pairing(
        scenario,
        asked["year"],
        holding=asked["source"] or None,
        upto=asked["upto"],
        otherwise=asked["otherwise"],
    )
    if found.gain.size == 1:
        return {
            "refusal": f"There is no AMT capital loss in {found.year} to pair a gain with: say how"
            " much gain to look at under \u201cUp to\u201d."
        }
    return {
        "found": found,
        "sentences": sentences(found),
        "figure": figure(found),
        "proposals": proposals(scenario, found, asked["source"]),
        "slider_edit": slider_edit(scenario, found, asked["source"]),
    }


def sentences(found: Pairing) -> list[str]:
    """What the marks mean."""
    said = []
    if found.absorbing_gain > 0:
        said.append(
            f"Up to {dollars(found.absorbing_gain)} of gain, the AMT capital loss absorbs it:"
            " tentative minimum tax stays where it is."
        )
    if found.free_gain > 0:
        at_free = float(np.interp(found.free_gain, found.gain, found.net_cost_this_year))
        said.append(
            f"Up to {dollars(found.free_gain)}, added credit pays all the added regular tax;"
            f" what it costs in {found.year} is {dollars(at_free)} of other tax."
        )
    eroded = float(found.credit_eroded.max() - found.credit_eroded[0])
    if eroded >= 1:
        start = found.gain[np.flatnonzero(found.credit_eroded > found.credit_eroded[0] + 1)[0]]
        said.append(
            f"From about {dollars(float(start))} on, the gain erodes the credit, by up to"
            f" {dollars(eroded)}: spreading it over years avoids that."
        )
    if found.best_gain > 0:
        at_best = float(np.interp(found.best_gain, found.gain, found.net_cost))
        said.append(
            f"All taxes together are least, {dollars(-at_best)} lower, with a gain of"
            f" {dollars(found.best_gain)}."
        )
    return said


def figure(found: Pairing) -> Any:
    """The gain against the credit and the taxes."""
    tax = found.extra_tax
    marks = [
        Mark(found.absorbing_gain, "absorbed"),
        Mark(found.free_gain, "free"),
        Mark(found.best_gain, "best"),
    ]
    return curve_figure(
        "pairing",
        f"Extra gain in {found.year}",
        " ".join(sentences(found)),
        x_name="Gain",
        x=found.gain.tolist(),
        lines=[
            Line("Added regular tax", tax["regular_tax"].tolist(), REGULAR),
            Line("Added credit used", (found.credit_used - found.credit_used[0]).tolist(), USED),
            Line("Added investment income tax", tax[INVESTMENT].tolist(), MINIMUM, "dash"),
            Line("Credit eroded", found.credit_eroded.tolist(), ERODED, "dot"),
            Line("Net cost over the years", found.net_cost.tolist(), CREDIT, "dashdot"),
        ],
        marks=[mark for mark in marks if 0 < mark.x < found.gain[-1]],
    )


def proposals(scenario: Scenario, found: Pairing, source: str) -> list[Proposal]:
    """The marks as gains to realize."""
    if source:
        return []
    path, standing = standing_gain(scenario, found)
    marks = {
        round(gain, 2): name
        for name, gain in (
            ("absorbed by the AMT loss", found.absorbing_gain),
            ("paid by the credit", found.free_gain),
            ("with the least tax", found.best_gain),
        )
        if gain > 0
    }
    return [
        proposal(
            f"Add {dollars(gain)} of gain in {found.year} ({name})",
            [{"path": path, "value": round(standing + gain, 2)}],
            f"Added {dollars(gain)} of long-term gain in {found.year}.",
        )
        for gain, name in marks.items()
    ]


def slider_edit(scenario: Scenario, found: Pairing, source: str) -> str:
    """The edit that the slider completes: the gain it stands at is added to the value."""
    if source:
        return ""
    path, standing = standing_gain(scenario, found)
    return json.dumps({"edits": [{"path": path, "value": standing}]})


def standing_gain(scenario: Scenario, found: Pairing) -> tuple[str, float]:
    """Where the year's long-term gain stands in the document, and what it is."""
    place = next(i for i, facts in enumerate(scenario.years) if facts.year == found.year)
    return f"years[{place}].long_term_gain", float(scenario.years[place].long_term_gain)


PANEL = Panel(
    slug="pairing",
    name="Pair gains",
    title="What does a further capital gain do to the credit?",
    needs="",
    is_possible=lambda _: True,
    controls=PairingControls,
    answer=answer,
)
