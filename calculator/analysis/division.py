"""Divides the scenario of a couple in two: whose is what, for separate returns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from calculator.analysis.couple import BOXES_OF_ONE, separately
from calculator.analysis.what_if import refuse_batch
from calculator.fields import document_fields
from calculator.scenario import OWN, SPOUSES, CapitalLoss, Household, ItemizedDeductions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.scenario import Opening, Scenario, YearFacts

    Row = tuple[str, str]

PARTS: Final[dict[str, tuple[str, ...]]] = {
    "wages": ("wages", "withholding"),
    "interest": ("interest",),
    "qualified_dividends": ("qualified_dividends",),
    "short_term_gain": ("short_term_gain",),
    "long_term_gain": ("long_term_gain", "unrecaptured_section_1250_gain", "collectibles_gain"),
    "other_income": ("other_income",),
    "adjustments": ("adjustments",),
    "state_tax_refund": ("state_tax_refund",),
    "private_activity_bond_interest": ("private_activity_bond_interest",),
    "itemized.state_and_local_taxes": (),
    "itemized.mortgage_interest": (),
    "itemized.charitable_gifts": (),
    "itemized.other": (),
    "qualified_business_income_deduction": ("qualified_business_income_deduction",),
    "schedule_1a_deductions": ("schedule_1a_deductions",),
    "foreign_tax_credit": ("foreign_tax_credit", "amt_foreign_tax_credit"),
    "other_nonrefundable_credits": ("other_nonrefundable_credits",),
    "other_amt_deferral_items": ("other_amt_deferral_items",),
    "other_amt_exclusion_items": ("other_amt_exclusion_items",),
    "opening.minimum_tax_credit": (),
    "opening.capital_loss": (),
    "opening.amt_capital_loss": (),
}
"""What is divided by one fraction for all years, and the facts of a year that go with it."""
PEOPLE: Final[dict[str, int]] = {
    "people_65_or_over": 1,
    "aged_or_blind_boxes": BOXES_OF_ONE,
    "dependents": 99,
}
"""What is counted in a household, and how much of it one spouse can have."""
ROWS: Final = ("grants", "holdings")
CENTS: Final = 2
ROUNDING: Final = 6
"""Decimals of the rest: what subtracting leaves below them is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Whose is what; all is one's own but for what is said."""

    spouses_rows: frozenset[Row] = frozenset()
    """Grants and holdings, each as its list and its identifier.  Exercises, vestings and sales go
    with them."""
    own_parts: Mapping[str, float] = field(default_factory=dict)
    """The fraction that is one's own, by the names of ``PARTS``."""
    spouse_first: frozenset[str] = frozenset()
    """Of ``PEOPLE``, what counts for the spouse as far as it can, and for oneself beyond."""


def divided(scenario: Scenario, division: Division) -> tuple[Scenario, Scenario]:
    """One's own scenario and the spouse's; both file separately.

    Raises:
        InvalidScenario: The scenario is a batch.
    """
    refuse_batch(scenario)
    return (_of(scenario, division, OWN), _of(scenario, division, SPOUSES))


def to_divide(scenario: Scenario) -> tuple[str, ...]:
    """The names of ``PARTS`` of which the scenario has some, then those of ``PEOPLE``."""
    homes = (scenario.household, *(facts.household for facts in scenario.years))
    some = [name for name in PARTS if _has_some(scenario, name)]
    people = [name for name in PEOPLE if any(getattr(home, name) for home in homes)]
    return (*some, *people)


def amounts_of_part(scenario: Scenario, name: str) -> list[Any]:
    """The amounts that one of the names of ``PARTS`` stands for, without what goes with them."""
    within, _, last = name.partition(".")
    if within == "opening":
        own = getattr(scenario.opening, last)
        return [own.short_term, own.long_term] if isinstance(own, CapitalLoss) else [own]
    if last:
        return [getattr(facts.itemized, last) for facts in scenario.years]
    return [getattr(facts, name) for facts in scenario.years]


def _has_some(scenario: Scenario, name: str) -> bool:
    beside = [getattr(facts, each) for facts in scenario.years for each in PARTS[name][1:]]
    return any(map(_counts, (*amounts_of_part(scenario, name), *beside)))


def _counts(amount: Any) -> bool:
    return amount is not None and amount != 0


def _of(scenario: Scenario, division: Division, whose: str) -> Scenario:
    """The scenario of one of them."""

    def is_theirs(kind: str, name: str) -> bool:
        return ((kind, name) in division.spouses_rows) == (whose == SPOUSES)

    grants = [each for each in scenario.grants if is_theirs("grants", each.id)]
    names = {each.id for each in grants}
    exercises = [each for each in scenario.exercises if each.grant in names]
    holdings = [each for each in scenario.holdings if is_theirs("holdings", each.id)]
    lots = {each.id for each in exercises} | {each.id for each in holdings}
    stocks = {each.stock for each in grants} | {each.stock for each in holdings}
    return separately(
        replace(
            scenario,
            household=_home(scenario.household, division, whose),
            opening=_opening(scenario.opening, division, whose),
            years=tuple(_facts(facts, division, whose) for facts in scenario.years),
            grants=tuple(replace(each, owner=OWN) for each in grants),
            vestings=tuple(each for each in scenario.vestings if each.grant in names),
            exercises=tuple(exercises),
            holdings=tuple(replace(each, owner=OWN) for each in holdings),
            sales=tuple(each for each in scenario.sales if each.source in lots),
            splits=tuple(each for each in scenario.splits if each.stock in stocks),
        )
    )


def _home(household: Household, division: Division, whose: str) -> Household:
    counted = {}
    for name, most in PEOPLE.items():
        all_of_them = getattr(household, name)
        first = min(all_of_them, most)
        is_first = (name in division.spouse_first) == (whose == SPOUSES)
        counted[name] = first if is_first else all_of_them - first
    return replace(household, **counted)


def _opening(opening: Opening, division: Division, whose: str) -> Opening:
    parts: dict[str, Any] = {}
    for name in ("minimum_tax_credit", "capital_loss", "amt_capital_loss"):
        part = division.own_parts.get(f"opening.{name}", 1.0)
        own = getattr(opening, name)
        if isinstance(own, CapitalLoss):
            parts[name] = CapitalLoss(
                short_term=_part(own.short_term, part, whose),
                long_term=_part(own.long_term, part, whose),
            )
        else:
            parts[name] = _part(own, part, whose)
    return replace(opening, **parts, prior_year_tax=None, prior_year_adjusted_gross_income=None)


def _facts(facts: YearFacts, division: Division, whose: str) -> YearFacts:
    parts = {
        each: _part(getattr(facts, each), division.own_parts.get(name, 1.0), whose)
        for name, together in PARTS.items()
        for each in together
    }
    itemized = {
        each.attribute: _part(
            getattr(facts.itemized, each.attribute),
            division.own_parts.get(f"itemized.{each.attribute}", 1.0),
            whose,
        )
        for each in document_fields(ItemizedDeductions)
    }
    return replace(
        facts,
        **parts,
        itemized=ItemizedDeductions(**itemized),
        household=_home(facts.household, division, whose),
    )


def _part(amount: Any, own: float, whose: str) -> Any:
    """To the cent; both parts come to the whole."""
    if amount is None:
        return None
    mine = amount if own == 1.0 else round(amount * own, CENTS)
    return mine if whose == OWN else round(amount - mine, ROUNDING)
