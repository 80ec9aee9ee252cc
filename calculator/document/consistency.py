"""The sense of a scenario as a whole: one function for each rule that spans several fields.

A rule looks only at what could be read, and yields what it finds wrong.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from calculator.document.option_rules import (
    RULES_OF_OPTIONS,
    RULES_OF_VESTED_SHARES,
    vestings_name_grants,
)
from calculator.document.reading import quoted
from calculator.document.rule_parts import (
    SLACK,
    Rule,
    anywhere,
    by_id,
    first_excess,
    known,
    listed,
)
from calculator.equity.splits import after_splits
from calculator.errors import Problem
from calculator.law import law_for, published_years, why_unsupported
from calculator.scenario import LawChoice

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from calculator.amounts import Dollars
    from calculator.scenario import Scenario


class Lot(NamedTuple):
    """Shares that can be sold: of an exercise, or held from before."""

    made: datetime.date
    shares: Dollars


def problems_of_sense(
    scenario: Scenario, *, arrays_fit: bool, all_read: bool = True
) -> Iterator[Problem]:
    """Everything that is wrong with a scenario as a whole.

    Amounts are compared with each other only if all arrays fit one batch shape, and as after the
    splits only where nothing else is wrong, nor is anything in the document so far
    (``all_read``).  The same holds for what has vested.
    """
    found = [problem for rule in RULES for problem in rule(scenario)]
    yield from found
    sound = all_read and not found
    if not arrays_fit or not (sound or not listed(scenario.splits)):
        return
    counted = after_splits(scenario) if sound else scenario
    found = [problem for rule in RULES_OF_AMOUNTS for problem in rule(counted)]
    yield from found
    if sound and not found and (scenario.vestings or _designates(scenario)):
        for rule in RULES_OF_VESTED_SHARES:
            yield from rule(counted)


def _designates(scenario: Scenario) -> bool:
    return any(exercise.iso_shares is not None for exercise in scenario.exercises)


def _days(scenario: Scenario) -> Iterator[tuple[str, datetime.date]]:
    """The day of every event, with its path."""
    for i, holding in enumerate(listed(scenario.holdings)):
        if known(holding.acquired):
            yield f"holdings[{i}].acquired", holding.acquired
    for kind in ("grants", "exercises", "sales", "splits"):
        for i, event in enumerate(listed(getattr(scenario, kind))):
            if known(event.date):
                yield f"{kind}[{i}].date", event.date


def _modelled_years(scenario: Scenario) -> tuple[int, int] | None:
    """The first and the last year; one that could not be read is taken to follow the others."""
    years = [facts.year for facts in listed(scenario.years)]
    read = [(i, year) for i, year in enumerate(years) if known(year)]
    if not read:
        return None
    starts = [year for _, year in read] + [read[0][1] - read[0][0]]
    ends = [year for _, year in read] + [read[-1][1] + len(years) - 1 - read[-1][0]]
    return min(starts), max(ends)


def _span(years: tuple[int, int]) -> str:
    return f"{years[0]}" if years[0] == years[1] else f"{years[0]} to {years[1]}"


def _lots(scenario: Scenario) -> dict[str, Lot]:
    """The lot that each identifier stands for, apart from those that share one."""
    sources = by_id([*listed(scenario.exercises), *listed(scenario.holdings)])
    return {
        name: Lot(getattr(source, "acquired", None) or source.date, source.shares)
        for name, source in sources.items()
    }


def years_follow_one_another(scenario: Scenario) -> Iterator[Problem]:
    """The years are consecutive and ascending."""
    before: tuple[int, int] | None = None
    for i, facts in enumerate(listed(scenario.years)):
        if not known(facts.year):
            continue
        if before is not None and facts.year != (due := before[1] + i - before[0]):
            message = f"The years must follow one another: {due} is due here, not {facts.year}."
            yield Problem(path=f"years[{i}].year", message=message)
        before = (i, facts.year)


def ids_are_unique(scenario: Scenario) -> Iterator[Problem]:
    """No two of a kind share an identifier, nor do an exercise and a holding: sales name both."""
    kinds_of_ids = (("grants",), ("vestings",), ("exercises", "holdings"), ("sales",), ("splits",))
    for kinds in kinds_of_ids:
        seen: set[str] = set()
        for kind in kinds:
            for i, item in enumerate(listed(getattr(scenario, kind))):
                if not known(item.id):
                    continue
                if item.id in seen:
                    message = f"The identifier {quoted(item.id)} is already taken."
                    yield Problem(path=f"{kind}[{i}].id", message=message)
                seen.add(item.id)


def references_lead_somewhere(scenario: Scenario) -> Iterator[Problem]:
    """Every exercise and vesting names a grant, every sale an exercise or a holding."""
    yield from vestings_name_grants(scenario)
    if known(scenario.grants):
        grants = {grant.id for grant in scenario.grants}
        for i, exercise in enumerate(listed(scenario.exercises)):
            if known(exercise.grant) and exercise.grant not in grants:
                message = f"There is no grant {quoted(exercise.grant)}."
                yield Problem(path=f"exercises[{i}].grant", message=message)
    if known(scenario.exercises, scenario.holdings):
        lots = {exercise.id for exercise in scenario.exercises}
        lots |= {holding.id for holding in scenario.holdings}
        for i, sale in enumerate(listed(scenario.sales)):
            if known(sale.source) and sale.source not in lots:
                message = f"There is no exercise or holding {quoted(sale.source)}."
                yield Problem(path=f"sales[{i}].from", message=message)


def exercises_follow_their_grants(scenario: Scenario) -> Iterator[Problem]:
    """No exercise is dated before its grant."""
    grants = by_id(listed(scenario.grants))
    for i, exercise in enumerate(listed(scenario.exercises)):
        grant = grants.get(exercise.grant)
        if grant and known(exercise.date, grant.date) and exercise.date < grant.date:
            message = f"The exercise comes before its grant of {grant.date}."
            yield Problem(path=f"exercises[{i}].date", message=message)


def sales_follow_their_lots(scenario: Scenario) -> Iterator[Problem]:
    """No sale is dated before the shares are there."""
    lots = _lots(scenario)
    for i, sale in enumerate(listed(scenario.sales)):
        lot = lots.get(sale.source)
        if lot and known(sale.date, lot.made) and sale.date < lot.made:
            message = f"The sale comes before the shares are there: {lot.made}."
            yield Problem(path=f"sales[{i}].date", message=message)


def events_lie_within_the_years(scenario: Scenario) -> Iterator[Problem]:
    """Nothing happens after the last year, and no sale before the first."""
    years = _modelled_years(scenario)
    if years is None:
        return
    for path, day in _days(scenario):
        if day.year > years[1] or (day.year < years[0] and path.startswith("sales")):
            message = f"The date lies outside the years of this scenario, {_span(years)}."
            yield Problem(path=path, message=message)


def held_iso_shares_are_from_before(scenario: Scenario) -> Iterator[Problem]:
    """Held ISO shares were exercised after their grant and before the first year."""
    years = _modelled_years(scenario)
    for i, holding in enumerate(listed(scenario.holdings)):
        iso = holding.iso
        if not (known(iso) and iso and known(iso.exercised)):
            continue
        path = f"holdings[{i}].iso.exercised"
        if known(iso.granted) and iso.exercised < iso.granted:
            message = f"The exercise comes before its grant of {iso.granted}."
            yield Problem(path=path, message=message)
        if years and iso.exercised.year >= years[0]:
            message = (
                "The exercise lies in the years of this scenario or after them; "
                "enter a grant and an exercise instead of a holding."
            )
            yield Problem(path=path, message=message)


def people_of_65_fit_the_return(scenario: Scenario) -> Iterator[Problem]:
    """Only a joint return has two people of 65 or over."""
    said = False
    for i, facts in enumerate(listed(scenario.years)):
        own, common = facts.household, scenario.household
        if not known(own.people_65_or_over, own.filing_status):
            continue
        if own.people_65_or_over < 2 or own.filing_status == "married_filing_jointly":
            continue
        inherited = (own.people_65_or_over, own.filing_status) == (
            common.people_65_or_over,
            common.filing_status,
        )
        if not (inherited and said):
            path = "household" if inherited else f"years[{i}].household"
            message = "Two people of 65 or over are possible only when married filing jointly."
            yield Problem(path=f"{path}.people_65_or_over", message=message)
        said = said or inherited


def the_law_is_modelled(scenario: Scenario) -> Iterator[Problem]:
    """Every year can be computed under the chosen law."""
    if not known(scenario.law.path):
        return
    for i, facts in enumerate(listed(scenario.years)):
        if known(facts.year) and (reason := why_unsupported(facts.year, scenario.law)):
            yield Problem(path=f"years[{i}].year", message=reason, unsupported=True)


def a_deduction_for_business_income_is_in_force(scenario: Scenario) -> Iterator[Problem]:
    """No deduction for qualified business income is claimed in a year before section 199A.

    Law that never was may know none either: it leaves the deduction out, so that the same facts
    can be put under every law.
    """
    if scenario.law.path == "flat":
        return
    for i, facts in enumerate(listed(scenario.years)):
        claimed, status = facts.qualified_business_income_deduction, facts.household.filing_status
        if not known(claimed, facts.year, status) or facts.year not in published_years():
            continue
        law = law_for(facts.year, status, LawChoice())
        if not law.deductions.business_income_deduction and anywhere(claimed > 0.0):
            message = f"There was no deduction for qualified business income in {facts.year}."
            yield Problem(path=f"years[{i}].qualified_business_income_deduction", message=message)


def no_more_is_exercised_than_granted(scenario: Scenario) -> Iterator[Problem]:
    """The exercises under a grant add up to no more than its shares."""
    grants = by_id(listed(scenario.grants))
    takings = defaultdict(list)
    for i, exercise in enumerate(listed(scenario.exercises)):
        if exercise.grant in grants and known(exercise.date, exercise.shares):
            takings[exercise.grant].append((i, exercise))
    for name, exercises in takings.items():
        granted = grants[name].shares
        if known(granted) and (excess := first_excess(exercises, granted)) is not None:
            message = f"More shares are exercised than {quoted(name)} granted."
            yield Problem(path=f"exercises[{excess}].shares", message=message)


def no_more_is_sold_than_held(scenario: Scenario) -> Iterator[Problem]:
    """The sales of a lot add up to no more than its shares."""
    lots = _lots(scenario)
    takings = defaultdict(list)
    for i, sale in enumerate(listed(scenario.sales)):
        if sale.source in lots and known(sale.date, sale.shares):
            takings[sale.source].append((i, sale))
    for name, sales in takings.items():
        held = lots[name].shares
        if known(held) and (excess := first_excess(sales, held)) is not None:
            message = f"More shares are sold than are held of {quoted(name)} on this day."
            yield Problem(path=f"sales[{excess}].shares", message=message)


def special_gains_are_part_of_the_long_term_gain(scenario: Scenario) -> Iterator[Problem]:
    """Unrecaptured section 1250 gain and 28% gain lie within a positive long-term gain."""
    for i, facts in enumerate(listed(scenario.years)):
        gain = facts.long_term_gain
        real_estate, collectibles = facts.unrecaptured_section_1250_gain, facts.collectibles_gain
        if not known(gain, real_estate, collectibles):
            continue
        part = real_estate + collectibles
        if anywhere((gain > 0.0) & (part > gain * (1.0 + SLACK) + SLACK)):
            only_collectibles = type(real_estate) is float and real_estate <= 0.0
            key = "collectibles_gain" if only_collectibles else "unrecaptured_section_1250_gain"
            message = (
                "Unrecaptured section 1250 gain and collectibles gain are parts of the long-term "
                "gain, and together they exceed it."
            )
            yield Problem(path=f"years[{i}].{key}", message=message)


RULES: Final[Sequence[Rule]] = (
    years_follow_one_another,
    ids_are_unique,
    references_lead_somewhere,
    exercises_follow_their_grants,
    sales_follow_their_lots,
    events_lie_within_the_years,
    held_iso_shares_are_from_before,
    people_of_65_fit_the_return,
    the_law_is_modelled,
    *RULES_OF_OPTIONS,
)

RULES_OF_AMOUNTS: Final[Sequence[Rule]] = (
    no_more_is_exercised_than_granted,
    no_more_is_sold_than_held,
    special_gains_are_part_of_the_long_term_gain,
    a_deduction_for_business_income_is_in_force,
)
