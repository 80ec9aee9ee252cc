"""What a sale of shares brings, in each of the two systems.

IRC 421(b), 422(c)(2), 56(b)(3).  In the calendar year in which AMT counts the spread, which is that
of the exercise or of vesting after it, a disqualifying disposition is treated alike in both
systems; in a later year the AMT knows no ordinary income, only a gain or loss from the AMT basis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.amounts import (
    Dollars,
    excess,
    is_zero,
    larger_of,
    not_below_zero,
    smaller_of,
    total_of,
)
from calculator.equity.holding_period import is_long_term, is_qualifying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from calculator.equity.lots import Lot, Tranche
    from calculator.scenario import Sale

QUALIFYING = "qualifying"
DISQUALIFYING_SAME_YEAR = "disqualifying_same_year"
DISQUALIFYING = "disqualifying"
NOT_ISO = "not_iso"


class Disposition(NamedTuple):
    """Shares sold from one lot as both systems see them."""

    id: str
    disposition: str
    shares: Dollars
    proceeds: Dollars
    ordinary_income: Dollars
    """Wages without withholding, Social Security or Medicare tax: IRC 421(b), 3121(a)(22)."""
    gain: Dollars
    amt_gain: Dollars
    long_term: bool
    amt_long_term: bool
    counted_again: Dollars
    """What AMT counted, or would have counted, as the spread in this same year, and this sale
    takes its place."""
    amt_income: Dollars
    """The ordinary income of AMT: that of a sale in the year in which the spread counts."""
    lot: Lot
    """What the shares were of."""


class SaleResult(NamedTuple):
    """One sale of the scenario: one lot's shares, or those of several."""

    parts: tuple[Disposition, ...]
    id: str
    disposition: Any
    """Of the first shares sold, as are the holding periods; arrays where a batch differs."""
    proceeds: Dollars
    ordinary_income: Dollars
    gain: Dollars
    amt_gain: Dollars
    long_term: Any
    amt_long_term: Any


def sale_date(sale: Sale) -> date:
    """When shares count as sold: worthless ones on the last day of the year, IRC 165(g)(1)."""
    return sale.date.replace(month=12, day=31) if sale.kind == "worthless" else sale.date


def sell(tranches: Sequence[Tranche], sold: Dollars, sale: Sale) -> SaleResult:
    """A sale from an exercise or a holding, of which ``sold`` shares went before."""
    if len(tranches) == 1 and len(tranches[0].lots) == 1:
        only = dispose(tranches[0].lots[0][1], sale.shares, sale)
        return SaleResult(
            (only,),
            sale.id,
            only.disposition,
            only.proceeds,
            only.ordinary_income,
            only.gain,
            only.amt_gain,
            only.long_term,
            only.amt_long_term,
        )
    parts = tuple(part for _, part in pieces_sold(tranches, sold, sale))
    return SaleResult(
        parts=parts,
        id=sale.id,
        disposition=_of_first(parts, lambda part: part.disposition),
        proceeds=total_of(part.proceeds for part in parts),
        ordinary_income=total_of(part.ordinary_income for part in parts),
        gain=total_of(part.gain for part in parts),
        amt_gain=total_of(part.amt_gain for part in parts),
        long_term=_of_first(parts, lambda part: part.long_term),
        amt_long_term=_of_first(parts, lambda part: part.amt_long_term),
    )


