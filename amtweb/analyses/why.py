"""Why the tax or the credit is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.analyses.controls import Controls, YearField
from amtweb.analyses.others import BEFORE
from amtweb.analyses.panel import Panel
from amtweb.analyses.pictures import Contribution, Contributions
from amtweb.analyses.tables import Table, TableRow
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.editor.places import place_of
from calculator import evaluate, parse_scenario
from calculator.analysis.why import why

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.analysis.why import Explained, LineDifference, Why

MOST_PARTS = 6
LEAST_SEEN = 0.005
"""Of the largest part: a bar of less is none."""
MOST_LINES = 12
MOST_INPUTS = 12


class WhyControls(Controls):
    other = forms.ChoiceField(label="Compared with", required=False)
    year = YearField(label="From year", required=False)
    to_year = YearField(label="To year", required=False)

    def defaults(self) -> dict[str, str]:
        if any(other.key == BEFORE for other in self.others):
            return {"other": BEFORE}
        years = evaluate(self.scenario).years
        if len(years) == 1:
            return {}
        most = max(range(len(years)), key=lambda place: float(years[place].amt))
        first, second = (most, most + 1) if most + 1 < len(years) else (most - 1, most)
        return {"year": str(years[first].year), "to_year": str(years[second].year)}

    def offer(self) -> None:
        years = [(facts.year, str(facts.year)) for facts in self.scenario.years]
        self.choose_from("year", [("", "The most different"), *years])
        self.choose_from("to_year", [("", "The same"), *years])
        self.choose_from(
            "other",
            [("", "Another year of this scenario"), *((o.key, o.words) for o in self.others)],
        )


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The lines that explain the difference, for the tax and for the credit."""
    chosen = next((each for each in asked["others"] if each.key == asked["other"]), None)
    if chosen is None and (asked["year"] is None or asked["to_year"] in (None, asked["year"])):
        return {
            "refusal": "Choose two years of this scenario, or another scenario to compare it with."
        }
    before = scenario if chosen is None else parse_scenario(chosen.document)
    found = why(before, scenario, year=asked["year"], to_year=asked["to_year"])
    tax, credit = found.federal_tax, found.credit
    return {
        "sentences": [
            tax.headline,
            *tax.sentences[:3],
            credit.headline,
            *credit.sentences[:2],
        ],
        "pictures": [
            picture("tax", "What makes the difference in federal tax", tax),
            picture("credit", "What makes the difference in the credit left", credit),
        ],
        "tables": [
            lines_table("Lines that the difference in federal tax passes through", tax, found),
            lines_table("Lines that the difference in the credit passes through", credit, found),
        ],
        "inputs": inputs_table(scenario, found),
    }


def picture(id_: str, title: str, explained: Explained) -> Contributions:
    """The lines at which most of the difference ends."""
    ranked = sorted(explained.lines, key=lambda line: -abs(line.ends))[:MOST_PARTS]
    least = max(1.0, LEAST_SEEN * abs(ranked[0].ends)) if ranked else 1.0
    return Contributions(
        f"why-{id_}",
        title,
        " ".join((explained.headline, *explained.sentences)),
        tuple(Contribution(line.caption, line.ends) for line in ranked if abs(line.ends) >= least),
    )


def lines_table(title: str, explained: Explained, found: Why) -> Table:
    """Largest share first."""
    columns = ("Where", *heads(found), "Share of the difference")
    rows = [
        TableRow(
            line.caption,
            (where(line), dollars(line.before), dollars(line.after), signed(line.share)),
        )
        for line in explained.lines[:MOST_LINES]
        if abs(line.share) >= 1
    ]
    return Table(title, "Line", columns, tuple(rows))


def heads(found: Why) -> tuple[str, str]:
    """What the two columns of amounts are."""
    if found.year_before == found.year_after:
        return "Before", "Now"
    return str(found.year_before), str(found.year_after)


def where(line: LineDifference) -> str:
    """Form and line."""
    return f"{line.form}, {line.line}" if line.line else line.form


def signed(amount: float) -> str:
    """A difference with its sign."""
    return f"+{dollars(amount)}" if round(amount) > 0 else dollars(amount)


def inputs_table(scenario: Scenario, found: Why) -> Table | None:
    """The inputs that differ, each with what it changes by itself."""
    tree = {"years": [{"year": facts.year} for facts in scenario.years]}
    rows = [
        TableRow(
            place_of(each.path, tree) or each.path,
            (
                "" if each.before is None else str(each.before),
                "" if each.after is None else str(each.after),
                "" if each.federal_tax is None else signed(each.federal_tax),
                "" if each.credit is None else signed(each.credit),
            ),
        )
        for each in found.inputs[:MOST_INPUTS]
        if not isinstance(each.before, dict | list) and not isinstance(each.after, dict | list)
    ]
    columns = (*heads(found), "Federal tax, alone", "Credit left, alone")
    title = "Inputs that differ, each changed alone"
    return Table(title, "Input", columns, tuple(rows)) if rows else None


PANEL = Panel(
    slug="why",
    name="Why a year differs",
    title="What makes the difference between two years, or two scenarios?",
    needs="",
    is_possible=lambda _: True,
    controls=WhyControls,
    answer=answer,
    compares=True,
)
