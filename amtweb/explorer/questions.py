"""The few questions, as they are typed, and as an address that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.http import QueryDict

from amtweb.analyses.controls import AmountField, CountField
from amtweb.explorer.basis import MOST_GRANTS, years_to_choose
from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.fields import STATUSES
from calculator.analysis.exercise_plan import MOST_PLAN_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.forms import BoundField

    from amtweb.explorer.basis import Basis

MOST_OPTIONS = 1_000_000_000
WITHIN = 4
"""Years over which a plan spreads the exercises, if nothing is said."""


class Income(NamedTuple):
    """An amount of the year, by its name in the address and in the document."""

    name: str
    path: str
    label: str
    hint: str = ""
    signed: bool = False


WAGES = Income("wages", "wages", "Wages", "W-2 wages of the year; a couple’s together")
MORE_INCOME = (
    Income("other", "other_income", "Other ordinary income", "", signed=True),
    Income("interest", "interest", "Interest", "and ordinary dividends"),
    Income("dividends", "qualified_dividends", "Qualified dividends"),
    Income("gain", "long_term_gain", "Long-term gains", "", signed=True),
)
DEDUCTIONS = (
    Income(
        "taxes",
        "itemized.state_and_local_taxes",
        "State and local taxes",
        "AMT does not allow them",
    ),
    Income(
        "itemized", "itemized.mortgage_interest", "Other itemized deductions", "Mortgage, gifts"
    ),
)
CREDIT = Income("credit", "opening.minimum_tax_credit", "AMT credit so far", "From earlier years")
EXAMPLE = {
    "status": "single",
    "wages": "180,000",
    "grant1_options": "10,000",
    "grant1_strike": "1.50",
    "grant1_value": "12",
    "within": str(WITHIN),
}
OWN = ("from", "basis", "filled", "suggested")
"""What the page notes for itself."""


def _options_field(label: str) -> CountField:
    return CountField(label=label, least=0, most=MOST_OPTIONS, required=False)


class MoneyField(AmountField):
    """Dollars, with the sign before the input."""

    is_money = True


@dataclass(frozen=True)
class GrantRow:
    """The fields of one grant as the page shows them."""

    number: int
    name: str
    """Its label in the scenario; empty for one that is typed here."""
    fields: tuple[BoundField, ...]

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in it."""
        return any(str(field.value() or "").strip() or field.errors for field in self.fields)


class Row(NamedTuple):
    """A grant as asked about."""

    number: int
    options: float
    strike: float
    value: float