def dispose(lot: Lot, shares: Dollars, sale: Sale) -> Disposition:
    """The income and the two gains of shares sold from a lot.

    Where a loss is not recognized (wash sale, related party) the cap of section 422(c)(2) on
    ordinary income is lost and a loss counts as zero in each system; a gain stays.
    """
    day = sale_date(sale)
    kind = _kind(lot, day)
    actual_gain = sale.price - lot.price_paid
    income: Dollars = 0.0
    if kind in (DISQUALIFYING, DISQUALIFYING_SAME_YEAR):
        income = income_a_share(lot.spread, actual_gain, loss_recognized=sale.loss_recognized)
    amt_income: Dollars = 0.0
    gain = (sale.price - lot.basis - income) * shares
    amt_gain = (sale.price - lot.amt_basis) * shares
    again: Dollars = 0.0
    if _counts_in_year_of(lot, day):
        again = lot.amt_spread * shares
        if kind == DISQUALIFYING_SAME_YEAR and lot.amt_spread is lot.spread:
            amt_income, amt_gain = income, gain
        else:
            amt_income = income_a_share(
                lot.amt_spread, actual_gain, loss_recognized=sale.loss_recognized
            )
            amt_gain = (actual_gain - amt_income) * shares
    if not sale.loss_recognized:
        gain, amt_gain = not_below_zero(gain), not_below_zero(amt_gain)
    long_term = is_long_term(lot.acquired, day)
    same_start = lot.amt_acquired is lot.acquired
    return Disposition(
        id=sale.id,
        disposition=kind,
        shares=shares,
        proceeds=sale.price * shares,
        ordinary_income=income * shares,
        gain=gain,
        amt_gain=amt_gain,
        long_term=long_term,
        amt_long_term=long_term if same_start else is_long_term(lot.amt_acquired, day),
        counted_again=again,
        amt_income=amt_income * shares,
        lot=lot,
    )


def income_a_share(spread: Dollars, actual_gain: Dollars, *, loss_recognized: bool) -> Dollars:
    """Ordinary income of a share that is sold too early: its spread at exercise.

    IRC 421(b); limited to the gain by section 422(c)(2), where a loss would be recognized.
    """
    return smaller_of(spread, not_below_zero(actual_gain)) if loss_recognized else spread


def bases_of(lot: Lot, part: Disposition, day: date) -> tuple[Dollars, Dollars]:
    """Basis and AMT basis of shares sold from a lot, what the sale adds to them included.

    Sold in the year in which AMT counts the spread, shares have for AMT the basis that the income
    of the sale gives them.
    """
    basis = lot.basis * part.shares + part.ordinary_income
    if _counts_in_year_of(lot, day):
        return basis, lot.price_paid * part.shares + part.amt_income
    return basis, lot.amt_basis * part.shares


def _counts_in_year_of(lot: Lot, day: date) -> bool:
    """Whether a sale on that day takes the place of what AMT counts of an incentive option."""
    return lot.granted is not None and lot.counted is not None and day.year == lot.counted.year


def _kind(lot: Lot, day: date) -> str:
    if lot.granted is None:
        return NOT_ISO
    if is_qualifying(lot.granted, lot.acquired, day):
        return QUALIFYING
    same_year = lot.counted is not None and day.year == lot.counted.year
    return DISQUALIFYING_SAME_YEAR if same_year else DISQUALIFYING


def pieces_sold(
    tranches: Sequence[Tranche], sold: Dollars, sale: Sale
) -> Iterator[tuple[Lot, Disposition]]:
    """The shares of a sale from lot to lot: what vested first is sold first."""
    start: Dollars = 0.0
    for tranche in tranches:
        end = start + tranche.shares
        taken = excess(smaller_of(end, sold + sale.shares), over=larger_of(start, sold))
        start = end
        if is_zero(taken) and not is_zero(sale.shares):
            continue
        for part, lot in tranche.lots:
            yield lot, dispose(lot, taken * part, sale)


def _of_first(parts: Sequence[Disposition], of: Callable[[Disposition], Any]) -> Any:
    """What is said of the first shares sold; in a batch, where parts differ, an array."""
    said = of(parts[-1])
    if len({of(part) for part in parts}) == 1:
        return said
    for part in reversed(parts):
        if isinstance(part.shares, float):
            said = of(part) if part.shares > 0.0 else said
        else:
            import numpy as np

            said = np.where(part.shares > 0.0, of(part), said)
    return said
