"""The sense of a scenario as a whole: one function for each rule that spans several fields.

A rule looks only at what could be read, and yields what it finds wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from calculator.document.reading import UNREAD, quoted
from calculator.errors import Problem
from calculator.law import law_for, published_years, why_unsupported
from calculator.scenario import LawChoice

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from calculator.amounts import Condition, Dollars
    from calculator.scenario import Scenario

Rule: TypeAlias = "Callable[[Scenario], Iterator[Problem]]"

SLACK: Final = 1e-9
"""Relative and absolute: what sums of fractional shares may be off by rounding."""


class Lot(NamedTuple):
    """Shares that can be sold: of an exercise, or held from before."""

    made: datetime.date
    shares: Dollars


def problems_of_sense(scenario: Scenario, *, arrays_fit: bool) -> Iterator[Problem]:
    """Everything that is wrong with a scenario as a whole.

    Amounts are compared with each other only if all arrays fit one batch shape.
    """
    for rule in (*RULES, *RULES_OF_AMOUNTS) if arrays_fit else RULES:
        yield from rule(scenario)


def _known(*values: object) -> bool:
    for value in values:  # noqa: SIM110  (a generator takes thrice as long)
        if value is UNREAD:
            return False
    return True


def _listed(items: Sequence[Any]) -> Sequence[Any]:
    """The items of a list, none if the list could not be read."""
    return items if _known(items) else ()


def _anywhere(condition: Condition) -> bool:
    return condition if isinstance(condition, bool) else bool(condition.any())


def _exceeds(amount: Dollars, limit: Dollars) -> bool:
    return _anywhere(amount > limit * (1.0 + SLACK) + SLACK)


def _days(scenario: Scenario) -> Iterator[tuple[str, datetime.date]]:
    """The day of every event, with its path."""
    for i, holding in enumerate(_listed(scenario.holdings)):
        if _known(holding.acquired):
            yield f"holdings[{i}].acquired", holding.acquired
    for kind in ("grants", "exercises", "sales"):
        for i, event in enumerate(_listed(getattr(scenario, kind))):
            if _known(event.date):
                yield f"{kind}[{i}].date", event.date


def _modelled_years(scenario: Scenario) -> tuple[int, int] | None:
    """The first and the last year; one that could not be read is taken to follow the others."""
    years = [facts.year for facts in _listed(scenario.years)]
    known = [(i, year) for i, year in enumerate(years) if _known(year)]
    if not known:
        return None
    starts = [year for _, year in known] + [known[0][1] - known[0][0]]
    ends = [year for _, year in known] + [known[-1][1] + len(years) - 1 - known[-1][0]]
    return min(starts), max(ends)


def _span(years: tuple[int, int]) -> str:
    return f"{years[0]}" if years[0] == years[1] else f"{years[0]} to {years[1]}"


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    """Items by their identifiers, apart from those that share one."""
    readable = [item for item in items if _known(item.id)]
    shared = Counter(item.id for item in readable)
    return {item.id: item for item in readable if shared[item.id] == 1}


def _lots(scenario: Scenario) -> dict[str, Lot]:
    """The lot that each identifier stands for, apart from those that share one."""
    sources = _by_id([*_listed(scenario.exercises), *_listed(scenario.holdings)])
    return {
        name: Lot(getattr(source, "acquired", None) or source.date, source.shares)
        for name, source in sources.items()
    }


def _first_excess(takings: Sequence[tuple[int, Any]], most: Dollars) -> int | None:
    """The taking, in order of their dates, that brings their shares above ``most``.

    Args:
        takings: Exercises or sales, each with its place in the document.
        most: What there is to take from.
    """
    taken: Dollars = 0.0
    for place, taking in sorted(takings, key=lambda numbered: numbered[1].date):
        taken = taken + taking.shares
        if _exceeds(taken, most):
            return place
    return None


def years_follow_one_another(scenario: Scenario) -> Iterator[Problem]:
    """The years are consecutive and ascending."""
    before: tuple[int, int] | None = None
    for i, facts in enumerate(_listed(scenario.years)):
        if not _known(facts.year):
            continue
        if before is not None and facts.year != (due := before[1] + i - before[0]):
            message = f"The years must follow one another: {due} is due here, not {facts.year}."
            yield Problem(path=f"years[{i}].year", message=message)
        before = (i, facts.year)


def ids_are_unique(scenario: Scenario) -> Iterator[Problem]:
    """No two of a kind share an identifier, nor do an exercise and a holding: sales name both."""
    for kinds in (("grants",), ("exercises", "holdings"), ("sales",)):
        seen: set[str] = set()
        for kind in kinds:
            for i, item in enumerate(_listed(getattr(scenario, kind))):
                if not _known(item.id):
                    continue
                if item.id in seen:
                    message = f"The identifier {quoted(item.id)} is already taken."
                    yield Problem(path=f"{kind}[{i}].id", message=message)
                seen.add(item.id)


def references_lead_somewhere(scenario: Scenario) -> Iterator[Problem]:
    """Every exercise names a grant, every sale an exercise or a holding."""
    if _known(scenario.grants):
        grants = {grant.id for grant in scenario.grants}
        for i, exercise in enumerate(_listed(scenario.exercises)):
            if _known(exercise.grant) and exercise.grant not in grants:
                message = f"There is no grant {quoted(exercise.grant)}."
                yield Problem(path=f"exercises[{i}].grant", message=message)
    if _known(scenario.exercises, scenario.holdings):
        lots = {exercise.id for exercise in scenario.exercises}
        lots |= {holding.id for holding in scenario.holdings}
        for i, sale in enumerate(_listed(scenario.sales)):
            if _known(sale.source) and sale.source not in lots:
                message = f"There is no exercise or holding {quoted(sale.source)}."
                yield Problem(path=f"sales[{i}].from", message=message)


def exercises_follow_their_grants(scenario: Scenario) -> Iterator[Problem]:
    """No exercise is dated before its grant."""
    grants = _by_id(_listed(scenario.grants))
    for i, exercise in enumerate(_listed(scenario.exercises)):
        grant = grants.get(exercise.grant)
        if grant and _known(exercise.date, grant.date) and exercise.date < grant.date:
            message = f"The exercise comes before its grant of {grant.date}."
            yield Problem(path=f"exercises[{i}].date", message=message)


def sales_follow_their_lots(scenario: Scenario) -> Iterator[Problem]:
    """No sale is dated before the shares are there."""
    lots = _lots(scenario)
    for i, sale in enumerate(_listed(scenario.sales)):
        lot = lots.get(sale.source)
        if lot and _known(sale.date, lot.made) and sale.date < lot.made:
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
    for i, holding in enumerate(_listed(scenario.holdings)):
        iso = holding.iso
        if not (_known(iso) and iso and _known(iso.exercised)):
            continue
        path = f"holdings[{i}].iso.exercised"
        if _known(iso.granted) and iso.exercised < iso.granted:
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
    for i, facts in enumerate(_listed(scenario.years)):
        own, common = facts.household, scenario.household
        if not _known(own.people_65_or_over, own.filing_status):
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
    if not _known(scenario.law.path):
        return
    for i, facts in enumerate(_listed(scenario.years)):
        if _known(facts.year) and (reason := why_unsupported(facts.year, scenario.law)):
            yield Problem(path=f"years[{i}].year", message=reason, unsupported=True)


def a_deduction_for_business_income_is_in_force(scenario: Scenario) -> Iterator[Problem]:
    """No deduction for qualified business income is claimed in a year before section 199A.

    Law that never was may know none either: it leaves the deduction out, so that the same facts
    can be put under every law.
    """
    if scenario.law.path == "flat":
        return
    for i, facts in enumerate(_listed(scenario.years)):
        claimed, status = facts.qualified_business_income_deduction, facts.household.filing_status
        if not _known(claimed, facts.year, status) or facts.year not in published_years():
            continue
        law = law_for(facts.year, status, LawChoice())
        if not law.deductions.business_income_deduction and _anywhere(claimed > 0.0):
            message = f"There was no deduction for qualified business income in {facts.year}."
            yield Problem(path=f"years[{i}].qualified_business_income_deduction", message=message)


def no_more_is_exercised_than_granted(scenario: Scenario) -> Iterator[Problem]:
    """The exercises under a grant add up to no more than its shares."""
    grants = _by_id(_listed(scenario.grants))
    takings = defaultdict(list)
    for i, exercise in enumerate(_listed(scenario.exercises)):
        if exercise.grant in grants and _known(exercise.date, exercise.shares):
            takings[exercise.grant].append((i, exercise))
    for name, exercises in takings.items():
        granted = grants[name].shares
        if _known(granted) and (excess := _first_excess(exercises, granted)) is not None:
            message = f"More shares are exercised than {quoted(name)} granted."
            yield Problem(path=f"exercises[{excess}].shares", message=message)


def no_more_is_sold_than_held(scenario: Scenario) -> Iterator[Problem]:
    """The sales of a lot add up to no more than its shares."""
    lots = _lots(scenario)
    takings = defaultdict(list)
    for i, sale in enumerate(_listed(scenario.sales)):
        if sale.source in lots and _known(sale.date, sale.shares):
            takings[sale.source].append((i, sale))
    for name, sales in takings.items():
        held = lots[name].shares
        if _known(held) and (excess := _first_excess(sales, held)) is not None:
            message = f"More shares are sold than are held of {quoted(name)} on this day."
            yield Problem(path=f"sales[{excess}].shares", message=message)


def special_gains_are_part_of_the_long_term_gain(scenario: Scenario) -> Iterator[Problem]:
    """Unrecaptured section 1250 gain and 28% gain lie within a positive long-term gain."""
    for i, facts in enumerate(_listed(scenario.years)):
        gain = facts.long_term_gain
        real_estate, collectibles = facts.unrecaptured_section_1250_gain, facts.collectibles_gain
        if not _known(gain, real_estate, collectibles):
            continue
        part = real_estate + collectibles
        if _anywhere((gain > 0.0) & (part > gain * (1.0 + SLACK) + SLACK)):
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
)

RULES_OF_AMOUNTS: Final[Sequence[Rule]] = (
    no_more_is_exercised_than_granted,
    no_more_is_sold_than_held,
    special_gains_are_part_of_the_long_term_gain,
    a_deduction_for_business_income_is_in_force,
)
