"""Whether anything was entered that there could be an answer to."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from calculator import SCHEMA_VERSION, parse_scenario

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.scenario import YearFacts

_OF_A_BLANK: Final = ("year", "household")


def is_nothing_yet(scenario: Scenario) -> bool:
    """Whether there are years and a household, and neither amounts nor anything to exercise."""
    years = [{"year": scenario.years[0].year}]
    blank = parse_scenario({"schema_version": SCHEMA_VERSION, "years": years})
    events = (scenario.grants, scenario.exercises, scenario.holdings, scenario.sales)
    return (
        not any(events)
        and scenario.opening == blank.opening
        and all(_is_like(year, blank.years[0]) for year in scenario.years)
    )


def _is_like(year: YearFacts, blank: YearFacts) -> bool:
    names = [field.name for field in fields(year) if field.name not in _OF_A_BLANK]
    return all(getattr(year, name) == getattr(blank, name) for name in names)
