"""What is carried over, and Forms 6251 and 8801: what is typed there, and what should come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.analysis.tax_software.sheet import (
    CARRYOVERS,
    CHECK,
    CREDIT,
    FORM_6251,
    ITEMS,
    TYPE,
    Entry,
    Group,
    Origin,
    Section,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from calculator.amounts import Dollars
    from calculator.results import YearResult
    from calculator.scenario import YearFacts

    Lines: TypeAlias = dict[str, Dollars]

CHECKED_OF_6251 = (
    ("1b", "Income less deductions"),
    ("2a", "State and local taxes, or the standard deduction"),
    ("2b", "Tax refund, taken out"),
    ("2g", "Interest of private activity bonds"),
    ("2i", "Incentive stock options"),
    ("2k", "Disposition of property: the difference of both Schedules D"),
    ("3", "Other adjustments"),
    ("4", "AMT income"),
    ("5", "Exemption"),
    ("7", "Tax on line 6"),
    ("8", "AMT foreign tax credit"),
    ("9", "Tentative minimum tax"),
    ("10", "Regular tax less the foreign tax credit"),
    ("11", "Alternative minimum tax"),
)
OFTEN_ZERO = {"2b", "2g", "3", "8"}
"""Lines that are left out where they are zero."""

LAST_YEARS_6251 = (
    ("1b", "Income less deductions"),
    ("2a", "State and local taxes, or the standard deduction"),
    ("2b", "Tax refund"),
    ("2g", "Interest of private activity bonds"),
    ("2i", "Incentive stock options: not an exclusion item"),
    ("2k", "Disposition of property: not an exclusion item"),
    ("10", "Regular tax; also line 14 of Form 8801"),
    ("11", "Alternative minimum tax; also line 16 of Form 8801"),
)
TYPED_OF_8801 = (
    ("1", "Last year’s Form 6251 line 1b; before 2025, line 1"),
    ("2", "Last year’s exclusion items, together"),
    ("12", "Last year’s AMT foreign tax credit on exclusion items"),
    ("28", "Part III: last year’s gains and qualified dividends, of the regular worksheet"),
    ("29", "Part III: last year’s unrecaptured section 1250 gain"),
    ("35", "Part III: last year’s ordinary income, of the regular worksheet"),
    ("42", "Part III: the same, of the other line of the worksheet"),
    ("19", "Credit carried forward: last year’s Form 8801 line 26"),
)
CHECKED_OF_8801 = (
    ("15", "Net minimum tax on exclusion items"),
    ("16", "Last year’s AMT"),
    ("18", "Line 16 less line 15; may be negative"),
    ("21", "Credit available"),
    ("22", "This year’s regular tax less other credits"),
    ("23", "This year’s Form 6251 line 9"),
    ("24", "Limit"),
    ("25", "Credit of this year; goes to Schedule 3"),
    ("26", "Carried to next year"),
)
LINE_1_IN_TWO = 2025
KEPT_AT_ZERO = {"15", "16", "18", "19", "21", "22", "23", "24", "25", "26", "1", "2"}


def form_sections(facts: YearFacts, year: YearResult, last: YearResult | None) -> Iterator[Section]:
    """Carryovers, other items, Form 6251 and, where there is a credit to keep, Form 8801."""
    forms = year.forms.printed_lines()
    for kind, groups in (
        (CARRYOVERS, _carryovers(forms, year.year)),
        (ITEMS, _items(facts, forms, year.year)),
        (FORM_6251, _form_6251(forms, year.year)),
        (CREDIT, _credit(forms, year, last)),
    ):
        found = tuple(groups)
        if found:
            yield Section(kind=kind, groups=found)


def _carryovers(forms: dict[str, Lines], year: int) -> Iterator[Group]:
    """Positive numbers, as programs ask for them; lines 6 and 14 print them as losses."""
    losses = [
        (system, form, line, terms, 0.0 - forms[form].get(line, 0.0))
        for system, form in (("Regular tax", "schedule_d"), ("AMT", "amt_schedule_d"))
        for line, terms in (("6", "short-term"), ("14", "long-term"))
    ]
    if any(loss for *_, loss in losses):
        yield Group(
            kind="carryovers",
            entries=tuple(
                Entry(
                    place=f"{'Schedule D' if form == 'schedule_d' else 'AMT Schedule D'}, {line}",
                    caption=f"{system}: {terms} loss carried over from {year - 1}",
                    value=loss + 0.0,
                    origin=Origin(form, line, year),
                )
                for system, form, line, terms, loss in losses
            ),
        )


def _items(facts: YearFacts, forms: dict[str, Lines], year: int) -> Iterator[Group]:
    other = facts.other_amt_deferral_items + facts.other_amt_exclusion_items
    reversal = forms["form_6251"].get("3", 0.0) - other
    own = facts.amt_foreign_tax_credit
    foreign = facts.foreign_tax_credit if own is None else own
    entries = tuple(
        Entry(
            place=place,
            caption=caption,
            value=value,
            origin=Origin("form_6251", line, year) if line else None,
        )
        for place, caption, line, value in (
            (
                "1099-INT, box 9",
                "Interest of private activity bonds; 1099-DIV has it in box 13",
                "2g",
                facts.private_activity_bond_interest,
            ),
            ("1099-G, box 2", "Taxable refund of state taxes", "2b", facts.state_tax_refund),
            ("Form 6251, 3", "Other adjustments, together", "3", other),
            (
                "Form 6251, 3",
                "What section 68 cut, given back: programs may leave it out",
                "3",
                reversal,
            ),
            ("Form 1116", "Foreign tax credit for regular tax", "", facts.foreign_tax_credit),
            ("Form 1116 for AMT", "Foreign tax credit for AMT, before its limit", "8", foreign),
        )
        if value
    )
    if entries:
        yield Group(kind="items", entries=entries)


def _form_6251(forms: dict[str, Lines], year: int) -> Iterator[Group]:
    yield Group(
        kind="form_6251",
        entries=tuple(_lines(forms, "form_6251", CHECKED_OF_6251, year, CHECK, OFTEN_ZERO)),
    )


def _credit(forms: dict[str, Lines], year: YearResult, last: YearResult | None) -> Iterator[Group]:
    printed = forms["form_8801"]
    if not any(printed.get(line) for line in ("16", "18", "19", "21")):
        return
    if last is not None:
        before = last.forms.printed_lines()
        hidden = {"2b", "2g", "2i", "2k"}
        entries = tuple(_lines(before, "form_6251", LAST_YEARS_6251, last.year, TYPE, hidden))
        yield Group(kind="last_years_form_6251", entries=entries)
    hidden = {line for line, _ in TYPED_OF_8801} - KEPT_AT_ZERO
    yield Group(
        kind="form_8801",
        entries=(
            *_lines(forms, "form_8801", TYPED_OF_8801, year.year, TYPE, hidden),
            *_lines(forms, "form_8801", CHECKED_OF_8801, year.year, CHECK, set()),
        ),
    )


def _lines(
    forms: dict[str, Lines],
    form: str,
    wanted: tuple[tuple[str, str], ...],
    year: int,
    how: str,
    hidden_at_zero: set[str],
) -> Iterator[Entry]:
    lines = forms[form]
    for number, caption in wanted:
        if number in lines and (lines[number] or number not in hidden_at_zero):
            yield Entry(
                place=f"Line {_as_printed(form, number, year)}",
                caption=caption,
                value=lines[number],
                how=how,
                origin=Origin(form, number, year),
            )


def _as_printed(form: str, number: str, year: int) -> str:
    """The number on the form of the year: line 1 of Form 6251 came in two parts in 2025."""
    return "1" if (form, number) == ("form_6251", "1b") and year < LINE_1_IN_TWO else number
