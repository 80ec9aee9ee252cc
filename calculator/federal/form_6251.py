"""Form 6251, Alternative Minimum Tax: what AMTI is, the exemption, and the tentative minimum tax.

IRC 55 to 57.  Part II and Part III serve Form 8801 as well, which fills them in with exclusion
items only.  Lines 2c to 2f, 2h, 2j and 2l to 2t are not modelled one by one: what a person has of
them comes in on line 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import (
    Condition,
    Dollars,
    choose,
    excess,
    not_below_zero,
    smaller_of,
)
from calculator.lines import Filled, Line

if TYPE_CHECKING:
    from calculator.federal.gains_worksheets import PreferentialIncome, RegularTax
    from calculator.law.parameters import AmtLaw, GainsLaw


class AlternativeMinimumTaxableIncome(NamedTuple):
    """Part I, lines 1a to 4."""

    deductions: Annotated[Dollars, Line("1a", "Deductions without senior deduction and exemptions")]
    income_less_deductions: Annotated[Dollars, Line("1b", "AGI less line 1a; may be negative")]
    taxes_or_standard_deduction: Annotated[
        Dollars, Line("2a", "Taxes deducted on Schedule A, or the standard deduction")
    ]
    tax_refund: Annotated[Dollars, Line("2b", "State and local tax refund, negative")]
    private_activity_bond_interest: Annotated[
        Dollars, Line("2g", "Interest from private activity bonds")
    ]
    bargain_element: Annotated[Dollars, Line("2i", "Incentive stock options exercised and held")]
    disposition_difference: Annotated[
        Dollars, Line("2k", "Disposition of property: AMT less regular gain, loss and income")
    ]
    other_adjustments: Annotated[
        Dollars, Line("3", "Other adjustments, and the reversal of the section 68 cut")
    ]
    amti: Annotated[Dollars, Line("4", "Alternative minimum taxable income")]


class ExemptionWorksheet(NamedTuple):
    """Exemption Worksheet of the instructions, for AMTI above the beginning of the phase-out."""

    full_exemption: Annotated[Dollars, Line("1", "Exemption before its phase-out")]
    amti: Annotated[Dollars, Line("2", "Alternative minimum taxable income")]
    phaseout_start: Annotated[Dollars, Line("3", "Where the phase-out begins")]
    over_start: Annotated[Dollars, Line("4", "Line 2 less line 3")]
    phased_out: Annotated[Dollars, Line("5", "Exemption phased out")]
    exemption: Annotated[Dollars, Line("6", "Exemption left")]


class MaximumGainsRates(NamedTuple):
    """Part III, lines 12 to 40: the tax with the rates of regular tax on gains."""

    taxable_excess: Annotated[Dollars, Line("12", "Line 6")]
    at_general_rates: Annotated[Dollars, Line("13", "Dividends and gain taxed at 0, 15 and 20%")]
    unrecaptured_1250_gain: Annotated[Dollars, Line("14", "Unrecaptured section 1250 gain")]
    preferential: Annotated[Dollars, Line("15", "Lines 13 and 14, as far as there is gain")]
    line_16: Annotated[Dollars, Line("16", "Smaller of lines 12 and 15")]
    ordinary: Annotated[Dollars, Line("17", "Line 12 less line 16")]
    tax_on_ordinary: Annotated[Dollars, Line("18", "Tax on line 17 at 26 and 28%")]
    zero_rate_ceiling: Annotated[Dollars, Line("19", "Where the 15% rate begins")]
    regular_ordinary_for_zero: Annotated[
        Dollars, Line("20", "Ordinary income from the regular tax worksheet")
    ]
    zero_rate_room: Annotated[Dollars, Line("21", "Line 19 less line 20")]
    line_22: Annotated[Dollars, Line("22", "Smaller of lines 12 and 13")]
    taxed_at_low_rate: Annotated[Dollars, Line("23", "Taxed at 0%")]
    line_24: Annotated[Dollars, Line("24", "Line 22 less line 23")]
    middle_rate_ceiling: Annotated[Dollars, Line("25", "Where the 20% rate begins")]
    line_26: Annotated[Dollars, Line("26", "Line 21")]
    regular_ordinary_for_middle: Annotated[
        Dollars, Line("27", "Ordinary income from the regular tax worksheet")
    ]
    line_28: Annotated[Dollars, Line("28", "Lines 26 and 27")]
    middle_rate_room: Annotated[Dollars, Line("29", "Line 25 less line 28")]
    taxed_at_middle_rate: Annotated[Dollars, Line("30", "Taxed at 15%")]
    tax_at_middle_rate: Annotated[Dollars, Line("31", "Tax at 15%")]
    line_32: Annotated[Dollars, Line("32", "Lines 23 and 30")]
    taxed_at_high_rate: Annotated[Dollars, Line("33", "Taxed at 20%")]
    tax_at_high_rate: Annotated[Dollars, Line("34", "Tax at 20%")]
    line_35: Annotated[Dollars, Line("35", "Lines 17, 32 and 33")]
    taxed_at_1250_rate: Annotated[Dollars, Line("36", "Taxed at 25%")]
    tax_at_1250_rate: Annotated[Dollars, Line("37", "Tax at 25%")]
    tax_with_gains_rates: Annotated[Dollars, Line("38", "Lines 18, 31, 34 and 37")]
    tax_without_gains_rates: Annotated[Dollars, Line("39", "Tax on line 12 at 26 and 28%")]
    tax: Annotated[Dollars, Line("40", "Smaller of lines 38 and 39")]


class AlternativeMinimumTax(NamedTuple):
    """Part II, lines 5 to 11."""

    exemption: Annotated[Dollars, Line("5", "Exemption")]
    taxable_excess: Annotated[Dollars, Line("6", "AMTI less the exemption")]
    tax_before_credit: Annotated[Dollars, Line("7", "Tax on line 6")]
    foreign_tax_credit: Annotated[Dollars, Line("8", "AMT foreign tax credit")]
    tentative_minimum_tax: Annotated[Dollars, Line("9", "Tentative minimum tax")]
    regular_tax: Annotated[Dollars, Line("10", "Regular tax less the foreign tax credit")]
    amt: Annotated[Dollars, Line("11", "Alternative minimum tax")]


class RegularSide(NamedTuple):
    """What Forms 6251 and 8801 take from the regular return, and the law they apply."""

    tax: RegularTax
    after_foreign_tax_credit: Dollars
    """Form 6251 line 10."""
    amt_foreign_tax_credit: Dollars
    """Before its limit to the tentative tax."""
    law: AmtLaw
    gains_law: GainsLaw


class Form6251(NamedTuple):
    """The whole form; Part III is absent where no gain has rates of its own."""

    part_i: AlternativeMinimumTaxableIncome
    part_ii: AlternativeMinimumTax
    part_iii: Filled[MaximumGainsRates] | None
    exemption_worksheet: Filled[ExemptionWorksheet] | None
    """None in the flat model, which has no exemption."""


def increased_for_separate_returns(amti: Dollars, law: AmtLaw) -> Dollars:
    """Line 4 of a married person filing separately: IRC 55(d)(2), last sentence."""
    over = law.separate_addback_rate * excess(amti, over=law.separate_addback_start)
    return amti + smaller_of(law.exemption, over)


def exemption_worksheet(amti: Dollars, law: AmtLaw) -> ExemptionWorksheet:
    """Line 5: the exemption after its phase-out; IRC 55(d)(1), (2) and (4)."""
    over_start = excess(amti, over=law.phaseout_start)
    phased_out = law.phaseout_rate * over_start
    return ExemptionWorksheet(
        full_exemption=law.exemption,
        amti=amti,
        phaseout_start=law.phaseout_start,
        over_start=over_start,
        phased_out=phased_out,
        exemption=excess(law.exemption, over=phased_out),
    )


def tax_at_amt_rates(taxable_excess: Dollars, law: AmtLaw) -> Dollars:
    """Lines 7, 18 and 39: 26% up to the break, 28% above it; IRC 55(b)(1)."""
    return law.low_rate * smaller_of(taxable_excess, law.rate_break) + law.high_rate * excess(
        taxable_excess, over=law.rate_break
    )


def tax_before_foreign_tax_credit(
    taxable_excess: Dollars, gains: PreferentialIncome, regular: RegularSide
) -> tuple[Dollars, Filled[MaximumGainsRates] | None]:
    """Line 7, and Part III where a gain or dividend has rates of its own.

    Where a batch has none, Part III comes to the tax without it.
    """
    needed: Condition = gains.dividends_and_gain > 0.0
    if needed is False:
        return tax_at_amt_rates(taxable_excess, regular.law), None
    part_iii = maximum_gains_rates(taxable_excess, gains, regular)
    return part_iii.tax, Filled(part_iii, needed)


def maximum_gains_rates(
    taxable_excess: Dollars, gains: PreferentialIncome, regular: RegularSide
) -> MaximumGainsRates:
    """Part III: IRC 55(b)(3).

    The room at 0 and 15% is what *regular* ordinary income leaves (lines 20 and 27), not AMT
    income.  28% gain has no rate of its own here: it stays in line 17.
    """
    law, gains_law = regular.law, regular.gains_law
    preferential = smaller_of(
        gains.at_general_rates + gains.unrecaptured_1250_gain, gains.dividends_and_gain
    )
    line_16 = smaller_of(taxable_excess, preferential)
    ordinary = taxable_excess - line_16
    tax_on_ordinary = tax_at_amt_rates(ordinary, law)
    zero_rate_room = excess(gains_law.zero_rate_ceiling, over=regular.tax.ordinary_for_zero_rate)
    line_22 = smaller_of(taxable_excess, gains.at_general_rates)
    at_low_rate = smaller_of(zero_rate_room, line_22)
    line_24 = line_22 - at_low_rate
    line_28 = zero_rate_room + regular.tax.ordinary_for_middle_rate
    middle_rate_room = excess(gains_law.middle_rate_ceiling, over=line_28)
    at_middle_rate = smaller_of(line_24, middle_rate_room)
    tax_at_middle_rate = gains_law.middle_rate * at_middle_rate
    line_32 = at_low_rate + at_middle_rate
    at_high_rate = line_22 - line_32
    tax_at_high_rate = gains_law.high_rate * at_high_rate
    has_1250_gain = gains.unrecaptured_1250_gain > 0.0
    line_35 = choose(has_1250_gain, ordinary + line_32 + at_high_rate, 0.0)
    at_1250_rate = choose(has_1250_gain, taxable_excess - line_35, 0.0)
    tax_at_1250_rate = gains_law.unrecaptured_1250_rate * at_1250_rate
    with_rates = tax_on_ordinary + tax_at_middle_rate + tax_at_high_rate + tax_at_1250_rate
    without_rates = tax_at_amt_rates(taxable_excess, law)
    return MaximumGainsRates(
        taxable_excess=taxable_excess,
        at_general_rates=gains.at_general_rates,
        unrecaptured_1250_gain=gains.unrecaptured_1250_gain,
        preferential=preferential,
        line_16=line_16,
        ordinary=ordinary,
        tax_on_ordinary=tax_on_ordinary,
        zero_rate_ceiling=gains_law.zero_rate_ceiling,
        regular_ordinary_for_zero=regular.tax.ordinary_for_zero_rate,
        zero_rate_room=zero_rate_room,
        line_22=line_22,
        taxed_at_low_rate=at_low_rate,
        line_24=line_24,
        middle_rate_ceiling=gains_law.middle_rate_ceiling,
        line_26=zero_rate_room,
        regular_ordinary_for_middle=regular.tax.ordinary_for_middle_rate,
        line_28=line_28,
        middle_rate_room=middle_rate_room,
        taxed_at_middle_rate=at_middle_rate,
        tax_at_middle_rate=tax_at_middle_rate,
        line_32=line_32,
        taxed_at_high_rate=at_high_rate,
        tax_at_high_rate=tax_at_high_rate,
        line_35=line_35,
        taxed_at_1250_rate=at_1250_rate,
        tax_at_1250_rate=tax_at_1250_rate,
        tax_with_gains_rates=with_rates,
        tax_without_gains_rates=without_rates,
        tax=smaller_of(with_rates, without_rates) if gains_law.special_rates else with_rates,
    )


def alternative_minimum_tax(
    part_i: AlternativeMinimumTaxableIncome, gains: PreferentialIncome, regular: RegularSide
) -> Form6251:
    """Fills in the form; ``gains`` are those of the AMT Schedule D.

    Line 8 stays blank where line 10 is not below line 7: no AMT can be due then.
    """
    worksheet = exemption_worksheet(part_i.amti, regular.law)
    exempt = worksheet.exemption
    taxable_excess = excess(not_below_zero(part_i.amti), over=exempt)
    tax, part_iii = tax_before_foreign_tax_credit(taxable_excess, gains, regular)
    credit = choose(
        regular.after_foreign_tax_credit < tax, smaller_of(regular.amt_foreign_tax_credit, tax), 0.0
    )
    tentative_minimum_tax = tax - credit
    part_ii = AlternativeMinimumTax(
        exemption=exempt,
        taxable_excess=taxable_excess,
        tax_before_credit=tax,
        foreign_tax_credit=credit,
        tentative_minimum_tax=tentative_minimum_tax,
        regular_tax=regular.after_foreign_tax_credit,
        amt=excess(tentative_minimum_tax, over=regular.after_foreign_tax_credit),
    )
    if not regular.law.exemption:
        return Form6251(part_i, part_ii, part_iii, None)
    in_phaseout = part_i.amti > regular.law.phaseout_start
    return Form6251(part_i, part_ii, part_iii, Filled(worksheet, in_phaseout))
