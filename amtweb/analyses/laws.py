"""The same facts under other laws."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.analyses.controls import Controls, YearField
from amtweb.analyses.panel import Panel, Proposal, proposal
from amtweb.analyses.tables import Table, TableRow
from amtweb.analyses.year_bars import Series, YearBars, year_bars
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.editor import wording
from calculator.analysis.law_comparison import OWN, law_comparison
from calculator.law.changed import FRACTIONS, LawChange, changeable_parameters

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.analysis.law_comparison import LawComparison, UnderLaw

WORDS = {
    "current": "Current law",
    "sunset": "Had the 2017 act expired",
    "flat": "Flat rates",
    OWN: "Your own change",
}
GROUPS = {
    "amt": "AMT",
    "gains": "Capital gains",
    "deductions": "Deductions",
    "exemptions": "Personal exemptions",
    "surtaxes": "Surtaxes",
}


class LawControls(Controls):
    parameter = forms.ChoiceField(label="Change also", required=False)
    value = forms.CharField(
        label="To",
        required=False,
        max_length=40,
        help_text="Dollars, or percent for a rate; blank: no limit",
    )
    from_year = YearField(label="From", required=False)

    def offer(self) -> None:
        self.choose_from("parameter", [("", "Nothing"), *parameter_choices()])
        years = [(facts.year, str(facts.year)) for facts in self.scenario.years]
        self.choose_from("from_year", [("", "Every year"), *years])

    def clean_value(self) -> float:
        """The value in dollars or as a fraction; infinite if it is left blank."""
        text = self.cleaned_data["value"]
        if not text.strip():
            return math.inf
        if str(self.cleaned_data.get("parameter", "")).endswith(FRACTIONS):
            number = wording.read_percentage(text)
        else:
            number = wording.read_amount(text)
        if number is None:
            raise forms.ValidationError("Enter an amount, or a percentage for a rate.")
        return number


def parameter_choices() -> list[tuple[str, str]]:
    """The parameters of the law by name, those of AMT first."""
    paths = sorted(changeable_parameters(), key=lambda path: list(GROUPS).index(path.split(".")[0]))
    return [(path, parameter_words(path)) for path in paths]


def parameter_words(path: str) -> str:
    """A parameter in words: ``AMT: phaseout rate``."""
    group, _, name = path.partition(".")
    words = name.replace("_", " ").replace("amt ", "AMT ").replace("salt ", "SALT ")
    return f"{GROUPS[group]}: {words}"


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """Totals and years under every law."""
    changes = []
    if asked["parameter"]:
        changes = [LawChange(asked["parameter"], asked["value"], asked["from_year"])]
    found = law_comparison(scenario, changes)
    computed = [law for law in found.laws if law.reason is None]
    said = sentences(scenario, found)
    context: dict[str, Any] = {"sentences": said, "proposals": proposals(scenario, computed)}
    if computed:
        context["bars"] = figure(computed, said)
        context["table"] = totals_table(computed)
        context["by_year"] = years_table(computed)
    return context


def sentences(scenario: Scenario, found: LawComparison) -> list[str]:
    """What each other law would change, and which could not be computed."""
    said = []
    for law in found.laws:
        if law.reason is not None:
            said.append(f"{WORDS[law.law]}: {law.reason}")
        elif law.law != "current" and law.totals_delta is not None:
            said.append(compared(law, law.totals_delta))
    standing = scenario.law.path
    if standing != "current":
        said.insert(0, f"The scenario itself is computed as: {WORDS[standing].lower()}.")
    return said or ["Only current law can be computed for these facts."]


def compared(law: UnderLaw, delta: dict[str, float]) -> str:
    """A law beside current law, in words."""
    tax, left = delta["federal_tax"], delta["credit_left"]
    if abs(tax) < 1:
        said = f"{WORDS[law.law]}: federal tax of all years is the same"
    else:
        said = (
            f"{WORDS[law.law]}: federal tax of all years is {dollars(abs(tax))}"
            f" {'higher' if tax > 0 else 'lower'}"
        )
    if abs(left) >= 1:
        said += f", and {dollars(abs(left))} {'more' if left > 0 else 'less'} credit is left"
    return f"{said}."


def figure(computed: list[UnderLaw], said: list[str]) -> YearBars:
    """Federal tax a year."""
    return year_bars(
        "laws",
        "Federal tax of each year",
        " ".join(said),
        [year.year for year in computed[0].years],
        [
            Series(WORDS[law.law], [year.amounts["federal_tax"] for year in law.years])
            for law in computed
        ],
    )


def totals_table(computed: list[UnderLaw]) -> Table:
    """A line a law."""
    rows = []
    for law in computed:
        totals, delta = law.totals, law.totals_delta or {}
        back = totals["first_year_without_credit"]
        rows.append(
            TableRow(
                WORDS[law.law],
                (
                    dollars(totals["federal_tax"] or 0.0),
                    signed(delta.get("federal_tax", 0.0)),
                    dollars(totals["amt"] or 0.0),
                    dollars(totals["credit_used"] or 0.0),
                    dollars(totals["credit_left"] or 0.0),
                    "never" if back is None else str(int(back)),
                ),
            )
        )
    columns = ("Federal tax", "Change", "AMT", "Credit used", "Credit left", "All back in")
    return Table("All years together", "Law", columns, tuple(rows))


def years_table(computed: list[UnderLaw]) -> Table:
    """A line a year: AMT and credit left under each law."""
    columns = [f"{WORDS[law.law]}: {words}" for law in computed for words in ("AMT", "credit left")]
    rows = [
        TableRow(
            str(year.year),
            tuple(
                dollars(law.years[place].amounts[name])
                for law in computed
                for name in ("amt", "credit_balance")
            ),
        )
        for place, year in enumerate(computed[0].years)
    ]
    return Table("AMT and credit left, year by year", "Year", tuple(columns), tuple(rows))


def signed(amount: float) -> str:
    """A difference with its sign."""
    return f"+{dollars(amount)}" if round(amount) > 0 else dollars(amount)


def proposals(scenario: Scenario, computed: list[UnderLaw]) -> list[Proposal]:
    """The other laws of the scenario document."""
    return [
        proposal(
            f"Compute the scenario as: {WORDS[law.law].lower()}",
            [{"path": "law.path", "value": law.law}],
            f"The law is now: {WORDS[law.law].lower()}.",
        )
        for law in computed
        if law.law not in (OWN, scenario.law.path)
    ]


PANEL = Panel(
    slug="laws",
    name="Under another law",
    title="What would the same facts cost under another law?",
    needs="",
    is_possible=lambda _: True,
    controls=LawControls,
    answer=answer,
)
