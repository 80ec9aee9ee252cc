"""What the rules about a scenario as a whole are made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from calculator.document.reading import UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from calculator.amounts import Condition, Dollars
    from calculator.errors import Problem
    from calculator.scenario import Scenario

Rule: TypeAlias = "Callable[[Scenario], Iterator[Problem]]"

SLACK: Final = 1e-9
"""Relative and absolute: what sums of fractional shares may be off by rounding."""


def known(*values: object) -> bool:
    """Whether all of these could be read."""
    for value in values:  # noqa: SIM110  (a generator takes thrice as long)
        if value is UNREAD:
            return False
    return True


def listed(items: Sequence[Any]) -> Sequence[Any]:
    """The items of a list, none if the list could not be read."""
    return items if known(items) else ()


def anywhere(condition: Condition) -> bool:
    """Whether it holds, in a batch for any scenario."""
    return condition if isinstance(condition, bool) else bool(condition.any())


def exceeds(amount: Dollars, limit: Dollars) -> bool:
    """Whether an amount is above a limit, for any scenario and by more than rounding."""
    return anywhere(amount > limit * (1.0 + SLACK) + SLACK)


def by_id(items: Iterable[Any]) -> dict[str, Any]:
    """Items by their identifiers, apart from those that share one."""
    readable = [item for item in items if known(item.id)]
    shared = Counter(item.id for item in readable)
    return {item.id: item for item in readable if shared[item.id] == 1}


def first_excess(takings: Sequence[tuple[int, Any]], most: Dollars) -> int | None:
    """The taking, in order of their dates, that brings their shares above ``most``.

    Args:
        takings: Exercises or sales, each with its place in the document.
        most: What there is to take from.
    """
    taken: Dollars = 0.0
    for place, taking in sorted(takings, key=lambda numbered: numbered[1].date):
        taken = taken + taking.shares
        if exceeds(taken, most):
            return place
    return None
