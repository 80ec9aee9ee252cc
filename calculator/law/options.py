"""Options and wash sales: the limits and periods of IRC 83, 422 and 1091."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from calculator.law.groups import EVERYONE, check_citation, groups_in
from calculator.law.published import read_table


class OptionLaw(NamedTuple):
    """What makes an option an incentive stock option, and a sale a wash sale."""

    exercisable_limit: float
    """Value at grant of what may first be exercisable in a year."""
    months_after_leaving: int
    months_after_disability: int
    years_of_term: int
    election_days: int
    """From the exercise, for an election under section 83(b)."""
    wash_sale_days: int
    """On either side of the sale."""


@cache
def option_law() -> OptionLaw:
    """The limits and periods, which are the same in every year."""
    groups = groups_in(read_table("options.toml"))
    for name, group in groups.items():
        check_citation(name, group)
    return OptionLaw(
        exercisable_limit=float(groups["limit.exercisable"][EVERYONE]),
        months_after_leaving=int(groups["period.after_leaving"][EVERYONE]),
        months_after_disability=int(groups["period.after_disability"][EVERYONE]),
        years_of_term=int(groups["period.term"][EVERYONE]),
        election_days=int(groups["period.election"][EVERYONE]),
        wash_sale_days=int(groups["period.wash_sale"][EVERYONE]),
    )
