"""One tax year: the forms in the order in which a preparer fills them in.

Equity compensation and carried-over amounts in; every form, and what goes on to the next year,
out.  Which status files and which law applies has been decided before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, excess, not_below_zero, smaller_of
from calculator.federal.capital_loss_carryover import capital_loss_carryover
from calculator.federal.form_1040 import form_1040
from calculator.federal.form_6251 import (
    AlternativeMinimumTaxableIncome,
    RegularSide,
    alternative_minimum_tax,
    increased_for_separate_returns,
)
from calculator.federal.form_8801 import (
    AdjustedNetMinimumTax,
    exclusion_items,
    minimum_tax_credit,
)
from calculator.federal.form_8959 import form_8959
from calculator.federal.form_8960 import form_8960
from calculator.federal.gains_worksheets import preferential_income
from calculator.federal.schedule_d import GainsOfYear, schedule_d
from calculator.federal.total_tax import TaxesAndCredits
from calculator.results import Deduction, YearForms, YearResult
from calculator.scenario import BY_STATUTE, Method

if TYPE_CHECKING:
    from calculator.equity.compensation import EquityYear
    from calculator.federal.form_1040 import RegularReturn
    from calculator.federal.schedule_d import ScheduleD
    from calculator.law.parameters import YearLaw
    from calculator.scenario import CapitalLoss, YearFacts


STATUTE = Method()
"""The forms as the statute has them, in exact figures."""


class CarriedIn(NamedTuple):
    """What the year before hands on."""

    minimum_tax_credit: Dollars
    """Form 8801 line 26 of the year before; in the first year the whole credit available."""
    prior_year: AdjustedNetMinimumTax | None
    """None in the first year."""
    capital_loss: CapitalLoss
    amt_capital_loss: CapitalLoss


def compute_year(
    facts: YearFacts,
    equity: EquityYear,
    law: YearLaw,
    carried: CarriedIn,
    method: Method = STATUTE,
) -> tuple[YearResult, CarriedIn]:
    """The year's result, and what it hands on to the next."""
    regular_schedule, amt_schedule = _both_schedules_d(facts, equity, law, carried)
    regular = form_1040(facts, equity, regular_schedule, law)
    tax = regular.form.tax

    foreign_tax_credit = smaller_of(facts.foreign_tax_credit, tax)
    after_foreign = tax - foreign_tax_credit
    amt_foreign_tax_credit = (
        facts.foreign_tax_credit
        if facts.amt_foreign_tax_credit is None
        else facts.amt_foreign_tax_credit
    )

    reversal: Dollars = 0.0
    if method.section_68_reversal:
        reversal = regular.deductions.section_68_cut
    part_i = _amti(facts, equity, regular, (regular_schedule, amt_schedule), law, reversal)
    side = RegularSide(regular.tax, after_foreign, amt_foreign_tax_credit, law.amt, law.gains)
    form_6251 = alternative_minimum_tax(
        part_i, preferential_income(facts.qualified_dividends, amt_schedule), side
    )
    amt = form_6251.part_ii.amt
    exclusion = exclusion_items(
        part_i,
        preferential_income(
            facts.qualified_dividends,
            regular_schedule if method.form_8801_line_28 == BY_STATUTE else amt_schedule,
        ),
        side,
        other_exclusion_items=facts.other_amt_exclusion_items - reversal,
    )
    credit = minimum_tax_credit(
        carried.prior_year,
        carried.minimum_tax_credit,
        regular_tax_after_credits=excess(after_foreign, over=facts.other_nonrefundable_credits),
        tentative_minimum_tax=form_6251.part_ii.tentative_minimum_tax,
    )

    losses = capital_loss_carryover(
        # IRC 1212(b)(2)(B): before the personal exemptions.
        regular.form.taxable_income_before_floor + regular.form.personal_exemptions,
        regular_schedule,
    )
    amt_losses = capital_loss_carryover(part_i.amti, amt_schedule)
    medicare = form_8959(facts.wages + equity.medicare_wages, law.surtaxes)
    investment = form_8960(regular.form, law.surtaxes)

    exclusion_tax = exclusion.part_i.net_minimum_tax
    generated = excess(amt, over=exclusion_tax)
    eroded = smaller_of(excess(exclusion_tax, over=amt), credit.credit_carryforward)
    other_credits = smaller_of(facts.other_nonrefundable_credits, after_foreign + amt)
    totals = TaxesAndCredits(
        tax=tax,
        amt=amt,
        additional_medicare_tax=medicare.tax,
        net_investment_income_tax=investment.tax,
        foreign_tax_credit=foreign_tax_credit,
        minimum_tax_credit=credit.credit_used,
        other_nonrefundable_credits=other_credits,
    )
    result = YearResult(
        year=facts.year,
        law=law.origin,
        adjusted_gross_income=regular.form.adjusted_gross_income,
        deduction=Deduction(
            allowed=law.deductions.allowed,
            itemizes=regular.deductions.itemizes,
            amount=regular.deductions.amount,
        ),
        taxable_income=regular.form.taxable_income,
        regular_tax=tax,
        amti=part_i.amti,
        amt_exemption=form_6251.part_ii.exemption,
        tentative_minimum_tax=form_6251.part_ii.tentative_minimum_tax,
        amt=amt,
        exclusion_items_tax=exclusion_tax,
        credit_available=credit.credit_available,
        credit_limit=credit.credit_limit,
        credit_used=credit.credit_used,
        credit_carryforward=credit.credit_carryforward,
        credit_generated=generated,
        credit_eroded=eroded,
        credit_balance=not_below_zero(credit.credit_carryforward + generated - eroded),
        capital_loss_carryforward=losses.to_next_year,
        amt_capital_loss_carryforward=amt_losses.to_next_year,
        net_investment_income_tax=investment.tax,
        additional_medicare_tax=medicare.tax,
        federal_tax=after_foreign
        - other_credits
        - credit.credit_used
        + amt
        + investment.tax
        + medicare.tax,
        equity=equity,
        forms=YearForms(
            form_1040=regular.form,
            schedule_1a=regular.schedule_1a,
            exemptions_worksheet=regular.exemptions,
            schedule_a=(
                None if regular.deductions.itemizes is False else regular.deductions.schedule_a
            ),
            schedule_d=regular_schedule,
            amt_schedule_d=amt_schedule,
            qualified_dividends_worksheet=regular.tax.qualified_dividends_worksheet,
            schedule_d_tax_worksheet=regular.tax.schedule_d_tax_worksheet,
            capital_loss_carryover=losses,
            amt_capital_loss_carryover=amt_losses,
            form_6251=form_6251,
            prior_year_exclusion_items=(
                None if carried.prior_year is None else carried.prior_year.exclusion_items
            ),
            minimum_tax_credit=credit,
            form_8959=medicare if law.surtaxes.exist else None,
            form_8960=investment if law.surtaxes.exist else None,
            taxes_and_credits=totals,
        ),
    )
    return result, CarriedIn(
        minimum_tax_credit=credit.credit_carryforward,
        prior_year=AdjustedNetMinimumTax(amt, exclusion),
        capital_loss=losses.to_next_year,
        amt_capital_loss=amt_losses.to_next_year,
    )


