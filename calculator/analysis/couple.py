"""A couple: the joint return of two spouses, each with a scenario of their own."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from calculator.analysis.what_if import refuse, refuse_batch
from calculator.fields import LARGEST_AMOUNT, Amount, document_fields
from calculator.scenario import (
    JOINTLY,
    LONGEST_ID,
    OWN,
    SEPARATELY,
    SPOUSES,
    CapitalLoss,
    Household,
    ItemizedDeductions,
    Opening,
    Scenario,
    YearFacts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LARGER, STANDARD, ITEMIZED = "larger", "standard", "itemized"
BOXES_OF_ONE = 2
"""For age and for blindness."""


def spouses_of(one: Scenario, other: Scenario) -> tuple[Scenario, Scenario]:
    """Both over the years that both cover, with rows of their own alone.

    Raises:
        InvalidScenario: They do not begin with the same year, are not of the same law, or one of
            them is not one person's.
    """
    for scenario in (one, other):
        refuse_batch(scenario)
    first, theirs = one.years[0].year, other.years[0].year
    if first != theirs:
        message = f"Both need the same first year: one begins with {first}, the other {theirs}."
        raise refuse("years", message)
    if (one.law, one.method) != (other.law, other.method):
        raise refuse("law", "Both spouses need the same law, and forms filled in the same way.")
    years = min(len(one.years), len(other.years))
    both = _of_one(one, years), _of_one(other, years)
    _refuse_other_splits(*both)
    return both


def separately(scenario: Scenario) -> Scenario:
    """The scenario of a separate return."""
    household = replace(scenario.household, filing_status=SEPARATELY)
    years = tuple(
        replace(facts, household=replace(facts.household, filing_status=SEPARATELY))
        for facts in scenario.years
    )
    return replace(scenario, household=household, years=years)


def jointly(one: Scenario, other: Scenario) -> Scenario:
    """The scenario of the joint return.

    What both have named alike is told apart; the rows of the second are those of the spouse.

    Raises:
        InvalidScenario: Together they are more than a document can hold, or cannot be put
            together.
    """
    mine, theirs = spouses_of(one, other)
    events = _renamed(theirs, mine)
    return replace(
        mine,
        household=_household_of_both(mine.household, theirs.household),
        opening=_opening_of_both(mine.opening, theirs.opening),
        years=tuple(map(_facts_of_both, mine.years, theirs.years)),
        splits=(*mine.splits, *_other_splits(mine, events)),
        grants=(*mine.grants, *events.grants),
        vestings=(*mine.vestings, *events.vestings),
        exercises=(*mine.exercises, *events.exercises),
        holdings=(*mine.holdings, *events.holdings),
        sales=(*mine.sales, *events.sales),
    )


def refuse_of_two(scenario: Scenario) -> None:
    """Refuses a scenario that is visibly of both spouses.

    Raises:
        InvalidScenario: It counts two people, or has rows of both.
    """
    for facts in scenario.years:
        home = facts.household
        if home.people_65_or_over > 1 or home.aged_or_blind_boxes > BOXES_OF_ONE:
            message = "It counts two people of 65 or over, or blind: enter one spouse’s alone."
            raise refuse("household", message)
    owners = {each.owner for each in scenario.grants}
    owners |= {each.owner for each in scenario.holdings}
    if len(owners) > 1:
        message = "Some of its grants or holdings are the other spouse’s: divide it in two first."
        raise refuse("grants", message)


def _of_one(scenario: Scenario, years: int) -> Scenario:
    """One person's, with nothing after those years but what vests."""
    refuse_of_two(scenario)
    last = scenario.years[years - 1].year
    return replace(
        scenario,
        years=scenario.years[:years],
        grants=tuple(
            replace(each, owner=OWN) for each in scenario.grants if each.date.year <= last
        ),
        vestings=tuple(
            each
            for each in scenario.vestings
            if any(own.id == each.grant and own.date.year <= last for own in scenario.grants)
        ),
        exercises=tuple(each for each in scenario.exercises if each.date.year <= last),
        holdings=tuple(
            replace(each, owner=OWN) for each in scenario.holdings if each.acquired.year <= last
        ),
        sales=tuple(each for each in scenario.sales if each.date.year <= last),
        splits=tuple(each for each in scenario.splits if each.date.year <= last),
    )


def _stocks(scenario: Scenario) -> set[str]:
    """The companies that the scenario has shares or options of; one that is not named is ''."""
    held = {each.stock for each in scenario.holdings if each.stock or each.iso is not None}
    return held | {each.stock for each in scenario.grants}


def _refuse_other_splits(one: Scenario, other: Scenario) -> None:
    """A split is of a company, whoever has its shares."""
    for stock in sorted(_stocks(one) & _stocks(other)):
        first, second = (
            {(each.date, each.ratio) for each in scenario.splits if each.stock == stock}
            for scenario in (one, other)
        )
        if first != second:
            named = f"of {stock}" if stock else "of the stock without a name"
            message = (
                f"The splits {named} differ: enter them in both, or name the stock if it is "
                "not the same company."
            )
            raise refuse("splits", message)


