"""Pairing other gains with the AMT capital loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django import forms

from amtweb.analyses.controls import AmountField, Controls, YearField
from amtweb.analyses.pairing_words import sentences, spread_words
from amtweb.analyses.panel import Panel, Proposal, parts_of_shares, proposal, slider_edit
from amtweb.scenarios.charts.curve import Curve, Line, Mark, curve_figure
from amtweb.scenarios.charts.money_words import dollars
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
from calculator import evaluate
from calculator.analysis.pairing import absorbing_gain, gain_per_share, pairing
from calculator.analysis.spread import spread
from calculator.equity.holding_period import is_long_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator import Scenario
    from calculator.analysis.pairing import Pairing
    from calculator.analysis.spread import Spread, Way
    from calculator.scenario import Holding

LONG, SHORT, HOLDING = "long", "short", "holding:"
SUPPOSED = 100_000.0
"""Dollars of gain to look at where no AMT loss says how much."""


class PairingControls(Controls):
    year = YearField(label="Gain realized in")
    source = forms.ChoiceField(label="From")
    upto = AmountField(
        label="Up to $", required=False, help_text="Blank: twice the AMT loss, or all there is"
    )
    otherwise = YearField(
        label="Else sold in", required=False, help_text="If it is not sold now: later, or never"
    )
    parts = AmountField(
        label="Gain to divide $", required=False, help_text="Over years; blank: the best one"
    )

    def defaults(self) -> dict[str, str]:
        result = evaluate(self.scenario)
        losses = {year.year: absorbing_gain(result, year.year) for year in result.years}
        if any(loss > 0 for loss in losses.values()):
            year = max(losses, key=lambda each: losses[each])
            return {"year": str(year), "source": LONG}
        credit = max(result.years, key=lambda each: float(each.credit_available))
        return {"year": str(credit.year), "source": LONG, "upto": f"{SUPPOSED:,.0f}"}

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


@dataclass(frozen=True)
class Source:
    """What the gain comes from, and what a gain changes in the document."""

    scenario: Scenario
    holding: Holding | None
    long_term: bool

    @property
    def holding_id(self) -> str | None:
        """The holding as the engine is asked for it."""
        return None if self.holding is None else self.holding.id

    def edit(self, year: int, gain: float) -> dict[str, Any]:
        """The edit that realizes a gain in a year."""
        if self.holding is None:
            place = next(i for i, facts in enumerate(self.scenario.years) if facts.year == year)
            field = "long_term_gain" if self.long_term else "short_term_gain"
            standing = float(getattr(self.scenario.years[place], field))
            return {"path": f"years[{place}].{field}", "value": round(standing + gain, 2)}
        sale = {
            "from": self.holding.id,
            "date": f"{year}-12-31",
            "shares": self.shares(gain),
            "price": float(self.holding.price or 0.0),
        }
        return {"path": "sales[+]", "value": sale}

    def shares(self, gain: float) -> float:
        """Rounded down, so that no more are sold than are held."""
        assert self.holding is not None  # noqa: S101  (only then there are shares)
        return parts_of_shares(gain / gain_per_share(self.holding))

    def words(self, gain: float) -> str:
        """What realizing the gain is called, to begin a sentence."""
        if self.holding is None:
            term = "long" if self.long_term else "short"
            return f"Realize {dollars(gain)} of {term}-term gain"
        return f"Sell {self.shares(gain):,.0f} shares ({dollars(gain)} of gain)"


def holding_words(holding: Holding) -> str:
    """A holding to choose: its gain per share, and since when it is held."""
    name = holding.label or "Holding"
    return (
        f"{name}: ${gain_per_share(holding):,.2f} a share on {float(holding.shares):,.0f} shares,"
        f" held since {holding.acquired}"
    )


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The curve, its marks in words, the cases beside one another, and what can be applied."""
    source = source_asked(scenario, asked["source"])
    found = pairing(
        scenario,
        asked["year"],
        holding=source.holding_id,
        upto=asked["upto"],
        otherwise=asked["otherwise"],
        long_term=source.long_term,
    )
    if found.gain.size == 1:
        return {
            "refusal": f"There is no AMT capital loss in {found.year} to pair a gain with: say how"
            " much gain to look at under \u201cUp to\u201d."
        }
    gain = asked["parts"] or found.best_gain or main_gain(found)
    divided = spread(
        scenario, found.year, gain, holding=source.holding_id, long_term=source.long_term
    )
    return {
        "found": found,
        "sentences": [*terms(source, found.year), *sentences(found), *spread_words(divided)],
        "figure": figure(found),
        "cases": cases(found),
        "spread": divided,
        "proposals": proposals(source, found, divided),
        "slider": slider(source, found),
    }


def source_asked(scenario: Scenario, asked: str) -> Source:
    """What was chosen under \u201cFrom\u201d."""
    if asked.startswith(HOLDING):
        wanted = asked.removeprefix(HOLDING)
        holding = next(each for each in scenario.holdings if each.id == wanted)
        return Source(scenario, holding, long_term=True)
    return Source(scenario, None, long_term=asked != SHORT)


