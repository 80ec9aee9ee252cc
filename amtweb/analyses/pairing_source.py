"""What a paired gain comes from, and what realizing it changes in the document."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amtweb.scenarios.charts.money_words import dollars
from calculator.analysis.pairing import gain_per_share, source_of, whole_dollars
from calculator.analysis.what_if import with_facts

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.scenario import Holding

LONG, SHORT, HOLDING = "long", "short", "holding:"


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

    @property
    def field(self) -> str:
        """The input of a year that a gain without a holding is added to."""
        return "long_term_gain" if self.long_term else "short_term_gain"

    @property
    def kind(self) -> str:
        """What kind of gain it is, in words."""
        return "long-term gain" if self.long_term else "short-term gain"

    def standing(self, year: int) -> float:
        """The gain of this kind that the year has already."""
        facts = next(facts for facts in self.scenario.years if facts.year == year)
        return float(getattr(facts, self.field))

    def without_standing(self, year: int) -> Scenario:
        """The scenario with that gain left out."""
        return with_facts(self.scenario, year, **{self.field: 0.0})

    def realize(self, scenario: Scenario, year: int, gain: float) -> Scenario:
        """A scenario with the gain in the year."""
        source = source_of(self.scenario, self.holding_id, long_term=self.long_term)
        return source.realize(scenario, year, gain)  # type: ignore[arg-type]

    def edit(self, year: int, gain: float) -> dict[str, Any]:
        """The edit that realizes a gain in a year."""
        if self.holding is None:
            place = next(i for i, facts in enumerate(self.scenario.years) if facts.year == year)
            value = round(self.standing(year) + gain, 2)
            return {"path": f"years[{place}].{self.field}", "value": value}
        sale = {
            "from": self.holding.id,
            "date": f"{year}-12-31",
            "shares": self.shares(gain),
            "price": float(self.holding.price or 0.0),
        }
        return {"path": "sales[+]", "value": sale}

    def shares(self, gain: float) -> float:
        """Whole shares, rounded down, so that no more are sold than are held."""
        assert self.holding is not None  # noqa: S101  (only then there are shares)
        return float(math.floor(gain / gain_per_share(self.holding) + 1e-3))

    def to_realize(self, gain: float) -> float:
        """What can be realized of a gain: whole dollars, or whole shares."""
        if self.holding is None:
            return whole_dollars(gain)
        return self.shares(gain) * gain_per_share(self.holding)

    def words(self, gain: float) -> str:
        """What realizing the gain is called, to begin a sentence."""
        if self.holding is None:
            return f"Realize {dollars(gain)} of {self.kind}"
        return f"Sell {self.shares(gain):,.0f} shares ({dollars(gain)} of gain)"


def source_asked(scenario: Scenario, asked: str) -> Source:
    """What was chosen under \u201cKind of gain\u201d."""
    if asked.startswith(HOLDING):
        wanted = asked.removeprefix(HOLDING)
        holding = next(each for each in scenario.holdings if each.id == wanted)
        return Source(scenario, holding, long_term=True)
    return Source(scenario, None, long_term=asked != SHORT)


def holding_words(holding: Holding) -> str:
    """A holding to choose: its gain per share, and since when it is held."""
    name = holding.label or "Holding"
    return (
        f"{name}: ${gain_per_share(holding):,.2f} a share on {float(holding.shares):,.0f} shares,"
        f" held since {holding.acquired}"
    )
