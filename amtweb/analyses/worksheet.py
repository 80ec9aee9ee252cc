"""The forms of a year, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.analyses.controls import Controls, YearField
from amtweb.analyses.panel import Panel
from amtweb.scenarios.charts.money_words import MINUS
from calculator import evaluate
from calculator.worksheet import TITLES, printed_forms

if TYPE_CHECKING:
    from calculator import Scenario

DEFAULT = "form_6251"


class WorksheetControls(Controls):
    year = YearField(label="Year")
    form = forms.ChoiceField(label="Form", choices=list(TITLES.items()))

    def defaults(self) -> dict[str, str]:
        years = evaluate(self.scenario).years
        most_amt = max(years, key=lambda year: float(year.amt))
        return {"year": str(most_amt.year), "form": DEFAULT}

    def offer(self) -> None:
        self.choose_from("year", [(facts.year, str(facts.year)) for facts in self.scenario.years])


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The lines of one form."""
    year = next(each for each in evaluate(scenario).years if each.year == asked["year"])
    sheets = {sheet.form: sheet for sheet in printed_forms(year.forms)}
    sheet = sheets.get(asked["form"])
    if sheet is None:
        return {"refusal": f"{TITLES[asked['form']]} is not needed in {year.year}."}
    lines = [(line.number, line.caption, exactly(float(line.amount))) for line in sheet.lines]
    return {"sheet": sheet, "year": year, "lines": lines}


def exactly(amount: float) -> str:
    """Dollars and cents, as nothing is rounded on the way."""
    return f"{MINUS if amount < 0 else ''}{abs(amount):,.2f}"


PANEL = Panel(
    slug="worksheet",
    name="Form lines",
    title="Which figures stand on the forms?",
    needs="",
    is_possible=lambda _: True,
    controls=WorksheetControls,
    answer=answer,
)