def main_gain(found: Pairing) -> float:
    """The gain that the AMT loss absorbs; without any, all that is looked at."""
    largest = float(found.gain[-1])
    return min(found.absorbing_gain or found.free_gain or largest, largest)


def terms(source: Source, year: int) -> Iterator[str]:
    """What kind of gain a holding brings by its holding period."""
    if source.holding is None:
        return
    last_day = source.holding.acquired.replace(year=year, month=12, day=31)
    term = "long" if is_long_term(source.holding.acquired, last_day) else "short"
    yield (
        f"Sold at the end of {year}, {source.holding.label or 'the holding'} brings a"
        f" {term}-term gain of ${gain_per_share(source.holding):,.2f} a share."
    )


def figure(found: Pairing) -> Curve:
    """The gain against the credit and the taxes."""
    tax = found.extra_tax
    marks = [
        Mark(found.absorbing_gain, "absorbed"),
        Mark(found.free_gain, "free"),
        Mark(found.best_gain, "best"),
    ]
    alone = found.alone.credit_used
    uncapped = found.uncapped.credit_used
    if np.abs(uncapped - found.credit_used).max() < 1:
        uncapped = np.full_like(uncapped, alone)
    return curve_figure(
        "pairing",
        f"Extra gain in {found.year}",
        " ".join(sentences(found)),
        x_name="Gain",
        x=found.gain.tolist(),
        lines=[
            Line("Added regular tax", tax["regular_tax"].tolist(), REGULAR),
            Line("Added credit used", (found.credit_used - alone).tolist(), USED),
            Line(
                "Added credit used if the loss were not capped",
                (uncapped - alone).tolist(),
                QUIET,
                "dot",
            ),
            Line("Added AMT", tax["amt"].tolist(), MINIMUM),
            Line(
                "Added investment income tax",
                tax["net_investment_income_tax"].tolist(),
                NET_INVESTMENT,
                "dash",
            ),
            Line("Added state tax", tax["state_tax"].tolist(), STATE, "dot"),
            Line("Credit eroded", found.credit_eroded.tolist(), ERODED, "dot"),
            Line("Net cost over the years", found.net_cost.tolist(), TOTAL, "dashdot"),
            Line("Net cost this year", found.net_cost_this_year.tolist(), QUIET, "none"),
            Line("AMT loss left", found.amt_loss_left.tolist(), QUIET, "none"),
            Line("Credit left at the end", found.credit_left.tolist(), QUIET, "none"),
        ],
        marks=[mark for mark in marks if 0 < mark.x < found.gain[-1]],
        start=main_gain(found) if found.absorbing_gain > 0 else None,
    )


class Case(NamedTuple):
    """A column of the three cases."""

    name: str
    credit_used: float
    credit_left: float
    credit_eroded: float | None
    amt_loss_left: float | None
    """The last two are not asked of a loss without its cap."""


def cases(found: Pairing) -> list[Case]:
    """The loss alone, paired with the gain that it absorbs, and as if it were not capped."""
    if found.alone.amt_loss_left <= 0:
        return []
    alone, gain = found.alone, main_gain(found)

    def at_gain(amounts: Any) -> float:
        return float(np.interp(gain, found.gain, amounts))

    return [
        Case(
            "Alone",
            alone.credit_used,
            alone.credit_left,
            alone.credit_eroded,
            alone.amt_loss_left,
        ),
        Case(
            f"Paired with {dollars(gain)}",
            at_gain(found.credit_used),
            at_gain(found.credit_left),
            at_gain(found.credit_eroded),
            at_gain(found.amt_loss_left),
        ),
        Case(
            "Alone, if the loss were not capped",
            float(found.uncapped.credit_used[0]),
            float(found.uncapped.credit_left[0]),
            None,
            None,
        ),
    ]


def proposals(source: Source, found: Pairing, divided: Spread) -> list[Proposal]:
    """The marks as gains to realize, and the best division over years."""
    largest = float(found.gain[-1])
    marks = {
        round(gain, 2): name
        for name, gain in (
            ("absorbed by the AMT loss", found.absorbing_gain),
            ("paid by the credit", found.free_gain),
            ("with the least tax", found.best_gain),
        )
        if 0 < gain <= largest
    }
    offered = [
        proposal(
            f"{source.words(gain)} in {found.year}: {name}",
            [source.edit(found.year, gain)],
            f"Applied: {source.words(gain)} in {found.year}.",
        )
        for gain, name in marks.items()
    ]
    best = divided.best
    if divided.ways[0].net_cost - best.net_cost >= 1:
        offered.append(division(source, best))
    return offered


def division(source: Source, way: Way) -> Proposal:
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
        return slider_edit("Realize {} of gain", edit, "added")
    each = gain_per_share(source.holding)
    return slider_edit("Sell shares with {} of gain", edit, "sold", gainPerShare=each)


PANEL = Panel(
    slug="pairing",
    name="Pair other gains",
    title="Do other gains bring the credit back sooner?",
    needs="",
    is_possible=lambda _: True,
    controls=PairingControls,
    answer=answer,
)
