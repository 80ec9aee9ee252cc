"""From the groups of one year to the parameters of one filing status."""

from __future__ import annotations

from typing import NamedTuple

from calculator.law.groups import EVERYONE, Groups
from calculator.law.parameters import (
    AmtLaw,
    Brackets,
    DeductionLaw,
    GainsLaw,
    PersonalExemptionLaw,
    SurtaxLaw,
    YearLaw,
)


def year_law(groups: Groups, *, year: int, filing_status: str, origin: str) -> YearLaw:
    """What the forms of a year ask of the law, for one filing status."""
    column = _Column(groups, filing_status)
    brackets = Brackets.of(
        column.amounts("income_tax.bracket_tops"), column.amounts("income_tax.rates")
    )
    return YearLaw(
        year=year,
        origin=origin,
        brackets=brackets,
        gains=_gains(column),
        deductions=_deductions(column, start_of_top_rate=brackets.floors[-1]),
        exemptions=PersonalExemptionLaw(
            amount=column.amount("personal_exemption.amount"),
            filers=column.amount("personal_exemption.filers"),
            phaseout_start=column.amount("personal_exemption.phaseout_start"),
            phaseout_step=column.amount("personal_exemption.phaseout_step"),
            phaseout_rate=column.amount("personal_exemption.phaseout_rate"),
        ),
        amt=_amt(column),
        surtaxes=SurtaxLaw(
            net_investment_income_rate=column.amount("net_investment_income_tax.rate"),
            net_investment_income_threshold=column.amount("net_investment_income_tax.threshold"),
            additional_medicare_rate=column.amount("additional_medicare_tax.rate"),
            additional_medicare_threshold=column.amount("additional_medicare_tax.threshold"),
        ),
    )


def end_of_exemption(exemption: float, phaseout_start: float, phaseout_rate: float) -> float:
    """The AMTI at which the exemption is zero: IRC 55(d)(2) and (4), flush sentence."""
    return phaseout_start + exemption / phaseout_rate if phaseout_rate else float("inf")


class _Column(NamedTuple):
    """The column of one filing status in the table of a year."""

    groups: Groups
    filing_status: str

    def amount(self, name: str) -> float:
        group = self.groups[name]
        return float(group[self.filing_status if self.filing_status in group else EVERYONE])

    def amounts(self, name: str) -> tuple[float, ...]:
        group = self.groups[name]
        values = group[self.filing_status if self.filing_status in group else EVERYONE]
        return tuple(map(float, values))

    def named(self, name: str, key: str) -> float:
        return float(self.groups[name][key])


def _gains(column: _Column) -> GainsLaw:
    rates = "capital_gains.rates"
    return GainsLaw(
        zero_rate_ceiling=column.amount("capital_gains.zero_rate_ceiling"),
        middle_rate_ceiling=column.amount("capital_gains.middle_rate_ceiling"),
        low_rate=column.named(rates, "low"),
        middle_rate=column.named(rates, "middle"),
        high_rate=column.named(rates, "high"),
        unrecaptured_1250_rate=column.named(rates, "unrecaptured_section_1250"),
        collectibles_rate=column.named(rates, "collectibles"),
        special_rates=True,
        loss_limit=column.amount("capital_gains.loss_limit"),
        # Treas. Reg. 1.55-1(a): what the Code limits is limited for AMT too.
        amt_loss_limit=column.amount("capital_gains.loss_limit"),
    )


def _deductions(column: _Column, *, start_of_top_rate: float) -> DeductionLaw:
    limit = "itemized_limit.fraction"
    limit_rate = column.named(limit, "numerator") / column.named(limit, "denominator")
    return DeductionLaw(
        allowed=True,
        standard=column.amount("standard_deduction.amount"),
        aged_or_blind_addition=column.amount("standard_deduction.aged_or_blind_addition"),
        senior=column.amount("senior_deduction.amount"),
        senior_phaseout_start=column.amount("senior_deduction.phaseout_start"),
        senior_phaseout_rate=column.amount("senior_deduction.phaseout_rate"),
        salt_cap=column.amount("state_and_local_taxes.cap"),
        salt_phasedown_start=column.amount("state_and_local_taxes.phasedown_start"),
        salt_phasedown_rate=column.amount("state_and_local_taxes.phasedown_rate"),
        salt_floor=column.amount("state_and_local_taxes.floor"),
        gift_ceiling_fraction=column.amount("gifts.ceiling"),
        gift_floor_fraction=column.amount("gifts.floor"),
        nonitemizer_gift_cap=column.amount("gifts.nonitemizer_cap"),
        nonitemizer_gift_above_the_line=bool(column.amount("gifts.nonitemizer_above_the_line")),
        itemized_limit_rate=limit_rate,
        itemized_limit_start=start_of_top_rate if limit_rate else float("inf"),
        pease_rate=column.amount("itemized_limit.pease_rate"),
        pease_ceiling=column.amount("itemized_limit.pease_ceiling"),
        pease_start=column.amount("itemized_limit.pease_start"),
        business_income_deduction=bool(column.amount("business_income_deduction.in_force")),
    )


def _amt(column: _Column) -> AmtLaw:
    exemption = column.amount("amt.exemption")
    phaseout_start = column.amount("amt.phaseout_start")
    phaseout_rate = column.amount("amt.phaseout_rate")
    separate = column.filing_status == "married_filing_separately"
    return AmtLaw(
        exemption=exemption,
        phaseout_start=phaseout_start,
        phaseout_rate=phaseout_rate,
        low_rate=column.named("amt.rates", "low"),
        high_rate=column.named("amt.rates", "high"),
        rate_break=column.amount("amt.rate_break"),
        separate_addback_start=(
            end_of_exemption(exemption, phaseout_start, phaseout_rate) if separate else float("inf")
        ),
        separate_addback_rate=column.amount("amt.separate_addback_rate") if separate else 0.0,
    )
