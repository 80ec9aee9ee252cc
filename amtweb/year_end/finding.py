"""The finder: what is asked, where to look, and the scenario that begins with what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.scenarios.working_copy import YEARS_OF_A_BLANK
from amtweb.year_end.amounts import Line, LinesForm, amount_field
from amtweb.year_end.old_forms import AMT, CREDIT, first_and_last_year, place
from calculator import SCHEMA_VERSION
from calculator.analysis.roll_forward import FiledReturn
from calculator.law import published_years
from calculator.scenario import FILING_STATUSES, CapitalLoss

if TYPE_CHECKING:
    from calculator.analysis.roll_forward import FiledReturn as Filed

PAID = (("yes", "Yes"), ("unsure", "I am not sure"), ("no", "No"))
FILED_8801 = (("yes", "Yes"), ("unsure", "I am not sure"), ("no", "No"))
STATUS_WORDS = {status: status.replace("_", " ").capitalize() for status in FILING_STATUSES}


def _years() -> list[tuple[str, str]]:
    first, last = first_and_last_year()
    return [(str(year), str(year)) for year in range(last, first - 1, -1)]


class QuestionsForm(forms.Form):
    """The few questions."""

    paid = forms.ChoiceField(
        choices=PAID, widget=forms.RadioSelect, label="Did you ever pay AMT?", initial="unsure"
    )
    first_exercise = forms.ChoiceField(
        label="The first year in which you exercised incentive stock options and kept shares"
    )
    last_return = forms.ChoiceField(label="The latest return that you have at hand")
    filed = forms.ChoiceField(
        choices=FILED_8801,
        widget=forms.RadioSelect,
        label="Is there a Form 8801 in it?",
        initial="unsure",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("first_exercise", "last_return"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = _years()
        self.initial["first_exercise"] = _years()[-1][0]

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        first, last = asked.get("first_exercise"), asked.get("last_return")
        if first and last and int(first) > int(last):
            message = "This return is from before the exercise: choose that year or a later one."
            self.add_error("last_return", message)
        return asked


def lines_of(year: int) -> tuple[Line, ...]:
    """The lines that are asked for, of the return of a year."""
    return (
        Line(
            "credit_carryforward", f"{year} {place(CREDIT, year).words}", "Credit carried forward"
        ),
        Line("amt", f"{year} {place(AMT, year).words}", "AMT of that year"),
        Line(
            "exclusion_items_tax",
            f"{year + 1} Form 8801, “Net minimum tax on exclusion items”",
            "Its part that gives no credit",
        ),
        Line("capital_loss_short_term", "Capital Loss Carryover Worksheet", "Short-term loss"),
        Line("capital_loss_long_term", "Capital Loss Carryover Worksheet", "Long-term loss"),
        Line("amt_capital_loss_short_term", "the same worksheet for AMT", "Short-term AMT loss"),
        Line("amt_capital_loss_long_term", "the same worksheet for AMT", "Long-term AMT loss"),
    )


class NumbersForm(LinesForm):
    """What was found; left blank: nothing."""

    filing_status = forms.ChoiceField(choices=list(STATUS_WORDS.items()), label="Filing status")

    def __init__(self, year: int, data: Any = None) -> None:
        super().__init__(data)
        self.year = year
        self.fields |= {line.name: amount_field(line) for line in lines_of(year)}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if (found.get("exclusion_items_tax") or 0) > (found.get("amt") or 0) and not found.get(
            "credit_carryforward"
        ):
            message = "This is more than the AMT, and there is no credit that it could reduce."
            self.add_error("exclusion_items_tax", message)
        return found

    def document(self) -> dict[str, Any]:
        """A scenario of the years after, which opens with what was found."""
        opening = self._filed()
        years = range(self.year + 1, self.year + 1 + YEARS_OF_A_BLANK)
        return {
            "schema_version": SCHEMA_VERSION,
            "title": f"My credit from {self.year} on",
            "household": {"filing_status": self.cleaned_data["filing_status"]},
            "opening": {
                "minimum_tax_credit": opening.credit,
                "capital_loss": _loss(opening.capital_loss),
                "amt_capital_loss": _loss(opening.amt_capital_loss),
            },
            "years": [{"year": year} for year in years],
        }

    def _filed(self) -> Filed:
        def amount(name: str) -> float:
            return self.cleaned_data[name] or 0.0

        return FiledReturn(
            credit_carryforward=amount("credit_carryforward"),
            amt=amount("amt"),
            exclusion_items_tax=amount("exclusion_items_tax"),
            capital_loss=CapitalLoss(
                short_term=amount("capital_loss_short_term"),
                long_term=amount("capital_loss_long_term"),
            ),
            amt_capital_loss=CapitalLoss(
                short_term=amount("amt_capital_loss_short_term"),
                long_term=amount("amt_capital_loss_long_term"),
            ),
            tax=0.0,
            adjusted_gross_income=0.0,
        )


def rebuilt(first: int, last: int) -> dict[str, Any]:
    """A scenario of the years whose forms are to be worked out again, and of the one after."""
    return {
        "schema_version": SCHEMA_VERSION,
        "title": f"My credit, worked out from {first} on",
        "years": [{"year": year} for year in range(first, last + 2)],
    }


def _loss(loss: CapitalLoss) -> dict[str, Any]:
    return {"short_term": loss.short_term, "long_term": loss.long_term}


def first_modelled_year() -> int:
    """Federal law before it is not modelled."""
    return published_years()[0]
