"""From a figure of the results to the line of a form that it stands on.

What is shown as a plain text elsewhere is a `Linked` text where the page has such links.  The pages
that they lead to, and those of a year's parameters, are of other apps and are known by address.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator import Scenario, ScenarioResult, YearResult
    from calculator.scenario import CapitalLoss

BEYOND_THE_FORMS = "figures"
"""Where the page of a year tells how figures are made that stand on no single line."""
FORMS = {
    "form_1040": "Form 1040",
    "form_6251": "Form 6251",
    "form_8801": "Form 8801",
    "form_8959": "Form 8959",
    "form_8960": "Form 8960",
    "capital_loss_carryover": "Capital Loss Carryover Worksheet",
    "amt_capital_loss_carryover": "AMT Capital Loss Carryover Worksheet",
}
NOT_ALWAYS_NEEDED = ("form_8959", "form_8960")
LAWS_WITH_A_PAGE = ("published", "projected", "counterfactual")


class Place(NamedTuple):
    """Where a figure stands."""

    name: str
    """Of the figure, where nothing around it says what it is."""
    form: str = BEYOND_THE_FORMS
    line: str = ""
    of_next_year: bool = False


PLACES = {
    "adjusted_gross_income": Place("Adjusted gross income", "form_1040", "11"),
    "taxable_income": Place("Taxable income", "form_1040", "15"),
    "amti": Place("AMT income", "form_6251", "4"),
    "regular_tax": Place("Regular tax", "form_1040", "16"),
    "tentative_minimum_tax": Place("Tentative minimum tax", "form_6251", "9"),
    "amt": Place("AMT", "form_6251", "11"),
    "credit_available": Place("AMT credit available", "form_8801", "21"),
    "credit_limit": Place("Limit of the AMT credit", "form_8801", "24"),
    "credit_used": Place("AMT credit used", "form_8801", "25"),
    "credit_generated": Place("AMT credit generated", "form_8801", "18", of_next_year=True),
    # Line 18 is not limited to the credit that there is, and may be what is generated.
    "credit_eroded": Place("AMT credit eroded"),
    "credit_balance": Place("AMT credit left", "form_8801", "21", of_next_year=True),
    "capital_loss_carryforward": Place("Capital loss carried over"),
    "short_term_loss": Place("Short-term loss carried over", "capital_loss_carryover", "8"),
    "long_term_loss": Place("Long-term loss carried over", "capital_loss_carryover", "13"),
    "amt_capital_loss_carryforward": Place("AMT capital loss carried over"),
    "amt_short_term_loss": Place(
        "Short-term AMT loss carried over", "amt_capital_loss_carryover", "8"
    ),
    "amt_long_term_loss": Place(
        "Long-term AMT loss carried over", "amt_capital_loss_carryover", "13"
    ),
    "net_investment_income_tax": Place("Net investment income tax", "form_8960", "17"),
    "additional_medicare_tax": Place("Additional Medicare Tax", "form_8959", "18"),
    "regular_tax_after_credits": Place("Regular tax after other credits"),
    "federal_tax": Place("Federal tax", "form_1040", "24"),
    "cumulative_tax": Place("Federal tax of the years so far"),
    "present_value": Place("Present value of all federal tax"),
}
"""By the names that figures have on the page."""


class Linked(str):
    """A text, and where its amount comes from."""

    href: str
    words: str
    """What the link is called where it is read alone."""
    leads_on: bool = False
    """Whether it is a way on of its own, and looks like one."""


class Sentence(str):
    """A sentence, and where to read on."""

    pieces: tuple[str, ...]
    """What it is made of; some may be `Linked`."""
    question: str = ""
    """The panel that answers what it leaves open: ``slug?control=value``."""
    asks: str = ""
    """That question in words."""
    because: tuple[str, ...] = ()
    """Its answer in words, for pages that have no panels."""

    @classmethod
    def of(cls, *pieces: str) -> Sentence:
        """The sentence made of these pieces."""
        sentence = cls("".join(pieces))
        sentence.pieces = pieces
        return sentence


class LineLinks(NamedTuple):
    """The links of a page that shows a result; without an address it has none to the forms."""

    address: str = ""
    """Where the years of the scenario's forms begin."""
    stamp: str = ""
    years: tuple[int, ...] = ()
    not_needed: frozenset[tuple[int, str]] = frozenset()
    """Forms that a year does without."""
    nothing_generated: frozenset[int] = frozenset()
    """Years whose part in the next year's line 18 is not what they generate: it is negative."""
    laws: Mapping[int, str] = {}
    """By year, the page of its parameters."""

    def to(self, key: str, year: int, text: str) -> str:
        """The text of a figure, linked to its line."""
        if not self.address:
            return text
        place = PLACES[key]
        there, form, line, words = self._found(place, key, year)
        linked = Linked(text)
        linked.href = f"{self.address}{there}/?shown={self.stamp}#{form}-{line}"
        linked.words = f"{place.name} {year}, {text}: to {words}"
        return linked

    def _found(self, place: Place, key: str, year: int) -> tuple[int, str, str, str]:
        there = year + 1 if place.of_next_year else year
        on_no_line = key == "credit_generated" and year in self.nothing_generated
        if on_no_line or place.form == BEYOND_THE_FORMS or there not in self.years:
            return year, BEYOND_THE_FORMS, key, "how it is made"
        if (there, place.form) in self.not_needed:
            return year, BEYOND_THE_FORMS, key, "why it is nothing"
        of_year = f" of {there}" if place.of_next_year else ""
        return there, place.form, place.line, f"{FORMS[place.form]}{of_year} line {place.line}"


NO_LINKS = LineLinks()


def line_links(result: ScenarioResult, scenario: Scenario, address: str) -> LineLinks:
    """The links of a result whose forms are found at an address."""
    return LineLinks(
        address,
        stamp_of(result),
        tuple(year.year for year in result.years),
        frozenset(
            (year.year, form)
            for year in result.years
            for form in NOT_ALWAYS_NEEDED
            if getattr(year.forms, form) is None
        ),
        frozenset(y.year for y in result.years if float(y.exclusion_items_tax) > float(y.amt)),
        laws_of(result, scenario),
    )


def laws_of(result: ScenarioResult, scenario: Scenario) -> dict[int, str]:
    """The pages of the parameters that each year is computed with."""
    return {
        year.year: _law_page(year, facts.household.filing_status, scenario)
        for year, facts in zip(result.years, scenario.years, strict=True)
        if year.law in LAWS_WITH_A_PAGE
    }


def _law_page(year: YearResult, status: str, scenario: Scenario) -> str:
    percent = f"{scenario.law.indexing_rate * 100:.10g}"
    asked = {"status": status, "path": scenario.law.path, "indexing": percent}
    return f"{reverse('parameters:year', args=[year.year])}?{urlencode(asked)}"


def stamp_of(result: ScenarioResult) -> str:
    """Tells one state of a scenario from another by its figures."""
    figures = [
        round(float(amount), 2)
        for year in result.years
        for amount in (
            *(year.adjusted_gross_income, year.taxable_income, year.amti, year.regular_tax),
            *(year.tentative_minimum_tax, year.federal_tax, year.credit_balance),
            *_by_term(year.capital_loss_carryforward),
            *_by_term(year.amt_capital_loss_carryforward),
        )
    ]
    return f"{zlib.crc32(repr(figures).encode()):08x}"


def _by_term(loss: CapitalLoss) -> tuple[Any, Any]:
    return loss.short_term, loss.long_term
