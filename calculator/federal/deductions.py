"""Which deduction a return takes, and the deductions that come beside it.

Standard deduction: IRC 63(c) and (f).  Senior deduction: IRC 151(d)(5)(C); Schedule 1-A.  Gifts of
those who do not itemize: IRC 170(p), and for 2020 and 2021 IRC 62(a)(22) and 170(p) as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Condition, Dollars, choose_form, excess, smaller_of
from calculator.federal.schedule_1a import senior_deduction
from calculator.federal.schedule_a import ScheduleA, schedule_a
from calculator.lines import Filled

if TYPE_CHECKING:
    from calculator.law.parameters import DeductionLaw
    from calculator.scenario import YearFacts

STANDARD = "standard"
ITEMIZED = "itemized"
NONE = "none"
LARGER = "larger"


class Deductions(NamedTuple):
    """What comes off adjusted gross income, and what of it AMT takes back."""

    itemizes: Condition
    adjusted_gross_income: Dollars
    amount: Dollars
    """Form 1040 line 12: the standard deduction, or Schedule A line 17."""
    gifts_beside_standard: Dollars
    """Allowed in both systems; not part of ``amount``."""
    senior: Dollars
    """An exclusion item: added back on Form 6251 line 1a."""
    added_back: Dollars
    """Form 6251 line 2a: Schedule A line 7, or the standard deduction."""
    section_68_cut: Dollars
    schedule_a: Filled[ScheduleA] | None
    """None in the flat model."""


class DeductionBeforeChoice(NamedTuple):
    """One of the two ways to deduct."""

    adjusted_gross_income: Dollars
    amount: Dollars
    gifts_beside_standard: Dollars
    senior: Dollars
    added_back: Dollars
    section_68_cut: Dollars


def deductions(facts: YearFacts, total_income: Dollars, law: DeductionLaw) -> Deductions:
    """Takes the deduction that the person elects; the larger one where they leave it open.

    ``total_income`` is Form 1040 line 9 less the adjustments.  The larger is compared after all
    limits, and a tie takes the standard deduction.
    """
    if not law.allowed:
        return _no_deductions(total_income)
    itemized, filled_in = _itemized(facts, total_income, law)
    standard = _standard(facts, total_income, law)
    itemizes = _itemizes(facts, standard, itemized)
    chosen = choose_form(itemizes, itemized, standard)
    return Deductions(
        itemizes,
        chosen.adjusted_gross_income,
        chosen.amount,
        chosen.gifts_beside_standard,
        chosen.senior,
        chosen.added_back,
        chosen.section_68_cut,
        Filled(filled_in, itemizes),
    )


def standard_deduction(facts: YearFacts, law: DeductionLaw) -> float:
    """The standard deduction with the additions for age and blindness: IRC 63(c), (f)."""
    boxes = facts.household.aged_or_blind_boxes
    return law.standard + law.aged_or_blind_addition * boxes


def _senior(facts: YearFacts, adjusted_gross_income: Dollars, law: DeductionLaw) -> Dollars:
    part_v = senior_deduction(facts.household.people_65_or_over, adjusted_gross_income, law)
    return 0.0 if part_v is None else part_v.total


def _standard(facts: YearFacts, total_income: Dollars, law: DeductionLaw) -> DeductionBeforeChoice:
    gifts = smaller_of(facts.itemized.charitable_gifts, law.nonitemizer_gift_cap)
    income, beside = total_income, gifts
    if law.nonitemizer_gift_above_the_line:
        within_income = smaller_of(gifts, excess(total_income, over=0.0))
        income, beside = total_income - within_income, 0.0
    amount = standard_deduction(facts, law)
    return DeductionBeforeChoice(
        adjusted_gross_income=income,
        amount=amount,
        gifts_beside_standard=beside,
        senior=_senior(facts, income, law),
        added_back=amount,
        section_68_cut=0.0,
    )


def _itemized(
    facts: YearFacts, total_income: Dollars, law: DeductionLaw
) -> tuple[DeductionBeforeChoice, ScheduleA]:
    senior = _senior(facts, total_income, law)
    filled_in = schedule_a(
        facts.itemized,
        adjusted_gross_income=total_income,
        income_before_itemizing=total_income
        - facts.qualified_business_income_deduction
        - facts.schedule_1a_deductions
        - senior,
        law=law,
    )
    return DeductionBeforeChoice(
        adjusted_gross_income=total_income,
        amount=filled_in.total,
        gifts_beside_standard=0.0,
        senior=senior,
        added_back=filled_in.taxes,
        section_68_cut=filled_in.section_68_cut,
    ), filled_in


def _itemizes(
    facts: YearFacts, standard: DeductionBeforeChoice, itemized: DeductionBeforeChoice
) -> Condition:
    if facts.deduction == LARGER:
        gifts_above_the_line = itemized.adjusted_gross_income - standard.adjusted_gross_income
        with_standard = standard.amount + standard.gifts_beside_standard + gifts_above_the_line
        return itemized.amount > with_standard
    return facts.deduction == ITEMIZED


def _no_deductions(total_income: Dollars) -> Deductions:
    """The flat model's."""
    return Deductions(
        itemizes=False,
        adjusted_gross_income=total_income,
        amount=0.0,
        gifts_beside_standard=0.0,
        senior=0.0,
        added_back=0.0,
        section_68_cut=0.0,
        schedule_a=None,
    )
