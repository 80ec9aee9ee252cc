"""Form 8960, Net Investment Income Tax: IRC 1411.

Always on the regular figures: neither the bargain element nor an AMT gain or loss counts, and the
minimum tax credit does not pay it.  State taxes allocable to investment income are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import Dollars, excess, not_below_zero, smaller_of
from calculator.lines import Line

if TYPE_CHECKING:
    from calculator.federal.form_1040 import Form1040
    from calculator.law.parameters import SurtaxLaw


class Form8960(NamedTuple):
    """Form 8960, lines 1 to 17."""

    interest: Annotated[Dollars, Line("1", "Taxable interest and ordinary dividends")]
    qualified_dividends: Annotated[Dollars, Line("2", "Qualified dividends")]
    net_gain: Annotated[Dollars, Line("5a", "Net gain, or loss as far as allowed")]
    gain_counted: Annotated[Dollars, Line("5d", "Line 5a, with adjustments not modelled")]
    investment_income: Annotated[Dollars, Line("8", "Lines 1, 2 and 5d")]
    net_investment_income: Annotated[Dollars, Line("12", "Net investment income")]
    modified_agi: Annotated[Dollars, Line("13", "Modified adjusted gross income")]
    threshold: Annotated[Dollars, Line("14", "Threshold of the filing status")]
    over_threshold: Annotated[Dollars, Line("15", "Line 13 less line 14")]
    taxed: Annotated[Dollars, Line("16", "Smaller of lines 12 and 15")]
    tax: Annotated[Dollars, Line("17", "Net investment income tax")]


def form_8960(income: Form1040, law: SurtaxLaw) -> Form8960:
    """The tax on the smaller of net investment income and income over the threshold."""
    investment_income = income.interest + income.qualified_dividends + income.capital_gain
    net_investment_income = not_below_zero(investment_income)
    over = excess(income.adjusted_gross_income, over=law.net_investment_income_threshold)
    taxed = smaller_of(net_investment_income, over)
    return Form8960(
        interest=income.interest,
        qualified_dividends=income.qualified_dividends,
        net_gain=income.capital_gain,
        gain_counted=income.capital_gain,
        investment_income=investment_income,
        net_investment_income=net_investment_income,
        modified_agi=income.adjusted_gross_income,
        threshold=law.net_investment_income_threshold,
        over_threshold=over,
        taxed=taxed,
        tax=law.net_investment_income_rate * taxed,
    )
