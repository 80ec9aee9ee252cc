"""Schedule 1-A, Part V (senior deduction) and its total: IRC 151(d)(5)(C).

The deductions of Parts II to IV (tips, overtime, interest on car loans) come in as a total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import Dollars, excess
from calculator.lines import Line

if TYPE_CHECKING:
    from calculator.law.parameters import DeductionLaw

TWO_PEOPLE = 2


class SeniorDeduction(NamedTuple):
    """Part V."""

    income: Annotated[Dollars, Line("31", "Modified adjusted gross income")]
    phaseout_start: Annotated[Dollars, Line("32", "Where the phase-out begins")]
    over_start: Annotated[Dollars, Line("33", "Line 31 less line 32")]
    phased_out: Annotated[Dollars, Line("34", "Deduction of each phased out")]
    for_each: Annotated[Dollars, Line("35", "Deduction of each that is left")]
    for_one: Annotated[Dollars, Line("36a", "For one person of 65 or over")]
    for_other: Annotated[Dollars, Line("36b", "For a second one on a joint return")]
    total: Annotated[Dollars, Line("37", "Senior deduction")]


class AdditionalDeductions(NamedTuple):
    """The total of the schedule."""

    total: Annotated[Dollars, Line("38", "Line 37, with tips, overtime and car-loan interest")]


class Schedule1A(NamedTuple):
    """The schedule; Part V only for people of 65 or over."""

    part_v: SeniorDeduction | None
    total: AdditionalDeductions


def senior_deduction(people: int, income: Dollars, law: DeductionLaw) -> SeniorDeduction | None:
    """Part V: each person's amount is phased out by itself.  None for nobody, and without a law."""
    if not (people and law.senior):
        return None
    over_start = excess(income, over=law.senior_phaseout_start)
    phased_out = law.senior_phaseout_rate * over_start
    for_each = excess(law.senior, over=phased_out)
    return SeniorDeduction(
        income=income,
        phaseout_start=law.senior_phaseout_start,
        over_start=over_start,
        phased_out=phased_out,
        for_each=for_each,
        for_one=for_each,
        for_other=for_each if people == TWO_PEOPLE else 0.0,
        total=people * for_each,
    )
