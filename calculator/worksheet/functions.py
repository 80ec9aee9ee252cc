"""The rules that a formula calls by name: rate schedules and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from calculator.amounts import whole_steps
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


def _top_of_rates_below(law: YearLaw, rate: float) -> float:
    lower = sum(each < rate for each in law.brackets.rates)
    return law.brackets.floors[lower]


def _start_of_top_bracket(law: YearLaw) -> float:
    return law.brackets.floors[-1]


def _personal_exemptions(law: YearLaw, income: float, dependents: float) -> float:
    """Each step of income, a part of one counted as a whole, takes off a part of them."""
    rules = law.exemptions
    full = rules.amount * (rules.filers + dependents)
    over = max(0.0, income - rules.phaseout_start)
    return float(
        rules.left_of(full, rules.phaseout_rate * whole_steps(over, of=rules.phaseout_step))
    )


FUNCTIONS: Final[Mapping[str, Function]] = {
    "tax_at_amt_rates": Function(
        _tax_at_amt_rates, "tax on {} at the AMT rates", ("amt.rates", "amt.rate_break")
    ),
    "tax_from_schedules": Function(
        _tax_from_schedules,
        "tax on {} from the rate schedules",
        ("income_tax.rates", "income_tax.bracket_tops"),
    ),
    "top_of_rates_below": Function(
        _top_of_rates_below,
        "the income at which a rate of {} or more begins",
        ("income_tax.bracket_tops",),
    ),
    "start_of_top_bracket": Function(
        _start_of_top_bracket, "the start of the highest bracket", ("income_tax.bracket_tops",)
    ),
    "personal_exemptions": Function(
        _personal_exemptions,
        "an exemption for each filer and each of the {1}, less a part for each step of {0} above "
        "the start of the phase-out",
        (
            "personal_exemption.amount",
            "personal_exemption.filers",
            "personal_exemption.phaseout_start",
            "personal_exemption.phaseout_step",
            "personal_exemption.phaseout_rate",
        ),
    ),
}
"""Only what looks up more than one number of a rate schedule, or counts steps, is here."""
