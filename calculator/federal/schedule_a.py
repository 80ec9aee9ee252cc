"""Schedule A, itemized deductions, as far as the two systems or the year's law treat them apart.

IRC 63, 68, 164(b)(6)-(7), 170(b)(1).  Medical expenses, casualty losses and the like come in
already limited, as ``other``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from calculator.amounts import Dollars, excess, larger_of, not_below_zero, smaller_of
from calculator.federal.section_68 import (
    Section68,
    itemized_deductions_worksheet,
    top_bracket_limit,
)
from calculator.lines import Filled, Line

if TYPE_CHECKING:
    from calculator.law.parameters import DeductionLaw
    from calculator.scenario import ItemizedDeductions


class ScheduleA(NamedTuple):
    """Schedule A (2025), lines 5d to 17; line 17 after the section 68 cut."""

    taxes_paid: Annotated[Dollars, Line("5d", "State and local taxes paid")]
    taxes_within_cap: Annotated[Dollars, Line("5e", "State and local taxes within the cap")]
    taxes: Annotated[Dollars, Line("7", "Taxes deducted")]
    mortgage_interest: Annotated[Dollars, Line("8e", "Mortgage interest")]
    interest: Annotated[Dollars, Line("10", "Line 8e, with interest not modelled")]
    gifts_of_cash: Annotated[Dollars, Line("11", "Gifts of cash within their limits")]
    charitable_gifts: Annotated[Dollars, Line("14", "Line 11, with gifts not modelled")]
    other: Annotated[Dollars, Line("16", "Other itemized deductions")]
    total: Annotated[Dollars, Line("17", "Total itemized deductions")]
    section_68_cut: Dollars
    """What section 68 took off; it does not apply for AMT (IRC 56(b)(1))."""
    section_68: Filled[Section68] | None
    """Its worksheet, in years with such a limit."""


def schedule_a(
    paid: ItemizedDeductions,
    *,
    adjusted_gross_income: Dollars,
    income_before_itemizing: Dollars,
    law: DeductionLaw,
) -> ScheduleA:
    """Itemized deductions after every limit.

    ``income_before_itemizing`` is taxable income plus the itemized deductions: what section 68
    compares with the beginning of the top bracket from 2026.
    """
    taxes = smaller_of(paid.state_and_local_taxes, taxes_cap(adjusted_gross_income, law))
    gifts = gifts_allowed(paid.charitable_gifts, adjusted_gross_income, law)
    before_cut = taxes + paid.mortgage_interest + gifts + paid.other
    limit: Filled[Any] | None = None
    if law.pease_rate:
        limit = itemized_deductions_worksheet(before_cut, paid.other, adjusted_gross_income, law)
    elif law.itemized_limit_rate:
        limit = top_bracket_limit(before_cut, income_before_itemizing, law)
    cut: Dollars = 0.0 if limit is None else limit.form.cut
    return ScheduleA(
        taxes_paid=paid.state_and_local_taxes,
        taxes_within_cap=taxes,
        taxes=taxes,
        mortgage_interest=paid.mortgage_interest,
        interest=paid.mortgage_interest,
        gifts_of_cash=gifts,
        charitable_gifts=gifts,
        other=paid.other,
        total=before_cut - cut,
        section_68_cut=cut,
        section_68=limit,
    )


def taxes_cap(adjusted_gross_income: Dollars, law: DeductionLaw) -> Dollars:
    """The cap on state and local taxes, phased down to its floor: IRC 164(b)(6)-(7)."""
    phased_down = law.salt_phasedown_rate * excess(
        adjusted_gross_income, over=law.salt_phasedown_start
    )
    return larger_of(law.salt_cap - phased_down, law.salt_floor)


def gifts_allowed(gifts: Dollars, adjusted_gross_income: Dollars, law: DeductionLaw) -> Dollars:
    """Cash gifts up to the ceiling, less the floor: IRC 170(b)(1)(G) and (I)."""
    base = not_below_zero(adjusted_gross_income)
    within_ceiling = smaller_of(gifts, law.gift_ceiling_fraction * base)
    return excess(within_ceiling, over=law.gift_floor_fraction * base)
