"""Erosion: why a year takes something off the credit that lowered no tax.

Form 8801 asks what minimum tax the exclusion items of a year alone would have caused.  Where that
is more than the AMT of the year, line 18 of the next year's form is negative, and what is carried
forward shrinks by as much: IRC 53(b), 53(d)(1)(B).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.analysis.what_if import refuse, refuse_batch, with_facts, year_index
from calculator.timeline import each_year_with_inputs, evaluate

if TYPE_CHECKING:
    from datetime import date

    from calculator.federal.form_6251 import AlternativeMinimumTaxableIncome
    from calculator.federal.form_8801 import NetMinimumTaxOnExclusionItems
    from calculator.results import ScenarioResult, YearResult
    from calculator.scenario import Sale, Scenario
    from calculator.timeline import YearInputs

MOST_PARTS = 4
DOLLAR = 1.0
"""A difference of less is none."""


class Item(NamedTuple):
    """A difference between the two systems, and where it stands."""

    words: str
    amount: float
    line: str
    """Of Form 6251."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """The same sales and gains in equal parts over several years.  Dollars."""

    years: tuple[int, ...]
    credit_eroded: float
    """Of all years, as the next."""
    federal_tax: float
    credit_left: float
    """At the end of the scenario."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erosion:
    """The reason, and what could be done.  Dollars."""

    year: int
    credit_eroded: float
    amt: float
    """Of the year, as all that follows."""
    credit_available: float
    credit_used: float
    credit_before: float
    """Carried forward out of the year, before line 18 takes something off."""
    credit_after: float
    income: float
    """On exclusion items alone: Form 8801 line 4, as the next four are its lines."""
    full_exemption: float
    phaseout_start: float
    exemption: float
    tentative_tax: float
    regular_tax: float
    net_minimum_tax: float
    """Line 15."""
    amti: float
    """On all items: Form 6251 line 4."""
    tentative_minimum_tax: float
    exclusion_items: tuple[Item, ...]
    deferral_items: tuple[Item, ...]
    as_it_is: Divided
    """In the year itself, undivided."""
    divided: Divided | None
    """The division that leaves most of the credit; None where none leaves more."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values."""
        return asdict(self)


def years_of_erosion(result: ScenarioResult) -> tuple[int, ...]:
    """The years that take something off the credit; the one that takes most comes first."""
    lost = [(float(each.credit_eroded), each.year) for each in result.years]
    return tuple(year for amount, year in sorted(lost, reverse=True) if amount >= DOLLAR)


def erosion(scenario: Scenario, year: int) -> Erosion:
    """Why a year erodes the credit.

    Raises:
        InvalidScenario: It does not, or there is no such year.
    """
    refuse_batch(scenario)
    year_index(scenario, year)
    inputs, result = next(pair for pair in each_year_with_inputs(scenario) if pair[1].year == year)
    if float(result.credit_eroded) < DOLLAR:
        raise refuse("year", f"The credit does not shrink by exclusion items of {year}.")
    alone = _exclusion_items_alone(inputs)
    part_i = result.forms.form_6251.part_i
    return Erosion(
        year=year,
        credit_eroded=float(result.credit_eroded),
        amt=float(result.amt),
        credit_available=float(result.credit_available),
        credit_used=float(result.credit_used),
        credit_before=float(result.credit_carryforward),
        credit_after=float(result.credit_balance),
        income=float(alone.exclusion_income),
        full_exemption=float(alone.full_exemption),
        phaseout_start=float(alone.phaseout_start),
        exemption=float(alone.exemption),
        tentative_tax=float(alone.tentative_tax),
        regular_tax=float(alone.regular_tax),
        net_minimum_tax=float(alone.net_minimum_tax),
        amti=float(part_i.amti),
        tentative_minimum_tax=float(result.tentative_minimum_tax),
        exclusion_items=_exclusion_items(part_i, alone, result),
        deferral_items=_deferral_items(part_i, alone),
        as_it_is=_outcome((year,), evaluate(scenario)),
        divided=_best_division(scenario, year),
    )


def _exclusion_items_alone(inputs: YearInputs) -> NetMinimumTaxOnExclusionItems:
    """Form 8801 Part I, which the next year files."""
    _, carried = inputs.compute()
    assert carried.prior_year is not None  # noqa: S101  (every year hands its own on)
    return carried.prior_year.exclusion_items.part_i


