"""The two worksheets that tax long-term gain and qualified dividends at their own rates.

Qualified Dividends and Capital Gain Tax Worksheet (Form 1040 instructions, line 16) and Schedule D
Tax Worksheet (Schedule D instructions), 2025 editions; IRC 1(h).  The second replaces the first
where there is 28% gain or unrecaptured section 1250 gain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from calculator.amounts import (
    Dollars,
    choose,
    excess,
    larger_of,
    opposite,
    smaller_of,
)
from calculator.lines import Filled, Line

if TYPE_CHECKING:
    from calculator.federal.schedule_d import ScheduleD
    from calculator.law.parameters import Brackets, GainsLaw


class PreferentialIncome(NamedTuple):
    """Income with rates of its own in one system, from its Schedule D."""

    dividends_and_gain: Dollars
    """Qualified dividends and net capital gain: Schedule D Tax Worksheet line 10."""
    special_gain: Dollars
    """28% gain and unrecaptured section 1250 gain within it: line 12."""
    at_general_rates: Dollars
    """The rest, taxed at 0, 15 and 20%: line 13; without special gain also line 4 of the other."""
    unrecaptured_1250_gain: Dollars
    collectibles_gain: Dollars


class QualifiedDividendsWorksheet(NamedTuple):
    """Qualified Dividends and Capital Gain Tax Worksheet, lines 1 to 25."""

    taxable_income: Annotated[Dollars, Line("1", "Taxable income")]
    qualified_dividends: Annotated[Dollars, Line("2", "Qualified dividends")]
    net_capital_gain: Annotated[Dollars, Line("3", "Net capital gain")]
    preferential_income: Annotated[Dollars, Line("4", "Lines 2 and 3")]
    ordinary_income: Annotated[Dollars, Line("5", "Taxable income less line 4")]
    zero_rate_ceiling: Annotated[Dollars, Line("6", "Where the 15% rate begins")]
    line_7: Annotated[Dollars, Line("7", "Smaller of lines 1 and 6")]
    line_8: Annotated[Dollars, Line("8", "Smaller of lines 5 and 7")]
    taxed_at_low_rate: Annotated[Dollars, Line("9", "Taxed at 0%")]
    line_10: Annotated[Dollars, Line("10", "Smaller of lines 1 and 4")]
    line_11: Annotated[Dollars, Line("11", "Line 9")]
    line_12: Annotated[Dollars, Line("12", "Line 10 less line 11")]
    middle_rate_ceiling: Annotated[Dollars, Line("13", "Where the 20% rate begins")]
    line_14: Annotated[Dollars, Line("14", "Smaller of lines 1 and 13")]
    line_15: Annotated[Dollars, Line("15", "Lines 5 and 9")]
    line_16: Annotated[Dollars, Line("16", "Line 14 less line 15")]
    taxed_at_middle_rate: Annotated[Dollars, Line("17", "Taxed at 15%")]
    tax_at_middle_rate: Annotated[Dollars, Line("18", "Tax at 15%")]
    line_19: Annotated[Dollars, Line("19", "Lines 9 and 17")]
    taxed_at_high_rate: Annotated[Dollars, Line("20", "Taxed at 20%")]
    tax_at_high_rate: Annotated[Dollars, Line("21", "Tax at 20%")]
    tax_on_ordinary_income: Annotated[Dollars, Line("22", "Tax on line 5 from the schedules")]
    tax_with_gains_rates: Annotated[Dollars, Line("23", "Lines 18, 21 and 22")]
    tax_without_gains_rates: Annotated[Dollars, Line("24", "Tax on line 1 from the schedules")]
    tax: Annotated[Dollars, Line("25", "Tax: the smaller of lines 23 and 24")]


class ScheduleDTaxWorksheet(NamedTuple):
    """Schedule D Tax Worksheet, lines 1 to 47; no Form 4952 election."""

    taxable_income: Annotated[Dollars, Line("1", "Taxable income")]
    qualified_dividends: Annotated[Dollars, Line("2", "Qualified dividends")]
    line_6: Annotated[Dollars, Line("6", "Qualified dividends not elected as investment income")]
    line_7: Annotated[Dollars, Line("7", "Smaller of Schedule D lines 15 and 16")]
    net_capital_gain: Annotated[Dollars, Line("9", "Net capital gain")]
    dividends_and_gain: Annotated[Dollars, Line("10", "Lines 6 and 9")]
    line_11: Annotated[Dollars, Line("11", "Schedule D lines 18 and 19")]
    special_gain: Annotated[Dollars, Line("12", "Smaller of lines 9 and 11")]
    at_general_rates: Annotated[Dollars, Line("13", "Line 10 less line 12")]
    line_14: Annotated[Dollars, Line("14", "Line 1 less line 13")]
    zero_rate_ceiling: Annotated[Dollars, Line("15", "Where the 15% rate begins")]
    line_16: Annotated[Dollars, Line("16", "Smaller of lines 1 and 15")]
    line_17: Annotated[Dollars, Line("17", "Smaller of lines 14 and 16")]
    line_18: Annotated[Dollars, Line("18", "Line 1 less line 10")]
    line_19: Annotated[Dollars, Line("19", "Smaller of line 1 and the top of the 24% bracket")]
    line_20: Annotated[Dollars, Line("20", "Smaller of lines 14 and 19")]
    ordinary_income: Annotated[Dollars, Line("21", "Larger of lines 18 and 20")]
    taxed_at_low_rate: Annotated[Dollars, Line("22", "Taxed at 0%")]
    line_23: Annotated[Dollars, Line("23", "Smaller of lines 1 and 13")]
    line_24: Annotated[Dollars, Line("24", "Line 22")]
    line_25: Annotated[Dollars, Line("25", "Line 23 less line 24")]
    middle_rate_ceiling: Annotated[Dollars, Line("26", "Where the 20% rate begins")]
    line_27: Annotated[Dollars, Line("27", "Smaller of lines 1 and 26")]
    line_28: Annotated[Dollars, Line("28", "Lines 21 and 22")]
    line_29: Annotated[Dollars, Line("29", "Line 27 less line 28")]
    taxed_at_middle_rate: Annotated[Dollars, Line("30", "Taxed at 15%")]
    tax_at_middle_rate: Annotated[Dollars, Line("31", "Tax at 15%")]
    line_32: Annotated[Dollars, Line("32", "Lines 24 and 30")]
    taxed_at_high_rate: Annotated[Dollars, Line("33", "Taxed at 20%")]
    tax_at_high_rate: Annotated[Dollars, Line("34", "Tax at 20%")]
    line_35: Annotated[Dollars, Line("35", "Smaller of line 9 and Schedule D line 19")]
    line_36: Annotated[Dollars, Line("36", "Lines 10 and 21")]
    line_37: Annotated[Dollars, Line("37", "Line 1")]
    line_38: Annotated[Dollars, Line("38", "Line 36 less line 37")]
    taxed_at_1250_rate: Annotated[Dollars, Line("39", "Taxed at 25%")]
    tax_at_1250_rate: Annotated[Dollars, Line("40", "Tax at 25%")]
    line_41: Annotated[Dollars, Line("41", "Lines 21, 22, 30, 33 and 39")]
    taxed_at_28_rate: Annotated[Dollars, Line("42", "Taxed at 28%")]
    tax_at_28_rate: Annotated[Dollars, Line("43", "Tax at 28%")]
    tax_on_ordinary_income: Annotated[Dollars, Line("44", "Tax on line 21 from the schedules")]
    tax_with_gains_rates: Annotated[Dollars, Line("45", "Lines 31, 34, 40, 43 and 44")]
    tax_without_gains_rates: Annotated[Dollars, Line("46", "Tax on line 1 from the schedules")]
    tax: Annotated[Dollars, Line("47", "Tax: the smaller of lines 45 and 46")]


class RegularTax(NamedTuple):
    """The tax on Form 1040 line 16 and what Forms 6251 and 8801 read off its worksheet."""

    tax: Dollars
    ordinary_for_zero_rate: Dollars
    """Form 6251 line 20: income that fills the 0% room."""
    ordinary_for_middle_rate: Dollars
    """Form 6251 line 27: income that fills the 15% room."""
    qualified_dividends_worksheet: Filled[QualifiedDividendsWorksheet] | None
    schedule_d_tax_worksheet: Filled[ScheduleDTaxWorksheet] | None


def preferential_income(qualified_dividends: Dollars, schedule: ScheduleD) -> PreferentialIncome:
    """Income with rates of its own, of either system: Schedule D Tax Worksheet lines 6 to 13."""
    gain = schedule.net_capital_gain
    dividends_and_gain = qualified_dividends + gain
    special_gain = smaller_of(gain, schedule.collectibles_gain + schedule.unrecaptured_1250_gain)
    return PreferentialIncome(
        dividends_and_gain=dividends_and_gain,
        special_gain=special_gain,
        at_general_rates=dividends_and_gain - special_gain,
        unrecaptured_1250_gain=schedule.unrecaptured_1250_gain,
        collectibles_gain=schedule.collectibles_gain,
    )


def regular_tax(
    taxable_income: Dollars,
    qualified_dividends: Dollars,
    schedule: ScheduleD,
    *,
    brackets: Brackets,
    law: GainsLaw,
) -> RegularTax:
    """Form 1040 line 16 by the rate schedules and the worksheet that the year calls for."""
    special = schedule.has_special_gains
    if special is False:
        short = qualified_dividends_worksheet(
            taxable_income, qualified_dividends, schedule, brackets, law
        )
        ordinary, needed = short.ordinary_income, short.preferential_income > 0.0
        return RegularTax(short.tax, ordinary, ordinary, Filled(short, needed), None)
    long = schedule_d_tax_worksheet(taxable_income, qualified_dividends, schedule, brackets, law)
    return RegularTax(
        long.tax,
        long.line_14,
        long.ordinary_income,
        None
        if special is True
        else Filled(
            _without_special_gains(long), opposite(special) & (long.dividends_and_gain > 0.0)
        ),
        Filled(long, special),
    )


def qualified_dividends_worksheet(
    taxable_income: Dollars,
    qualified_dividends: Dollars,
    schedule: ScheduleD,
    brackets: Brackets,
    law: GainsLaw,
) -> QualifiedDividendsWorksheet:
    """The worksheet for gains without rates of their own beyond 0, 15 and 20%."""
    gain = schedule.net_capital_gain
    preferential = qualified_dividends + gain
    ordinary = excess(taxable_income, over=preferential)
    line_7 = smaller_of(taxable_income, law.zero_rate_ceiling)
    line_8 = smaller_of(ordinary, line_7)
    at_low_rate = line_7 - line_8
    line_10 = smaller_of(taxable_income, preferential)
    line_12 = line_10 - at_low_rate
    line_14 = smaller_of(taxable_income, law.middle_rate_ceiling)
    line_15 = ordinary + at_low_rate
    line_16 = excess(line_14, over=line_15)
    at_middle_rate = smaller_of(line_12, line_16)
    tax_at_middle_rate = law.middle_rate * at_middle_rate
    line_19 = at_low_rate + at_middle_rate
    at_high_rate = line_10 - line_19
    tax_at_high_rate = law.high_rate * at_high_rate
    tax_on_ordinary = brackets.tax(ordinary)
    with_rates = tax_at_middle_rate + tax_at_high_rate + tax_on_ordinary
    without_rates = brackets.tax(taxable_income)
    return QualifiedDividendsWorksheet(
        taxable_income=taxable_income,
        qualified_dividends=qualified_dividends,
        net_capital_gain=gain,
        preferential_income=preferential,
        ordinary_income=ordinary,
        zero_rate_ceiling=law.zero_rate_ceiling,
        line_7=line_7,
        line_8=line_8,
        taxed_at_low_rate=at_low_rate,
        line_10=line_10,
        line_11=at_low_rate,
        line_12=line_12,
        middle_rate_ceiling=law.middle_rate_ceiling,
        line_14=line_14,
        line_15=line_15,
        line_16=line_16,
        taxed_at_middle_rate=at_middle_rate,
        tax_at_middle_rate=tax_at_middle_rate,
        line_19=line_19,
        taxed_at_high_rate=at_high_rate,
        tax_at_high_rate=tax_at_high_rate,
        tax_on_ordinary_income=tax_on_ordinary,
        tax_with_gains_rates=with_rates,
        tax_without_gains_rates=without_rates,
        tax=smaller_of(with_rates, without_rates) if law.special_rates else with_rates,
    )


def schedule_d_tax_worksheet(
    taxable_income: Dollars,
    qualified_dividends: Dollars,
    schedule: ScheduleD,
    brackets: Brackets,
    law: GainsLaw,
) -> ScheduleDTaxWorksheet:
    """The worksheet for 28% gain and unrecaptured section 1250 gain."""
    gains = preferential_income(qualified_dividends, schedule)
    line_14 = excess(taxable_income, over=gains.at_general_rates)
    line_16 = smaller_of(taxable_income, law.zero_rate_ceiling)
    line_17 = smaller_of(line_14, line_16)
    line_18 = excess(taxable_income, over=gains.dividends_and_gain)
    line_19 = smaller_of(taxable_income, brackets.top_of_rates_below(law.unrecaptured_1250_rate))
    line_20 = smaller_of(line_14, line_19)
    ordinary = larger_of(line_18, line_20)
    at_low_rate = line_16 - line_17
    line_23 = smaller_of(taxable_income, gains.at_general_rates)
    line_25 = excess(line_23, over=at_low_rate)
    line_27 = smaller_of(taxable_income, law.middle_rate_ceiling)
    line_28 = ordinary + at_low_rate
    line_29 = excess(line_27, over=line_28)
    at_middle_rate = smaller_of(line_25, line_29)
    line_32 = at_low_rate + at_middle_rate
    at_high_rate = line_23 - line_32
    gain = schedule.net_capital_gain
    line_35 = smaller_of(gain, gains.unrecaptured_1250_gain)
    line_36 = gains.dividends_and_gain + ordinary
    line_38 = excess(line_36, over=taxable_income)
    at_1250_rate = excess(line_35, over=line_38)
    line_41 = ordinary + at_low_rate + at_middle_rate + at_high_rate + at_1250_rate
    at_28_rate = choose(gains.collectibles_gain > 0.0, taxable_income - line_41, 0.0)
    tax_on_ordinary = brackets.tax(ordinary)
    with_rates = (
        law.middle_rate * at_middle_rate
        + law.high_rate * at_high_rate
        + law.unrecaptured_1250_rate * at_1250_rate
        + law.collectibles_rate * at_28_rate
        + tax_on_ordinary
    )
    without_rates = brackets.tax(taxable_income)
    return ScheduleDTaxWorksheet(
        taxable_income=taxable_income,
        qualified_dividends=qualified_dividends,
        line_6=qualified_dividends,
        line_7=smaller_of(schedule.net_long_term, schedule.net),
        net_capital_gain=gain,
        dividends_and_gain=gains.dividends_and_gain,
        line_11=schedule.collectibles_gain + schedule.unrecaptured_1250_gain,
        special_gain=gains.special_gain,
        at_general_rates=gains.at_general_rates,
        line_14=line_14,
        zero_rate_ceiling=law.zero_rate_ceiling,
        line_16=line_16,
        line_17=line_17,
        line_18=line_18,
        line_19=line_19,
        line_20=line_20,
        ordinary_income=ordinary,
        taxed_at_low_rate=at_low_rate,
        line_23=line_23,
        line_24=at_low_rate,
        line_25=line_25,
        middle_rate_ceiling=law.middle_rate_ceiling,
        line_27=line_27,
        line_28=line_28,
        line_29=line_29,
        taxed_at_middle_rate=at_middle_rate,
        tax_at_middle_rate=law.middle_rate * at_middle_rate,
        line_32=line_32,
        taxed_at_high_rate=at_high_rate,
        tax_at_high_rate=law.high_rate * at_high_rate,
        line_35=line_35,
        line_36=line_36,
        line_37=taxable_income,
        line_38=line_38,
        taxed_at_1250_rate=at_1250_rate,
        tax_at_1250_rate=law.unrecaptured_1250_rate * at_1250_rate,
        line_41=line_41,
        taxed_at_28_rate=at_28_rate,
        tax_at_28_rate=law.collectibles_rate * at_28_rate,
        tax_on_ordinary_income=tax_on_ordinary,
        tax_with_gains_rates=with_rates,
        tax_without_gains_rates=without_rates,
        tax=smaller_of(with_rates, without_rates),
    )


def _without_special_gains(long: ScheduleDTaxWorksheet) -> QualifiedDividendsWorksheet:
    """The shorter worksheet of those in a batch whose gains have no rates beyond 0, 15 and 20%.

    The longer one then comes to the same, line by line.
    """
    return QualifiedDividendsWorksheet(
        taxable_income=long.taxable_income,
        qualified_dividends=long.qualified_dividends,
        net_capital_gain=long.net_capital_gain,
        preferential_income=long.dividends_and_gain,
        ordinary_income=long.ordinary_income,
        zero_rate_ceiling=long.zero_rate_ceiling,
        line_7=long.line_16,
        line_8=long.line_17,
        taxed_at_low_rate=long.taxed_at_low_rate,
        line_10=long.line_23,
        line_11=long.line_24,
        line_12=long.line_25,
        middle_rate_ceiling=long.middle_rate_ceiling,
        line_14=long.line_27,
        line_15=long.line_28,
        line_16=long.line_29,
        taxed_at_middle_rate=long.taxed_at_middle_rate,
        tax_at_middle_rate=long.tax_at_middle_rate,
        line_19=long.line_32,
        taxed_at_high_rate=long.taxed_at_high_rate,
        tax_at_high_rate=long.tax_at_high_rate,
        tax_on_ordinary_income=long.tax_on_ordinary_income,
        tax_with_gains_rates=long.tax_with_gains_rates,
        tax_without_gains_rates=long.tax_without_gains_rates,
        tax=long.tax,
    )
