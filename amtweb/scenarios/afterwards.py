"""When what is left of the credit would be back, if the years after the last were like it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from amtweb.scenarios.charts.money_words import counts
from calculator import InvalidScenario, evaluate
from calculator.fields import MOST_YEARS
from calculator.law import why_unsupported

if TYPE_CHECKING:
    from calculator import Scenario, ScenarioResult

FARTHEST: Final = 25
"""Years after the last; what comes back later is hardly a plan."""


class Afterwards(NamedTuple):
    """What would become of it, and the operation that adds the years up to then."""

    sentence: str
    operation: str
    adds: str
    """That in words: ``Add 2034–2036``."""


def afterwards(scenario: Scenario, result: ScenarioResult) -> Afterwards | None:
    """What to say where credit is left at the end; nothing where there is none, or no later law."""
    last = scenario.years[-1]
    room = min(FARTHEST, MOST_YEARS - len(scenario.years))
    years = range(last.year + 1, last.year + 1 + room)
    coming = [year for year in years if not why_unsupported(year, scenario.law)]
    if not counts(float(result.totals.credit_left)) or not coming:
        return None
    later = tuple(replace(last, year=year) for year in coming)
    try:
        longer = evaluate(replace(scenario, years=(*scenario.years, *later)))
    except InvalidScenario:
        return None
    gone = float(longer.totals.first_year_without_credit)
    if math.isnan(gone):
        sentence = f"If later years are like {last.year}, some of it is still left in {coming[-1]}."
        return Afterwards(sentence, "add:years:1", f"Add {coming[0]}")
    until = int(gone)
    eroded = float(longer.totals.credit_eroded) - float(result.totals.credit_eroded)
    comes = "none of it is left after" if counts(eroded) else "all of it is back by"
    span = str(until) if until == coming[0] else f"{coming[0]}\N{EN DASH}{until}"
    sentence = f"If later years are like {last.year}, {comes} {until}."
    return Afterwards(sentence, f"add:years:{until - last.year}", f"Add {span}")
