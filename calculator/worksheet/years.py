"""A year of a result as the formulas look at it: with what was filed, and with the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.equity.compensation import NO_EQUITY, equity_by_year
from calculator.errors import InvalidScenario, Problem
from calculator.filed_amounts import filed_facts, filed_opening
from calculator.law import law_for
from calculator.law.as_filed import as_filed
from calculator.worksheet.origins import FiledYear

if TYPE_CHECKING:
    from calculator.results import ScenarioResult
    from calculator.scenario import Scenario


def place_of(year: int, result: ScenarioResult) -> int:
    """Where a year stands in a result.

    Raises:
        InvalidScenario: It has no such year.
    """
    place = year - result.years[0].year
    if not 0 <= place < len(result.years):
        message = f"The scenario has no year {year}."
        raise InvalidScenario((Problem(path="year", message=message),))
    return place


def filed_year(scenario: Scenario, result: ScenarioResult, year: int) -> FiledYear:
    """The year, and the one before.

    Raises:
        InvalidScenario: There is no such year.
    """
    place = place_of(year, result)
    before = _filed_year(scenario, result, place - 1, None) if place else None
    return _filed_year(scenario, result, place, before)


def _filed_year(
    scenario: Scenario, result: ScenarioResult, place: int, before: FiledYear | None
) -> FiledYear:
    computed, facts, opening = result.years[place], scenario.years[place], scenario.opening
    law = law_for(facts.year, facts.household.filing_status, scenario.law)
    if scenario.is_filed:
        exact = equity_by_year(scenario).get(facts.year, NO_EQUITY)
        facts, law, opening = filed_facts(facts, exact), as_filed(law), filed_opening(opening)
    return FiledYear(
        scenario=scenario,
        place=place,
        facts=facts,
        equity=computed.equity,
        law=law,
        opening=opening,
        lines=computed.forms.printed_lines(),
        before=before,
    )
