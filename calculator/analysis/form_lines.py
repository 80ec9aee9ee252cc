"""Federal tax and the credit as lines of lines: what ``form_walk`` walks down.

Where a worksheet decides what is taxed at which rate, lines are taken together so that each sum
adds up: ordinary income and what is taxed at the rates on gains, in both systems.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from calculator.analysis.form_walk import FilledIn, Step, several, step

WORKSHEETS = (
    ("qualified_dividends_worksheet", "5", "22"),
    ("schedule_d_tax_worksheet", "21", "44"),
)
"""With the lines of ordinary income and of the tax on it."""
WORKSHEET = "Qualified Dividends or Schedule D Tax Worksheet"


def _ordinary_income(year: FilledIn) -> Any:
    for worksheet, income, _ in WORKSHEETS:
        if (amount := year.line(worksheet, income)) is not None:
            return amount
    return year.year.taxable_income


def _tax_on_ordinary_income(year: FilledIn) -> Any:
    for worksheet, _, tax in WORKSHEETS:
        if (amount := year.line(worksheet, tax)) is not None:
            return amount
    return year.year.regular_tax


def _gains_income(year: FilledIn) -> Any:
    return year.year.taxable_income - _ordinary_income(year)


def _other_gains(year: FilledIn) -> Any:
    dividends_and_gain = year.amount("form_1040", "3a") + year.amount("form_1040", "7")
    return dividends_and_gain - _gains_income(year)


def _amt_ordinary_income(year: FilledIn) -> Any:
    return year.amount("form_6251", "6") - year.amount("form_6251", "16")


def _amt_tax_on_ordinary_income(year: FilledIn) -> Any:
    with_part_iii = year.line("form_6251", "18")
    return year.amount("form_6251", "7") if with_part_iii is None else with_part_iii


def _amt_income_beside_gains(year: FilledIn) -> Any:
    income = year.amount("form_6251", "1b") + year.amount("form_6251", "2k")
    return income - year.amount("form_6251", "16")


def _amt_other_gains(year: FilledIn) -> Any:
    gain = max(year.amount("amt_schedule_d", "16"), 0.0) + year.amount("amt_schedule_d", "21")
    return year.amount("form_1040", "3a") + gain - year.amount("form_6251", "16")


def _credits_taken(year: FilledIn) -> Any:
    result = year.year
    taxes = result.regular_tax + result.amt
    surtaxes = result.net_investment_income_tax + result.additional_medicare_tax
    return taxes + surtaxes - result.credit_used - result.federal_tax


def _items(*more: Step) -> tuple[Step, ...]:
    """Income of Form 1040 but for dividends and gains, with what else there is to it."""
    return (
        step("form_1040", "1z"),
        step("form_1040", "2b"),
        step("form_1040", "8"),
        step("form_1040", "10", sign=-1),
        *more,
    )


def _net_gain(form: str, title: str) -> Step:
    """Net capital gain of one system: long-term gain less a short-term loss."""
    return several(
        (title, "15 and 16", "Net capital gain"),
        lambda year: max(min(year.amount(form, "15"), year.amount(form, "16")), 0.0),
        step(form, "8b"),
        step(form, "14"),
        several((title, "7", "Net short-term loss"), lambda year: min(year.amount(form, "7"), 0.0)),
    )


_QUALIFIED_DIVIDENDS = step("form_1040", "3a")
_DEDUCTIONS = (
    step(
        "form_1040",
        "12",
        *(
            replace(step("schedule_a", number), where_filed=True)
            for number in ("7", "10", "14", "16")
        ),
    ),
    step("form_1040", "12b"),
    step("form_1040", "13"),
    step("form_1040", "13c"),
)
_ADJUSTED_GROSS_INCOME = _items(_QUALIFIED_DIVIDENDS, step("form_1040", "7"))

_REGULAR_TAX = step(
    "form_1040",
    "16",
    several(
        (WORKSHEET, "22 or 44", "Tax on ordinary income"),
        _tax_on_ordinary_income,
        several(
            (WORKSHEET, "5 or 21", "Ordinary taxable income"),
            _ordinary_income,
            *_items(
                step("form_1040", "14", *_DEDUCTIONS, sign=-1),
                several(
                    ("Schedule D", "7 and 21", "Gain taxed as ordinary income, or loss allowed"),
                    _other_gains,
                ),
            ),
        ),
    ),
    several(
        (WORKSHEET, "18 and 21, or 31 to 43", "Tax on dividends and long-term gain"),
        lambda year: year.year.regular_tax - _tax_on_ordinary_income(year),
        several(
            (WORKSHEET, "10, or 1 less 21", "Dividends and long-term gain"),
            _gains_income,
            _QUALIFIED_DIVIDENDS,
            _net_gain("schedule_d", "Schedule D"),
        ),
    ),
)

_ADD_BACKS = tuple(step("form_6251", number) for number in ("2a", "2b", "2g", "2i", "3"))
_AMT_DEDUCTIONS = step("form_6251", "1a", sign=-1)
_AMTI = step(
    "form_6251",
    "4",
    step("form_6251", "1b", *_ADJUSTED_GROSS_INCOME, _AMT_DEDUCTIONS),
    *_ADD_BACKS,
    step("form_6251", "2k"),
    sign=-1,
)
_AMT_ORDINARY_INCOME = several(
    ("Form 6251", "17", "AMT income taxed at the AMT rates"),
    _amt_ordinary_income,
    several(
        ("Form 6251", "1b and 2k", "Income without the gain that has rates of its own"),
        _amt_income_beside_gains,
        *_items(
            _AMT_DEDUCTIONS,
            several(
                ("Form 6251", "2k", "Income of dispositions that AMT leaves out"),
                lambda year: year.year.equity.income_left_out_of_amt,
                sign=-1,
            ),
            several(
                (
                    "Schedule D for AMT",
                    "7 and 21",
                    "AMT gain taxed as ordinary income, or loss allowed",
                ),
                _amt_other_gains,
            ),
        ),
    ),
    *_ADD_BACKS,
    step("form_6251", "5", _AMTI, sign=-1),
)
_TENTATIVE_MINIMUM_TAX = (
    step(
        "form_6251",
        "7",
        several(
            ("Form 6251", "18", "AMT rates on ordinary income"),
            _amt_tax_on_ordinary_income,
            _AMT_ORDINARY_INCOME,
        ),
        several(
            ("Form 6251", "31, 34 and 37", "Tax on dividends and long-term gain for AMT"),
            lambda year: year.amount("form_6251", "7") - _amt_tax_on_ordinary_income(year),
            several(
                ("Form 6251", "16", "Dividends and long-term gain for AMT"),
                lambda year: year.amount("form_6251", "16"),
                _QUALIFIED_DIVIDENDS,
                _net_gain("amt_schedule_d", "Schedule D for AMT"),
            ),
        ),
    ),
    step("form_6251", "8", sign=-1),
)
_AMT = step(
    "form_6251",
    "11",
    step("form_6251", "9", *_TENTATIVE_MINIMUM_TAX),
    step(
        "form_6251",
        "10",
        _REGULAR_TAX,
        several(
            ("Form 1040", "20", "Foreign tax credit"),
            lambda year: year.year.regular_tax - year.amount("form_6251", "10"),
            sign=-1,
        ),
        sign=-1,
    ),
)
_CREDIT_AVAILABLE = step("form_8801", "21", step("form_8801", "18"), step("form_8801", "19"))
_CREDIT_USED = step(
    "form_8801",
    "25",
    _CREDIT_AVAILABLE,
    step(
        "form_8801",
        "24",
        step(
            "form_8801",
            "22",
            _REGULAR_TAX,
            several(
                ("Form 1040", "19 and 20", "Nonrefundable credits before the minimum tax credit"),
                lambda year: year.year.regular_tax - year.amount("form_8801", "22"),
                sign=-1,
            ),
        ),
        step("form_8801", "23", *_TENTATIVE_MINIMUM_TAX, sign=-1),
    ),
    sign=-1,
    smaller=True,
)
_NET_INVESTMENT_INCOME_TAX = step(
    "form_8960",
    "17",
    step(
        "form_8960",
        "16",
        step("form_8960", "12", *(step("form_8960", number) for number in ("1", "2", "5a"))),
        step("form_8960", "15", *_ADJUSTED_GROSS_INCOME),
        smaller=True,
    ),
)

FEDERAL_TAX = several(
    ("Form 1040", "24", "Federal tax"),
    lambda year: year.year.federal_tax,
    _REGULAR_TAX,
    several(("Form 1040", "21", "Nonrefundable credits"), _credits_taken, sign=-1),
    _AMT,
    _CREDIT_USED,
    _NET_INVESTMENT_INCOME_TAX,
    step("form_8959", "18", step("form_8959", "4")),
)
CREDIT = several(
    ("Form 8801", "21 of the next year", "Credit left"),
    lambda year: year.year.credit_balance,
    step("form_8801", "26", _CREDIT_AVAILABLE, _CREDIT_USED),
    several(
        ("Form 8801", "18 of the next year", "AMT less the tax on exclusion items"),
        lambda year: year.year.credit_generated - year.year.credit_eroded,
        _AMT,
        several(
            ("Form 8801", "15 of the next year", "Tax on exclusion items"),
            lambda year: year.year.exclusion_items_tax,
            sign=-1,
        ),
    ),
)
