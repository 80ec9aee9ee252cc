"""Splits: a scenario with every share and price as after the last split of its stock.

A split changes neither what was paid in all nor any holding period: IRC 305(a), 307, 1223(4).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from calculator.amounts import Dollars
    from calculator.scenario import Holding, Scenario, Split

OF_NO_GRANT = None
"""The stock of a holding that has nothing to do with the grants."""

Event = TypeVar("Event", bound=Any)


def stock_of(holding: Holding) -> str | None:
    """The company whose stock is held, as grants name it; None where no grant has it."""
    if holding.stock or holding.iso is not None:
        return holding.stock
    return OF_NO_GRANT


def after_splits(scenario: Scenario) -> Scenario:
    """The scenario in the shares that there are after the last split."""
    if not scenario.splits:
        return scenario
    splits = _Splits(scenario.splits)
    grants = {grant.id: grant.stock for grant in scenario.grants}
    stocks = {holding.id: stock_of(holding) for holding in scenario.holdings}
    stocks |= {exercise.id: grants[exercise.grant] for exercise in scenario.exercises}
    return replace(
        scenario,
        grants=tuple(
            splits.counted(each, each.stock, each.date, "strike", "fair_market_value")
            for each in scenario.grants
        ),
        vestings=tuple(
            splits.counted(each, grants[each.grant], each.date, "fair_market_value")
            for each in scenario.vestings
        ),
        # The strike of an exercise is that of its grant, which is counted there.
        exercises=tuple(
            splits.counted(
                each, stocks[each.id], each.date, "fair_market_value", shares=("iso_shares",)
            )
            for each in scenario.exercises
        ),
        holdings=tuple(_held(each, stocks[each.id], splits) for each in scenario.holdings),
        sales=tuple(
            splits.counted(each, stocks[each.source], each.date, "price") for each in scenario.sales
        ),
        splits=(),
    )


def _held(holding: Holding, stock: str | None, splits: _Splits) -> Holding:
    counted = splits.counted(holding, stock, holding.acquired, "basis", "amt_basis")
    if holding.iso is None:
        return counted
    factor = splits.factor(stock, holding.acquired)
    iso = replace(
        holding.iso,
        strike=holding.iso.strike / factor,
        fair_market_value=holding.iso.fair_market_value / factor,
    )
    return replace(counted, iso=iso)


def factor_after(splits: Sequence[Split], stock: str | None, day: date) -> Dollars:
    """How many shares a share of that day has become in the end."""
    return _Splits(splits).factor(stock, day)


class _Splits(NamedTuple):
    splits: Sequence[Split]

    def factor(self, stock: str | None, day: date) -> Dollars:
        """How many shares a share of that day has become in the end."""
        factor: Dollars = 1.0
        for split in self.splits:
            if split.stock == stock and split.date > day:
                factor = factor * split.ratio
        return factor

    def counted(
        self,
        event: Event,
        stock: str | None,
        day: date,
        *prices: str,
        shares: tuple[str, ...] = (),
    ) -> Event:
        """The event in shares as after the last split, at the prices that go with them."""
        factor = self.factor(stock, day)
        if type(factor) is float and factor == 1.0:
            return event
        changed = {"shares": event.shares * factor}
        for name in shares:
            if (count := getattr(event, name)) is not None:
                changed[name] = count * factor
        for name in prices:
            if (price := getattr(event, name)) is not None:
                changed[name] = price / factor
        return replace(event, **changed)
