"""Sale years: when to sell the shares of a lot, for the credit or for the least tax.

A qualifying sale after a fall leaves an AMT loss that waits for gains (IRC 56(b)(3), 1211(b)); how
many shares are sold in which year decides how much of the credit each year can take.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from calculator.analysis.allotment import least_allotment, measured_in_parts
from calculator.analysis.price_paths import LARGEST_PRICE
from calculator.analysis.what_if import (
    Proposal,
    evaluate_batch,
    refuse,
    refuse_batch,
    refuse_unlike_shares,
    unused_id,
    whole,
    year_index,
)
from calculator.equity.holding_period import anniversary
from calculator.equity.lots import lots_of
from calculator.scenario import Sale

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculator.analysis.what_if import Batch
    from calculator.equity.lots import Lot
    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario

MOST_SALE_YEARS = 20
LAST_DAY = 12, 31
CENT = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class SalePlan:
    """One way to spread the sale.  Dollars and shares."""

    name: str
    shares: tuple[float, ...]
    """In each year in which shares may be sold."""
    credit_balance: tuple[float, ...]
    """At the end of every year of the scenario."""
    first_year_without_credit: int | None
    credit_left: float
    federal_tax: float
    """Of all years of the scenario."""
    present_value: float
    """Of all taxes of the scenario."""
    proceeds: float
    """Present value, before tax."""
    proposal: Proposal

    def to_dict(self) -> dict[str, Any]:
        """The plan as the command line prints it."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "proposal"}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in plain.items()
        } | {"proposal": self.proposal.to_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleYears:
    """The plans side by side."""

    source: str
    qualifying_from: date
    """First day on which a sale is a qualifying disposition; of other shares, long-term."""
    years: tuple[int, ...]
    """In which shares may be sold, on the last day."""
    prices: tuple[float, ...]
    scenario_years: tuple[int, ...]
    shares: float
    replaced_sales: tuple[str, ...]
    """Sales of the scenario that the plans stand in for."""
    plans: tuple[SalePlan, ...]

    def plan(self, name: str) -> SalePlan:
        """The plan ``at_once``, ``even``, ``least_tax`` or ``soonest``."""
        return next(plan for plan in self.plans if plan.name == name)

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return {
            "source": self.source,
            "qualifying_from": self.qualifying_from.isoformat(),
            "years": list(self.years),
            "prices": list(self.prices),
            "scenario_years": list(self.scenario_years),
            "shares": self.shares,
            "replaced_sales": list(self.replaced_sales),
            "plans": {plan.name: plan.to_dict() for plan in self.plans},
        }


class SourceOfShares(NamedTuple):
    """A lot to be sold, and the scenario without the sales that are to be replaced."""

    id: str
    lot: Lot
    scenario: Scenario
    replaced: tuple[int, ...]
    """Places of those sales in the scenario's list."""
    shares: float
    """That are left to sell."""
    qualifying_from: date

    def sold(self, shares: float | Batch, year: int, price: float | Batch) -> Scenario:
        """The scenario with further shares sold on the last day of a year."""
        sale = Sale(
            id=unused_id(self.scenario, "sale"),
            source=self.id,
            date=date(year, *LAST_DAY),
            shares=shares,
            price=price,
        )
        return replace(self.scenario, sales=(*self.scenario.sales, sale))


def source_of_shares(
    scenario: Scenario, source: str, first_year: int, last_year: int
) -> SourceOfShares:
    """The lot of that id, its sales in these years taken out.

    Raises:
        InvalidScenario: There is no such lot, or nothing of it is left to sell.
    """
    refuse_unlike_shares(scenario, source)
    lot = lots_of(scenario).get(source)
    if lot is None:
        raise refuse("source", f"There is no exercise or holding \u201c{source}\u201d.")
    replaced = tuple(
        place
        for place, sale in enumerate(scenario.sales)
        if sale.source == source and first_year <= sale.date.year <= last_year
    )
    kept = tuple(sale for place, sale in enumerate(scenario.sales) if place not in replaced)
    left = float(lot.shares) - sum(float(sale.shares) for sale in kept if sale.source == source)
    if left <= 0.0:
        raise refuse("source", "No shares of this lot are left to sell in these years.")
    held = anniversary(lot.acquired, 1)
    if lot.granted is not None:
        held = max(held, anniversary(lot.granted, 2))
    return SourceOfShares(
        source, lot, replace(scenario, sales=kept), replaced, left, held + timedelta(days=1)
    )


def sale_years(  # noqa: PLR0913  (each is a choice of the person who asks)
    scenario: Scenario,
    source: str,
    price: float,
    *,
    first_year: int | None = None,
    last_year: int | None = None,
    growth: float = 0.0,
    shares: float | None = None,
    early: bool = False,
    credit_value: float | None = None,
) -> SaleYears:
    """Spreads the sale of a lot: all at once, evenly, at least tax, and for the credit soonest.

    Shares are sold on the last day of a year; ``price`` is that of the first year asked about and
    grows by ``growth`` a year.  Sales of the lot that the scenario has in these years are
    replaced.  Sales before the holding periods end are planned only if ``early``.  Least tax is
    the least present value of all taxes, less ``credit_value`` (by default what the scenario
    assumes) for each dollar of credit left; soonest is the earliest first year without credit, or
    else the least credit left.

    Raises:
        InvalidScenario: There is no such lot or year, or no shares or years are left to sell in.
    """
    refuse_batch(scenario)
    first = scenario.years[0].year if first_year is None else first_year
    last = scenario.years[-1].year if last_year is None else last_year
    if credit_value is None:
        credit_value = scenario.assumptions.credit_value
    _check(scenario, (first, last), price, growth, credit_value)
    found = source_of_shares(scenario, source, first, last)
    wanted = found.shares if shares is None else shares
    if not 0.0 < wanted <= found.shares:
        raise refuse("shares", f"Choose a number of shares up to {found.shares:,.0f}.")
    day = found.lot.acquired if early else found.qualifying_from
    years = tuple(year for year in range(first, last + 1) if date(year, *LAST_DAY) >= day)
    if not years:
        raise refuse("to", f"The shares can be sold from {day} on: choose a later year.")
    if len(years) > MOST_SALE_YEARS:
        raise refuse("to", f"Choose at most {MOST_SALE_YEARS} years.")
    prices = tuple(price * (1.0 + growth) ** (year - first) for year in years)
    asked = _Asked(scenario, found, years, prices, wanted, credit_value)
    at_once, even = np.eye(len(years))[0] * wanted, np.full(len(years), wanted / len(years))
    begin = (at_once, even)
    least = asked.best(asked.tax_levels, begin)
    divisions = {
        "at_once": at_once,
        "even": even,
        "least_tax": least,
        "soonest": _soonest(asked, (*begin, least)),
    }
    return SaleYears(
        source=source,
        qualifying_from=found.qualifying_from,
        years=years,
        prices=prices,
        scenario_years=tuple(facts.year for facts in scenario.years),
        shares=wanted,
        replaced_sales=tuple(scenario.sales[place].id for place in found.replaced),
        plans=tuple(asked.plan(name, division) for name, division in divisions.items()),
    )


class _Asked(NamedTuple):
    """The question."""

    scenario: Scenario
    source: SourceOfShares
    years: tuple[int, ...]
    prices: tuple[float, ...]
    shares: float
    credit_value: float

    def computed(self, divisions: Batch) -> ScenarioResult:
        """The scenario with divisions of the sale, shape (n, years)."""
        source = self.source
        for column, (year, price) in enumerate(zip(self.years, self.prices, strict=True)):
            source = source._replace(scenario=source.sold(divisions[:, column].copy(), year, price))
        return evaluate_batch(source.scenario, len(divisions))

    def best(
        self, levels: Callable[[ScenarioResult, int], list[Batch]], begin: tuple[Batch, ...]
    ) -> Batch:
        """The division of the shares that is least by these levels."""

        def measure(divisions: Batch) -> Batch:
            return np.column_stack(levels(self.computed(divisions), len(divisions)))

        return least_allotment(
            measured_in_parts(measure, len(self.scenario.years)),
            len(self.years),
            self.shares,
            also_from=[division.tolist() for division in begin],
        )

    def tax_levels(self, result: ScenarioResult, size: int) -> list[Batch]:
        """The cost; where that is the same, the credit that has been waiting, all years."""
        left = whole(result.totals.credit_left, size)
        cost = whole(result.totals.present_value, size) - self.credit_value * left * self.discount(
            self.scenario.years[-1].year
        )
        return [np.round(cost / CENT), np.round(_balances(result, size).sum(axis=1) / CENT)]

    def discount(self, year: int) -> float:
        rate = self.scenario.assumptions.discount_rate
        return float((1.0 + rate) ** (self.scenario.years[0].year - year))

    def plan(self, name: str, division: Batch) -> SalePlan:
        result = self.computed(division[None, :])
        year = float(whole(result.totals.first_year_without_credit, 1)[0])
        return SalePlan(
            name=name,
            shares=tuple(division.tolist()),
            credit_balance=tuple(_balances(result, 1)[0].tolist()),
            first_year_without_credit=None if np.isnan(year) else int(year),
            credit_left=float(whole(result.totals.credit_left, 1)[0]),
            federal_tax=float(whole(result.totals.federal_tax, 1)[0]),
            present_value=float(whole(result.totals.present_value, 1)[0]),
            proceeds=sum(
                shares * price * self.discount(each)
                for shares, price, each in zip(
                    division.tolist(), self.prices, self.years, strict=True
                )
            ),
            proposal=self.proposal(division),
        )

    def proposal(self, division: Batch) -> Proposal:
        """Existing sales of these years moved, further ones appended, left-over ones emptied."""
        chosen = [
            {"date": date(year, *LAST_DAY).isoformat(), "shares": shares, "price": price}
            for year, shares, price in zip(self.years, division.tolist(), self.prices, strict=True)
            if shares > 0.0
        ]
        edits: list[dict[str, Any]] = []
        for place, new in zip(self.source.replaced, chosen, strict=False):
            path = f"sales[{place}]"
            edits += [{"path": f"{path}.{key}", "value": value} for key, value in new.items()]
            if not self.scenario.sales[place].loss_recognized:
                edits.append({"path": f"{path}.loss_recognized", "value": True})
        moved = len(self.source.replaced)
        edits += [
            {"path": "sales[+]", "value": {"from": self.source.id, **new}} for new in chosen[moved:]
        ]
        edits += [
            {"path": f"sales[{place}].shares", "value": 0}
            for place in self.source.replaced[len(chosen) :]
        ]
        listed = ", ".join(f"{new['shares']:,.0f} in {str(new['date'])[:4]}" for new in chosen)
        return Proposal(edits=tuple(edits), words=f"Sell {listed}.")


def _soonest(asked: _Asked, begin: tuple[Batch, ...]) -> Batch:
    """Least tax among the divisions whose credit is gone the earliest.

    ``begin`` ends with the division of least tax of all.
    """
    after_all = asked.scenario.years[-1].year + 1

    def year_and_balance(result: ScenarioResult, size: int) -> tuple[Batch, Batch]:
        """The first year without credit, and what is left of it a year before."""
        year = whole(result.totals.first_year_without_credit, size)
        year = np.where(np.isnan(year), after_all, year)
        balances = _balances(result, size)
        place = np.maximum(year.astype(int) - 1 - asked.scenario.years[0].year, 0)
        return year, balances[np.arange(size), place]

    def towards(result: ScenarioResult, size: int) -> list[Batch]:
        year, balance = year_and_balance(result, size)
        return [year / CENT, np.round(balance / CENT), *asked.tax_levels(result, size)]

    nearest = asked.best(towards, begin)
    result = asked.computed(nearest[None, :])
    reached = float(year_and_balance(result, 1)[0][0])
    never = reached == after_all
    cheapest_of_all = begin[-1]
    year, _ = year_and_balance(asked.computed(cheapest_of_all[None, :]), 1)
    if not never and year[0] <= reached:
        return cheapest_of_all

    def cheapest(result: ScenarioResult, size: int) -> list[Batch]:
        year, balance = year_and_balance(result, size)
        left = np.round(balance / CENT) if never else np.zeros(size)
        return [np.maximum(year, reached) / CENT, left, *asked.tax_levels(result, size)]

    return asked.best(cheapest, (*begin, nearest))


def _balances(result: ScenarioResult, size: int) -> Batch:
    return np.column_stack([whole(year.credit_balance, size) for year in result.years])


def _check(
    scenario: Scenario, years: tuple[int, int], price: float, growth: float, credit_value: float
) -> None:
    for year in years:
        year_index(scenario, year)
    if years[0] > years[1]:
        raise refuse("to", "Choose a last year that is not before the first.")
    if not 0.0 <= price <= LARGEST_PRICE:
        raise refuse("price", "Enter a price in dollars a share, zero or more.")
    if not -0.5 <= growth <= 1.0:
        raise refuse("growth", "Enter a growth from -0.5 to 1, such as 0.05 for 5% a year.")
    if not 0.0 <= credit_value <= 1.0:
        raise refuse("credit_value", "Enter a fraction from 0 to 1 of a dollar of credit.")
