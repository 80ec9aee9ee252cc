"""The law of a year as a filed return applies it: whole dollars, and the Tax Table.

Returns are filled in with whole dollars (IRC 6102; Form 1040 instructions, "Rounding Off to Whole
Dollars"): where all that comes in is whole, only the product with a rate is not.  So the rates of
such a law round what they are multiplied with, and the forms stay as they are.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.amounts import choose, whole_dollars
from calculator.law.groups import EVERYONE, check_citation, groups_in
from calculator.law.parameters import Brackets, PersonalExemptionLaw
from calculator.law.published import read_table

if TYPE_CHECKING:
    from calculator.amounts import Dollars
    from calculator.law.parameters import YearLaw

GAINS_RATES = (
    "low_rate",
    "middle_rate",
    "high_rate",
    "unrecaptured_1250_rate",
    "collectibles_rate",
)
AMT_RATES = ("phaseout_rate", "low_rate", "high_rate", "separate_addback_rate")
DEDUCTION_RATES = (
    "senior_phaseout_rate",
    "salt_phasedown_rate",
    "gift_ceiling_fraction",
    "gift_floor_fraction",
    "itemized_limit_rate",
    "pease_rate",
    "pease_ceiling",
)
SURTAX_RATES = ("net_investment_income_rate", "additional_medicare_rate")


class WholeDollarRate(float):
    """A rate whose product with an amount is in whole dollars."""

    __slots__ = ()
    # An array leaves the product with it to the rate.
    __array_ufunc__ = None

    def __mul__(self, amount: Any) -> Any:
        """The amount's part in whole dollars."""
        return whole_dollars(float(self) * amount)

    __rmul__ = __mul__


class FiledBrackets(Brackets):
    """A rate schedule with the Tax Table below $100,000, and whole dollars above."""

    __slots__ = ()

    def tax(self, income: Dollars) -> Dollars:
        """The tax on an income of zero or more."""
        table = tax_table()
        from_table = Brackets.tax(self, table.middle_of_row(income))
        return whole_dollars(choose(income < table.end, from_table, Brackets.tax(self, income)))


class FiledExemptions(PersonalExemptionLaw):
    """Personal exemptions whose phase-out is in whole dollars."""

    __slots__ = ()

    def left_of(self, exemptions: Dollars, phased_out: Dollars) -> Dollars:
        """What is left of them when a fraction of them is phased out."""
        return whole_dollars(PersonalExemptionLaw.left_of(self, exemptions, phased_out))


class TaxTable(NamedTuple):
    """The rows of the Tax Table."""

    starts: tuple[float, ...]
    """Where rows of a width begin."""
    widths: tuple[float, ...]
    end: float

    def middle_of_row(self, income: Dollars) -> Dollars:
        """The income for which the table has the tax of a row: at least, but less than."""
        middle: Dollars = 0.0
        for start, width in zip(self.starts, self.widths, strict=True):
            rows = (income - start) // width
            middle = choose(income >= start, start + (rows + 0.5) * width, middle)
        return middle


@cache
def tax_table() -> TaxTable:
    """The rows, which are the same in every year."""
    groups = groups_in(read_table("tax_table.toml"))
    for name, group in groups.items():
        check_citation(name, group)
    rows = groups["tax_table.rows"]
    return TaxTable(
        tuple(map(float, rows["starts"])),
        tuple(map(float, rows["widths"])),
        float(groups["tax_table.end"][EVERYONE]),
    )


@lru_cache(maxsize=1024)
def as_filed(law: YearLaw) -> YearLaw:
    """The law with rates that round; the flat model has no returns and stays as it is."""
    if not law.deductions.allowed:
        return law
    return law._replace(
        brackets=FiledBrackets(*law.brackets),
        gains=_rounding(law.gains, GAINS_RATES),
        deductions=_rounding(law.deductions, DEDUCTION_RATES),
        exemptions=FiledExemptions(*law.exemptions),
        amt=_rounding(law.amt, AMT_RATES),
        surtaxes=_rounding(law.surtaxes, SURTAX_RATES),
    )


def _rounding(group: Any, rates: tuple[str, ...]) -> Any:
    return group._replace(**{name: WholeDollarRate(getattr(group, name)) for name in rates})
