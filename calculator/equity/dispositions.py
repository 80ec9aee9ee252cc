"""What a sale of shares brings, in each of the two systems.

IRC 421(b), 422(c)(2), 56(b)(3).  In the calendar year of the exercise a disqualifying disposition
is treated alike in both systems; in a later year the AMT knows no ordinary income, only a gain or
loss from the AMT basis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, not_below_zero, smaller_of
from calculator.equity.holding_period import is_long_term, is_qualifying

if TYPE_CHECKING:
    from calculator.equity.lots import Lot
    from calculator.scenario import Sale

QUALIFYING = "qualifying"
DISQUALIFYING_SAME_YEAR = "disqualifying_same_year"
DISQUALIFYING = "disqualifying"
NOT_ISO = "not_iso"


class Disposition(NamedTuple):
    """One sale as both systems see it."""

    id: str
    disposition: str
    ordinary_income: Dollars
    """Wages without withholding, Social Security or Medicare tax: IRC 421(b), 3121(a)(22)."""
    gain: Dollars
    amt_gain: Dollars
    long_term: bool
    amt_long_term: bool


def dispose(lot: Lot, sale: Sale) -> Disposition:
    """The income and the two gains of a sale from a lot.

    Where a loss is not recognized (wash sale, related party) the cap of section 422(c)(2) on
    ordinary income is lost and a loss counts as zero in each system; a gain stays.
    """
    kind = _kind(lot, sale)
    income_per_share: Dollars = 0.0
    if kind in (DISQUALIFYING, DISQUALIFYING_SAME_YEAR):
        income_per_share = lot.spread
        if sale.loss_recognized:
            actual_gain = not_below_zero(sale.price - lot.price_paid)
            income_per_share = smaller_of(lot.spread, actual_gain)
    gain = (sale.price - lot.basis - income_per_share) * sale.shares
    amt_gain = (sale.price - lot.amt_basis) * sale.shares
    if kind == DISQUALIFYING_SAME_YEAR:
        amt_gain = gain
    if not sale.loss_recognized:
        gain, amt_gain = not_below_zero(gain), not_below_zero(amt_gain)
    long_term = is_long_term(lot.acquired, sale.date)
    return Disposition(
        id=sale.id,
        disposition=kind,
        ordinary_income=income_per_share * sale.shares,
        gain=gain,
        amt_gain=amt_gain,
        long_term=long_term,
        amt_long_term=long_term,
    )


def _kind(lot: Lot, sale: Sale) -> str:
    if lot.granted is None:
        return NOT_ISO
    if is_qualifying(lot.granted, lot.acquired, sale.date):
        return QUALIFYING
    return DISQUALIFYING_SAME_YEAR if sale.date.year == lot.acquired.year else DISQUALIFYING
