"""Why federal tax of all years together is another one: the lines of the forms, over the years.

Every year's difference is worked out along its forms (``why``); here the parts at which it ends are
added up, so that together they are the whole difference.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculator.analysis.form_lines import FEDERAL_TAX
from calculator.analysis.form_walk import FilledIn, hand_down

if TYPE_CHECKING:
    from calculator.analysis.form_walk import Citation
    from calculator.results import ScenarioResult

CENT = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseInAll:
    """A line at which a part of the difference ends.  Dollars."""

    form: str
    line: str
    caption: str
    ends: float
    years: tuple[int, ...]
    """Those in which it makes a difference."""


def why_in_all(before: ScenarioResult, after: ScenarioResult) -> tuple[CauseInAll, ...]:
    """What makes the difference in federal tax over the years that both have; the largest first."""
    ends: dict[Citation, dict[int, float]] = defaultdict(dict)
    later = {year.year: year for year in after.years}
    for year in before.years:
        if year.year not in later:
            continue
        passed = hand_down(FEDERAL_TAX, FilledIn(year), FilledIn(later[year.year]))
        for cited, here in passed.items():
            if abs(here.ends) >= CENT:
                ends[cited][year.year] = here.ends
    causes = [
        CauseInAll(
            form=cited.form,
            line=cited.line,
            caption=cited.caption,
            ends=sum(parts.values()),
            years=tuple(parts),
        )
        for cited, parts in ends.items()
    ]
    return tuple(sorted(causes, key=lambda cause: -abs(cause.ends)))
