"""Sooner: what a change does to the return of the credit, and which changes bring it back sooner.

The credit of a year is regular tax less tentative minimum tax.  Income at ordinary rates widens
that gap once regular brackets are above 26 and 28%; long-term gains are taxed alike by both; a
gain that only regular tax has, of shares whose AMT basis is above their basis, widens it by all
of its regular tax.  IRC 53(c), 55(b)(3), 56(b)(3).
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from calculator.analysis.what_if import (
    evaluate_batch,
    refuse_batch,
    through,
    unused_id,
    whole,
    with_extra_gain,
    year_of,
)
from calculator.scenario import Holding, Sale
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from calculator.analysis.what_if import Batch
    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario

STEP = 10_000.0
"""Dollars between the amounts that are tried."""
LARGEST = 500_000.0
LOOKED_AT = 100_000.0
"""The amount told about where none that is tried brings the credit back sooner."""
ORDINARY, LONG_TERM, ISO_SHARES = "ordinary", "long_term", "iso_shares"


class Standing(NamedTuple):
    """What a scenario comes to, seen from one of its years.  Dollars."""

    credit_used: float
    """In that year, as the next six."""
    credit_eroded: float
    regular_tax: float
    amt: float
    net_investment_income_tax: float
    tax_this_year: float
    """All federal tax of that year."""
    amt_loss_left: float
    """Carried to the next year."""
    back_in: int | None
    """The year after which none of the credit is left."""
    credit_left: float
    """At the end of the scenario."""
    federal_tax: float
    """Of all years, as the next."""
    eroded_in_all: float


class Effect(NamedTuple):
    """A scenario without something in a year, and with it."""

    year: int
    before: Standing
    after: Standing

    @property
    def is_sooner(self) -> bool:
        """Whether the credit is all back in an earlier year, and no more of it eroded."""
        if self.after.back_in is None or self.after.eroded_in_all > self.before.eroded_in_all + 0.5:
            return False
        return self.before.back_in is None or self.after.back_in < self.before.back_in


class Way(NamedTuple):
    """An amount of one kind in the year, and what it does."""

    kind: str
    """`ORDINARY` income, a `LONG_TERM` gain, or `ISO_SHARES` sold at their AMT basis."""
    amount: float
    """The least of those tried that brings the credit back sooner, or else `LOOKED_AT`."""
    effect: Effect


def effect_of(without: ScenarioResult, with_it: ScenarioResult, year: int) -> Effect:
    """What two results of plain floats differ in, seen from a year."""
    return Effect(year, _standing(without, year), _standing(with_it, year))


def _standing(result: ScenarioResult, year: int) -> Standing:
    there, totals = year_of(result, year), result.totals
    losses = there.amt_capital_loss_carryforward
    back = float(totals.first_year_without_credit)
    return Standing(
        float(there.credit_used),
        float(there.credit_eroded),
        float(there.regular_tax),
        float(there.amt),
        float(there.net_investment_income_tax),
        float(there.federal_tax),
        float(losses.short_term + losses.long_term),
        None if math.isnan(back) else int(back),
        float(totals.credit_left),
        float(totals.federal_tax),
        float(totals.credit_eroded),
    )


def ways_sooner(scenario: Scenario, year: int) -> tuple[Way, ...]:
    """What more ordinary income, long-term gain, or shares with a higher AMT basis would do.

    Raises:
        InvalidScenario: There is no such year.
    """
    refuse_batch(scenario)
    plain = evaluate(scenario)
    back = float(plain.totals.first_year_without_credit)
    eroded = float(plain.totals.credit_eroded)
    # Later years decide nothing about when the credit is back.
    looked_at = scenario if math.isnan(back) else through(scenario, max(int(back), year))
    amounts = np.arange(STEP, LARGEST + STEP / 2, STEP)
    ways = []
    for kind in (ORDINARY, LONG_TERM, ISO_SHARES):
        batch = evaluate_batch(_changed(looked_at, year, kind, amounts), amounts.size)
        backs = whole(batch.totals.first_year_without_credit, amounts.size)
        sooner = ~np.isnan(backs) if math.isnan(back) else backs < back
        sooner &= whole(batch.totals.credit_eroded, amounts.size) < eroded + 0.5
        amount = float(amounts[sooner.argmax()]) if sooner.any() else LOOKED_AT
        changed = evaluate(_changed(scenario, year, kind, amount))
        ways.append(Way(kind, amount, effect_of(plain, changed, year)))
    return tuple(ways)


def _changed(scenario: Scenario, year: int, kind: str, amount: float | Batch) -> Scenario:
    if kind != ISO_SHARES:
        return with_extra_gain(scenario, year, amount, long_term=kind == LONG_TERM)
    holding = Holding(
        id=unused_id(scenario, "supposed"),
        acquired=date(year - 3, 1, 1),
        shares=amount,
        basis=0.0,
        amt_basis=1.0,
    )
    sale = Sale(
        id=unused_id(scenario, "supposed-sale"),
        source=holding.id,
        date=date(year, 12, 31),
        shares=amount,
        price=1.0,
    )
    return replace(scenario, holdings=(*scenario.holdings, holding), sales=(*scenario.sales, sale))
