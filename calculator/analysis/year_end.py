"""The decision at the end of the year of an exercise, after a fall: sell, or hold.

Shares of an incentive stock option sold in the year of exercise are out of line 2i: the AMT is
erased, and only the actual gain is income (IRC 56(b)(3), 422(c)(2)).  Held until they qualify, they
leave AMT to pay now, a credit, and an AMT loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from calculator.analysis.breakpoints import last_up_to
from calculator.analysis.price_paths import LARGEST_PRICE
from calculator.analysis.sale_years import SourceOfShares, source_of_shares
from calculator.analysis.what_if import (
    evaluate_batch,
    exercise_of,
    refuse,
    refuse_batch,
    whole,
    year_index,
    year_of,
)

if TYPE_CHECKING:
    from calculator.analysis.what_if import Batch
    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario

TIMES_THE_PRICE = 10.0
"""How far break-even prices are looked for: this many times the highest price in sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One of the two ways.  Dollars."""

    year: int
    """In which the shares are sold, on the last day."""
    price: float
    amt: float
    """Of the year of exercise."""
    credit_balance: tuple[float, ...]
    """At the end of every year of the scenario."""
    present_value: float
    """Of all taxes of the scenario."""
    proceeds: float
    """Present value, before tax."""
    net: float
    """Proceeds less taxes."""

    def to_dict(self) -> dict[str, Any]:
        """The way as the command line prints it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {"credit_balance": list(self.credit_balance)}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEnd:
    """Both ways side by side."""

    exercise: str
    shares: float
    sell: Way
    hold: Way
    break_even_price: float | None
    """What a share must bring when it is sold later, for holding to come out alike; None if no
    price in sight does."""
    sell_below: float | None
    """The price at the end of the year of exercise below which selling then comes out better,
    later prices growing from it; None if selling is better at every price in sight."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return {
            "exercise": self.exercise,
            "shares": self.shares,
            "sell": self.sell.to_dict(),
            "hold": self.hold.to_dict(),
            "break_even_price": self.break_even_price,
            "sell_below": self.sell_below,
        }


def year_end(
    scenario: Scenario,
    exercise: str,
    price: float,
    *,
    growth: float = 0.0,
    later_year: int | None = None,
) -> YearEnd:
    """Selling all shares of an exercise on the last day of its year, or in a later one.

    ``price`` is that of the last day of the year of exercise and grows by ``growth`` a year.  The
    later year is by default the first at whose end the shares qualify.  Sales of the lot that the
    scenario has are left out of both ways.

    Raises:
        InvalidScenario: It is no exercise of an incentive stock option in the years of the
            scenario, or they end before the shares qualify.
    """
    refuse_batch(scenario)
    year = exercise_of(scenario, exercise).date.year
    year_index(scenario, year)
    if not 0.0 <= price <= LARGEST_PRICE:
        raise refuse("price", "Enter a price in dollars a share, zero or more.")
    if not -0.5 <= growth <= 1.0:
        raise refuse("growth", "Enter a growth from -0.5 to 1, such as 0.05 for 5% a year.")
    last = scenario.years[-1].year
    source = source_of_shares(scenario, exercise, scenario.years[0].year, last)
    if source.lot.granted is None:
        raise refuse("exercise", "Choose an exercise of incentive stock options.")
    qualifying = source.qualifying_from.year
    later = qualifying if later_year is None else later_year
    if not max(year + 1, qualifying) <= later <= last:
        raise refuse(
            "to", f"The shares qualify from {source.qualifying_from} on: choose a year from then on"
        )
    asked = _Asked(source, year, later, (1.0 + growth) ** (later - year))
    later_price = price * asked.grown
    sold, held = asked.at(year, np.array([price])), asked.at(later, np.array([later_price]))
    lot = source.lot
    highest = TIMES_THE_PRICE * max(price, later_price, float(lot.price_paid), float(lot.amt_basis))
    sell_net = float(asked.net(year, np.array([price]))[0])
    return YearEnd(
        exercise=exercise,
        shares=source.shares,
        sell=asked.way(sold, year, price),
        hold=asked.way(held, later, later_price),
        break_even_price=_first_above(
            lambda prices: asked.net(later, prices) - sell_net, max(highest, 1.0)
        ),
        sell_below=_first_above(
            lambda prices: asked.net(later, prices * asked.grown) - asked.net(year, prices),
            max(highest, 1.0),
        ),
    )


def year_end_if_any(
    scenario: Scenario, source: str, price: float, *, growth: float = 0.0
) -> YearEnd | None:
    """The decision about a lot, or None where there is none to take.

    There is one for an exercise of an incentive stock option in the years of the scenario, if its
    shares qualify before they end.
    """
    isos = {grant.id for grant in scenario.grants if grant.kind == "iso"}
    years = {facts.year for facts in scenario.years}
    for exercise in scenario.exercises:
        if exercise.id == source and exercise.grant in isos and exercise.date.year in years:
            qualifying = source_of_shares(scenario, source, min(years), max(years)).qualifying_from
            if qualifying.year in years:
                return year_end(scenario, source, price, growth=growth)
    return None


class _Asked(NamedTuple):
    """The question."""

    source: SourceOfShares
    year: int
    later: int
    grown: float
    """The later price over that at the end of the year of exercise."""

    def at(self, year: int, prices: Batch) -> ScenarioResult:
        """All shares sold in a year, at each of the prices."""
        return evaluate_batch(self.source.sold(self.source.shares, year, prices), prices.size)

    def proceeds(self, year: int, prices: Batch) -> Batch:
        scenario = self.source.scenario
        later = year - scenario.years[0].year
        discount = (1.0 + scenario.assumptions.discount_rate) ** later
        return np.asarray(self.source.shares * prices / discount)

    def net(self, year: int, prices: Batch) -> Batch:
        """Present value of the proceeds less that of all taxes."""
        taxes = whole(self.at(year, prices).totals.present_value, prices.size)
        return np.asarray(self.proceeds(year, prices) - taxes)

    def way(self, result: ScenarioResult, year: int, price: float) -> Way:
        value = float(whole(result.totals.present_value, 1)[0])
        proceeds = float(self.proceeds(year, np.array([price]))[0])
        return Way(
            year=year,
            price=price,
            amt=float(whole(year_of(result, self.year).amt, 1)[0]),
            credit_balance=tuple(float(whole(y.credit_balance, 1)[0]) for y in result.years),
            present_value=value,
            proceeds=proceeds,
            net=proceeds - value,
        )


def _first_above(function: Any, highest: float) -> float | None:
    """The first price above which the function rises over zero; None if it does not."""
    found = last_up_to(function, 0.0, highest)
    return found if found < highest else None
