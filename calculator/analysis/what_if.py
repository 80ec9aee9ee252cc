"""A scenario with something changed: the variants that analyses compute as one batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from calculator.equity.lots import tranches_of
from calculator.errors import InvalidScenario, Problem, UnsupportedSituation
from calculator.law import law_for
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from calculator.amounts import Dollars
    from calculator.results import ScenarioResult, YearResult
    from calculator.scenario import Exercise, Holding, Sale, Scenario, YearFacts
    from calculator.timeline import LawOf

    Batch = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change of the scenario document that an analysis suggests."""

    edits: tuple[dict[str, Any], ...]
    """Each ``{"path": "years[1].deduction", "value": …}``; ``[+]`` appends to a list."""
    words: str
    """One sentence: what the change does."""

    def to_dict(self) -> dict[str, Any]:
        """The proposal as the command line prints it."""
        return {"edits": list(self.edits), "words": self.words}


def dollars(amount: float) -> str:
    """An amount in a sentence, in whole dollars."""
    sign = "\u2212" if round(amount) < 0 else ""
    return f"{sign}${abs(amount):,.0f}"


def refuse(path: str, message: str) -> InvalidScenario:
    """The error for a question that cannot be asked of this scenario."""
    return InvalidScenario((Problem(path=path, message=message),))


def refuse_batch(scenario: Scenario) -> None:
    """Refuses a scenario that holds arrays: an analysis makes its own.

    Raises:
        InvalidScenario: The scenario is a batch.
    """
    if scenario.batch_shape:
        raise refuse("", "An analysis takes one scenario at a time, without arrays.")


def refuse_splits(scenario: Scenario) -> None:
    """Refuses a scenario with splits: an analysis counts all shares alike.

    Raises:
        UnsupportedSituation: There is a split.
    """
    if scenario.splits:
        raise _unsupported(
            "splits[0]",
            "This analysis does not follow splits: enter shares and prices as after the split, "
            "and leave the split out.",
        )


def refuse_unlike_shares(scenario: Scenario, source: str) -> None:
    """Refuses shares that are not all alike, and splits.

    Raises:
        UnsupportedSituation: There is a split, or the shares vested on several days, or are only
            in part those of an incentive stock option.
    """
    refuse_splits(scenario)
    tranches = tranches_of(scenario).get(source, ())
    if len(tranches) > 1 or any(each.vesting or len(each.lots) > 1 for each in tranches):
        raise _unsupported(
            "",
            "This analysis takes shares that are all alike. These vest after their exercise, or "
            "are an incentive stock option’s only in part: enter an exercise for each part.",
        )


def refuse_vestings(scenario: Scenario, grant: str) -> None:
    """Refuses a grant that vests over time.

    Raises:
        UnsupportedSituation: The grant has vestings.
    """
    for place, vesting in enumerate(scenario.vestings):
        if vesting.grant == grant:
            raise _unsupported(
                f"vestings[{place}]",
                "A plan does not look at the days on which options vest: choose a grant without "
                "vesting dates, or enter what has vested as a grant of its own.",
            )


def _unsupported(path: str, message: str) -> UnsupportedSituation:
    return UnsupportedSituation((Problem(path=path, message=message, unsupported=True),))


def year_index(scenario: Scenario, year: int) -> int:
    """The place of a year among the scenario's.

    Raises:
        InvalidScenario: The scenario has no such year.
    """
    for place, facts in enumerate(scenario.years):
        if facts.year == year:
            return place
    first, last = scenario.years[0].year, scenario.years[-1].year
    raise refuse("year", f"Choose a year of the scenario, from {first} to {last}.")


def exercise_of(scenario: Scenario, exercise_id: str) -> Exercise:
    """The exercise of that id."""
    return _named(scenario.exercises, exercise_id, "exercise")  # type: ignore[no-any-return]


def holding_of(scenario: Scenario, holding_id: str) -> Holding:
    """The holding of that id."""
    return _named(scenario.holdings, holding_id, "holding")  # type: ignore[no-any-return]


def sale_of(scenario: Scenario, sale_id: str) -> Sale:
    """The sale of that id."""
    return _named(scenario.sales, sale_id, "sale")  # type: ignore[no-any-return]


def _named(items: tuple[Any, ...], wanted: str, kind: str) -> Any:
    for item in items:
        if item.id == wanted:
            return item
    raise refuse(kind, f"There is no {kind} \u201c{wanted}\u201d.")


def unused_id(scenario: Scenario, stem: str) -> str:
    """An identifier like ``stem`` that nothing of the scenario has yet."""
    kinds = (scenario.grants, scenario.exercises, scenario.holdings, scenario.sales)
    taken = {event.id for events in kinds for event in events}
    return next(name for n in count(2) if (name := f"{stem}-{n}") not in taken)


def with_facts(scenario: Scenario, year: int, **changes: Any) -> Scenario:
    """With other facts in one year."""
    place = year_index(scenario, year)
    facts: YearFacts = replace(scenario.years[place], **changes)
    years = (*scenario.years[:place], facts, *scenario.years[place + 1 :])
    return replace(scenario, years=years)


def with_extra_gain(
    scenario: Scenario, year: int, gain: Dollars, *, long_term: bool = True
) -> Scenario:
    """With a further gain in a year, the same in both systems."""
    facts = scenario.years[year_index(scenario, year)]
    if long_term:
        return with_facts(scenario, year, long_term_gain=facts.long_term_gain + gain)
    return with_facts(scenario, year, short_term_gain=facts.short_term_gain + gain)


def with_exercise(scenario: Scenario, exercise_id: str, **changes: Any) -> Scenario:
    """With an exercise changed."""
    exercises = tuple(
        replace(exercise, **changes) if exercise.id == exercise_id else exercise
        for exercise in scenario.exercises
    )
    return replace(scenario, exercises=exercises)


def with_sale(scenario: Scenario, sale_id: str, **changes: Any) -> Scenario:
    """With a sale changed."""
    sales = tuple(
        replace(sale, **changes) if sale.id == sale_id else sale for sale in scenario.sales
    )
    return replace(scenario, sales=sales)


def without_sales_from(scenario: Scenario, source: str) -> Scenario:
    """Without the sales of one lot."""
    return replace(scenario, sales=tuple(sale for sale in scenario.sales if sale.source != source))


def through(scenario: Scenario, year: int) -> Scenario:
    """Without the years after this one, for a question about it alone."""
    return replace(scenario, years=scenario.years[: year_index(scenario, year) + 1])


def evaluate_batch(scenario: Scenario, size: int, *, law_of: LawOf = law_for) -> ScenarioResult:
    """Computes variants that differ in arrays of one length."""
    return evaluate(replace(scenario, batch_shape=(size,)), law_of=law_of)


def whole(amount: Dollars, size: int) -> Batch:
    """An amount of a batch as an array, also where it is the same for all."""
    return np.broadcast_to(np.asarray(amount, dtype=np.float64), (size,))


def year_of(result: ScenarioResult, year: int) -> YearResult:
    """The result of one year."""
    return next(each for each in result.years if each.year == year)


def passing_through(points: Batch, wanted: Iterable[float]) -> Batch:
    """Rising points of which some are moved onto those wanted, the nearest each; not the ends."""
    moved = points.copy()
    for each in sorted(set(wanted)):
        if not points[0] < each < points[-1] or each in moved:
            continue
        nearest = int(np.abs(moved - each).argmin())
        moved[min(max(nearest, 1), moved.size - 2)] = each
    return np.unique(moved)
