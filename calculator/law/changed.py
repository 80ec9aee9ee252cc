"""The law of a year with parameters changed, for those who suppose another law.

A parameter is named as it stands in ``YearLaw``: ``amt.exemption``, ``gains.loss_limit``,
``brackets.rates[6]``.  What the Code derives from it changes with it.
"""

from __future__ import annotations

import re
from math import inf, isinf, isnan
from typing import TYPE_CHECKING, Final, NamedTuple, get_type_hints

from calculator.errors import InvalidScenario, Problem
from calculator.law.assembly import end_of_exemption
from calculator.law.parameters import (
    AmtLaw,
    Brackets,
    DeductionLaw,
    GainsLaw,
    PersonalExemptionLaw,
    SurtaxLaw,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calculator.law.parameters import YearLaw

GROUPS: Final = {
    "gains": GainsLaw,
    "deductions": DeductionLaw,
    "exemptions": PersonalExemptionLaw,
    "amt": AmtLaw,
    "surtaxes": SurtaxLaw,
}
SUPPOSED: Final = "counterfactual"
FRACTIONS: Final = ("_rate", "_fraction", "pease_ceiling")
MAY_BE_INFINITE: Final = ("_limit", "_cap", "_start", "_break", "_threshold", "_rate_ceiling")
"""Endings of what bounds something, and bounds nothing when it is infinite."""
OF_THE_EXEMPTION: Final = ("amt.exemption", "amt.phaseout_start", "amt.phaseout_rate")
_BRACKET: Final = re.compile(r"brackets\.(rates|floors)\[(\d{1,3})\]")


class LawChange(NamedTuple):
    """One parameter, its value, and the year from which it holds; None for every year."""

    path: str
    value: float
    from_year: int | None = None


def changeable_parameters() -> tuple[str, ...]:
    """The paths of all parameters that are one number; brackets come beside them."""
    return tuple(
        f"{group}.{name}"
        for group, kind in GROUPS.items()
        for name, hint in get_type_hints(kind).items()
        if hint is float
    )


def changed_law(law: YearLaw, changes: Iterable[LawChange]) -> YearLaw:
    """The law of the year with the changes that hold in it, one after the other.

    Raises:
        InvalidScenario: There is no such parameter, or it cannot have that value.
    """
    for change in changes:
        check_change(change)
        if change.from_year is None or change.from_year <= law.year:
            law = _changed(law, change)._replace(origin=SUPPOSED)
    return law


def check_change(change: LawChange) -> None:
    """Refuses a change that no law could have.

    Raises:
        InvalidScenario: There is no such parameter, or it cannot have that value.
    """
    bracket = _BRACKET.fullmatch(change.path)
    if bracket is None and change.path not in changeable_parameters():
        raise _refusal(f"There is no parameter “{change.path}” in the law of a year.")
    is_rate = change.path.endswith(FRACTIONS) or (bracket is not None and bracket[1] == "rates")
    if isnan(change.value) or change.value < 0 or (is_rate and change.value > 1):
        span = "from 0 to 1" if is_rate else "of zero or more"
        raise _refusal(f"Give “{change.path}” a value {span}.")
    if isinf(change.value) and not change.path.endswith(MAY_BE_INFINITE):
        raise _refusal(f"“{change.path}” cannot be infinite.")
    if change.path == "exemptions.phaseout_step" and not change.value:
        raise _refusal("A step of the phase-out cannot be zero.")


def _changed(law: YearLaw, change: LawChange) -> YearLaw:
    bracket = _BRACKET.fullmatch(change.path)
    if bracket is not None:
        return _with_bracket(law, bracket[1], int(bracket[2]), change.value)
    group, _, name = change.path.partition(".")
    values: dict[str, float] = {name: change.value}
    if change.path == "gains.loss_limit":
        values["amt_loss_limit"] = change.value
    changed: YearLaw = law._replace(**{group: getattr(law, group)._replace(**values)})
    return _with_end_of_exemption(changed) if change.path in OF_THE_EXEMPTION else changed


def _with_end_of_exemption(law: YearLaw) -> YearLaw:
    """Where the AMTI of separate returns begins to be increased follows from the exemption."""
    amt = law.amt
    if not amt.separate_addback_rate:
        return law
    start = end_of_exemption(amt.exemption, amt.phaseout_start, amt.phaseout_rate)
    return law._replace(amt=amt._replace(separate_addback_start=start))


def _with_bracket(law: YearLaw, of: str, place: int, value: float) -> YearLaw:
    floors, rates = list(law.brackets.floors), list(law.brackets.rates)
    changed = rates if of == "rates" else floors
    if place >= len(changed) or (of == "floors" and place == 0):
        raise _refusal(f"There is no bracket {place} to change in the {of} of {law.year}.")
    changed[place] = value
    if floors != sorted(floors):
        raise _refusal("Each bracket must begin where the one below it ends, or above.")
    deductions = law.deductions
    if deductions.itemized_limit_start < inf:
        deductions = deductions._replace(itemized_limit_start=floors[-1])
    return law._replace(
        brackets=Brackets.of(tuple(floors[1:]), tuple(rates)), deductions=deductions
    )


def _refusal(message: str) -> InvalidScenario:
    return InvalidScenario((Problem(path="change", message=message),))
