"""Form 8959, Additional Medicare Tax: IRC 3101(b)(2).

Only wages subject to Medicare tax count; the income of a disqualifying disposition is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import Dollars, excess
from calculator.lines import Line

if TYPE_CHECKING:
    from calculator.law.parameters import SurtaxLaw


class Form8959(NamedTuple):
    """Form 8959, Part I."""

    medicare_wages: Annotated[Dollars, Line("1", "Medicare wages and tips")]
    all_wages: Annotated[Dollars, Line("4", "Line 1, with wages not modelled")]
    threshold: Annotated[Dollars, Line("5", "Threshold of the filing status")]
    over_threshold: Annotated[Dollars, Line("6", "Line 4 less line 5")]
    tax_on_wages: Annotated[Dollars, Line("7", "Tax on line 6")]
    tax: Annotated[Dollars, Line("18", "Additional Medicare Tax")]


def form_8959(medicare_wages: Dollars, law: SurtaxLaw) -> Form8959:
    """The tax on Medicare wages over the threshold, which is not indexed."""
    over = excess(medicare_wages, over=law.additional_medicare_threshold)
    tax = law.additional_medicare_rate * over
    return Form8959(
        medicare_wages, medicare_wages, law.additional_medicare_threshold, over, tax, tax
    )
