"""What goes into a filed return: whole dollars, each amount of a person rounded by itself.

Form 8949 instructions: proceeds and basis of each sale are rounded, and the gain is their
difference.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from calculator.amounts import total_of, whole_dollars
from calculator.fields import Amount, document_fields
from calculator.scenario import CapitalLoss, ItemizedDeductions, YearFacts

if TYPE_CHECKING:
    from calculator.amounts import Dollars
    from calculator.equity.compensation import EquityYear
    from calculator.equity.dispositions import Disposition, SaleResult
    from calculator.scenario import Opening


def filed_facts(facts: YearFacts, equity: EquityYear) -> YearFacts:
    """The year's facts in whole dollars; wages so that they and those of options are one amount."""
    in_whole: dict[str, Any] = {
        name: whole_dollars(amount)
        for name in _amounts(YearFacts)
        if (amount := getattr(facts, name)) is not None
    }
    in_whole["wages"] = whole_dollars(facts.wages + equity.wages) - whole_dollars(equity.wages)
    itemized = {
        name: whole_dollars(getattr(facts.itemized, name)) for name in _amounts(ItemizedDeductions)
    }
    return replace(facts, **in_whole, itemized=replace(facts.itemized, **itemized))


def filed_equity(equity: EquityYear) -> EquityYear:
    """The year's options and sales in whole dollars."""
    sales = tuple(_filed_sale(sale) for sale in equity.sales)
    parts = [part for sale in sales for part in sale.parts]
    return equity._replace(
        wages=whole_dollars(equity.wages),
        medicare_wages=whole_dollars(equity.medicare_wages),
        bargain_element=whole_dollars(equity.bargain_element),
        income_left_out_of_amt=whole_dollars(equity.income_left_out_of_amt),
        short_term_gain=total_of(part.gain for part in parts if not part.long_term),
        long_term_gain=total_of(part.gain for part in parts if part.long_term),
        amt_short_term_gain=total_of(part.amt_gain for part in parts if not part.amt_long_term),
        amt_long_term_gain=total_of(part.amt_gain for part in parts if part.amt_long_term),
        sales=sales,
    )


def filed_opening(opening: Opening) -> Opening:
    """What is carried into the first year in whole dollars."""
    return replace(
        opening,
        minimum_tax_credit=whole_dollars(opening.minimum_tax_credit),
        capital_loss=_filed_loss(opening.capital_loss),
        amt_capital_loss=_filed_loss(opening.amt_capital_loss),
    )


def _filed_loss(loss: CapitalLoss) -> CapitalLoss:
    return CapitalLoss(
        short_term=whole_dollars(loss.short_term), long_term=whole_dollars(loss.long_term)
    )


def _filed_sale(sale: SaleResult) -> SaleResult:
    parts = tuple(
        part._replace(
            proceeds=whole_dollars(part.proceeds),
            ordinary_income=whole_dollars(part.ordinary_income),
            gain=_filed_gain(part, part.gain),
            amt_gain=_filed_gain(part, part.amt_gain),
        )
        for part in sale.parts
    )
    return sale._replace(
        parts=parts,
        proceeds=total_of(part.proceeds for part in parts),
        ordinary_income=total_of(part.ordinary_income for part in parts),
        gain=total_of(part.gain for part in parts),
        amt_gain=total_of(part.amt_gain for part in parts),
    )


def _filed_gain(part: Disposition, gain: Dollars) -> Dollars:
    return whole_dollars(part.proceeds) - whole_dollars(part.proceeds - gain)


@cache
def _amounts(of: type) -> tuple[str, ...]:
    return tuple(field.attribute for field in document_fields(of) if isinstance(field.kind, Amount))
