"""The short form of somebody who has a credit already, and the scenario that it makes."""

from __future__ import annotations

from typing import Any

from django import forms

from amtweb.scenarios.assumed import Assumed, assumed_at
from amtweb.welcome.typed_fields import (
    BoundedAmount,
    MarkedForm,
    PriceField,
    SharesField,
    StatusField,
    YearChoice,
    coming_years,
    this_year,
)
from calculator import SCHEMA_VERSION
from calculator.law import published_years

FEWEST_YEARS = 10
YEARS_AFTER = 6
OF_SHARES = ("shares", "basis", "amt_basis")


def _last_returns() -> list[tuple[str, str]]:
    last = this_year() - 1
    return [(str(year), str(year)) for year in range(last, published_years()[0] - 2, -1)]


class CreditForm(MarkedForm):
    """What the last return says, and what is planned."""

    filing_status = StatusField()
    wages = BoundedAmount("Wages a year", help_text="W-2. The same each year.")
    last_return = forms.TypedChoiceField(label="Your last return", coerce=int)
    credit = BoundedAmount(
        "Credit carried forward",
        required=False,
        help_text="From AMT of earlier years: Form 8801, line 26. Blank: none",
    )
    amt = BoundedAmount(
        "AMT paid with that return",
        required=False,
        help_text="For that year itself: Form 6251, line 11. Blank: none",
    )
    amt_loss = BoundedAmount(
        "AMT capital loss carried over",
        required=False,
        help_text="From a Schedule D worked out for AMT. Blank: none",
    )
    shares = SharesField("Shares held", required=False, help_text="Blank: none")
    basis = PriceField("Regular basis a share", required=False, help_text="The strike price")
    amt_basis = PriceField(
        "AMT basis a share", required=False, help_text="Their value at exercise, as a rule"
    )
    price = PriceField("Value of a share now", required=False, help_text="Taken as the price then")
    sell_in = YearChoice("Plan to sell them in", "No sale planned", coming_years)
    gain = BoundedAmount(
        "Other capital gains", required=False, help_text="Long-term, of other assets. Blank: none"
    )
    gain_in = YearChoice("Taken in", "With the sale", coming_years)
    exclusion = BoundedAmount(
        "Part of that AMT without credit",
        required=False,
        help_text="Net minimum tax on exclusion items, Form 8801 line 15. Blank: none",
    )
    loss = BoundedAmount(
        "Capital loss carried over",
        required=False,
        help_text="For regular tax, from Schedule D. Blank: none",
    )

    more = ("exclusion", "loss")
    """What stands behind a fold."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        last_return = self.fields["last_return"]
        assert isinstance(last_return, forms.ChoiceField)  # noqa: S101
        last_return.choices = _last_returns()

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        given = {name for name in ("credit", "amt", "amt_loss") if asked.get(name)}
        if not given and not {"credit", "amt", "amt_loss"} & set(self.errors):
            self.add_error("credit", "Enter the credit, the AMT, or both, as far as you have them.")
        if (asked.get("exclusion") or 0) > (asked.get("amt") or 0):
            self.add_error("exclusion", "This is more than the AMT of that return.")
        if asked.get("sell_in") or any(asked.get(name) is not None for name in OF_SHARES):
            self._clean_shares(asked)
        return asked

    def _clean_shares(self, asked: dict[str, Any]) -> None:
        needed = {
            "shares": SharesField.sentence,
            "basis": PriceField.sentence,
            "amt_basis": PriceField.sentence,
        }
        if asked.get("sell_in"):
            needed["price"] = PriceField.sentence
            first = self._first_year(asked)
            if first and asked["sell_in"] < first:
                self.add_error("sell_in", "This year is over with your last return.")
        for name, sentence in needed.items():
            if asked.get(name) is None and not self.errors.get(name):
                self.add_error(name, sentence)

    @staticmethod
    def _first_year(asked: dict[str, Any]) -> int:
        return int(asked["last_return"]) + 1 if asked.get("last_return") else 0

    def document(self) -> dict[str, Any]:
        """The scenario: it begins with the year after the return."""
        asked = self.cleaned_data
        first = self._first_year(asked)
        years = self._years()
        facts = [{"year": year, "wages": asked["wages"]} for year in years]
        if asked["gain"]:
            facts[years.index(self._gain_year())]["long_term_gain"] = asked["gain"]
        paid = (asked["amt"] or 0) - (asked["exclusion"] or 0)
        return {
            "schema_version": SCHEMA_VERSION,
            "title": f"AMT credit from {first} on",
            "household": {"filing_status": asked["filing_status"]},
            "opening": {
                "minimum_tax_credit": (asked["credit"] or 0) + paid,
                "capital_loss": {"short_term": 0, "long_term": asked["loss"] or 0},
                "amt_capital_loss": {"short_term": 0, "long_term": asked["amt_loss"] or 0},
            },
            "years": facts,
            **self._held(first),
        }

    def _years(self) -> range:
        asked = self.cleaned_data
        first = self._first_year(asked)
        planned = max(this_year(), asked["sell_in"] or 0, asked["gain_in"] or 0)
        return range(first, max(first + FEWEST_YEARS, planned + YEARS_AFTER))

    def _gain_year(self) -> int:
        asked = self.cleaned_data
        return int(asked["gain_in"] or asked["sell_in"] or this_year())

    def _held(self, first: int) -> dict[str, Any]:
        asked = self.cleaned_data
        if not asked["shares"]:
            return {}
        holding = {
            "id": "h1",
            "label": "Shares from ISOs",
            "acquired": f"{first - 2}-01-01",
            "shares": asked["shares"],
            "basis": asked["basis"],
            "amt_basis": asked["amt_basis"],
            "price": asked["price"],
        }
        if not asked["sell_in"]:
            return {"holdings": [holding]}
        sale = {
            "id": "s1",
            "from": "h1",
            "date": f"{asked['sell_in']}-12-31",
            "shares": asked["shares"],
            "price": asked["price"],
        }
        return {"holdings": [holding], "sales": [sale]}

    def assumed(self) -> list[Assumed]:
        """What the scenario has that was not asked, or was left blank."""
        asked = self.cleaned_data
        said = [
            assumed_at("years[1].wages", "the same wages every year"),
            assumed_at("years[0].interest", "no other income"),
            assumed_at("years[0].deduction", "the larger deduction"),
        ]
        if asked["amt"] and asked["exclusion"] is None:
            all_of_it = "all of the AMT paid gives credit"
            said.append(assumed_at("opening.minimum_tax_credit", all_of_it))
        if asked["amt_loss"]:
            said.append(assumed_at("opening.amt_capital_loss.long_term", "a long-term AMT loss"))
        if asked["shares"]:
            said.append(assumed_at("holdings[0].acquired", "shares held long enough to qualify"))
            if asked["sell_in"]:
                said.append(assumed_at("sales[0].date", "sold on the last day of the year"))
            else:
                said.append(Assumed("no sale of the shares", "sales-title"))
        if asked["gain"] and not asked["gain_in"]:
            year = self._gain_year()
            place = self._years().index(year)
            said.append(assumed_at(f"years[{place}].long_term_gain", f"gains taken in {year}"))
        return said
