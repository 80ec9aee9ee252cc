"""In which years to sell the shares of a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.analyses.controls import AmountField, Controls, PercentageField, YearField
from amtweb.analyses.lot_names import lot_names
from amtweb.analyses.panel import Panel, Proposal, proposal, shares_to_add
from amtweb.analyses.plan_words import shares_by_year
from amtweb.analyses.tables import Table, TableRow
from amtweb.analyses.year_bars import Series, YearBars, year_bars
from amtweb.scenarios.charts.curve import SHARES
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.editor.wording import write_percentage
from calculator.analysis.sale_years import sale_years
from calculator.analysis.year_end import year_end_if_any

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.analysis.sale_years import SalePlan, SaleYears
    from calculator.analysis.year_end import YearEnd
    from calculator.scenario import Exercise, Holding

WORDS = {
    "at_once": "All at once",
    "even": "Evenly",
    "least_tax": "Least tax",
    "soonest": "Credit soonest",
}
COLUMNS = ("Credit all back", "Credit left", "Federal tax", "Proceeds less taxes of all years")
YEARS_AT_FIRST = 7
"""More of them take longer than somebody likes to wait unasked."""


class SaleYearsControls(Controls):
    source = forms.ChoiceField(label="Shares of")
    price = AmountField(label="Price a share $", help_text="In the first of these years")
    growth = PercentageField(label="Growth a year %", required=False, least=None)
    first_year = YearField(label="Sold from")
    last_year = YearField(label="To")
    shares = AmountField(label="Shares", required=False, help_text="Blank: all that are left")
    credit_value = PercentageField(
        label="Credit left is worth %", required=False, help_text="After the last year"
    )
    early = forms.BooleanField(label="Also before the holding periods end", required=False)

    def defaults(self) -> dict[str, str]:
        source, price = main_lot(self.scenario)
        years = [facts.year for facts in self.scenario.years]
        return {
            "source": source,
            "price": f"{price:,.12g}",
            "growth": "0",
            "first_year": str(years[0]),
            "last_year": str(years[:YEARS_AT_FIRST][-1]),
            "credit_value": write_percentage(self.scenario.assumptions.credit_value),
        }

    def offer(self) -> None:
        years = [(facts.year, str(facts.year)) for facts in self.scenario.years]
        self.choose_from("first_year", years)
        self.choose_from("last_year", years)
        self.choose_from("source", list(lot_names(self.scenario).items()))


def main_lot(scenario: Scenario) -> tuple[str, float]:
    """The lot with the most shares from an option, or else the first; and a price known of it."""
    lots: list[Exercise | Holding] = [*scenario.exercises, *scenario.holdings]
    from_options = [each for each in lots if getattr(each, "iso", True)]
    lot = max(from_options or lots, key=lambda each: float(each.shares))
    sold = [float(sale.price) for sale in scenario.sales if sale.source == lot.id]
    if sold:
        return lot.id, sold[0]
    known = getattr(lot, "fair_market_value", None) or getattr(lot, "price", None)
    return lot.id, float(known or 0.0)


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The plans side by side, and the decision at the end of the year of exercise."""
    found = sale_years(
        scenario,
        asked["source"],
        asked["price"],
        first_year=asked["first_year"],
        last_year=asked["last_year"],
        growth=asked["growth"] or 0.0,
        shares=asked["shares"],
        early=asked["early"],
        credit_value=asked["credit_value"] or 0.0,
    )
    said = sentences(found)
    decision = year_end_if_any(
        scenario, asked["source"], asked["price"], growth=asked["growth"] or 0.0
    )
    if decision is not None:
        said += decision_words(decision)
    return {
        "sentences": said,
        "shares": shares_figure(found, said),
        "balance": balance_figure(found, said),
        "table": table(found),
        "decision": None if decision is None else decision_table(decision),
        "proposals": proposals(found),
    }


