"""Dollars, shares and prices, and the verbs that tax forms use on them.

An amount is either a plain ``float`` (one scenario) or a float64 array of any batch shape.  The
verbs serve both and keep a float a float, so that the same form runs at the speed of plain Python
for one scenario and at the speed of NumPy for a batch.  NumPy is imported only when an array
comes by.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    import numpy.typing as npt

    Dollars: TypeAlias = float | npt.NDArray[np.float64]
    Condition: TypeAlias = bool | npt.NDArray[np.bool_]
else:
    Dollars = float
    Condition = bool

    class _NumPy:
        """NumPy, imported with the first function asked for; each is kept at hand."""

        def __getattr__(self, name: str) -> Any:
            import numpy

            function = getattr(numpy, name)
            setattr(self, name, function)
            return function

    np = _NumPy()

Form = TypeVar("Form", bound="tuple[Any, ...]")

ROUNDING: Final = 1e-9
"""Steps; far below a cent and far above the rounding of sums of dollars."""

ROUNDING_OF_DOLLARS: Final = 1e-6
"""Dollars; the same for amounts of up to a billion."""


def smaller_of(one: Dollars, other: Dollars) -> Dollars:
    """The smaller of two lines."""
    if type(one) is float and type(other) is float:
        return one if one <= other else other
    return np.minimum(one, other)


def larger_of(one: Dollars, other: Dollars) -> Dollars:
    """The larger of two lines."""
    if type(one) is float and type(other) is float:
        return one if one >= other else other
    return np.maximum(one, other)


def excess(amount: Dollars, *, over: Dollars) -> Dollars:
    """``amount`` minus ``over``; if zero or less, zero."""
    if type(amount) is float and type(over) is float:
        return amount - over if amount > over else 0.0
    return np.maximum(amount - over, 0.0)


def not_below_zero(amount: Dollars) -> Dollars:
    """The amount; if zero or less, zero."""
    return larger_of(amount, 0.0)


def loss_of(amount: Dollars) -> Dollars:
    """A loss as a positive number; zero for a gain."""
    return excess(0.0, over=amount)


def whole_steps(amount: Dollars, *, of: float) -> Dollars:
    """How many steps of ``of`` dollars the amount takes, a part of one counted as a whole.

    What is over a step by no more than the rounding of a sum of floats is not over it.
    """
    steps = amount / of - ROUNDING
    if type(steps) is float:
        return float(math.ceil(steps))
    return np.ceil(steps)


def whole_dollars(amount: Dollars) -> Dollars:
    """The amount in whole dollars: less than 50 cents are dropped, more become a dollar.

    What the rounding of floats left below half a dollar is half a dollar; a zero has no sign.
    """
    cents_up = 0.5 + ROUNDING_OF_DOLLARS
    if type(amount) is float:
        return math.copysign(math.floor(abs(amount) + cents_up), amount) + 0.0
    return np.copysign(np.floor(np.abs(amount) + cents_up), amount) + 0.0


def is_zero(amount: Dollars) -> bool:
    """Whether the amount is zero in every scenario alike: a plain zero, never an array."""
    return type(amount) is float and amount == 0.0


def opposite(condition: Condition) -> Condition:
    """Holds where the condition does not."""
    return not condition if type(condition) is bool else ~condition


def choose(condition: Condition, then: Dollars, otherwise: Dollars) -> Dollars:
    """``then`` where the condition holds, else ``otherwise``, element by element in a batch."""
    if type(condition) is bool:
        return then if condition else otherwise
    return np.where(condition, then, otherwise)


def choose_form(condition: Condition, then: Form, otherwise: Form) -> Form:
    """One of two filled-in forms of one kind; in a batch every line is chosen alike."""
    if type(condition) is bool:
        return then if condition else otherwise
    kind: Callable[..., Form] = type(then)
    return kind(*(choose(condition, a, b) for a, b in zip(then, otherwise, strict=True)))


def total_of(amounts: Iterable[Dollars]) -> Dollars:
    """The sum of lines; zero for none."""
    total: Dollars = 0.0
    for amount in amounts:
        total = total + amount
    return total
