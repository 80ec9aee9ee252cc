"""The rules that a formula calls by name: rate schedules and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from calculator.worksheet.nodes import Function

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.law.parameters import YearLaw


def _tax_at_amt_rates(law: YearLaw, taxed: float) -> float:
    """As Form 6251 has it: one rate on all, or the higher one less a fixed amount."""
    low, high, at = law.amt.low_rate, law.amt.high_rate, law.amt.rate_break
    return low * taxed if taxed <= at else high * taxed - (high * at - low * at)


def _tax_from_schedules(law: YearLaw, income: float) -> float:
    return float(law.brackets.tax(income))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "tax_at_amt_rates": Function(
        _tax_at_amt_rates, "tax on {} at the AMT rates", ("amt.rates", "amt.rate_break")
    ),
    "tax_from_schedules": Function(
        _tax_from_schedules,
        "tax on {} from the rate schedules",
        ("income_tax.rates", "income_tax.bracket_tops"),
    ),
}
