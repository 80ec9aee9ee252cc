"""Personal exemptions and their phase-out: IRC 151(d), in force before 2018.

Deduction for Exemptions Worksheet, Form 1040 instructions (2017), line 42.  The AMT allows none:
IRC 56(b)(1)(E).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.amounts import Dollars, excess, whole_steps

if TYPE_CHECKING:
    from calculator.law.parameters import PersonalExemptionLaw
    from calculator.scenario import Household


def personal_exemptions(
    household: Household, adjusted_gross_income: Dollars, law: PersonalExemptionLaw
) -> Dollars:
    """One exemption for each filer and dependent, less a part for each step of income."""
    if not law.amount:
        return 0.0
    exemptions = law.amount * (law.filers + household.dependents)
    over = excess(adjusted_gross_income, over=law.phaseout_start)
    phased_out = law.phaseout_rate * whole_steps(over, of=law.phaseout_step)
    return law.left_of(exemptions, phased_out)
