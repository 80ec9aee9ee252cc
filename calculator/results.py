"""What a scenario comes to: a result for every year, and the totals.

The names are those of the public contract.  All amounts are unrounded dollars; in a batch each is
an array of the batch shape.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.federal.amt_gains import AmtGainsWorksheets, amt_gains_worksheets
from calculator.federal.deductions import ITEMIZED, NONE, STANDARD
from calculator.federal.section_68 import ItemizedDeductionsWorksheet, TopBracketLimit
from calculator.lines import Filled, printed, printed_where_needed
from calculator.skipped_lines import without_skipped_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from calculator.amounts import Condition, Dollars
    from calculator.equity.compensation import EquityYear
    from calculator.equity.dispositions import SaleResult
    from calculator.federal.capital_loss_carryover import CapitalLossCarryover
    from calculator.federal.form_1040 import Form1040
    from calculator.federal.form_6251 import Form6251
    from calculator.federal.form_8801 import ExclusionItems, MinimumTaxCredit
    from calculator.federal.form_8959 import Form8959
    from calculator.federal.form_8960 import Form8960
    from calculator.federal.gains_worksheets import (
        QualifiedDividendsWorksheet,
        ScheduleDTaxWorksheet,
    )
    from calculator.federal.personal_exemptions import ExemptionsWorksheet
    from calculator.federal.schedule_1a import Schedule1A
    from calculator.federal.schedule_a import ScheduleA
    from calculator.federal.schedule_d import ScheduleD
    from calculator.federal.section_68 import Section68
    from calculator.federal.total_tax import TaxesAndCredits
    from calculator.scenario import CapitalLoss

    Part: TypeAlias = tuple[Any, ...] | Filled[Any] | None

PART_III_OFFSET = 15
"""Form 8801 Part III repeats Form 6251 Part III with its line numbers moved up by so many."""

NEVER = math.nan
"""The year that does not come."""

FIRST_YEAR_LINES = ("19", "21", "22", "23", "24", "25", "26")
"""All that is known of the first modelled year's Form 8801."""


def one_if_all_the_same(said: Any) -> Any:
    """What is said of every scenario of a batch, as one value if it is the same for all."""
    if isinstance(said, str | bool):
        return said
    first = said.flat[0]
    return first.item() if (said == first).all() else said


class Deduction(NamedTuple):
    """The deduction taken on Form 1040 line 12."""

    allowed: bool
    itemizes: Condition
    amount: Dollars

    @property
    def kind(self) -> Any:
        """``standard``, ``itemized`` or ``none``; an array of text where a batch differs."""
        if not self.allowed:
            return NONE
        if type(self.itemizes) is bool:
            return ITEMIZED if self.itemizes else STANDARD
        import numpy as np

        return one_if_all_the_same(np.where(self.itemizes, ITEMIZED, STANDARD))


