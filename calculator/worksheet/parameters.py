"""Parameters of the law as formulas name them: by the groups of the law tables."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.law.parameters import YearLaw

_IN_LAW: Final[Mapping[str, str]] = {
    "capital_gains.zero_rate_ceiling": "gains.zero_rate_ceiling",
    "capital_gains.middle_rate_ceiling": "gains.middle_rate_ceiling",
    "capital_gains.rates.middle": "gains.middle_rate",
    "capital_gains.rates.high": "gains.high_rate",
    "capital_gains.rates.unrecaptured_section_1250": "gains.unrecaptured_1250_rate",
    "capital_gains.rates.collectibles": "gains.collectibles_rate",
    "capital_gains.loss_limit": "gains.loss_limit",
    "standard_deduction.amount": "deductions.standard",
    "standard_deduction.aged_or_blind_addition": "deductions.aged_or_blind_addition",
    "senior_deduction.amount": "deductions.senior",
    "senior_deduction.phaseout_start": "deductions.senior_phaseout_start",
    "senior_deduction.phaseout_rate": "deductions.senior_phaseout_rate",
    "personal_exemption.amount": "exemptions.amount",
    "personal_exemption.filers": "exemptions.filers",
    "personal_exemption.phaseout_start": "exemptions.phaseout_start",
    "state_and_local_taxes.cap": "deductions.salt_cap",
    "state_and_local_taxes.phasedown_start": "deductions.salt_phasedown_start",
    "state_and_local_taxes.phasedown_rate": "deductions.salt_phasedown_rate",
    "state_and_local_taxes.floor": "deductions.salt_floor",
    "gifts.ceiling": "deductions.gift_ceiling_fraction",
    "gifts.floor": "deductions.gift_floor_fraction",
    "gifts.nonitemizer_cap": "deductions.nonitemizer_gift_cap",
    "gifts.nonitemizer_above_the_line": "deductions.nonitemizer_gift_above_the_line",
    "itemized_limit.fraction": "deductions.itemized_limit_rate",
    "itemized_limit.pease_rate": "deductions.pease_rate",
    "itemized_limit.pease_ceiling": "deductions.pease_ceiling",
    "itemized_limit.pease_start": "deductions.pease_start",
    "business_income_deduction.in_force": "deductions.business_income_deduction",
    "amt.exemption": "amt.exemption",
    "amt.phaseout_start": "amt.phaseout_start",
    "amt.phaseout_rate": "amt.phaseout_rate",
    "amt.separate_addback_rate": "amt.separate_addback_rate",
    "net_investment_income_tax.rate": "surtaxes.net_investment_income_rate",
    "net_investment_income_tax.threshold": "surtaxes.net_investment_income_threshold",
    "additional_medicare_tax.rate": "surtaxes.additional_medicare_rate",
    "additional_medicare_tax.threshold": "surtaxes.additional_medicare_threshold",
}
"""Where the law of a year has each parameter that is one number."""

FLAT_RATES: Final[Mapping[str, str]] = {
    "income_tax.rates": "law.flat.ordinary_rate",
    "capital_gains.rates": "law.flat.long_term_gain_rate",
    "capital_gains.loss_limit": "law.flat.loss_deduction_limit",
    "amt.rates": "law.flat.amt_rate",
}
"""The flat model has no tables: its rates are inputs, and everything else is zero."""


def known_parameters() -> frozenset[str]:
    """What a formula may call a parameter that is one number."""
    return frozenset(_IN_LAW)


def value_of(parameter: str, law: YearLaw) -> float:
    """The number; one or zero for a rule that is in force or not."""
    value = attrgetter(_IN_LAW[parameter])(law)
    # A rate of whole dollars must stay one.
    return value if isinstance(value, float) else float(value)


def is_flag(parameter: str, law: YearLaw) -> bool:
    """Whether it says that a rule is in force, and is no number."""
    return isinstance(attrgetter(_IN_LAW[parameter])(law), bool)


def group_of(parameter: str) -> str:
    """The group of the law tables: ``amt.rates``, also for one of its numbers."""
    return ".".join(parameter.split(".")[:2])
