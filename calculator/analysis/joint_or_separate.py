"""Joint or separate: the two returns of a couple against one of both.

Each spouse has a scenario: income, grants, lots and what is carried in are their own.  The joint
return has the sum of both.  Separate ones take the same kind of deduction, as the standard
deduction of one is zero where the other itemizes: IRC 63(c)(6)(A).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from calculator.analysis.what_if import refuse, refuse_batch
from calculator.fields import LARGEST_AMOUNT, Amount, document_fields
from calculator.scenario import (
    CapitalLoss,
    Household,
    ItemizedDeductions,
    Opening,
    Scenario,
    YearFacts,
)
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from calculator.results import ScenarioResult, YearResult

JOINT, SEPARATE = "married_filing_jointly", "married_filing_separately"
LARGER, STANDARD, ITEMIZED = "larger", "standard", "itemized"
AMOUNTS = (
    "adjusted_gross_income",
    "regular_tax",
    "amt",
    "credit_used",
    "credit_balance",
    "net_investment_income_tax",
    "additional_medicare_tax",
    "federal_tax",
)
"""Of each return; the names are those of the result."""
MOST_SENIORS = 2
MOST_BOXES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfCouple:
    """One year.  Dollars."""

    year: int
    joint: dict[str, float]
    separate: tuple[dict[str, float], dict[str, float]]
    """Of the two spouses, in the order in which they were given."""
    deduction: str
    """What both take on separate returns."""
    joint_saves: float
    """Federal tax of the two separate returns less that of the joint one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointOrSeparate:
    """The years, and their sums.  Dollars."""

    years: tuple[YearOfCouple, ...]
    joint_saves: float
    joint_credit_left: float
    separate_credit_left: float

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return asdict(self)


def joint_or_separate(one: Scenario, other: Scenario) -> JointOrSeparate:
    """Compares separate returns of two spouses with a joint one, in every year.

    The filing status that the scenarios say is not looked at.

    Raises:
        InvalidScenario: They are not of the same years and law, one deduction excludes the other,
            or together they are more than a document can hold.
    """
    _refuse_unlike(one, other)
    joint = evaluate(jointly(one, other))
    spouses = _separately(one), _separately(other)
    kinds = [
        _possible_kinds(mine, theirs) for mine, theirs in zip(one.years, other.years, strict=True)
    ]
    returns, chosen = _separate_returns(spouses, kinds)
    years = tuple(
        YearOfCouple(
            year=together.year,
            joint=_amounts(together),
            separate=(_amounts(mine), _amounts(theirs)),
            deduction=kind,
            joint_saves=float(mine.federal_tax + theirs.federal_tax - together.federal_tax),
        )
        for together, mine, theirs, kind in zip(
            joint.years, returns[0].years, returns[1].years, chosen, strict=True
        )
    )
    return JointOrSeparate(
        years=years,
        joint_saves=sum(year.joint_saves for year in years),
        joint_credit_left=float(joint.totals.credit_left),
        separate_credit_left=sum(float(each.totals.credit_left) for each in returns),
    )


def jointly(one: Scenario, other: Scenario) -> Scenario:
    """The scenario of the joint return.

    What both have named alike is told apart; grants of the second are those of the spouse.
    """
    events = _renamed(other)
    household = _household_of_both(one.household, other.household)
    return replace(
        one,
        household=household,
        opening=_opening_of_both(one.opening, other.opening),
        years=tuple(
            _facts_of_both(mine, theirs)
            for mine, theirs in zip(one.years, other.years, strict=True)
        ),
        grants=(*one.grants, *(replace(each, owner="spouse") for each in events.grants)),
        vestings=(*one.vestings, *events.vestings),
        exercises=(*one.exercises, *events.exercises),
        holdings=(*one.holdings, *events.holdings),
        sales=(*one.sales, *events.sales),
        splits=one.splits if one.splits else events.splits,
    )


def _refuse_unlike(one: Scenario, other: Scenario) -> None:
    for scenario in (one, other):
        refuse_batch(scenario)
    if [facts.year for facts in one.years] != [facts.year for facts in other.years]:
        raise refuse("years", "Both spouses need the same years.")
    if (one.law, one.method) != (other.law, other.method):
        raise refuse("law", "Both spouses need the same law, and forms filled in the same way.")
    if one.splits and other.splits and len(one.splits) != len(other.splits):
        raise refuse("splits", "Enter every split of a stock in both scenarios, or in one alone.")
    for mine, theirs in zip(one.years, other.years, strict=True):
        people = mine.household.people_65_or_over + theirs.household.people_65_or_over
        boxes = mine.household.aged_or_blind_boxes + theirs.household.aged_or_blind_boxes
        if people > MOST_SENIORS or boxes > MOST_BOXES:
            raise refuse("household", "Enter each spouse's own age and blindness alone.")


