"""Whose is what: the form that divides the scenario of a couple in two."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

from amtweb.couples.pairs import WHOSE
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.editor.fields import HOUSEHOLD_MORE, OPENING, YEAR_GROUPS
from amtweb.scenarios.editor.wording import write_day
from calculator.analysis.division import PARTS, PEOPLE, Division, amounts_of_part, to_divide
from calculator.scenario import OWN, OWNERS, SPOUSES, Grant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.scenario import Holding, Scenario

ALL = Decimal(100)
PART, PEOPLE_OF, ROW_OF = "part", "people", "whose"
LOSSES = {
    "opening.capital_loss": "Capital losses carried in",
    "opening.amt_capital_loss": "AMT capital losses carried in",
    "opening.minimum_tax_credit": "AMT credit carried in",
}
LABELS = {
    **{spec.field: spec.label for _, _, specs in YEAR_GROUPS for spec in specs},
    **{spec.field.removeprefix("household."): spec.label for spec in HOUSEHOLD_MORE},
    **{spec.field: spec.label for spec in OPENING},
    **LOSSES,
}
CHOICES = tuple(zip(OWNERS, WHOSE, strict=True))
BEYOND = {
    "people_65_or_over": "One for each of you where two are counted",
    "aged_or_blind_boxes": "At most two; the others go to the other of you",
}
"""What becomes of more people than one of them can be."""


class Asked(NamedTuple):
    """A line of the form."""

    label: str
    hint: str
    field: forms.BoundField
    percent: bool = False


class DivisionForm(forms.Form):
    """A percent for each kind of amount, and one of the two for each grant and holding."""

    def __init__(self, facts: Scenario, data: Any = None) -> None:
        super().__init__(data)
        self._facts = facts
        for name in to_divide(facts):
            if name in PARTS:
                self.fields[f"{PART}:{name}"] = _percent()
            else:
                self.fields[f"{PEOPLE_OF}:{name}"] = _choice(CHOICES, OWN)
        for kind, row in self._rows():
            self.fields[f"{ROW_OF}:{kind}:{row.id}"] = _choice(CHOICES, row.owner)

    @property
    def amounts(self) -> list[Asked]:
        """The lines of amounts, and of people."""
        asked = []
        for name in to_divide(self._facts):
            label = LABELS.get(name, name)
            if name in PARTS:
                hint = _in_all(amounts_of_part(self._facts, name))
                asked.append(Asked(label, hint, self[f"{PART}:{name}"], percent=True))
            else:
                hint = BEYOND.get(name, "")
                asked.append(Asked(label, hint, self[f"{PEOPLE_OF}:{name}"]))
        return asked

    @property
    def rows(self) -> list[Asked]:
        """The lines of grants and holdings."""
        numbers = dict.fromkeys(("grants", "holdings"), 0)
        asked = []
        for kind, row in self._rows():
            numbers[kind] += 1
            one = kind.removesuffix("s").capitalize()
            label = row.label or f"{one} {numbers[kind]}"
            asked.append(Asked(label, _about(row), self[f"{ROW_OF}:{kind}:{row.id}"]))
        return asked

    def division(self) -> Division:
        """What was chosen; only of a form that is valid."""
        said = self.cleaned_data
        return Division(
            spouses_rows=frozenset(
                (kind, row.id)
                for kind, row in self._rows()
                if said[f"{ROW_OF}:{kind}:{row.id}"] == SPOUSES
            ),
            own_parts={
                name: float(said[f"{PART}:{name}"] / ALL)
                for name in PARTS
                if f"{PART}:{name}" in said
            },
            spouse_first=frozenset(
                name for name in PEOPLE if said.get(f"{PEOPLE_OF}:{name}") == SPOUSES
            ),
        )

    def _rows(self) -> Iterator[tuple[str, Grant | Holding]]:
        for grant in self._facts.grants:
            yield "grants", grant
        for holding in self._facts.holdings:
            yield "holdings", holding


def _percent() -> forms.DecimalField:
    mistake = "Enter a percentage from 0 to 100."
    return forms.DecimalField(
        min_value=0,
        max_value=ALL,
        max_digits=7,
        decimal_places=4,
        initial=ALL,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "amount"}),
        error_messages=dict.fromkeys(
            (
                *("required", "invalid", "min_value", "max_value"),
                *("max_digits", "max_decimal_places", "max_whole_digits"),
            ),
            mistake,
        ),
    )


def _choice(choices: tuple[tuple[str, str], ...], initial: str) -> forms.ChoiceField:
    mistake = dict.fromkeys(("required", "invalid_choice"), "Choose one of the two.")
    return forms.ChoiceField(choices=choices, initial=initial, error_messages=mistake)


def _in_all(amounts: list[Any]) -> str:
    """``$150,000 in all``"""
    return f"{dollars(sum(float(amount) for amount in amounts if amount is not None))} in all"


def _about(row: Grant | Holding) -> str:
    shares = f"{row.shares:,.10g} shares"
    if isinstance(row, Grant):
        return f"{row.kind.upper()} of {write_day(row.date)}, {shares}"
    return f"Acquired {write_day(row.acquired)}, {shares}"
