"""Form 1040, income to tax (2025 lines 1z to 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import Dollars, is_zero, not_below_zero
from calculator.federal.deductions import Deductions, deductions
from calculator.federal.gains_worksheets import RegularTax, regular_tax
from calculator.federal.personal_exemptions import personal_exemptions
from calculator.federal.schedule_1a import AdditionalDeductions, Schedule1A, senior_deduction
from calculator.lines import Filled, Line

if TYPE_CHECKING:
    from calculator.equity.compensation import EquityYear
    from calculator.federal.personal_exemptions import ExemptionsWorksheet
    from calculator.federal.schedule_d import ScheduleD
    from calculator.law.parameters import YearLaw
    from calculator.scenario import YearFacts


class Form1040(NamedTuple):
    """Form 1040, lines 1z to 16."""

    wages: Annotated[Dollars, Line("1z", "Wages, with the income of options and dispositions")]
    interest: Annotated[Dollars, Line("2b", "Taxable interest and ordinary dividends")]
    qualified_dividends: Annotated[Dollars, Line("3a", "Qualified dividends")]
    ordinary_dividends: Annotated[Dollars, Line("3b", "Line 3a; other dividends stand on line 2b")]
    capital_gain: Annotated[Dollars, Line("7", "Capital gain, or loss as far as allowed")]
    other_income: Annotated[Dollars, Line("8", "Other income and the state tax refund")]
    total_income: Annotated[Dollars, Line("9", "Total income")]
    adjustments: Annotated[Dollars, Line("10", "Adjustments to income")]
    adjusted_gross_income: Annotated[Dollars, Line("11", "Adjusted gross income")]
    deduction: Annotated[Dollars, Line("12", "Standard or itemized deduction")]
    gifts_beside_standard: Annotated[Dollars, Line("12b", "Gifts beside the standard deduction")]
    qualified_business_income_deduction: Annotated[
        Dollars, Line("13a", "Qualified business income deduction")
    ]
    schedule_1a_deductions: Annotated[
        Dollars, Line("13b", "Schedule 1-A deductions, the senior deduction included")
    ]
    other_deductions: Annotated[Dollars, Line("13", "Lines 13a and 13b")]
    personal_exemptions: Annotated[
        Dollars, Line("13c", "Personal exemptions (line 42 of the 2017 form)")
    ]
    total_deductions: Annotated[Dollars, Line("14", "Lines 12, 12b, 13 and 13c")]
    taxable_income: Annotated[Dollars, Line("15", "Taxable income")]
    tax: Annotated[Dollars, Line("16", "Tax")]
    taxable_income_before_floor: Dollars
    """Adjusted gross income less all deductions; may be negative."""


class RegularReturn(NamedTuple):
    """The regular return of a year: the form, and what its attachments decided."""

    form: Form1040
    deductions: Deductions
    tax: RegularTax
    schedule_1a: Schedule1A | None
    exemptions: Filled[ExemptionsWorksheet] | None


def form_1040(
    facts: YearFacts, equity: EquityYear, schedule: ScheduleD, law: YearLaw
) -> RegularReturn:
    """Income to tax: adjusted gross income, deductions, and the tax from the rate schedules."""
    wages = facts.wages + equity.wages
    other_income = facts.other_income + facts.state_tax_refund
    total_income = (
        wages + facts.interest + facts.qualified_dividends + schedule.in_income + other_income
    )
    taken = deductions(facts, total_income - facts.adjustments, law.deductions)
    agi = taken.adjusted_gross_income
    schedule_1a: Dollars = taken.senior
    business: Dollars = 0.0
    if law.deductions.allowed:
        schedule_1a = schedule_1a + facts.schedule_1a_deductions
    if law.deductions.business_income_deduction:
        business = facts.qualified_business_income_deduction
    other_deductions = business + schedule_1a
    worksheet = personal_exemptions(facts.household, agi, law.exemptions)
    exemptions: Dollars = 0.0 if worksheet is None else worksheet.form.allowed
    total_deductions = taken.amount + taken.gifts_beside_standard + other_deductions + exemptions
    before_floor = agi - total_deductions
    taxable_income = not_below_zero(before_floor)
    tax = regular_tax(
        taxable_income,
        facts.qualified_dividends,
        schedule,
        brackets=law.brackets,
        law=law.gains,
    )
    form = Form1040(
        wages=wages,
        interest=facts.interest,
        qualified_dividends=facts.qualified_dividends,
        ordinary_dividends=facts.qualified_dividends,
        capital_gain=schedule.in_income,
        other_income=other_income,
        total_income=total_income,
        adjustments=total_income - agi,
        adjusted_gross_income=agi,
        deduction=taken.amount,
        gifts_beside_standard=taken.gifts_beside_standard,
        qualified_business_income_deduction=business,
        schedule_1a_deductions=schedule_1a,
        other_deductions=other_deductions,
        personal_exemptions=exemptions,
        total_deductions=total_deductions,
        taxable_income=taxable_income,
        tax=tax.tax,
        taxable_income_before_floor=before_floor,
    )
    return RegularReturn(form, taken, tax, _schedule_1a(facts, form, law), worksheet)


def _schedule_1a(facts: YearFacts, form: Form1040, law: YearLaw) -> Schedule1A | None:
    people = facts.household.people_65_or_over
    part_v = senior_deduction(people, form.adjusted_gross_income, law.deductions)
    total = form.schedule_1a_deductions
    if part_v is None and is_zero(total):
        return None
    return Schedule1A(part_v, AdditionalDeductions(total))
