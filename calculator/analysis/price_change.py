"""A scenario in which the price of a stock is another from a day on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from calculator.analysis.price_paths import LARGEST_PRICE
from calculator.analysis.what_if import refuse
from calculator.equity.splits import stock_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculator.scenario import Scenario

Event = TypeVar("Event", bound=Any)
LARGEST_FACTOR = 100.0
WORTHLESS = "worthless"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """What becomes of the prices from a day on; what was before has happened."""

    from_day: date
    factor: float = 1.0
    """0.5 for a fall by half."""
    price: float | None = None
    """Dollars a share, in place of every price; then there is no factor."""
    stock: str | None = None
    """The company, as grants name it, without regard to case; None for all shares."""

    def check(self) -> None:
        """Refuses what no price can become.

        Raises:
            InvalidScenario: The factor or the price is out of its range.
        """
        if not 0.0 <= self.factor <= LARGEST_FACTOR:
            raise refuse("price", "Choose a change from -100% to +9,900%.")
        if self.price is not None and not 0.0 <= self.price <= LARGEST_PRICE:
            raise refuse("price", "Enter a price in dollars a share, zero or more.")

    def of(self, price: Any) -> Any:
        """What a price becomes."""
        return price * self.factor if self.price is None else self.price


def with_prices(scenario: Scenario, change: PriceChange) -> Scenario:
    """The scenario with the prices of later sales, exercises and vestings changed.

    Shares and dates stay, whatever the price: that nobody would exercise above it is not assumed.
    What was deducted as worthless stays worthless.

    Raises:
        InvalidScenario: The change is none that a price can make.
    """
    change.check()
    grants = {grant.id: grant.stock for grant in scenario.grants}
    stocks: dict[str, str | None] = {each.id: stock_of(each) for each in scenario.holdings}
    stocks |= {exercise.id: grants.get(exercise.grant) for exercise in scenario.exercises}

    def later(event: Event, stock: str | None, name: str) -> Event:
        price = getattr(event, name)
        if price is None or event.date < change.from_day or not _is_of(change, stock):
            return event
        changed: Event = replace(event, **{name: change.of(price)})
        return changed

    return replace(
        scenario,
        exercises=tuple(
            later(each, stocks[each.id], "fair_market_value") for each in scenario.exercises
        ),
        vestings=tuple(
            later(each, grants.get(each.grant), "fair_market_value") for each in scenario.vestings
        ),
        sales=tuple(
            each if each.kind == WORTHLESS else later(each, stocks.get(each.source), "price")
            for each in scenario.sales
        ),
    )


def prices_changed(scenario: Scenario, change: PriceChange) -> bool:
    """Whether there is a price in the scenario that the change would touch."""
    return any(
        new is not old
        for now, then in zip(_priced(with_prices(scenario, change)), _priced(scenario), strict=True)
        for new, old in zip(now, then, strict=True)
    )


def _priced(scenario: Scenario) -> Iterator[tuple[Any, ...]]:
    yield from (scenario.exercises, scenario.vestings, scenario.sales)


def _is_of(change: PriceChange, stock: str | None) -> bool:
    return change.stock is None or (stock or "").casefold() == change.stock.casefold()