class YearForms(NamedTuple):
    """Every form of a year as filled in; None where the taxpayer does not need it."""

    form_1040: Form1040
    schedule_1a: Schedule1A | None
    exemptions_worksheet: Filled[ExemptionsWorksheet] | None
    schedule_a: Filled[ScheduleA] | None
    schedule_d: ScheduleD
    amt_schedule_d: ScheduleD
    qualified_dividends_worksheet: Filled[QualifiedDividendsWorksheet] | None
    schedule_d_tax_worksheet: Filled[ScheduleDTaxWorksheet] | None
    capital_loss_carryover: CapitalLossCarryover
    amt_capital_loss_carryover: CapitalLossCarryover
    form_6251: Form6251
    prior_year_exclusion_items: ExclusionItems | None
    """Form 8801 Part I and III, from the data and parameters of the year before."""
    minimum_tax_credit: MinimumTaxCredit
    form_8959: Form8959 | None
    form_8960: Form8960 | None
    taxes_and_credits: TaxesAndCredits

    def printed_lines(self) -> dict[str, dict[str, Dollars]]:
        """The forms as line numbers and amounts, in the order in which they are filled in."""
        printed_forms = {
            name: {number: amount for part in parts for number, amount in _lines(part).items()}
            for name, parts in self._parts().items()
        }
        printed_forms["form_8801"] = self._form_8801()
        filled_in = {name: lines for name, lines in printed_forms.items() if lines}
        return without_skipped_lines(filled_in)

    def _parts(self) -> dict[str, tuple[Part, ...]]:
        """What each form is made of."""
        part_iii = self.form_6251.part_iii
        totals, schedule_1a = self.taxes_and_credits, self.schedule_1a
        amt_gains = (
            AmtGainsWorksheets(None, None)
            if part_iii is None
            else amt_gains_worksheets(
                self.form_1040.qualified_dividends, self.amt_schedule_d, part_iii.needed
            )
        )
        return {
            "form_1040": (self.form_1040, totals.total_tax()),
            "schedule_1a": () if schedule_1a is None else schedule_1a,
            "schedule_2": (totals.schedule_2(),),
            "schedule_3": (totals.schedule_3(),),
            "exemptions_worksheet": (self.exemptions_worksheet,),
            "schedule_a": (self.schedule_a,),
            "itemized_deductions_worksheet": (
                _section_68(self.schedule_a, ItemizedDeductionsWorksheet),
            ),
            "section_68_worksheet": (_section_68(self.schedule_a, TopBracketLimit),),
            "schedule_d": (self.schedule_d,),
            "amt_schedule_d": (self.amt_schedule_d,),
            "rate_gain_worksheet": (self.schedule_d.rate_gain_worksheet,),
            "amt_rate_gain_worksheet": (self.amt_schedule_d.rate_gain_worksheet,),
            "unrecaptured_1250_worksheet": (self.schedule_d.unrecaptured_gain_worksheet,),
            "amt_unrecaptured_1250_worksheet": (self.amt_schedule_d.unrecaptured_gain_worksheet,),
            "qualified_dividends_worksheet": (self.qualified_dividends_worksheet,),
            "schedule_d_tax_worksheet": (self.schedule_d_tax_worksheet,),
            "amt_qualified_dividends_worksheet": (amt_gains.dividends,),
            "amt_schedule_d_tax_worksheet": (amt_gains.with_special_gains,),
            "exemption_worksheet": (self.form_6251.exemption_worksheet,),
            "form_6251": (self.form_6251.part_i, self.form_6251.part_ii, part_iii),
            "form_8801": (),
            "capital_loss_carryover": (self.capital_loss_carryover,),
            "amt_capital_loss_carryover": (self.amt_capital_loss_carryover,),
            "form_8959": (self.form_8959,),
            "form_8960": (self.form_8960,),
        }

    def _form_8801(self) -> dict[str, Dollars]:
        credit = printed(self.minimum_tax_credit)
        prior = self.prior_year_exclusion_items
        if prior is None:
            return {number: credit[number] for number in FIRST_YEAR_LINES}
        part_iii = {
            str(int(number) + PART_III_OFFSET): amount
            for number, amount in _lines(prior.part_iii).items()
        }
        return printed(prior.part_i) | credit | part_iii


def _lines(part: Part) -> dict[str, Dollars]:
    """A form or a part of one as line numbers and amounts; nothing where it is not needed."""
    if part is None or (isinstance(part, Filled) and part.needed is False):
        return {}
    return printed_where_needed(part) if isinstance(part, Filled) else printed(part)


def _section_68(
    schedule: Filled[ScheduleA] | None, kind: type[Section68]
) -> Filled[Section68] | None:
    """The worksheet of what the section takes off, of one kind, for those who itemize."""
    limit = None if schedule is None else schedule.form.section_68
    if schedule is None or limit is None or not isinstance(limit.form, kind):
        return None
    return Filled(limit.form, limit.needed & schedule.needed)


class YearResult(NamedTuple):
    """One year."""

    year: int
    law: str
    """Where the parameters come from: published, projected, counterfactual or flat."""
    adjusted_gross_income: Dollars
    deduction: Deduction
    taxable_income: Dollars
    regular_tax: Dollars
    amti: Dollars
    amt_exemption: Dollars
    tentative_minimum_tax: Dollars
    amt: Dollars
    exclusion_items_tax: Dollars
    credit_available: Dollars
    credit_limit: Dollars
    credit_used: Dollars
    credit_carryforward: Dollars
    credit_generated: Dollars
    credit_eroded: Dollars
    credit_balance: Dollars
    """At the end of the year; the next year's credit available."""
    capital_loss_carryforward: CapitalLoss
    amt_capital_loss_carryforward: CapitalLoss
    net_investment_income_tax: Dollars
    additional_medicare_tax: Dollars
    federal_tax: Dollars
    equity: EquityYear
    forms: YearForms


