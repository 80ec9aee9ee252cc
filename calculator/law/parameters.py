"""The parameters of one tax year for one filing status, as plain floats.

Filing status and year are resolved here, before any form is filled in, so that a form never asks
which status it serves.  Money is in dollars, rates are fractions.  Where a year has no such rule,
a cap is infinite and a rate is zero.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import excess

if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy as np
    import numpy.typing as npt

    from calculator.amounts import Dollars

    Floats: TypeAlias = npt.NDArray[np.float64]


class Brackets(NamedTuple):
    """A rate schedule: IRC 1(j); Form 1040 instructions, Tax Rate Schedules."""

    floors: tuple[float, ...]
    """Where each bracket begins; the first is 0."""
    rates: tuple[float, ...]
    """The rate within each bracket."""
    tax_at_floor: tuple[float, ...]
    """The tax on an income at each bracket's beginning."""

    @classmethod
    def of(cls, tops: tuple[float, ...], rates: tuple[float, ...]) -> Brackets:
        """The schedule with these bracket tops (one fewer than rates)."""
        floors = (0.0, *tops)
        taxes = [0.0]
        for below, above, rate in zip(floors, tops, rates, strict=False):
            taxes.append(taxes[-1] + rate * (above - below))
        return cls(floors, rates, tuple(taxes))

    def tax(self, income: Dollars) -> Dollars:
        """The tax on an income of zero or more."""
        if type(income) is float:
            i = bisect_left(self.floors, income, 1) - 1
            return self.tax_at_floor[i] + self.rates[i] * (income - self.floors[i])
        tops, at_floor, rate, floor = _columns(self)
        bracket = tops.searchsorted(income)
        return at_floor.take(bracket) + rate.take(bracket) * (income - floor.take(bracket))

    def top_of_rates_below(self, rate: float) -> float:
        """The income at which ``rate`` or a higher one begins to apply."""
        for floor, this in zip(self.floors, self.rates, strict=True):
            if this >= rate:
                return floor
        return float("inf")


@lru_cache(maxsize=4096)
def _columns(brackets: Brackets) -> tuple[Floats, Floats, Floats, Floats]:
    """Where brackets end, the tax where each begins, its rate, and where it begins, as arrays."""
    import numpy as np

    floors, rates, tax_at_floor = map(np.asarray, brackets)
    return floors[1:], tax_at_floor, rates, floors


class GainsLaw(NamedTuple):
    """Capital gains and losses: IRC 1(h), 1(j)(5), 1211(b)."""

    zero_rate_ceiling: float
    """Taxable income up to which long-term gain is taxed at ``low_rate``."""
    middle_rate_ceiling: float
    """Taxable income up to which long-term gain is taxed at ``middle_rate``."""
    low_rate: float
    middle_rate: float
    high_rate: float
    unrecaptured_1250_rate: float
    collectibles_rate: float
    special_rates: bool
    """Whether unrecaptured section 1250 gain and 28% gain have rates of their own."""
    loss_limit: float
    """Yearly deduction of a net capital loss against other income."""
    amt_loss_limit: float
    """The same limit on the Schedule D of AMT: equal in every law there has been."""


class DeductionLaw(NamedTuple):
    """Standard and itemized deductions: IRC 63, 68, 151(d)(5)(C), 164(b), 170, 199A."""

    allowed: bool
    """False only in the flat model, which has no deductions at all."""
    standard: float
    aged_or_blind_addition: float
    """For each box checked."""
    senior: float
    """For each person of 65 or over, before the phase-out."""
    senior_phaseout_start: float
    senior_phaseout_rate: float
    salt_cap: float
    salt_phasedown_start: float
    salt_phasedown_rate: float
    salt_floor: float
    gift_ceiling_fraction: float
    """Of adjusted gross income; the limit on gifts of cash."""
    gift_floor_fraction: float
    """Of adjusted gross income; gifts below it are not deducted."""
    nonitemizer_gift_cap: float
    """Gifts allowed with the standard deduction."""
    nonitemizer_gift_above_the_line: bool
    """Whether that gift reduces adjusted gross income (2020 only)."""
    itemized_limit_rate: float
    """Section 68 from 2026: the fraction cut (2/37)."""
    itemized_limit_start: float
    """Section 68 from 2026: where the top rate begins."""
    pease_rate: float
    """Section 68 before 2018: the fraction cut of adjusted gross income over the start."""
    pease_ceiling: float
    """Section 68 before 2018: the most that is cut, as a fraction of what it limits."""
    pease_start: float
    """Section 68 before 2018: adjusted gross income from which it cuts."""
    business_income_deduction: bool
    """Whether section 199A is in force."""


class PersonalExemptionLaw(NamedTuple):
    """Personal exemptions and their phase-out: IRC 151(d), in force before 2018."""

    amount: float
    """For each person on the return."""
    filers: float
    """How many of those persons are the filers themselves."""
    phaseout_start: float
    phaseout_step: float
    """Adjusted gross income is counted in such steps, a part of one as a whole."""
    phaseout_rate: float
    """The fraction of the exemptions that each step takes off."""

    def left_of(self, exemptions: Dollars, phased_out: Dollars) -> Dollars:
        """What is left of them when a fraction of them is phased out."""
        return exemptions * excess(1.0, over=phased_out)


class AmtLaw(NamedTuple):
    """Alternative minimum tax: IRC 55; Form 6251 Part II."""

    exemption: float
    phaseout_start: float
    phaseout_rate: float
    low_rate: float
    high_rate: float
    rate_break: float
    """Where ``high_rate`` takes over from ``low_rate``."""
    separate_addback_start: float
    """Married filing separately: AMTI above which it is increased; infinite for others."""
    separate_addback_rate: float


class SurtaxLaw(NamedTuple):
    """Net investment income tax (IRC 1411) and Additional Medicare Tax (IRC 3101(b)(2))."""

    net_investment_income_rate: float
    net_investment_income_threshold: float
    additional_medicare_rate: float
    additional_medicare_threshold: float

    @property
    def exist(self) -> bool:
        """False in the flat model, in which nobody files Forms 8959 and 8960."""
        return self.net_investment_income_rate > 0.0


class YearLaw(NamedTuple):
    """Everything the forms of one year ask of the law, for one filing status."""

    year: int
    origin: str
    """``published``, ``projected``, ``counterfactual`` or ``flat``."""
    brackets: Brackets
    gains: GainsLaw
    deductions: DeductionLaw
    exemptions: PersonalExemptionLaw
    amt: AmtLaw
    surtaxes: SurtaxLaw