def _exclusion_items(
    part_i: AlternativeMinimumTaxableIncome,
    alone: NetMinimumTaxOnExclusionItems,
    result: YearResult,
) -> tuple[Item, ...]:
    itemizes = result.deduction.kind == "itemized"
    deducted = "state and local taxes deducted" if itemizes else "the standard deduction"
    named = (
        Item(deducted, float(part_i.taxes_or_standard_deduction), "2a"),
        Item("a refund of state and local taxes", float(part_i.tax_refund), "2b"),
        Item(
            "interest from private activity bonds",
            float(part_i.private_activity_bond_interest),
            "2g",
        ),
    )
    rest = float(alone.exclusion_items) - sum(item.amount for item in named)
    return _worth_naming((*named, Item("other exclusion items", rest, "3")))


def _deferral_items(
    part_i: AlternativeMinimumTaxableIncome, alone: NetMinimumTaxOnExclusionItems
) -> tuple[Item, ...]:
    named = (
        Item("options exercised and held", float(part_i.bargain_element), "2i"),
        Item(
            "shares sold, whose cost is higher for AMT",
            float(part_i.disposition_difference),
            "2k",
        ),
    )
    rest = float(part_i.amti) - float(alone.exclusion_income) - sum(item.amount for item in named)
    return _worth_naming((*named, Item("other deferral items", rest, "3")))


def _worth_naming(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(item for item in items if abs(item.amount) >= DOLLAR)


def _outcome(years: tuple[int, ...], result: ScenarioResult) -> Divided:
    totals = result.totals
    return Divided(
        years=years,
        credit_eroded=float(totals.credit_eroded),
        federal_tax=float(totals.federal_tax),
        credit_left=float(totals.credit_left),
    )


def _best_division(scenario: Scenario, year: int) -> Divided | None:
    """Among sales and gains of the year in equal parts from it on; the fewest years in a tie."""
    years = [facts.year for facts in scenario.years if facts.year >= year]
    least, best = float(evaluate(scenario).totals.credit_eroded) - DOLLAR, None
    for count in range(2, min(MOST_PARTS, len(years)) + 1):
        changed = divided(scenario, tuple(years[:count]))
        if changed is None:
            return None
        outcome = _outcome(tuple(years[:count]), evaluate(changed))
        if outcome.credit_eroded < least - DOLLAR:
            least, best = outcome.credit_eroded, outcome
    return best


def divided(scenario: Scenario, years: tuple[int, ...]) -> Scenario | None:
    """With the sales and long-term gains of the first year in equal parts over all of them.

    None where there is nothing to divide, or where shares are split, which are counted anew then.
    """
    first, parts = years[0], len(years)
    gain = scenario.years[year_index(scenario, first)].long_term_gain
    sold = sales_to_divide(scenario, first)
    if scenario.splits or not (sold or float(gain) > 0):
        return None
    if float(gain) > 0:
        own = {facts.year: facts.long_term_gain for facts in scenario.years}
        for year in years:
            standing = 0.0 if year == first else float(own[year])
            scenario = with_facts(scenario, year, long_term_gain=standing + float(gain) / parts)
    sales = [
        part
        for sale in scenario.sales
        for part in (_parts_of(sale, years) if sale in sold else (sale,))
    ]
    return replace(scenario, sales=tuple(sorted(sales, key=lambda each: each.date)))


def sales_to_divide(scenario: Scenario, year: int) -> tuple[Sale, ...]:
    """Those of a year that could as well have come later, in parts."""
    return tuple(sale for sale in scenario.sales if sale.date.year == year and sale.kind == "sale")


def _parts_of(sale: Sale, years: tuple[int, ...]) -> tuple[Sale, ...]:
    shares = float(sale.shares) / len(years)
    return tuple(
        replace(
            sale,
            id=sale.id if year == sale.date.year else f"{sale.id}-{year}",
            date=day_in(sale.date, year),
            shares=shares,
        )
        for year in years
    )


def day_in(day: date, year: int) -> date:
    """The same day of another year; 28 February for one that not every year has."""
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)
