"""Which deduction to elect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.analyses.controls import Controls, PercentageField
from amtweb.analyses.panel import Panel, Proposal, proposal
from amtweb.analyses.tables import Table, TableRow
from amtweb.analyses.year_bars import LOOKS, Series, YearBars, year_bars
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.editor.wording import write_percentage
from calculator.analysis.deduction_election import deduction_election

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.analysis.deduction_election import DeductionElection, Way, YearElection

COLUMNS = ("Deduction", "Regular tax", "AMT", "No credit from", "Credit left", "Tax of all years")
WORDS = {"standard": "standard deduction", "itemized": "itemizing"}

MOST_SENTENCES = 3


class DeductionControls(Controls):
    credit_value = PercentageField(
        label="Credit left is worth %",
        required=False,
        help_text="Of each dollar still there after the last year",
    )

    def defaults(self) -> dict[str, str]:
        return {"credit_value": write_percentage(self.scenario.assumptions.credit_value)}


def has_itemized(scenario: Scenario) -> bool:
    """Whether anything was paid that could be itemized."""
    return any(
        amount > 0
        for facts in scenario.years
        for amount in (
            facts.itemized.state_and_local_taxes,
            facts.itemized.mortgage_interest,
            facts.itemized.charitable_gifts,
            facts.itemized.other,
        )
    )


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """Both ways of every year, and the best of all together."""
    found = deduction_election(scenario, credit_value=asked["credit_value"] or 0.0)
    if not found.years:
        return {"refusal": "No year of this scenario has a deduction to elect under its law."}
    said = sentences(found)
    return {
        "sentences": said,
        "bars": figure(found, said[0]),
        "table": table(found),
        "proposals": proposals(found),
    }


def sentences(found: DeductionElection) -> list[str]:
    """What the best choice saves, and where a smaller deduction is it."""
    if found.proposal is not None:
        return [found.proposal.words, *smaller_ones(found)]
    return ["The deductions taken now cost least over all years.", *smaller_ones(found)]


def smaller_ones(found: DeductionElection) -> list[str]:
    """The years in which a smaller deduction saves most."""
    said = []
    for each in found.years:
        smaller, larger = sorted((each.standard, each.itemized), key=lambda way: way.amount)
        saves = larger.cost - smaller.cost
        if saves < 1:
            continue
        why = "AMT is lower" if larger.amt - smaller.amt >= 1 else "more credit can be used"
        said.append(
            (
                saves,
                f"In {each.year}, {WORDS[smaller.deduction]} deducts"
                f" {dollars(larger.amount - smaller.amount)} less but costs {dollars(saves)} less"
                f" over all years, because {why}.",
            )
        )
    return [sentence for _, sentence in sorted(said, reverse=True)[:MOST_SENTENCES]]


def figure(found: DeductionElection, sentence: str) -> YearBars:
    """What itemizing saves over the standard deduction, year by year."""
    return year_bars(
        "deductions",
        "What itemizing in a year saves over all years",
        sentence,
        [each.year for each in found.years],
        [
            Series(
                "Tax saved by itemizing",
                [each.standard.cost - each.itemized.cost for each in found.years],
            )
        ],
        looks=LOOKS[1:],
    )


def table(found: DeductionElection) -> Table:
    """Two lines a year."""
    rows = [
        row(each, way, name)
        for each in found.years
        for way, name in ((each.standard, "standard"), (each.itemized, "itemized"))
    ]
    return Table("Each year in both ways, the others as they are", "Year", COLUMNS, tuple(rows))


def row(each: YearElection, way: Way, name: str) -> TableRow:
    """One way of a year."""
    amounts = (
        way.amount,
        way.regular_tax,
        way.amt,
        way.exclusion_items_tax,
        way.credit_left,
        way.cost,
    )
    cheaper = name == each.less_costly and abs(each.standard.cost - each.itemized.cost) >= 1
    return TableRow(
        f"{each.year} {name}{' (taken)' if name == each.elected else ''}",
        tuple(map(dollars, amounts)),
        "less tax" if cheaper else "",
    )


def proposals(found: DeductionElection) -> list[Proposal]:
    """The best choice, if it is another than the one taken."""
    if found.proposal is None:
        return []
    words = found.proposal.words.partition(":")[0]
    return [proposal(words, found.proposal.edits, f"Applied: {words}.")]


PANEL = Panel(
    slug="deductions",
    name="Standard or itemized",
    title="Which deduction costs less: the standard one, or itemizing?",
    needs="No year has itemized deductions: fill in what was paid under Income by year first.",
    is_possible=has_itemized,
    controls=DeductionControls,
    answer=answer,
)