def _possible_kinds(mine: YearFacts, theirs: YearFacts) -> tuple[str, ...]:
    """The kinds of deduction that both may take."""
    elected = {facts.deduction for facts in (mine, theirs)} - {LARGER}
    if elected == {STANDARD, ITEMIZED}:
        raise refuse(
            f"years: {mine.year}",
            "On separate returns both spouses itemize, or neither does: change one deduction.",
        )
    return tuple(elected) or (STANDARD, ITEMIZED)


def _separate_returns(
    spouses: tuple[Scenario, Scenario], kinds: list[tuple[str, ...]]
) -> tuple[tuple[ScenarioResult, ScenarioResult], list[str]]:
    """Year after year the kind of deduction that costs both together less in that year."""
    chosen = [each[0] for each in kinds]
    for place, possible in enumerate(kinds):
        taxes = {}
        for kind in possible:
            tried = [*chosen[:place], kind, *chosen[place + 1 :]]
            taxes[kind] = sum(
                float(evaluate(_with_deductions(each, tried)).years[place].federal_tax)
                for each in spouses
            )
        chosen[place] = min(possible, key=taxes.__getitem__)
    first, second = (evaluate(_with_deductions(each, chosen)) for each in spouses)
    return (first, second), chosen


def _with_deductions(scenario: Scenario, kinds: list[str]) -> Scenario:
    years = zip(scenario.years, kinds, strict=True)
    return replace(scenario, years=tuple(replace(facts, deduction=kind) for facts, kind in years))


def _separately(scenario: Scenario) -> Scenario:
    household = replace(scenario.household, filing_status=SEPARATE)
    years = tuple(
        replace(facts, household=replace(facts.household, filing_status=SEPARATE))
        for facts in scenario.years
    )
    return replace(scenario, household=household, years=years)


def _household_of_both(mine: Household, theirs: Household) -> Household:
    return replace(
        mine,
        filing_status=JOINT,
        aged_or_blind_boxes=mine.aged_or_blind_boxes + theirs.aged_or_blind_boxes,
        people_65_or_over=mine.people_65_or_over + theirs.people_65_or_over,
        dependents=mine.dependents + theirs.dependents,
    )


def _facts_of_both(mine: YearFacts, theirs: YearFacts) -> YearFacts:
    sums = {
        name: _sum(getattr(mine, name), getattr(theirs, name), name) for name in _summed_amounts()
    }
    if not (mine.amt_foreign_tax_credit is None and theirs.amt_foreign_tax_credit is None):
        sums["amt_foreign_tax_credit"] = _amt_credit(mine) + _amt_credit(theirs)
    deduction = mine.deduction if mine.deduction == theirs.deduction else LARGER
    return replace(
        mine,
        **sums,
        household=_household_of_both(mine.household, theirs.household),
        deduction=deduction,
        itemized=_all_summed(mine.itemized, theirs.itemized, ItemizedDeductions),
    )


def _amt_credit(facts: YearFacts) -> Any:
    own = facts.amt_foreign_tax_credit
    return facts.foreign_tax_credit if own is None else own


def _opening_of_both(mine: Opening, theirs: Opening) -> Opening:
    return replace(
        mine,
        minimum_tax_credit=mine.minimum_tax_credit + theirs.minimum_tax_credit,
        capital_loss=_all_summed(mine.capital_loss, theirs.capital_loss, CapitalLoss),
        amt_capital_loss=_all_summed(mine.amt_capital_loss, theirs.amt_capital_loss, CapitalLoss),
        prior_year_tax=None,
        prior_year_adjusted_gross_income=None,
    )


def _all_summed(mine: Any, theirs: Any, kind: Any) -> Any:
    names = [field.name for field in fields(kind)]
    return kind(**{name: getattr(mine, name) + getattr(theirs, name) for name in names})


def _summed_amounts() -> list[str]:
    return [
        field.attribute
        for field in document_fields(YearFacts)
        if isinstance(field.kind, Amount) and not field.kind.nullable
    ]


def _sum(mine: Any, theirs: Any, name: str) -> Any:
    total = mine + theirs
    if abs(total) > LARGEST_AMOUNT:
        raise refuse(name, "Together both spouses have more than can be computed.")
    return total


def _renamed(scenario: Scenario) -> Scenario:
    """With other identifiers than any spouse's, in the same order."""

    def name(kind: str, own: str) -> str:
        return f"spouse {kind} {own}"

    return replace(
        scenario,
        grants=tuple(replace(each, id=name("grant", each.id)) for each in scenario.grants),
        vestings=tuple(
            replace(each, id=name("vesting", each.id), grant=name("grant", each.grant))
            for each in scenario.vestings
        ),
        exercises=tuple(
            replace(each, id=name("lot", each.id), grant=name("grant", each.grant))
            for each in scenario.exercises
        ),
        holdings=tuple(replace(each, id=name("lot", each.id)) for each in scenario.holdings),
        sales=tuple(
            replace(each, id=name("sale", each.id), source=name("lot", each.source))
            for each in scenario.sales
        ),
    )


def _amounts(year: YearResult) -> dict[str, float]:
    return {name: float(getattr(year, name)) for name in AMOUNTS}
