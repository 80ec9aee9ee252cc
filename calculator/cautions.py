"""What a person should know about a scenario that is computed all the same.

A wash sale is only suspected: whether a loss is recognized is for the person to say.  All shares of
one company count as substantially identical, options that are exercised as shares acquired; grants
and shares that merely vest do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import total_of
from calculator.equity.compensation import sales_of
from calculator.equity.dispositions import DISQUALIFYING, DISQUALIFYING_SAME_YEAR, sale_date
from calculator.equity.iso_limits import iso_parts, last_day_as_iso
from calculator.equity.lots import tranches_of
from calculator.equity.splits import after_splits, stock_of
from calculator.law.options import option_law

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from calculator.amounts import Condition, Dollars
    from calculator.equity.dispositions import SaleResult
    from calculator.equity.lots import Tranche
    from calculator.scenario import Sale, Scenario

WASH_SALE = "wash_sale"
INCOME_OF_WASH_SALE = "wash_sale_income"
EXERCISED_TOO_LATE = "exercised_after_leaving"
BEYOND_LIMIT = "hundred_thousand_limit"
BELOW_VALUE = "strike_below_value"
BEFORE_THE_YEARS = "before_first_year"

REGULAR, AMT, BOTH = "regular", "amt", "both"
IN_WORDS = {REGULAR: "regular tax", AMT: "AMT", BOTH: "both regular tax and AMT"}
NOTICED = 1e-6
"""Dollars or shares; less is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Something to look at, where it stands in the document, and a sentence about it."""

    kind: str
    path: str
    message: str
    system: str | None = None
    """Where a loss is concerned: ``regular``, ``amt`` or ``both``."""

    def to_dict(self) -> dict[str, str | None]:
        """The caution as the command line prints it."""
        return {
            "kind": self.kind,
            "path": self.path,
            "system": self.system,
            "message": self.message,
        }


class Acquisition(NamedTuple):
    """Shares of a company that are there from a day on."""

    source: str
    stock: str | None
    day: date


def cautions(scenario: Scenario) -> tuple[Caution, ...]:
    """Everything to look at; in a batch, what concerns any of its scenarios."""
    counted = after_splits(scenario)
    tranches = tranches_of(counted)
    return (
        *_grants(counted),
        *_exercises(counted),
        *_before_the_years(counted, tranches),
        *_wash_sales(counted, tranches),
    )


def _grants(scenario: Scenario) -> Iterator[Caution]:
    for i, grant in enumerate(scenario.grants):
        value = grant.fair_market_value
        if grant.kind == "iso" and value is not None and _anywhere(grant.strike < value - NOTICED):
            yield Caution(
                kind=BELOW_VALUE,
                path=f"grants[{i}].strike",
                message=(
                    "The strike is below the value at grant: such an option is no incentive stock "
                    "option (section 422(b)(4)). It is computed as one all the same."
                ),
            )


def _exercises(scenario: Scenario) -> Iterator[Caution]:
    grants = {grant.id: grant for grant in scenario.grants}
    parts = iso_parts(scenario)
    for i, exercise in enumerate(scenario.exercises):
        grant = grants[exercise.grant]
        if grant.kind != "iso":
            continue
        last = last_day_as_iso(grant)
        if last is not None and exercise.date > last:
            yield Caution(
                kind=EXERCISED_TOO_LATE,
                path=f"exercises[{i}].date",
                message=(
                    f"Exercised after {last}, too long after employment ended: this is computed "
                    "as the exercise of a nonstatutory option, whose spread is wages."
                ),
            )
        elif _anywhere(parts[exercise.id] < 1.0 - NOTICED):
            yield Caution(
                kind=BEYOND_LIMIT,
                path=f"exercises[{i}].shares",
                message=(
                    f"More than ${option_law().exercisable_limit:,.0f} of stock first becomes "
                    "exercisable in a year: a part of these options is nonstatutory, and its "
                    "spread is wages."
                ),
            )


def _before_the_years(
    scenario: Scenario, tranches: Mapping[str, tuple[Tranche, ...]]
) -> Iterator[Caution]:
    """Options whose AMT lies before the years, where no credit of it is carried in."""
    if _anywhere(scenario.opening.minimum_tax_credit > NOTICED):
        return
    first = scenario.years[0].year
    for i, exercise in enumerate(scenario.exercises):
        lots = [lot for tranche in tranches[exercise.id] for _, lot in tranche.lots]
        years = [
            lot.counted.year
            for lot in lots
            if lot.granted and lot.counted and _anywhere(lot.amt_spread > NOTICED)
        ]
        if years and min(years) < first:
            yield Caution(
                kind=BEFORE_THE_YEARS,
                path=f"exercises[{i}].date",
                message=(
                    f"Your exercise of {min(years)} is before {first}, the first year here: its "
                    "AMT, and the credit that this left, are not counted."
                ),
            )


def _wash_sales(
    scenario: Scenario, tranches: Mapping[str, tuple[Tranche, ...]]
) -> Iterator[Caution]:
    acquisitions = list(_acquisitions(scenario))
    stocks = {each.source: each.stock for each in acquisitions}
    results = sales_of(scenario, tranches)
    sold: dict[str, list[Sale]] = {}
    for sale in scenario.sales:
        sold.setdefault(sale.source, []).append(sale)
    for i, (sale, result) in enumerate(zip(scenario.sales, results, strict=True)):
        stock = stocks[sale.source]
        if not sale.loss_recognized or stock is None or sale.kind == "worthless":
            continue
        replacement = next(
            (
                each
                for each in acquisitions
                if each.stock == stock and _replaces(each, sale, sold, tranches)
            ),
            None,
        )
        if replacement is not None:
            yield from _of_sale(i, result, replacement, tranches[sale.source])


def _acquisitions(scenario: Scenario) -> Iterator[Acquisition]:
    grants = {grant.id: grant for grant in scenario.grants}
    for exercise in scenario.exercises:
        yield Acquisition(exercise.id, grants[exercise.grant].stock, exercise.date)
    for holding in scenario.holdings:
        yield Acquisition(holding.id, stock_of(holding), holding.acquired)


def _replaces(
    other: Acquisition,
    sale: Sale,
    sold: Mapping[str, Sequence[Sale]],
    tranches: Mapping[str, tuple[Tranche, ...]],
) -> bool:
    """Whether shares of another lot come within 30 days and are there after the sale.

    Shares of the lot that is sold from were acquired with those sold, and replace none of them.
    """
    day = sale_date(sale)
    near = abs((other.day - day).days) <= option_law().wash_sale_days
    if other.source == sale.source or not near:
        return False
    had = total_of(tranche.shares for tranche in tranches[other.source])
    gone = total_of(each.shares for each in sold.get(other.source, ()) if sale_date(each) <= day)
    return _anywhere(had - gone > NOTICED)


def _of_sale(
    place: int, result: SaleResult, other: Acquisition, tranches: Sequence[Tranche]
) -> Iterator[Caution]:
    days = option_law().wash_sale_days
    said = f"Shares of the same company come on {other.day}, within {days} days of this sale"
    path = f"sales[{place}].loss_recognized"
    regular = any(_anywhere(part.gain < -NOTICED) for part in result.parts)
    for_amt = any(_anywhere(part.amt_gain < -NOTICED) for part in result.parts)
    if regular or for_amt:
        system = BOTH if regular and for_amt else REGULAR if regular else AMT
        yield Caution(
            kind=WASH_SALE,
            path=path,
            system=system,
            message=(
                f"{said}: a wash sale, as it seems. Its loss for {IN_WORDS[system]} is then not "
                "recognized but added to the basis of the new shares (section 1091); say so at the "
                "sale."
            ),
        )
    if _income_was_limited(result, tranches):
        yield Caution(
            kind=INCOME_OF_WASH_SALE,
            path=path,
            system=REGULAR,
            message=(
                f"{said}. If that makes it a wash sale, the ordinary income of this disqualifying "
                "disposition is the whole spread, not the gain alone (section 422(c)(2))."
            ),
        )


def _income_was_limited(result: SaleResult, tranches: Sequence[Tranche]) -> bool:
    spreads = [lot.spread for tranche in tranches for _, lot in tranche.lots if lot.granted]
    return any(
        part.disposition in (DISQUALIFYING, DISQUALIFYING_SAME_YEAR)
        and any(_is_below(part.ordinary_income, spread * part.shares) for spread in spreads)
        for part in result.parts
    )


def _is_below(income: Dollars, spread: Dollars) -> bool:
    return _anywhere(income < spread - NOTICED)


def _anywhere(condition: Condition) -> bool:
    return condition if isinstance(condition, bool) else bool(condition.any())