class Questions(forms.Form):
    """The fields; with those of the basis filled in."""

    use_required_attribute = False
    status = forms.ChoiceField(label="Filing status", choices=STATUSES)
    year = forms.TypedChoiceField(label="Year of exercise", coerce=int)
    within = CountField(label="Spread over", least=1, most=MOST_PLAN_YEARS, required=False)
    exercise = _options_field("Exercise this many")

    def __init__(self, data: Mapping[str, Any], today: date, basis: Basis | None) -> None:
        super().__init__(data)
        self.basis = basis
        years = basis.years if basis else years_to_choose(today)
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(year, str(year)) for year in years]
        for income in self.incomes:
            least = None if income.signed else 0.0
            self.fields[income.name] = MoneyField(
                label=income.label, help_text=income.hint, least=least, required=False
            )
        self.fields[WAGES.name].required = True
        self.fields[WAGES.name].error_messages["required"] = "Enter the wages, or 0."
        for number in range(1, MOST_GRANTS + 1):
            self.fields[f"grant{number}_options"] = _options_field("Options you can exercise")
            self.fields[f"grant{number}_strike"] = MoneyField(label="Strike price", required=False)
            self.fields[f"grant{number}_value"] = MoneyField(
                label="Share value today",
                required=False,
                help_text="" if number == 1 else "Blank: as above",
            )
        for name, each in self.fields.items():
            each.widget.attrs |= {"aria-describedby": f"{name}-mistake", "autocomplete": "off"}
            if isinstance(each, AmountField | CountField):
                each.widget.attrs["class"] = "amount"

    @property
    def incomes(self) -> tuple[Income, ...]:
        """Those that are asked; the credit of a scenario follows from it."""
        every = (WAGES, *MORE_INCOME, *DEDUCTIONS)
        return every if self.basis else (*every, CREDIT)

    @property
    def more(self) -> list[BoundField]:
        """The fields that few need."""
        return [self[income.name] for income in self.incomes[1:]]

    @property
    def more_is_filled(self) -> bool:
        """Whether one of them is, and so must be seen."""
        return any(field.errors or str(field.value() or "").strip() for field in self.more)

    @property
    def rows(self) -> list[GrantRow]:
        """The grants, filled in or not."""
        names = [each.grant.label for each in self.basis.grants] if self.basis else []
        return [
            GrantRow(
                number,
                names[number - 1] if number <= len(names) else "",
                tuple(self[f"grant{number}_{what}"] for what in ("options", "strike", "value")),
            )
            for number in range(1, MOST_GRANTS + 1)
        ]

    @property
    def grants(self) -> list[Row]:
        """The grants that are filled in, of fields without mistakes."""
        found = []
        for number in range(1, MOST_GRANTS + 1):
            row = [
                self.cleaned_data[f"grant{number}_{what}"]
                for what in ("options", "strike", "value")
            ]
            if row[0] is not None:
                options, strike, value = (float(amount) for amount in row)
                found.append(Row(number, options, strike, value))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        above = cleaned.get("grant1_value")
        for number in range(1, MOST_GRANTS + 1):
            names = [f"grant{number}_{what}" for what in ("options", "strike", "value")]
            typed = [str(self.data.get(name) or "").strip() for name in names]
            if not any(typed) and number > 1:
                continue
            if not typed[2] and number > 1:
                cleaned[names[2]] = above
            sentences = (
                "Enter how many options can be exercised, such as 10,000.",
                "Enter the strike price, such as 1.50.",
                "Enter what a share is worth, such as 12.",
            )
            for name, sentence in zip(names, sentences, strict=True):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, sentence)
            above = cleaned.get(names[2], above)
        return cleaned

    @property
    def address(self) -> str:
        """The questions as a query: what is typed, and nothing of whose it is."""
        query = QueryDict(mutable=True)
        for name in (*self.fields, *OWN):
            text = str(self.data.get(name) or "").strip()
            if text and name != "suggested" and (name != "exercise" or self.chosen is not None):
                query[name] = text
        return query.urlencode(safe=",")

    @property
    def chosen(self) -> float | None:
        """The options to exercise, if somebody said another number than the page proposed."""
        text = str(self.data.get("exercise") or "").strip()
        if not text or text == str(self.data.get("suggested") or "").strip():
            return None
        number = wording.read_amount(text)
        return None if number is None or not 0 <= number <= MOST_OPTIONS else float(int(number))


def is_example(questions: Questions) -> bool:
    """Whether the figures are those that stand there at first."""
    return all(
        str(questions.data.get(name) or "") == EXAMPLE.get(name, "")
        for name in questions.fields
        if name not in ("year", "within", "exercise")
    )


def first_answers(today: date, basis: Basis | None, notes: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields at first: the scenario's figures, or an example."""
    if basis is None:
        return EXAMPLE | {"year": str(today.year)} | dict(notes)
    facts = basis.facts
    itemized = facts.itemized
    amounts = {
        "wages": facts.wages,
        "other": facts.other_income,
        "interest": facts.interest,
        "dividends": facts.qualified_dividends,
        "gain": facts.long_term_gain,
        "taxes": itemized.state_and_local_taxes,
        "itemized": itemized.mortgage_interest + itemized.charitable_gifts + itemized.other,
    }
    filled = {
        name: wording.write_amount(float(amount))
        for name, amount in amounts.items()
        if amount or name == "wages"
    }
    for number, each in enumerate(basis.grants, 1):
        filled |= {
            f"grant{number}_options": wording.write_amount(each.shares),
            f"grant{number}_strike": wording.write_amount(float(each.grant.strike)),
            f"grant{number}_value": wording.write_amount(each.value),
        }
    own = {"basis": basis.digest, "filled": str(basis.year), "within": str(WITHIN)}
    return filled | own | {"status": facts.household.filing_status, "year": str(basis.year)}
