"""The textbook model of a few flat rates: law path ``flat``.

One rate for ordinary income, one for long-term gain in both systems, one for everything else in
the AMT; no deductions, exemption or surtaxes.  Thresholds that a form prints are zero rather than
infinite; with a rate of zero they do nothing.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from calculator.law.parameters import (
    AmtLaw,
    Brackets,
    DeductionLaw,
    GainsLaw,
    PersonalExemptionLaw,
    SurtaxLaw,
    YearLaw,
)

if TYPE_CHECKING:
    from calculator.scenario import FlatRates


def flat_law(year: int, rates: FlatRates) -> YearLaw:
    """The flat model in any year, the same for every filing status."""
    return YearLaw(
        year=year,
        origin="flat",
        brackets=Brackets.of((), (float(rates.ordinary_rate),)),
        gains=_gains(rates),
        deductions=_NO_DEDUCTIONS,
        exemptions=_NO_EXEMPTIONS,
        amt=_amt(float(rates.amt_rate)),
        surtaxes=SurtaxLaw(
            net_investment_income_rate=0.0,
            net_investment_income_threshold=0.0,
            additional_medicare_rate=0.0,
            additional_medicare_threshold=0.0,
        ),
    )


def _gains(rates: FlatRates) -> GainsLaw:
    rate = float(rates.long_term_gain_rate)
    return GainsLaw(
        zero_rate_ceiling=0.0,
        middle_rate_ceiling=0.0,
        low_rate=rate,
        middle_rate=rate,
        high_rate=rate,
        unrecaptured_1250_rate=rate,
        collectibles_rate=rate,
        special_rates=False,
        loss_limit=float(rates.loss_deduction_limit),
        amt_loss_limit=float(rates.loss_deduction_limit),
    )


def _amt(rate: float) -> AmtLaw:
    return AmtLaw(
        exemption=0.0,
        phaseout_start=0.0,
        phaseout_rate=0.0,
        low_rate=rate,
        high_rate=rate,
        rate_break=0.0,
        separate_addback_start=inf,
        separate_addback_rate=0.0,
    )


_NO_DEDUCTIONS = DeductionLaw(
    allowed=False,
    standard=0.0,
    aged_or_blind_addition=0.0,
    senior=0.0,
    senior_phaseout_start=inf,
    senior_phaseout_rate=0.0,
    salt_cap=0.0,
    salt_phasedown_start=inf,
    salt_phasedown_rate=0.0,
    salt_floor=0.0,
    gift_ceiling_fraction=0.0,
    gift_floor_fraction=0.0,
    nonitemizer_gift_cap=0.0,
    nonitemizer_gift_above_the_line=False,
    itemized_limit_rate=0.0,
    itemized_limit_start=inf,
    pease_rate=0.0,
    pease_ceiling=0.0,
    pease_start=inf,
    business_income_deduction=False,
)

_NO_EXEMPTIONS = PersonalExemptionLaw(
    amount=0.0,
    filers=0.0,
    phaseout_start=inf,
    phaseout_step=inf,
    phaseout_rate=0.0,
)
