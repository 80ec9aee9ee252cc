"""Form 1040 from line 17 to total tax, and Schedules 2 and 3 as far as they feed it."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from calculator.amounts import Dollars, excess
from calculator.lines import Line


class Schedule2(NamedTuple):
    """Schedule 2, additional taxes."""

    amt: Annotated[Dollars, Line("2", "Alternative minimum tax")]
    to_line_17: Annotated[Dollars, Line("3", "Line 2, with additions not modelled")]
    additional_medicare_tax: Annotated[Dollars, Line("11", "Additional Medicare Tax")]
    net_investment_income_tax: Annotated[Dollars, Line("12", "Net investment income tax")]
    other_taxes: Annotated[Dollars, Line("21", "Lines 11 and 12")]


class Schedule3(NamedTuple):
    """Schedule 3, nonrefundable credits."""

    foreign_tax_credit: Annotated[Dollars, Line("1", "Foreign tax credit")]
    minimum_tax_credit: Annotated[Dollars, Line("6b", "Credit for prior year minimum tax")]
    other_credits: Annotated[Dollars, Line("7", "Line 6b")]
    total: Annotated[Dollars, Line("8", "Lines 1 and 7")]


class TotalTax(NamedTuple):
    """Form 1040, lines 17 to 24."""

    alternative_minimum_tax: Annotated[Dollars, Line("17", "Schedule 2 line 3")]
    tax_and_amt: Annotated[Dollars, Line("18", "Lines 16 and 17")]
    other_credits: Annotated[
        Dollars, Line("19", "Nonrefundable credits not on Schedule 3, those for children included")
    ]
    schedule_3_credits: Annotated[Dollars, Line("20", "Schedule 3 line 8")]
    credits_in_all: Annotated[Dollars, Line("21", "Lines 19 and 20")]
    after_credits: Annotated[Dollars, Line("22", "Line 18 less line 21")]
    other_taxes: Annotated[Dollars, Line("23", "Schedule 2 line 21")]
    total_tax: Annotated[Dollars, Line("24", "Total tax")]


class TaxesAndCredits(NamedTuple):
    """What the other forms of a year come to."""

    tax: Dollars
    """Form 1040 line 16."""
    amt: Dollars
    additional_medicare_tax: Dollars
    net_investment_income_tax: Dollars
    foreign_tax_credit: Dollars
    minimum_tax_credit: Dollars
    other_nonrefundable_credits: Dollars
    """As far as there is tax for them."""

    def schedule_2(self) -> Schedule2:
        """The taxes beside that of line 16."""
        return Schedule2(
            amt=self.amt,
            to_line_17=self.amt,
            additional_medicare_tax=self.additional_medicare_tax,
            net_investment_income_tax=self.net_investment_income_tax,
            other_taxes=self.additional_medicare_tax + self.net_investment_income_tax,
        )

    def schedule_3(self) -> Schedule3:
        """The credits with forms of their own."""
        return Schedule3(
            foreign_tax_credit=self.foreign_tax_credit,
            minimum_tax_credit=self.minimum_tax_credit,
            other_credits=self.minimum_tax_credit,
            total=self.foreign_tax_credit + self.minimum_tax_credit,
        )

    def total_tax(self) -> TotalTax:
        """Form 1040 to line 24."""
        in_all = self.other_nonrefundable_credits + self.schedule_3().total
        other_taxes = self.schedule_2().other_taxes
        after_credits = excess(self.tax + self.amt, over=in_all)
        return TotalTax(
            alternative_minimum_tax=self.amt,
            tax_and_amt=self.tax + self.amt,
            other_credits=self.other_nonrefundable_credits,
            schedule_3_credits=self.schedule_3().total,
            credits_in_all=in_all,
            after_credits=after_credits,
            other_taxes=other_taxes,
            total_tax=after_credits + other_taxes,
        )
