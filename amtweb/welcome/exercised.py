"""The short form of somebody who exercised ISOs, and the scenario that it makes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format

from amtweb.scenarios.assumed import Assumed, assumed_at
from amtweb.scenarios.editor import wording
from amtweb.welcome.typed_fields import (
    BoundedAmount,
    Day,
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

HELD, SOLD = "held", "sold"
OF_A_SALE = ("sold_on", "sold_shares", "sold_price")
YEARS_FROM_GRANT = 2
"""Before the exercise, if nobody says when the options were granted: no sale then fails for it."""
AS_PRICE = "Taken as the price then. Blank: as at exercise"
FEWEST_YEARS = 10
YEARS_AFTER = 6
"""That the scenario goes on after today and after the last thing planned."""


class ExercisedForm(MarkedForm):
    """What was exercised, and what becomes of the shares."""

    filing_status = StatusField()
    wages = BoundedAmount("Wages a year", help_text="W-2, without the options. The same each year.")
    exercised_on = Day("Exercised on", help_text="Form 3921, box 2")
    shares = SharesField("Options exercised", help_text="Form 3921, box 5")
    strike = PriceField("Strike price", help_text="Form 3921, box 3")
    value = PriceField("Value of a share that day", help_text="Form 3921, box 4")
    held = forms.ChoiceField(
        label="Do you still hold the shares?",
        choices=((HELD, "Yes, all of them"), (SOLD, "I sold some or all")),
        widget=forms.RadioSelect,
        initial=HELD,
        required=False,
    )
    sold_on = Day("Sold on", required=False)
    sold_shares = SharesField("Shares sold", required=False, help_text="Blank: all of them")
    sold_price = PriceField("Sold at", required=False)
    sell_in = YearChoice("Plan to sell in", "No sale planned", coming_years)
    price = PriceField(
        "Value of a share now",
        required=False,
        help_text="Taken as the price then. Blank: as at exercise",
    )
    gain = BoundedAmount(
        "Other capital gains", required=False, help_text="Long-term, of other assets. Blank: none"
    )
    gain_in = YearChoice("Taken in", "With the sale", coming_years)
    granted_on = Day(
        "Granted on",
        required=False,
        help_text="Form 3921, box 1. Blank: two years before the exercise",
    )
    credit = BoundedAmount(
        "AMT credit from before", required=False, help_text="Form 8801, line 26. Blank: none"
    )

    more = ("gain", "gain_in", "granted_on", "credit")
    """What stands behind a fold."""

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        if day := asked.get("exercised_on"):
            self._clean_exercise(asked, day)
        if asked.get("held") == SOLD:
            self._clean_sale(asked)
        else:
            for name in OF_A_SALE:
                asked[name] = None
                self.errors.pop(name, None)
        if asked.get("sell_in"):
            self._clean_plan(asked, asked["sell_in"])
        return asked

    def _clean_exercise(self, asked: dict[str, Any], day: date) -> None:
        first, last = published_years()[0], coming_years()[-1]
        if not first <= day.year <= last:
            before = f"Years before {first} are not modelled: say instead that you have a credit."
            self.add_error("exercised_on", before if day.year < first else f"Not after {last}.")
        if (granted := asked.get("granted_on")) and granted > day:
            self.add_error("granted_on", "This is after the exercise.")

    def _clean_sale(self, asked: dict[str, Any]) -> None:
        for name, sentence in (
            ("sold_on", "Enter the day of the sale, such as 2026-03-31."),
            ("sold_price", PriceField.sentence),
        ):
            if asked.get(name) is None and not self.errors.get(name):
                self.add_error(name, sentence)
        exercised, sold = asked.get("exercised_on"), asked.get("sold_on")
        if exercised and sold and sold < exercised:
            self.add_error("sold_on", "This is before the exercise.")
        if sold and sold.year > coming_years()[-1]:
            self.add_error("sold_on", f"Not after {coming_years()[-1]}.")
        if (asked.get("sold_shares") or 0) > (asked.get("shares") or 0):
            self.add_error("sold_shares", "These are more than you exercised.")

    def _clean_plan(self, asked: dict[str, Any], year: int) -> None:
        day, sold = asked.get("exercised_on"), asked.get("sold_on")
        if day and year < day.year:
            self.add_error("sell_in", "This is before the exercise.")
        if sold and sold.year > year:
            self.add_error("sell_in", "This is before the sale above.")
        if asked.get("held") == SOLD and not self.errors and self._left() <= 0:
            self.add_error("sell_in", "All shares are sold above: nothing is left to sell.")

    def _left(self) -> float:
        asked = self.cleaned_data
        if asked.get("held") != SOLD:
            return float(asked["shares"])
        sold = asked["sold_shares"]
        return 0.0 if sold is None else float(asked["shares"] - sold)

    def document(self) -> dict[str, Any]:
        """The scenario."""
        asked = self.cleaned_data
        day: date = asked["exercised_on"]
        years = self._years()
        facts = [{"year": year, "wages": asked["wages"]} for year in years]
        if asked["gain"]:
            facts[years.index(self._gain_year())]["long_term_gain"] = asked["gain"]
        return {
            "schema_version": SCHEMA_VERSION,
            "title": f"ISO exercise of {day.year}",
            "household": {"filing_status": asked["filing_status"]},
            "opening": {"minimum_tax_credit": asked["credit"] or 0},
            "years": facts,
            "grants": [
                {
                    "id": "g1",
                    "kind": "iso",
                    "date": self._granted().isoformat(),
                    "shares": asked["shares"],
                    "strike": asked["strike"],
                }
            ],
            "exercises": [
                {
                    "id": "e1",
                    "grant": "g1",
                    "date": day.isoformat(),
                    "shares": asked["shares"],
                    "fair_market_value": asked["value"],
                }
            ],
            "sales": self._sales(),
        }

    def assumed(self) -> list[Assumed]:
        """What the scenario has that was not asked, or was left blank."""
        asked = self.cleaned_data
        said = [
            assumed_at("years[1].wages", "the same wages every year"),
            assumed_at("years[0].interest", "no other income"),
            assumed_at("years[0].deduction", "the larger deduction"),
        ]
        if not asked["granted_on"]:
            said.append(
                assumed_at(
                    "grants[0].date", f"options granted on {date_format(self._granted(), 'M j, Y')}"
                )
            )
        if not asked["sell_in"] and self._left() > 0:
            said.append(Assumed("no sale of the shares that you hold", "sales-title"))
        elif asked["sell_in"]:
            place = len(self._sales()) - 1
            said.append(assumed_at(f"sales[{place}].date", "sold on the last day of the year"))
            if asked["price"] is None:
                price = f"at the value at exercise, ${wording.write_amount(asked['value'])}"
                said.append(assumed_at(f"sales[{place}].price", price))
        if asked["gain"] and not asked["gain_in"]:
            year = self._gain_year()
            place = self._years().index(year)
            said.append(assumed_at(f"years[{place}].long_term_gain", f"gains taken in {year}"))
        return said

    def _years(self) -> range:
        asked = self.cleaned_data
        first = min(asked["exercised_on"].year, this_year())
        sold = asked["sold_on"].year if asked["sold_on"] else first
        planned = max(this_year(), sold, asked["sell_in"] or 0, asked["gain_in"] or 0)
        return range(first, max(first + FEWEST_YEARS, planned + YEARS_AFTER))

    def _gain_year(self) -> int:
        asked = self.cleaned_data
        return int(asked["gain_in"] or asked["sell_in"] or this_year())

    def _granted(self) -> date:
        day: date = self.cleaned_data["exercised_on"]
        granted: date | None = self.cleaned_data["granted_on"]
        # The last of February may be missing there.
        return granted or date(day.year - YEARS_FROM_GRANT, day.month, min(day.day, 28))

    def _sales(self) -> list[dict[str, Any]]:
        asked, sales = self.cleaned_data, []
        if asked["held"] == SOLD:
            shares = asked["shares"] if asked["sold_shares"] is None else asked["sold_shares"]
            sales.append((asked["sold_on"].isoformat(), shares, asked["sold_price"]))
        if asked["sell_in"]:
            price = asked["value"] if asked["price"] is None else asked["price"]
            sales.append((f"{asked['sell_in']}-12-31", self._left(), price))
        return [
            {"id": f"s{number}", "from": "e1", "date": day, "shares": shares, "price": price}
            for number, (day, shares, price) in enumerate(sales, start=1)
            if shares
        ]