def sentences(found: SaleYears) -> list[str]:
    """The two best plans in words."""
    least, soonest, once = (found.plan(name) for name in ("least_tax", "soonest", "at_once"))
    saves = once.present_value - least.present_value
    said = [
        f"Least tax: sell {sold(found, least)}"
        + (f"; it saves {dollars(saves)} over selling all at once." if saves >= 1 else ".")
    ]
    if soonest.first_year_without_credit is not None:
        said.append(
            f"The credit is back soonest, in {soonest.first_year_without_credit}, if you"
            f" sell {sold(found, soonest)}."
        )
    elif soonest.credit_left >= 1:
        said.append(
            "No way of selling brings all of the credit back in these years; the least,"
            f" {dollars(soonest.credit_left)}, is left if you sell {sold(found, soonest)}."
        )
    said.append(f"The holding periods are over from {found.qualifying_from} on.")
    return said


def sold(found: SaleYears, plan: SalePlan) -> str:
    """The shares of the plan by year."""
    return shares_by_year(found.years, plan.shares)


def decision_words(decision: YearEnd) -> list[str]:
    """Sell in the year of exercise, or hold."""
    sell, hold = decision.sell, decision.hold
    better = sell.net - hold.net
    if better >= 1:
        said = (
            f"Selling at the end of {sell.year} comes out {dollars(better)} better than holding"
            f" until {hold.year}"
        )
    else:
        said = (
            f"Holding until {hold.year} comes out {dollars(-better)} better than selling at the"
            f" end of {sell.year}"
        )
    said += f"; selling brings its AMT down from {dollars(hold.amt)} to {dollars(sell.amt)}."
    if decision.sell_below is None:
        return [said]
    return [
        said,
        f"Selling in {sell.year} is the better way at any price below"
        f" ${decision.sell_below:,.2f} a share.",
    ]


def shares_figure(found: SaleYears, said: list[str]) -> YearBars:
    """The shares sold in each year."""
    return year_bars(
        "sold",
        "Shares sold",
        " ".join(said),
        found.years,
        [Series(WORDS[plan.name], plan.shares) for plan in found.plans],
        unit=SHARES,
    )


def balance_figure(found: SaleYears, said: list[str]) -> YearBars:
    """The credit left after each year."""
    return year_bars(
        "balance",
        "Credit left after each year",
        " ".join(said),
        found.scenario_years,
        [Series(WORDS[plan.name], plan.credit_balance) for plan in found.plans],
    )


def table(found: SaleYears) -> Table:
    """A line a plan."""
    rows = [
        TableRow(
            WORDS[plan.name],
            (
                str(plan.first_year_without_credit or "never"),
                dollars(plan.credit_left),
                dollars(plan.federal_tax),
                dollars(plan.proceeds - plan.present_value),
            ),
        )
        for plan in found.plans
    ]
    return Table("The plans", "Plan", COLUMNS, tuple(rows))


def decision_table(decision: YearEnd) -> Table:
    """Both ways of the decision."""
    rows = [
        TableRow(
            f"{words} {way.year}",
            (
                f"${way.price:,.2f}",
                dollars(way.amt),
                dollars(way.proceeds),
                dollars(way.present_value),
                dollars(way.net),
            ),
            "better" if way.net > other.net + 1 else "",
        )
        for words, way, other in (
            ("Sell in", decision.sell, decision.hold),
            ("Hold until", decision.hold, decision.sell),
        )
    ]
    columns = (
        "Price",
        f"AMT of {decision.sell.year}",
        "Proceeds",
        "Taxes, all years",
        "Proceeds less taxes of all years",
    )
    return Table("At the end of the year of exercise", "Way", columns, tuple(rows))


def proposals(found: SaleYears) -> list[Proposal]:
    """Each plan as sales, each kind once."""
    kinds = {sold(found, plan): plan for plan in found.plans}
    return [
        proposal(
            f"{WORDS[plan.name]}: sell {shares}", plan.proposal.edits, f"Applied: sell {shares}."
        )
        for shares, plan in reversed(kinds.items())
    ]


PANEL = Panel(
    slug="sale-years",
    name="When to sell",
    title="In which years should the shares be sold?",
    needs="There are no shares in this scenario, so there is no sale to time. Shares from ISOs"
    " whose AMT basis is above their basis would bring a credit back sooner: add those you hold.",
    leads_on=shares_to_add,
    is_possible=lambda scenario: bool(lot_names(scenario)),
    controls=SaleYearsControls,
    answer=answer,
)