class Totals(NamedTuple):
    """Sums over the years, and what is left at the end."""

    regular_tax: Dollars
    amt: Dollars
    credit_used: Dollars
    credit_eroded: Dollars
    net_investment_income_tax: Dollars
    additional_medicare_tax: Dollars
    federal_tax: Dollars
    state_tax: Dollars
    present_value: Dollars
    """Of federal and state tax, the first year undiscounted."""
    credit_left: Dollars
    first_year_without_credit: Dollars
    """The first year after which a balance that had existed is 0; NaN for never."""
    value_of_credit_left: Dollars
    """Present value of the credit left, at what the person says a dollar of it is worth."""


class ScenarioResult(NamedTuple):
    """All years of a scenario."""

    years: tuple[YearResult, ...]
    totals: Totals
    batch_shape: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """The result as the public contract has it."""
        amount = _amount_of_shape(self.batch_shape)
        totals = {
            name: amount(value) for name, value in zip(Totals._fields, self.totals, strict=True)
        }
        if not self.batch_shape:
            year = self.totals.first_year_without_credit
            totals["first_year_without_credit"] = None if math.isnan(year) else int(year)
        return {"years": [_year_to_dict(year, amount) for year in self.years], "totals": totals}


def _amount_of_shape(shape: tuple[int, ...]) -> Callable[[Dollars], Any]:
    """What an amount looks like in the result: a float, or an array of the batch shape."""
    if not shape:
        return lambda amount: amount
    import numpy as np

    return lambda amount: np.broadcast_to(np.asarray(amount, dtype=float), shape)


EQUITY_AMOUNTS = (
    "wages",
    "medicare_wages",
    "bargain_element",
    "income_left_out_of_amt",
    "short_term_gain",
    "long_term_gain",
    "amt_short_term_gain",
    "amt_long_term_gain",
)
NESTED = {
    "year",
    "law",
    "deduction",
    "capital_loss_carryforward",
    "amt_capital_loss_carryforward",
    "equity",
    "forms",
}


def _year_to_dict(year: YearResult, amount: Callable[[Dollars], Any]) -> dict[str, Any]:
    plain = {name: amount(getattr(year, name)) for name in YearResult._fields if name not in NESTED}
    return plain | {
        "year": year.year,
        "law": year.law,
        "deduction": _deduction_to_dict(year.deduction, amount),
        "capital_loss_carryforward": _loss_to_dict(year.capital_loss_carryforward, amount),
        "amt_capital_loss_carryforward": _loss_to_dict(year.amt_capital_loss_carryforward, amount),
        "state": None,
        "equity": _equity_to_dict(year.equity, amount),
        "forms": {
            form: {number: amount(value) for number, value in lines.items()}
            for form, lines in year.forms.printed_lines().items()
        },
    }


def _deduction_to_dict(deduction: Deduction, amount: Callable[[Dollars], Any]) -> dict[str, Any]:
    taken = amount(deduction.amount)
    return {"kind": _said(deduction.kind, taken), "amount": taken}


def _said(said: Any, like: Any) -> Any:
    """Text or a flag of the result: one value, or an array in the shape of the amounts."""
    said = one_if_all_the_same(said)
    if isinstance(said, str | bool):
        return said
    import numpy as np

    return np.broadcast_to(said, like.shape)


def _loss_to_dict(loss: CapitalLoss, amount: Callable[[Dollars], Any]) -> dict[str, Any]:
    return {"short_term": amount(loss.short_term), "long_term": amount(loss.long_term)}


def _equity_to_dict(equity: EquityYear, amount: Callable[[Dollars], Any]) -> dict[str, Any]:
    amounts = {name: amount(getattr(equity, name)) for name in EQUITY_AMOUNTS}
    return amounts | {"sales": [_sale_to_dict(sale, amount) for sale in equity.sales]}


def _sale_to_dict(sale: SaleResult, amount: Callable[[Dollars], Any]) -> dict[str, Any]:
    gain = amount(sale.gain)
    return {
        "id": sale.id,
        "disposition": _said(sale.disposition, gain),
        "ordinary_income": amount(sale.ordinary_income),
        "gain": gain,
        "amt_gain": amount(sale.amt_gain),
        "long_term": _said(sale.long_term, gain),
        "amt_long_term": _said(sale.amt_long_term, gain),
        "proceeds": amount(sale.proceeds),
    }