def _other_splits(mine: Scenario, theirs: Scenario) -> Iterator[Any]:
    """The splits of the other that are not mine, too."""
    known = {(each.stock, each.date, each.ratio) for each in mine.splits}
    for each in theirs.splits:
        if (each.stock, each.date, each.ratio) not in known:
            yield each


def _household_of_both(mine: Household, theirs: Household) -> Household:
    return replace(
        mine,
        filing_status=JOINTLY,
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
    return replace(
        mine,
        **sums,
        household=_household_of_both(mine.household, theirs.household),
        deduction=kinds_of_deduction(mine, theirs, of_the_joint_return=True)[0],
        itemized=_all_summed(mine.itemized, theirs.itemized, ItemizedDeductions),
    )


def kinds_of_deduction(
    mine: YearFacts, theirs: YearFacts, *, of_the_joint_return: bool = False
) -> tuple[str, ...]:
    """The kinds of deduction that both may take: what one of them elects binds the other.

    On separate returns the standard deduction of one is zero where the other itemizes: section
    63(c)(6)(A).  A joint return has one deduction anyway, by default the larger.
    """
    elected = {facts.deduction for facts in (mine, theirs)} - {LARGER}
    if elected == {STANDARD, ITEMIZED}:
        raise refuse(
            f"years: {mine.year}",
            f"In {mine.year} one spouse elects to itemize and the other the standard deduction: on "
            "separate returns both itemize, or neither does. Change one deduction.",
        )
    if elected:
        return tuple(elected)
    if of_the_joint_return:
        return (LARGER,)
    paid = (
        getattr(each.itemized, field.attribute)
        for each in (mine, theirs)
        for field in document_fields(ItemizedDeductions)
    )
    return (STANDARD, ITEMIZED) if any(paid) else (STANDARD,)


def _amt_credit(facts: YearFacts) -> Any:
    own = facts.amt_foreign_tax_credit
    return facts.foreign_tax_credit if own is None else own


def _opening_of_both(mine: Opening, theirs: Opening) -> Opening:
    return replace(
        mine,
        minimum_tax_credit=mine.minimum_tax_credit + theirs.minimum_tax_credit,
        capital_loss=both_losses(mine.capital_loss, theirs.capital_loss),
        amt_capital_loss=both_losses(mine.amt_capital_loss, theirs.amt_capital_loss),
        prior_year_tax=None,
        prior_year_adjusted_gross_income=None,
    )


def both_losses(mine: CapitalLoss, theirs: CapitalLoss) -> CapitalLoss:
    """The losses of two, as a joint return carries them on."""
    return _all_summed(mine, theirs, CapitalLoss)  # type: ignore[no-any-return]


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


def _renamed(scenario: Scenario, mine: Scenario) -> Scenario:
    """The spouse's rows, in their order, none with an identifier of mine."""
    grants = _told_apart(mine.grants, scenario.grants)
    vestings = _told_apart(mine.vestings, scenario.vestings)
    lots = _told_apart((*mine.exercises, *mine.holdings), (*scenario.exercises, *scenario.holdings))
    sales = _told_apart(mine.sales, scenario.sales)
    splits = _told_apart(mine.splits, scenario.splits)
    return replace(
        scenario,
        grants=tuple(replace(each, id=grants[each.id], owner=SPOUSES) for each in scenario.grants),
        vestings=tuple(
            replace(each, id=vestings[each.id], grant=grants[each.grant])
            for each in scenario.vestings
        ),
        exercises=tuple(
            replace(each, id=lots[each.id], grant=grants[each.grant]) for each in scenario.exercises
        ),
        holdings=tuple(
            replace(each, id=lots[each.id], owner=SPOUSES) for each in scenario.holdings
        ),
        sales=tuple(
            replace(each, id=sales[each.id], source=lots[each.source]) for each in scenario.sales
        ),
        splits=tuple(replace(each, id=splits[each.id]) for each in scenario.splits),
    )


def _told_apart(mine: Sequence[Any], theirs: Sequence[Any]) -> dict[str, str]:
    """An identifier for each of theirs: its own, unless one of mine has it."""
    taken = {each.id for each in mine}
    made = {}
    for each in theirs:
        names = chain((each.id, f"spouse-{each.id}"), (f"spouse-{n}" for n in count(2)))
        name = next(name for name in names if len(name) <= LONGEST_ID and name not in taken)
        taken.add(name)
        made[each.id] = name
    return made


def alone_beside(scenario: Scenario) -> Scenario:
    """The scenario of a spouse without income, shares or anything carried in."""
    years = tuple(YearFacts(year=facts.year) for facts in scenario.years)
    return Scenario(law=scenario.law, method=scenario.method, years=years)
