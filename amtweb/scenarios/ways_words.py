"""What would bring a credit back sooner where no AMT loss waits for gains, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.gain_words import Added, through_words, years_in_words
from calculator.analysis.credit_sooner import ISO_SHARES, LARGEST, LONG_TERM, ORDINARY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculator import Scenario
    from calculator.analysis.credit_sooner import Way

NAMES = {
    ORDINARY: "Ordinary income, such as interest or short-term gains",
    LONG_TERM: "Long-term gains",
    ISO_SHARES: "ISO shares whose AMT basis is above their basis",
}
AMOUNTS = {
    ORDINARY: "{amount} more in {year}",
    LONG_TERM: "{amount} more in {year}",
    ISO_SHARES: "{amount} between the two, sold in {year} for their AMT basis",
}


def ways_words(ways: Sequence[Way], scenario: Scenario) -> list[str]:
    """Whether any of it pays, and a sentence for each way."""
    last = scenario.years[-1].year
    tax = through_words(scenario.years[0].year, last)
    return [_judged(ways, last), *(_way(way, tax, last) for way in ways)]


def amount_words(way: Way) -> str:
    """How much of it is meant."""
    return AMOUNTS[way.kind].format(amount=dollars(way.amount), year=way.effect.year)


def _judged(ways: Sequence[Way], last: int) -> str:
    back = ways[0].effect.before.back_in
    anyway = f"all of it is back by {back}" if back else f"some of it is left after {last}"
    if any(Added.of(way.effect).tax <= 0 for way in ways):
        return f"As things stand {anyway}. This would bring it back sooner."
    return f"As things stand {anyway}. It can come back sooner, but only with more tax in all."


def _way(way: Way, tax: str, last: int) -> str:
    added = Added.of(way.effect)
    costs = f"{tax} is {dollars(added.tax)} higher"
    if not way.effect.is_sooner:
        return (
            f"{NAMES[way.kind]}: none up to {dollars(LARGEST)} is enough. With {amount_words(way)},"
            f" {_why_not(way)}, and {costs}."
        )
    return (
        f"{NAMES[way.kind]}: with {amount_words(way)}, all of it is back {_when(way, last)};"
        f" {dollars(added.credit_used)} more of it comes back that year, and {costs}."
    )


def _when(way: Way, last: int) -> str:
    before, after = way.effect.before.back_in, way.effect.after.back_in
    if before is None or after is None:
        return f"by {after}, instead of not by {last}"
    return f"{years_in_words(before - after)} sooner, by {after}"


def _why_not(way: Way) -> str:
    used = Added.of(way.effect).credit_used
    if used > 0:
        return f"only {dollars(used)} more comes back that year"
    if used < 0:
        return (
            f"{dollars(-used)} less comes back that year, because tentative minimum tax rises more"
            " than regular tax"
        )
    if not counts(way.effect.after.credit_used):
        return "none comes back that year: tentative minimum tax is not below regular tax"
    return "no more comes back that year, because both taxes rise alike"
