"""What is owed, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.analyses.controls import AmountField, Controls, YearField
from amtweb.analyses.lot_names import lot_names
from amtweb.analyses.panel import Panel, proposal
from amtweb.analyses.tables import Table, TableRow
from amtweb.analyses.year_bars import Series, YearBars, year_bars
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.editor.wording import write_day
from calculator import evaluate
from calculator.analysis.cash import cash

if TYPE_CHECKING:
    from amtweb.analyses.panel import Proposal
    from calculator import Scenario
    from calculator.analysis.cash import Cash, YearCash


class CashControls(Controls):
    year = YearField(label="Year")
    withholding = AmountField(
        label="Withheld that year $", required=False, help_text="Blank: as in the inputs"
    )

    def defaults(self) -> dict[str, str]:
        years = evaluate(self.scenario).years
        return {"year": str(max(years, key=lambda each: float(each.amt)).year)}

    def offer(self) -> None:
        self.choose_from("year", [(facts.year, str(facts.year)) for facts in self.scenario.years])


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The payments of the year by their days, and every year in sum."""
    withheld = {} if asked["withholding"] is None else {asked["year"]: asked["withholding"]}
    found = cash(scenario, withheld)
    year = next(each for each in found.years if each.year == asked["year"])
    said = sentences(scenario, year)
    return {
        "sentences": said,
        "bars": figure(found, said),
        "days": days_table(scenario, year),
        "table": years_table(found),
        "proposals": proposals(scenario, year),
    }


def sentences(scenario: Scenario, year: YearCash) -> list[str]:
    """What to set aside, what is enough during the year, and the balance."""
    names = lot_names(scenario)
    said = [
        f"{names[each.id]}: on that day, pay {dollars(each.strike)} of strike, and set"
        f" {dollars(each.set_aside)} aside for the tax that the exercise adds,"
        f" {dollars(each.added_amt)} of it AMT."
        for each in year.exercises
        if each.strike + each.set_aside >= 1
    ]
    each = year.instalments[0].amount
    if each >= 1:
        last_year = year.prior_year_harbour
        why = (
            f"{year.current_year_harbour / year.federal_tax:.0%} of this year\u2019s tax,"
            f" {dollars(year.current_year_harbour)}"
            if last_year is None or year.current_year_harbour <= last_year
            else f"{year.prior_year_fraction:.0%} of last year\u2019s tax, {dollars(last_year)}"
        )
        said.append(
            f"Four instalments of {dollars(each)} are enough for {year.year}: the smaller"
            f" safe harbour is {why}, and {dollars(year.withholding)} is withheld."
        )
    else:
        said.append(f"No instalments are required for {year.year}.")
    balance = year.balance
    word = "is due with the return" if balance.amount >= 0 else "comes back as a refund"
    said.append(f"{dollars(abs(balance.amount))} {word}, on {write_day(balance.date)}.")
    if year.prior_year_harbour is None:
        said.append(
            "The tax of the year before is not known: fill it in under Carried in from before for"
            " the other safe harbour."
        )
    return said


def figure(found: Cash, said: list[str]) -> YearBars:
    """What each tax year takes, upon one another."""
    return year_bars(
        "cash",
        "Paid for each tax year",
        " ".join(said),
        [year.year for year in found.years],
        [
            Series("Withheld", [year.withholding for year in found.years]),
            Series(
                "Instalments",
                [sum(each.amount for each in year.instalments) for year in found.years],
            ),
            Series("Balance, or refund", [year.balance.amount for year in found.years]),
            Series("Strike", [sum(e.strike for e in year.exercises) for year in found.years]),
        ],
        stacked=True,
    )


def days_table(scenario: Scenario, year: YearCash) -> Table:
    """The payments of a year in the order of their days."""
    names = lot_names(scenario)
    payments = [
        *((each.date, f"Strike, {names[each.id]}", each.strike) for each in year.exercises),
        *(
            (each.date, f"Instalment {place}", each.amount)
            for place, each in enumerate(year.instalments, 1)
        ),
        (year.balance.date, "Balance with the return", year.balance.amount),
    ]
    rows = [
        TableRow(write_day(day), (dollars(amount), words))
        for day, words, amount in sorted(payments)
        if round(amount)
    ]
    return Table(f"Payments for {year.year}", "Day", ("Amount", "What"), tuple(rows))


def years_table(found: Cash) -> Table:
    """A line a year."""
    rows = [
        TableRow(
            str(year.year),
            (
                dollars(year.federal_tax),
                dollars(year.withholding),
                dollars(year.current_year_harbour),
                "unknown" if year.prior_year_harbour is None else dollars(year.prior_year_harbour),
                dollars(sum(each.amount for each in year.instalments)),
                dollars(year.balance.amount),
                dollars(sum(each.set_aside for each in year.exercises)),
            ),
        )
        for year in found.years
    ]
    columns = (
        "Federal tax",
        "Withheld",
        "Harbour, this year",
        "Harbour, last year",
        "Instalments",
        "Balance",
        "Set aside at exercise",
    )
    return Table("Every tax year", "Year", columns, tuple(rows))


def proposals(scenario: Scenario, year: YearCash) -> list[Proposal]:
    """The withholding asked about, and one that needs no instalments, for the inputs."""
    place = next(i for i, facts in enumerate(scenario.years) if facts.year == year.year)
    standing = float(scenario.years[place].withholding)
    offered = {
        round(amount, 2): words
        for amount, words in (
            (year.required, "so that no instalments are due"),
            (year.withholding, "as asked"),
        )
        if amount > 0 and round(amount, 2) != standing
    }
    return [
        proposal(
            f"Withhold {dollars(amount)} in {year.year}, {words}",
            [{"path": f"years[{place}].withholding", "value": amount}],
            f"Withholding of {year.year} is now {dollars(amount)}.",
        )
        for amount, words in offered.items()
    ]


PANEL = Panel(
    slug="cash",
    name="Cash to set aside",
    title="What is owed, on which day, and how much should be set aside?",
    needs="",
    is_possible=lambda _: True,
    controls=CashControls,
    answer=answer,
)
