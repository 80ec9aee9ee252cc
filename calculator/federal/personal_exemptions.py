"""Personal exemptions and their phase-out: IRC 151(d), in force before 2018.

Deduction for Exemptions Worksheet, Form 1040 instructions (2017), line 42.  The AMT allows none:
IRC 56(b)(1)(D).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import Dollars, excess, whole_steps
from calculator.lines import Filled, Line

if TYPE_CHECKING:
    from calculator.law.parameters import PersonalExemptionLaw
    from calculator.scenario import Household


class ExemptionsWorksheet(NamedTuple):
    """Deduction for Exemptions Worksheet; its lines 6 and 7 are no amounts of dollars."""

    exemptions: Annotated[Dollars, Line("2", "Exemptions before their phase-out")]
    adjusted_gross_income: Annotated[Dollars, Line("3", "Adjusted gross income")]
    start: Annotated[Dollars, Line("4", "Where the phase-out begins")]
    over_start: Annotated[Dollars, Line("5", "Line 3 less line 4")]
    phased_out: Annotated[Dollars, Line("8", "2% of line 2 for each step of line 5")]
    allowed: Annotated[Dollars, Line("9", "Line 2 less line 8")]


def personal_exemptions(
    household: Household, adjusted_gross_income: Dollars, law: PersonalExemptionLaw
) -> Filled[ExemptionsWorksheet] | None:
    """One exemption for each filer and dependent, less a part for each step of income.

    None in years without exemptions.
    """
    if not law.amount:
        return None
    exemptions = law.amount * (law.filers + household.dependents)
    over = excess(adjusted_gross_income, over=law.phaseout_start)
    allowed = law.left_of(exemptions, law.phaseout_rate * whole_steps(over, of=law.phaseout_step))
    worksheet = ExemptionsWorksheet(
        exemptions=exemptions,
        adjusted_gross_income=adjusted_gross_income,
        start=law.phaseout_start,
        over_start=over,
        phased_out=exemptions - allowed,
        allowed=allowed,
    )
    return Filled(worksheet, adjusted_gross_income > law.phaseout_start)
