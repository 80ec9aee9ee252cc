"""The tables of pairing: the cases side by side, the gain in parts, and other ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.analyses.pairing_words import net_costs
from amtweb.analyses.panel import Proposal, proposal
from amtweb.analyses.tables import Table, TableRow
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.gain_words import Added
from calculator.analysis.credit_sooner import ISO_SHARES, LONG_TERM, ORDINARY

if TYPE_CHECKING:
    from amtweb.analyses.pairing_words import Judged
    from calculator import Scenario
    from calculator.analysis.credit_sooner import Standing, Way
    from calculator.analysis.pairing import Pairing
    from calculator.analysis.spread import Spread
    from calculator.analysis.spread import Way as DividedWay


NAMES = {
    ORDINARY: "Ordinary income or short-term gain",
    LONG_TERM: "Long-term gain",
    ISO_SHARES: "ISO shares: AMT basis above basis",
}


class Case(NamedTuple):
    """A column of the three cases; a loss without its limit is not asked everything."""

    name: str
    credit_used: float
    credit_left: float
    credit_eroded: float | None = None
    amt_loss_left: float | None = None
    back_in: int | str = ""
    federal_tax: float | None = None


def cases_table(found: Pairing, judged: Judged) -> list[Case]:
    """The scenario without the gain, with it, and as if the AMT loss were not limited."""
    if found.alone.amt_loss_left <= 0 or judged.otherwise is not None:
        return []
    before, after = judged.effect.before, judged.effect.after
    return [
        _case("Without it", before),
        _case(f"With {dollars(judged.gain)}", after),
        Case(
            "Without it, no yearly loss limit",
            float(found.uncapped.credit_used[0]),
            float(found.uncapped.credit_left[0]),
        ),
    ]


def _case(name: str, standing: Standing) -> Case:
    return Case(
        name,
        standing.credit_used,
        standing.credit_left,
        standing.credit_eroded,
        standing.amt_loss_left,
        standing.back_in or "not by then",
        standing.federal_tax,
    )


class Division(NamedTuple):
    """A line of the gain in parts."""

    years: int
    way: DividedWay
    net_cost: int
    is_best: bool


def spread_table(divided: Spread) -> list[Division]:
    """A line for each number of years; none where all ways cost the same."""
    costs = net_costs(divided)
    if len(set(costs)) < 2:
        return []
    return [
        Division(len(way.years), way, cost, way == divided.best)
        for way, cost in zip(divided.ways, costs, strict=True)
    ]


def ways_table(ways: tuple[Way, ...], scenario: Scenario) -> Table:
    """What each way of bringing the credit back sooner does."""
    year, last = ways[0].effect.year, scenario.years[-1].year
    now = ways[0].effect.before
    rows = [TableRow("As it is", ("", _back(now.back_in), dollars(now.credit_used), ""))]
    for way in ways:
        added = Added.of(way.effect)
        cells = (
            dollars(way.amount),
            _back(way.effect.after.back_in),
            dollars(way.effect.after.credit_used),
            f"+{dollars(added.tax)}" if added.tax >= 0 else dollars(added.tax),
        )
        rows.append(TableRow(NAMES[way.kind], cells))
    return Table(
        "What would bring the credit back sooner",
        "Way",
        (f"In {year}", "Credit all back", f"Credit used {year}", f"Federal tax to {last}"),
        tuple(rows),
    )


def _back(year: int | None) -> str:
    return str(year) if year else "not by then"


def can_apply(way: Way) -> bool:
    """Whether it brings the credit back sooner, and an input of the year stands for it."""
    return way.kind != ISO_SHARES and way.effect.is_sooner


def way_proposal(scenario: Scenario, way: Way) -> Proposal:
    """The income of a way, put into its year."""
    place = next(i for i, facts in enumerate(scenario.years) if facts.year == way.effect.year)
    kind = "long_term_gain" if way.kind == LONG_TERM else "short_term_gain"
    value = round(float(getattr(scenario.years[place], kind)) + way.amount, 2)
    words = (
        f"Add {dollars(way.amount)} of {kind.replace('_', '-', 1).replace('_', ' ')} in"
        f" {way.effect.year}"
    )
    edit = {"path": f"years[{place}].{kind}", "value": value}
    return proposal(words, [edit], f"Applied: {words}.")
