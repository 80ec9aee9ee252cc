"""The forms of a year as printed: number, caption and amount of each line."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.federal.amt_gains import AmtDividendsWorksheet, AmtTaxWorksheet
from calculator.federal.capital_loss_carryover import CapitalLossCarryover
from calculator.federal.form_1040 import Form1040
from calculator.federal.form_6251 import (
    AlternativeMinimumTax,
    AlternativeMinimumTaxableIncome,
    ExemptionWorksheet,
    MaximumGainsRates,
)
from calculator.federal.form_8801 import MinimumTaxCredit, NetMinimumTaxOnExclusionItems
from calculator.federal.form_8959 import Form8959
from calculator.federal.form_8960 import Form8960
from calculator.federal.gains_worksheets import QualifiedDividendsWorksheet, ScheduleDTaxWorksheet
from calculator.federal.personal_exemptions import ExemptionsWorksheet
from calculator.federal.schedule_1a import AdditionalDeductions, SeniorDeduction
from calculator.federal.schedule_a import ScheduleA
from calculator.federal.schedule_d import ScheduleD
from calculator.federal.section_68 import ItemizedDeductionsWorksheet, TopBracketLimit
from calculator.federal.special_gains import RateGainWorksheet, UnrecapturedGainWorksheet
from calculator.federal.total_tax import Schedule2, Schedule3, TotalTax
from calculator.lines import lines_of
from calculator.results import PART_III_OFFSET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.amounts import Dollars
    from calculator.results import YearForms


class PrintedLine(NamedTuple):
    """A printed line."""

    number: str
    caption: str
    amount: Dollars


class PrintedForm(NamedTuple):
    """A form of a year, line by line in the order of the form."""

    form: str
    """Its name in the result: ``form_6251``."""
    title: str
    lines: tuple[PrintedLine, ...]


TITLES = {
    "form_1040": "Form 1040, income to total tax",
    "schedule_1a": "Schedule 1-A, additional deductions",
    "schedule_2": "Schedule 2, additional taxes",
    "schedule_3": "Schedule 3, additional credits",
    "exemptions_worksheet": "Deduction for Exemptions Worksheet",
    "schedule_a": "Schedule A, itemized deductions",
    "itemized_deductions_worksheet": "Itemized Deductions Worksheet",
    "section_68_worksheet": "Limit on itemized deductions, in lines of our own",
    "schedule_d": "Schedule D",
    "amt_schedule_d": "Schedule D as refigured for AMT",
    "rate_gain_worksheet": "28% Rate Gain Worksheet",
    "amt_rate_gain_worksheet": "28% Rate Gain Worksheet for AMT",
    "unrecaptured_1250_worksheet": "Unrecaptured Section 1250 Gain Worksheet",
    "amt_unrecaptured_1250_worksheet": "Unrecaptured Section 1250 Gain Worksheet for AMT",
    "qualified_dividends_worksheet": "Qualified Dividends and Capital Gain Tax Worksheet",
    "schedule_d_tax_worksheet": "Schedule D Tax Worksheet",
    "amt_qualified_dividends_worksheet": (
        "Qualified Dividends and Capital Gain Tax Worksheet for AMT"
    ),
    "amt_schedule_d_tax_worksheet": "Schedule D Tax Worksheet for AMT",
    "exemption_worksheet": "Exemption Worksheet (Form 6251 line 5)",
    "form_6251": "Form 6251, Alternative Minimum Tax",
    "form_8801": "Form 8801, Credit for Prior Year Minimum Tax",
    "capital_loss_carryover": "Capital Loss Carryover Worksheet",
    "amt_capital_loss_carryover": "Capital Loss Carryover Worksheet for AMT",
    "form_8959": "Form 8959, Additional Medicare Tax",
    "form_8960": "Form 8960, Net Investment Income Tax",
}

NAMES = {
    **{form: title.partition(",")[0] for form, title in TITLES.items()},
    "amt_schedule_d": "AMT Schedule D",
    "exemption_worksheet": "Exemption Worksheet",
    "qualified_dividends_worksheet": "Qualified Dividends Worksheet",
    "amt_capital_loss_carryover": "AMT Capital Loss Carryover Worksheet",
}
"""Short names, as lines of one form speak of another."""

_PARTS: dict[str, tuple[type[tuple[Any, ...]], ...]] = {
    "form_1040": (Form1040, TotalTax),
    "schedule_1a": (SeniorDeduction, AdditionalDeductions),
    "schedule_2": (Schedule2,),
    "schedule_3": (Schedule3,),
    "exemptions_worksheet": (ExemptionsWorksheet,),
    "schedule_a": (ScheduleA,),
    "itemized_deductions_worksheet": (ItemizedDeductionsWorksheet,),
    "section_68_worksheet": (TopBracketLimit,),
    "schedule_d": (ScheduleD,),
    "amt_schedule_d": (ScheduleD,),
    "rate_gain_worksheet": (RateGainWorksheet,),
    "amt_rate_gain_worksheet": (RateGainWorksheet,),
    "unrecaptured_1250_worksheet": (UnrecapturedGainWorksheet,),
    "amt_unrecaptured_1250_worksheet": (UnrecapturedGainWorksheet,),
    "qualified_dividends_worksheet": (QualifiedDividendsWorksheet,),
    "schedule_d_tax_worksheet": (ScheduleDTaxWorksheet,),
    "amt_qualified_dividends_worksheet": (AmtDividendsWorksheet,),
    "amt_schedule_d_tax_worksheet": (AmtTaxWorksheet,),
    "exemption_worksheet": (ExemptionWorksheet,),
    "form_6251": (AlternativeMinimumTaxableIncome, AlternativeMinimumTax, MaximumGainsRates),
    "form_8801": (NetMinimumTaxOnExclusionItems, MinimumTaxCredit),
    "capital_loss_carryover": (CapitalLossCarryover,),
    "amt_capital_loss_carryover": (CapitalLossCarryover,),
    "form_8959": (Form8959,),
    "form_8960": (Form8960,),
}


def printed_forms(forms: YearForms) -> tuple[PrintedForm, ...]:
    """The forms that a year needs, in the order in which they are filled in."""
    printed = forms.printed_lines()
    return tuple(
        PrintedForm(
            form,
            title,
            tuple(
                PrintedLine(number, captions_of(form)[number], amount)
                for number, amount in printed[form].items()
            ),
        )
        for form, title in TITLES.items()
        if form in printed
    )


@cache
def captions_of(form: str) -> Mapping[str, str]:
    """What each line of a kind of form holds, whether or not a year prints it."""
    captions = {
        line.number: line.caption for part in _PARTS[form] for line in lines_of(part).values()
    }
    if form == "form_8801":
        # Part III is that of Form 6251, with the numbers moved up, those it speaks of too.
        captions |= {
            _moved(line.number): _LINES.sub(_with_moved_numbers, line.caption)
            for line in lines_of(MaximumGainsRates).values()
        }
    return captions


_LINES = re.compile(r"[Ll]ines? [0-9]+(?:(?:, | and )[0-9]+)*")
_TAXED = {"6": "10"}
"""Form 6251 Part III begins with its line 6, Form 8801 Part III with its line 10."""


def _moved(number: str) -> str:
    return _TAXED.get(number) or str(int(number) + PART_III_OFFSET)


def _with_moved_numbers(lines: re.Match[str]) -> str:
    return re.sub("[0-9]+", lambda number: _moved(number[0]), lines[0])
