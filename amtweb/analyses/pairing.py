"""Pairing other gains with the AMT capital loss, and what else brings the credit back sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django import forms

from amtweb.analyses.controls import AmountField, Controls, YearField
from amtweb.analyses.pairing_source import (
    HOLDING,
    LONG,
    SHORT,
    holding_words,
    source_asked,
)
from amtweb.analyses.pairing_tables import (
    can_apply,
    cases_table,
    spread_table,
    way_proposal,
    ways_table,
)
from amtweb.analyses.pairing_words import (
    entered_words,
    judge,
    judged_words,
    saves,
    sentences,
    spread_words,
    terms,
)
from amtweb.analyses.panel import Panel, Proposal, plain_words, proposal, slider_edit
from amtweb.scenarios.charts.curve import Curve, Line, Mark, curve_figure
from amtweb.scenarios.charts.money_words import counts
from amtweb.scenarios.charts.palette import (
    ERODED,
    MINIMUM,
    NET_INVESTMENT,
    QUIET,
    REGULAR,
    STATE,
    TOTAL,
    USED,
)
from amtweb.scenarios.gain_words import more_than
from amtweb.scenarios.sooner_words import year_to_act_in
from amtweb.scenarios.ways_words import ways_words
from calculator import evaluate
from calculator.analysis.credit_sooner import LONG_TERM, ORDINARY, ways_sooner
from calculator.analysis.pairing import (
    absorbing_gain,
    absorbing_gain_of,
    gain_per_share,
    pairing,
    whole_dollars,
)
from calculator.analysis.spread import spread
from calculator.analysis.what_if import year_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from amtweb.analyses.pairing_source import Source
    from calculator import Scenario, ScenarioResult
    from calculator.analysis.credit_sooner import Way
    from calculator.analysis.pairing import Pairing
    from calculator.analysis.spread import Spread
    from calculator.analysis.spread import Way as Division

SUPPOSED = 100_000.0
"""Dollars of gain to look at where no AMT loss says how much."""


class PairingControls(Controls):
    year = YearField(label="Take the gain in")
    source = forms.ChoiceField(label="Kind of gain")
    upto = AmountField(
        label="Gains up to $",
        required=False,
        help_text="Blank: twice the AMT loss, or all there is",
    )
    otherwise = YearField(
        label="Otherwise in",
        required=False,
        help_text="When you would take the same gain if not then",
    )
    parts = AmountField(
        label="In parts: gain $",
        required=False,
        help_text="Compared in one year and over several; blank: the one proposed",
    )

    def defaults(self) -> dict[str, str]:
        result = evaluate(self.scenario)
        losses = {year.year: absorbing_gain(result, year.year) for year in result.years}
        if any(loss > 0 for loss in losses.values()):
            year = max(losses, key=lambda each: losses[each])
            return {"year": str(year), "source": LONG}
        credit = max(result.years, key=lambda each: float(each.credit_available))
        return {"year": str(year_to_act_in(result) or credit.year), "source": LONG}

    def offer(self) -> None:
        years = [(facts.year, str(facts.year)) for facts in self.scenario.years]
        holdings = [
            (HOLDING + holding.id, holding_words(holding))
            for holding in self.scenario.holdings
            if gain_per_share(holding) > 0
        ]
        self.choose_from("year", years)
        self.choose_from("otherwise", [("", "Never"), *years])
        self.choose_from(
            "source",
            [(LONG, "Any long-term gain"), (SHORT, "Any short-term gain"), *holdings],
        )


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """Whether gains help, what the proposed one does, and what can be applied."""
    source = source_asked(scenario, asked["source"])
    plain = evaluate(scenario)
    ways = ways_sooner(scenario, asked["year"]) if can_have_ways(source, plain, asked) else ()
    if ways and not is_enough(source, ways):
        return {
            "sentences": [*entered_words(source, plain), *ways_words(ways, scenario)],
            "ways": ways_table(ways, scenario),
            "proposals": [way_proposal(scenario, way) for way in ways if can_apply(way)],
        }
    found = pairing(
        scenario,
        asked["year"],
        holding=source.holding_id,
        upto=asked["upto"] or looked_at(source, plain, asked["year"], ways),
        otherwise=asked["otherwise"],
        long_term=source.long_term,
        also=tuple(way.amount for way in ways),
    )
    if found.gain.size == 1:
        return {"refusal": "All shares of this holding are sold already: choose another gain."}
    gain = source.to_realize(main_gain(source, found, ways))
    divided = spread(
        scenario,
        found.year,
        asked["parts"] or gain or float(found.gain[-1]),
        holding=source.holding_id,
        long_term=source.long_term,
    )
    judged = judge(source, plain, found.year, gain, asked["otherwise"], float(found.gain[-1]))
    said = [
        *entered_words(source, plain, found.year),
        *judged_words(judged),
        *terms(source, found.year),
        *sentences(found, gain),
        *spread_words(divided),
    ]
    return {
        "found": found,
        "sentences": said,
        "figure": figure(found, said, gain),
        "cases": cases_table(found, judged),
        "divided": divided,
        "spread": spread_table(divided),
        "proposals": proposals(source, found, divided, gain),
        "slider": slider(source, found),
    }


def can_have_ways(source: Source, plain: ScenarioResult, asked: dict[str, Any]) -> bool:
    """Whether there is a credit, and nothing else about the gain is asked."""
    if source.holding is not None or asked["otherwise"] or asked["upto"]:
        return False
    year = year_of(plain, asked["year"])
    return (
        absorbing_gain_of(year) < 1
        and counts(float(year.credit_available))
        and counts(float(year.credit_balance))
    )


def is_enough(source: Source, ways: tuple[Way, ...]) -> bool:
    """Whether gains of the kind asked about are among what brings the credit back sooner."""
    return any(way.effect.is_sooner for way in ways if way.kind == kind_of(source))


def kind_of(source: Source) -> str:
    """The way that a gain of this source is."""
    return LONG_TERM if source.long_term else ORDINARY


def looked_at(
    source: Source, plain: ScenarioResult, year: int, ways: tuple[Way, ...]
) -> float | None:
    """Up to which gain to look where nothing says so; None for twice the AMT loss."""
    if source.holding is not None or absorbing_gain(plain, year) >= 1:
        return None
    return 1.5 * next((way.amount for way in ways if way.kind == kind_of(source)), SUPPOSED)


def main_gain(source: Source, found: Pairing, ways: tuple[Way, ...]) -> float:
    """The gain that the AMT loss absorbs; without any, what helps, or all that is looked at."""
    largest = float(found.gain[-1])
    enough = (way.amount for way in ways if way.kind == kind_of(source))
    gain = found.absorbing_gain or next(enough, found.best_gain or found.free_gain or largest)
    return min(gain, largest)


def figure(found: Pairing, said: list[str], start: float) -> Curve:
    """The gain against the credit and the taxes."""

    def more(name: str, values: npt.NDArray[np.float64]) -> list[float]:
        return [more_than(found.at_no_gain[name], float(each)) for each in values]

    def tax(kind: str) -> list[float]:
        return more(kind, found.extra_tax[kind])

    def used(values: npt.NDArray[np.float64]) -> list[float]:
        return [more_than(alone, float(each) - alone) for each in values]

    this_year = more("net_cost_this_year", found.net_cost_this_year)
    marks = [
        Mark(found.absorbing_gain, "AMT loss used up"),
        Mark(found.best_gain, "least tax"),
    ]
    if whole_dollars(found.free_gain) != whole_dollars(found.absorbing_gain):
        marks.append(Mark(found.free_gain, "credit pays it up to here"))
    alone = found.alone.credit_used
    uncapped = found.uncapped.credit_used
    if np.abs(uncapped - found.credit_used).max() < 1:
        uncapped = np.full_like(uncapped, alone)
    return curve_figure(
        "pairing",
        f"Extra gain in {found.year}",
        plain_words(said),
        x_name="Gain",
        x=found.gain.tolist(),
        lines=[
            Line("Added regular tax", tax("regular_tax"), REGULAR),
            Line("Added credit used", used(found.credit_used), USED),
            Line(
                "Added credit used without the yearly loss limit",
                used(uncapped),
                QUIET,
                "dot",
            ),
            Line("Added AMT", tax("amt"), MINIMUM),
            Line(
                "Added investment income tax",
                tax("net_investment_income_tax"),
                NET_INVESTMENT,
                "dash",
            ),
            Line("Added state tax", found.extra_tax["state_tax"].tolist(), STATE, "dot"),
            Line("Credit eroded", found.credit_eroded.tolist(), ERODED, "dot"),
            Line("Net cost over the years", more("net_cost", found.net_cost), TOTAL, "dashdot"),
            Line("Net cost this year", this_year, QUIET, "none"),
            Line("AMT loss left", found.amt_loss_left.tolist(), QUIET, "none"),
            Line("Credit left at the end", found.credit_left.tolist(), QUIET, "none"),
        ],
        marks=[mark for mark in marks if 0 < mark.x < found.gain[-1]],
        start=start,
    )


def proposals(source: Source, found: Pairing, divided: Spread, main: float) -> list[Proposal]:
    """The gain where the slider stands, another of less tax, and the best division over years."""
    gains = {main: True}
    best = source.to_realize(found.best_gain)
    if best >= 1 and abs(best - main) >= 1:
        gains[best] = False
    offered = [
        proposal(
            f"{source.words(gain)} in {found.year}{'' if on_slider else ': least tax'}",
            [source.edit(found.year, gain)],
            f"Applied: {source.words(gain)} in {found.year}.",
            on_slider=on_slider,
        )
        for gain, on_slider in gains.items()
        if gain >= 1
    ]
    if saves(divided) >= 1:
        offered.append(division(source, divided.best))
    return offered


def division(source: Source, way: Division) -> Proposal:
    """A part of the gain in each of some years."""
    years = f"{way.years[0]} to {way.years[-1]}"
    return proposal(
        f"{source.words(way.part)} a year from {years}",
        [source.edit(year, way.part) for year in way.years],
        f"Applied: {source.words(way.part)} a year from {years}.",
    )


def slider(source: Source, found: Pairing) -> str:
    """The gain at which the slider stands, realized."""
    edit = source.edit(found.year, 0.0)
    if source.holding is None:
        return slider_edit(f"Realize {{}} of {source.kind} in {found.year}", edit, "added")
    each = gain_per_share(source.holding)
    return slider_edit(f"Sell {{}} shares in {found.year}", edit, "sold", gainPerShare=each)


PANEL = Panel(
    slug="pairing",
    name="Pair other gains",
    title="Do other gains bring the credit back sooner?",
    needs="",
    is_possible=lambda _: True,
    controls=PairingControls,
    answer=answer,
)
