"""Form 8801, Credit for Prior Year Minimum Tax: IRC 53.

Part I asks what minimum tax the exclusion items of a year alone would have caused, with that
year's parameters; it is printed on the next year's form.  Part II brings in what was carried
forward and limits the credit.  Line 28 takes the *regular* gain: section 53(d)(1)(B) leaves out
the difference in bases altogether.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import Dollars, excess, not_below_zero, smaller_of
from calculator.federal.form_6251 import (
    exemption_worksheet,
    increased_for_separate_returns,
    tax_before_foreign_tax_credit,
)
from calculator.lines import Filled, Line

if TYPE_CHECKING:
    from calculator.federal.form_6251 import (
        AlternativeMinimumTaxableIncome,
        MaximumGainsRates,
        RegularSide,
    )
    from calculator.federal.gains_worksheets import PreferentialIncome


class NetMinimumTaxOnExclusionItems(NamedTuple):
    """Part I, lines 1 to 15."""

    income_less_deductions: Annotated[Dollars, Line("1", "Form 6251 line 1b of the year before")]
    exclusion_items: Annotated[Dollars, Line("2", "Adjustments treated as exclusion items")]
    net_operating_loss: Annotated[
        Dollars, Line("3", "Minimum tax credit net operating loss deduction: not modelled")
    ]
    exclusion_income: Annotated[Dollars, Line("4", "Lines 1, 2 and 3")]
    full_exemption: Annotated[Dollars, Line("5", "Exemption before its phase-out")]
    phaseout_start: Annotated[Dollars, Line("6", "Where the phase-out begins")]
    line_7: Annotated[Dollars, Line("7", "Line 4 less line 6")]
    line_8: Annotated[Dollars, Line("8", "Exemption phased out")]
    exemption: Annotated[Dollars, Line("9", "Exemption")]
    taxable_excess: Annotated[Dollars, Line("10", "Line 4 less line 9")]
    tax_before_credit: Annotated[Dollars, Line("11", "Tax on line 10")]
    foreign_tax_credit: Annotated[Dollars, Line("12", "Minimum tax foreign tax credit")]
    tentative_tax: Annotated[Dollars, Line("13", "Tentative minimum tax on exclusion items")]
    regular_tax: Annotated[Dollars, Line("14", "Form 6251 line 10 of the year before")]
    net_minimum_tax: Annotated[Dollars, Line("15", "Net minimum tax on exclusion items")]


class ExclusionItems(NamedTuple):
    """Part I of a year, with its Part III (lines 27 to 55: Form 6251 lines 12 to 40)."""

    part_i: NetMinimumTaxOnExclusionItems
    part_iii: Filled[MaximumGainsRates] | None


class MinimumTaxCredit(NamedTuple):
    """Part II, lines 16 to 26."""

    prior_year_amt: Annotated[Dollars, Line("16", "AMT of the year before")]
    prior_year_exclusion_tax: Annotated[Dollars, Line("17", "Line 15")]
    adjusted_net_minimum_tax: Annotated[
        Dollars, Line("18", "Last year's AMT that becomes credit; may be negative")
    ]
    carried_forward: Annotated[Dollars, Line("19", "Credit carried forward")]
    unallowed_vehicle_credit: Annotated[
        Dollars, Line("20", "Unallowed credit for electric vehicles: not modelled")
    ]
    credit_available: Annotated[Dollars, Line("21", "Credit available: lines 18, 19 and 20")]
    regular_tax_after_credits: Annotated[Dollars, Line("22", "Regular tax less other credits")]
    tentative_minimum_tax: Annotated[Dollars, Line("23", "Form 6251 line 9 of this year")]
    credit_limit: Annotated[Dollars, Line("24", "Limit: line 22 less line 23")]
    credit_used: Annotated[Dollars, Line("25", "Minimum tax credit")]
    credit_carryforward: Annotated[Dollars, Line("26", "Carried forward to next year")]


class AdjustedNetMinimumTax(NamedTuple):
    """What a year hands to the next year's line 18: its AMT, and Part I."""

    amt: Dollars
    exclusion_items: ExclusionItems


def exclusion_items(
    part_i: AlternativeMinimumTaxableIncome,
    gains: PreferentialIncome,
    regular: RegularSide,
    *,
    other_exclusion_items: Dollars,
) -> ExclusionItems:
    """Part I for the year of this Form 6251; ``gains`` from the regular Schedule D.

    ``other_exclusion_items`` is the exclusion part of Form 6251 line 3, the reversal of the
    section 68 cut included.
    """
    law = regular.law
    items = (
        part_i.taxes_or_standard_deduction
        + part_i.tax_refund
        + part_i.private_activity_bond_interest
        + other_exclusion_items
    )
    income = increased_for_separate_returns(part_i.income_less_deductions + items, law)
    worksheet = exemption_worksheet(income, law)
    exempt = worksheet.exemption
    taxable_excess = excess(not_below_zero(income), over=exempt)
    tax, part_iii = tax_before_foreign_tax_credit(taxable_excess, gains, regular)
    credit = smaller_of(regular.amt_foreign_tax_credit, tax)
    tentative_tax = tax - credit
    return ExclusionItems(
        NetMinimumTaxOnExclusionItems(
            income_less_deductions=part_i.income_less_deductions,
            exclusion_items=items,
            net_operating_loss=0.0,
            exclusion_income=income,
            full_exemption=law.exemption,
            phaseout_start=law.phaseout_start,
            line_7=worksheet.over_start,
            line_8=worksheet.phased_out,
            exemption=exempt,
            taxable_excess=taxable_excess,
            tax_before_credit=tax,
            foreign_tax_credit=credit,
            tentative_tax=tentative_tax,
            regular_tax=regular.after_foreign_tax_credit,
            net_minimum_tax=excess(tentative_tax, over=regular.after_foreign_tax_credit),
        ),
        part_iii,
    )


def minimum_tax_credit(
    prior_year: AdjustedNetMinimumTax | None,
    carried_forward: Dollars,
    *,
    regular_tax_after_credits: Dollars,
    tentative_minimum_tax: Dollars,
) -> MinimumTaxCredit:
    """Part II.

    A negative line 18 erodes what was carried forward: AMT that a deferral item avoided was
    owed on exclusion items, and is taken back from the credit.  ``prior_year`` is None in the
    first year, whose line 19 is the credit available.
    """
    amt: Dollars = 0.0
    exclusion_tax: Dollars = 0.0
    if prior_year is not None:
        amt = prior_year.amt
        exclusion_tax = prior_year.exclusion_items.part_i.net_minimum_tax
    adjusted = amt - exclusion_tax
    available = not_below_zero(adjusted + carried_forward)
    limit = excess(regular_tax_after_credits, over=tentative_minimum_tax)
    used = smaller_of(available, limit)
    return MinimumTaxCredit(
        prior_year_amt=amt,
        prior_year_exclusion_tax=exclusion_tax,
        adjusted_net_minimum_tax=adjusted,
        carried_forward=carried_forward,
        unallowed_vehicle_credit=0.0,
        credit_available=available,
        regular_tax_after_credits=regular_tax_after_credits,
        tentative_minimum_tax=tentative_minimum_tax,
        credit_limit=limit,
        credit_used=used,
        credit_carryforward=available - used,
    )