def _both_schedules_d(
    facts: YearFacts, equity: EquityYear, law: YearLaw, carried: CarriedIn
) -> tuple[ScheduleD, ScheduleD]:
    """Schedule D, and Schedule D as refigured for AMT."""
    regular = GainsOfYear(
        short_term=facts.short_term_gain + equity.short_term_gain,
        long_term=facts.long_term_gain + equity.long_term_gain,
        unrecaptured_1250=facts.unrecaptured_section_1250_gain,
        collectibles=facts.collectibles_gain,
    )
    refigured = regular._replace(
        short_term=facts.short_term_gain + equity.amt_short_term_gain,
        long_term=facts.long_term_gain + equity.amt_long_term_gain,
    )
    return (
        schedule_d(regular, carried.capital_loss, law.gains, law.gains.loss_limit),
        schedule_d(refigured, carried.amt_capital_loss, law.gains, law.gains.amt_loss_limit),
    )


def _amti(
    facts: YearFacts,
    equity: EquityYear,
    regular: RegularReturn,
    schedules: tuple[ScheduleD, ScheduleD],
    law: YearLaw,
    section_68_reversal: Dollars,
) -> AlternativeMinimumTaxableIncome:
    """Form 6251 Part I from the finished regular return."""
    taken = regular.deductions
    deducted = regular.form.total_deductions - taken.senior - regular.form.personal_exemptions
    income_less_deductions = regular.form.adjusted_gross_income - deducted
    regular_schedule, amt_schedule = schedules
    difference = amt_schedule.in_income - regular_schedule.in_income - equity.income_left_out_of_amt
    other = facts.other_amt_deferral_items + facts.other_amt_exclusion_items - section_68_reversal
    amti = (
        income_less_deductions
        + taken.added_back
        - facts.state_tax_refund
        + facts.private_activity_bond_interest
        + equity.bargain_element
        + difference
        + other
    )
    return AlternativeMinimumTaxableIncome(
        deductions=deducted,
        income_less_deductions=income_less_deductions,
        taxes_or_standard_deduction=taken.added_back,
        tax_refund=0.0 - facts.state_tax_refund,
        private_activity_bond_interest=facts.private_activity_bond_interest,
        bargain_element=equity.bargain_element,
        disposition_difference=difference,
        other_adjustments=other,
        amti=increased_for_separate_returns(amti, law.amt),
    )
