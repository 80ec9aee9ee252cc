"""What section 68 takes off itemized deductions, before 2018 and from 2026.

Itemized Deductions Worksheet, Schedule A instructions (2017), line 29; for the limit of 2026 (2/37
of what lies in the top bracket) the IRS has published no worksheet yet, and the lines are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias

from calculator.amounts import Dollars, excess, smaller_of
from calculator.lines import Filled, Line

if TYPE_CHECKING:
    from calculator.law.parameters import DeductionLaw


class ItemizedDeductionsWorksheet(NamedTuple):
    """Itemized Deductions Worksheet of 2017."""

    total: Annotated[Dollars, Line("1", "Itemized deductions before the limit")]
    unlimited: Annotated[Dollars, Line("2", "Medical expenses and others that are not limited")]
    limited: Annotated[Dollars, Line("3", "Line 1 less line 2")]
    most: Annotated[Dollars, Line("4", "The most that is cut: 80% of line 3")]
    adjusted_gross_income: Annotated[Dollars, Line("5", "Adjusted gross income")]
    start: Annotated[Dollars, Line("6", "Where the limit begins")]
    over_start: Annotated[Dollars, Line("7", "Line 5 less line 6")]
    part_of_it: Annotated[Dollars, Line("8", "3% of line 7")]
    cut: Annotated[Dollars, Line("9", "Smaller of lines 4 and 8")]
    allowed: Annotated[Dollars, Line("10", "Line 1 less line 9")]


class TopBracketLimit(NamedTuple):
    """The limit of 2026, in our lines."""

    total: Annotated[Dollars, Line("1", "Itemized deductions before the limit")]
    income: Annotated[Dollars, Line("2", "Taxable income before itemized deductions")]
    top_bracket: Annotated[Dollars, Line("3", "Where the top bracket begins")]
    over_top: Annotated[Dollars, Line("4", "Line 2 less line 3")]
    limited: Annotated[Dollars, Line("5", "Smaller of lines 1 and 4")]
    cut: Annotated[Dollars, Line("6", "2/37 of line 5")]
    allowed: Annotated[Dollars, Line("7", "Line 1 less line 6")]


Section68: TypeAlias = ItemizedDeductionsWorksheet | TopBracketLimit


def itemized_deductions_worksheet(
    total: Dollars, unlimited: Dollars, adjusted_gross_income: Dollars, law: DeductionLaw
) -> Filled[ItemizedDeductionsWorksheet]:
    """The limit before 2018.

    ``unlimited`` is medical expenses, casualty losses and the like: section 68(c).
    """
    limited = total - unlimited
    most = law.pease_ceiling * limited
    over_start = excess(adjusted_gross_income, over=law.pease_start)
    part_of_it = law.pease_rate * over_start
    cut = smaller_of(part_of_it, most)
    worksheet = ItemizedDeductionsWorksheet(
        total=total,
        unlimited=unlimited,
        limited=limited,
        most=most,
        adjusted_gross_income=adjusted_gross_income,
        start=law.pease_start,
        over_start=over_start,
        part_of_it=part_of_it,
        cut=cut,
        allowed=total - cut,
    )
    return Filled(worksheet, adjusted_gross_income > law.pease_start)


def top_bracket_limit(
    total: Dollars, income: Dollars, law: DeductionLaw
) -> Filled[TopBracketLimit]:
    """The limit from 2026; ``income`` is taxable income plus the itemized deductions."""
    over_top = excess(income, over=law.itemized_limit_start)
    limited = smaller_of(total, over_top)
    cut = law.itemized_limit_rate * limited
    worksheet = TopBracketLimit(
        total=total,
        income=income,
        top_bracket=law.itemized_limit_start,
        over_top=over_top,
        limited=limited,
        cut=cut,
        allowed=total - cut,
    )
    return Filled(worksheet, income > law.itemized_limit_start)
