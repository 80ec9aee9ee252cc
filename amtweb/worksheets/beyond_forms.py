"""The figures of the results that stand on no single line: what each is made of."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.total_tax import kinds_of
from amtweb.scenarios.line_links import BEYOND_THE_FORMS, FORMS, PLACES
from amtweb.worksheets.references import Addresses, Reference
from amtweb.worksheets.written import exactly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator import ScenarioResult, YearResult
    from calculator.scenario import CapitalLoss

NO_CREDITS_LEFT = (
    "Regular tax, less the foreign tax credit and other credits as far as there is tax"
)


class Made(NamedTuple):
    """A figure of a year."""

    key: str
    amount: float
    words: str
    origins: tuple[Reference, ...]
    uses: tuple[Reference, ...] = ()

    @property
    def caption(self) -> str:
        """What it is called."""
        return PLACES[self.key].name


class _Told(NamedTuple):
    """What the figures are told from."""

    result: ScenarioResult
    at: int
    addresses: Addresses

    @property
    def year(self) -> YearResult:
        return self.result.years[self.at]

    def figure(self, key: str, label: str = "", year: int | None = None) -> Reference:
        """A figure of the results by the line that it stands on, or in this section."""
        of_year = year or self.year.year
        place = PLACES[key]
        if place.form != BEYOND_THE_FORMS and not place.of_next_year:
            return self.line(place.form, place.line, of_year)
        href = self.addresses.of_line(of_year, BEYOND_THE_FORMS, key)
        amount = getattr(self._result_of(of_year), key, None)
        return Reference(label, href, "" if amount is None else exactly(amount))

    def line(self, form: str, line: str, year: int | None = None) -> Reference:
        """A line of this year's forms, or of another's."""
        of_year = year or self.year.year
        named = f"{FORMS[form]} line {line}"
        label = named if of_year == self.year.year else f"{named} of {of_year}"
        amount = self._result_of(of_year).forms.printed_lines()[form][line]
        return Reference(label, self.addresses.of_line(of_year, form, line), exactly(amount))

    def _result_of(self, year: int) -> YearResult:
        return self.result.years[year - self.result.years[0].year]

    def next_line(self, line: str) -> tuple[Reference, ...]:
        """A line of the next year's Form 8801, if the scenario goes on."""
        later = self.year.year + 1
        return (self.line("form_8801", line, later),) if later in self.addresses.years else ()


def beyond_forms(
    result: ScenarioResult, year: YearResult, addresses: Addresses
) -> tuple[Made, ...]:
    """The figures of a year that no single line shows."""
    told = _Told(result, result.years.index(year), addresses)
    return (*_credit(told), *_losses(told), *_not_needed(told), *_tax(told))


def _credit(told: _Told) -> Iterator[Made]:
    year = told.year
    of_amt = (
        told.line("form_6251", "11"),
        Reference(
            "Net minimum tax on exclusion items",
            told.addresses.of_line(year.year + 1, "form_8801", "15"),
            exactly(year.exclusion_items_tax),
        ),
    )
    yield Made(
        "credit_generated",
        float(year.credit_generated),
        "AMT less the net minimum tax on exclusion items, if that is more than zero",
        of_amt,
        told.next_line("18"),
    )
    yield Made(
        "credit_eroded",
        float(year.credit_eroded),
        "Net minimum tax on exclusion items less AMT, if that is more than zero, at most the credit"
        " carried forward",
        (*reversed(of_amt), told.line("form_8801", "26")),
        told.next_line("18"),
    )
    yield Made(
        "credit_balance",
        float(year.credit_balance),
        "Credit carried forward, plus what is added, less what is eroded",
        (
            told.line("form_8801", "26"),
            told.figure("credit_generated", "Added"),
            told.figure("credit_eroded", "Eroded"),
        ),
        told.next_line("21"),
    )


def _losses(told: _Told) -> Iterator[Made]:
    year = told.year
    yield _loss(told, "capital_loss_carryforward", year.capital_loss_carryforward)
    yield _loss(told, "amt_capital_loss_carryforward", year.amt_capital_loss_carryforward)


def _loss(told: _Told, key: str, loss: CapitalLoss) -> Made:
    form = "amt_capital_loss_carryover" if key.startswith("amt") else "capital_loss_carryover"
    return Made(
        key,
        float(loss.short_term) + float(loss.long_term),
        "The short-term loss plus the long-term loss carried to the next year",
        (told.line(form, "8"), told.line(form, "13")),
    )


def _not_needed(told: _Told) -> Iterator[Made]:
    """The surtaxes of a year that has no form for them."""
    for key in ("net_investment_income_tax", "additional_medicare_tax"):
        if getattr(told.year.forms, PLACES[key].form) is None:
            words = f"{FORMS[PLACES[key].form]} is not needed under the law of this year"
            yield Made(key, float(getattr(told.year, key)), words, ())


def _tax(told: _Told) -> Iterator[Made]:
    year, years = told.year, told.result.years
    place = f"years[{told.at}]"
    yield Made(
        "regular_tax_after_credits",
        kinds_of(year).regular,
        NO_CREDITS_LEFT,
        (
            told.line("form_1040", "16"),
            *(
                Reference(label, told.addresses.of_input(f"{place}.{field}"))
                for label, field in (
                    ("Foreign tax credit", "foreign_tax_credit"),
                    ("Other credits", "other_nonrefundable_credits"),
                )
            ),
        ),
    )
    sums = list(accumulate(float(each.federal_tax) for each in years))
    yield Made(
        "cumulative_tax",
        sums[told.at],
        f"Federal tax of {years[0].year} to {year.year}, added up",
        tuple(told.figure("federal_tax", year=each.year) for each in years[: told.at + 1]),
    )
    yield from _present_value(told)


def _present_value(told: _Told) -> Iterator[Made]:
    """In the first year, which it is a value of."""
    if told.at == 0:
        totals = told.result.totals
        yield Made(
            "present_value",
            float(totals.present_value) - float(totals.value_of_credit_left),
            "Federal tax of every year, discounted to this one, less the value given to the credit"
            " that is left",
            tuple(told.figure("federal_tax", year=each.year) for each in told.result.years),
        )
